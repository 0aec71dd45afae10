using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Journal.Books;

/// <summary>
/// Builds books from the messages of a journal, without any of the venue's rules: it starts at an image, a checkpoint or a snapshot of the stream
/// itself, applies the deltas that follow, and believes the derived records about which of them the logic did not apply. Because that is told behind a delta, the last
/// delta is held back until the next message (<see cref="Flush"/> at the end). Single thread.
/// </summary>
public sealed class BookFollower : IDisposable
{
    /// <summary>Readers often have many books and little traffic: 2^16 ticks around the best price.</summary>
    private const int WindowBits = 16;

    private readonly Dictionary<uint, FollowedBook> _books = [];
    private readonly Dictionary<uint, InstrumentState> _instruments = [];
    private readonly RecordBuffer _held = new();

    /// <summary>Book streams in the order of their declaration.</summary>
    public IReadOnlyCollection<FollowedBook> Books => _books.Values;

    /// <summary>Receive time of the last message taken, Unix ns.</summary>
    public long NowNs { get; private set; }

    /// <summary>The book of a stream; null if the stream is none of books or unknown.</summary>
    public FollowedBook? Find(uint streamId) => _books.GetValueOrDefault(streamId);

    /// <summary>Takes over the state of a checkpoint; only before the first message.</summary>
    /// <param name="checkpoint">All its records, without padding.</param>
    public void Start(ReadOnlySpan<Record> checkpoint)
    {
        NowNs = checkpoint.IsEmpty ? 0 : checkpoint[0].Header.ReceivedAtNs;
        FollowedBook? image = null;
        uint imageLevels = 0;
        long before = Sequence.None;
        StreamStateChecksums checksums = default;
        for (int i = 0; i < checkpoint.Length; i++)
        {
            ref readonly Record record = ref checkpoint[i];
            switch (record.Header.Kind)
            {
                case RecordKind.InstrumentDefinition when !record.Header.Has(RecordFlags.Continued):
                    Define(checkpoint.Slice(i, InstrumentDefinition.Slots));
                    break;
                case RecordKind.StreamDefinition when !record.Header.Has(RecordFlags.Continued):
                    Declare(checkpoint.Slice(i, StreamDefinition.Slots));
                    break;
                case RecordKind.StreamState when !record.Header.Has(RecordFlags.Continued):
                    before = Record.Read<StreamState>(record).PreviousSequence;
                    checksums = Record.Read<StreamStateChecksums>(checkpoint[i + 2]);
                    break;
                case RecordKind.BookImage:
                    BookImage begin = Record.Read<BookImage>(record);
                    image = _books[begin.Header.StreamId];
                    OpenImage(image, begin);
                    image.State = begin.State;
                    image.PreviousSequence = before;
                    image.NoteChecksum(checksums.LastChecksum, checksums.LastPresence);
                    imageLevels = begin.BidLevels + begin.AskLevels;
                    break;
                case RecordKind.LevelSet when imageLevels > 0:
                    // Levels behind the image's own belong to messages that wait: not yet part of any book.
                    Set(image!, record);
                    imageLevels--;
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Takes the next message of the journal.</summary>
    public void OnMessage(ReadOnlySpan<Record> message)
    {
        ref readonly RecordHeader header = ref message[0].Header;
        NowNs = header.ReceivedAtNs;
        if (_held.Count > 0)
        {
            if (header.StreamId == _held[0].Header.StreamId && IsRefusal(header))
            {
                _held.Clear();
            }

            Flush();
        }

        switch (header.Kind)
        {
            case RecordKind.MessageBegin:
                if (header.Code is (byte)MessageType.BookDelta or (byte)MessageType.BookSnapshot or (byte)MessageType.BookChecksum
                    && _books.TryGetValue(header.StreamId, out FollowedBook? book)
                    && (book.IsProven || header.Code == (byte)MessageType.BookSnapshot))
                {
                    _held.AddRange(message);
                }

                break;
            case RecordKind.Gap when header.Code == (byte)GapReason.Checksum:
            case RecordKind.MessageIgnored when header.Code == (byte)IgnoreReason.ChecksumMismatch:
                // What it holds is not what the venue holds.
                FollowedBook wrong = _books[header.StreamId];
                wrong.Book.Clear();
                wrong.SnapshotRange = PriceRange.Unbounded;
                break;
            case RecordKind.BookImage:
                BookImage image = Record.Read<BookImage>(message[0]);
                FollowedBook imaged = _books[header.StreamId];
                OpenImage(imaged, image);
                foreach (ref readonly Record level in message[1..])
                {
                    Set(imaged, level);
                }

                break;
            case RecordKind.BookStateChange:
                BookStateChange change = Record.Read<BookStateChange>(message[0]);
                FollowedBook changed = _books[header.StreamId];
                changed.State = (BookState)header.Code;
                changed.Evidence = change.Evidence;
                if (changed.State == BookState.Empty)
                {
                    Forget(changed);
                }

                break;
            case RecordKind.InstrumentDefinition:
                Define(message);
                break;
            case RecordKind.StreamDefinition:
                Declare(message);
                break;
            default:
                break;
        }
    }

    /// <summary>Applies the message that was held back: nothing more will be said about it.</summary>
    public void Flush()
    {
        if (_held.Count == 0)
        {
            return;
        }

        MessageBegin begin = Record.Read<MessageBegin>(_held[0]);
        FollowedBook book = _books[begin.Header.StreamId];
        book.NoteChecksum(begin.Checksum, begin.ChecksumPresence);
        if (begin.Type != MessageType.BookChecksum)
        {
            if (begin.Type == MessageType.BookSnapshot)
            {
                book.Book.Clear();
                book.SnapshotRange = PriceRange.OfSnapshot(_held.Records);
            }

            foreach (ref readonly Record level in _held.Records[1..])
            {
                Set(book, level);
            }

            book.LastSequence = begin.LastSequence;
            book.PreviousSequence = begin.PreviousSequence;
            book.VenueTimeNs = begin.Header.VenueTimeNs;
        }

        _held.Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (FollowedBook book in _books.Values)
        {
            book.Dispose();
        }

        _held.Dispose();
    }

    /// <summary>
    /// Whether the record behind the held message says that the logic did not apply it. A snapshot is applied behind a hole in the sequence, too: it
    /// is what mends it.
    /// </summary>
    private bool IsRefusal(in RecordHeader header) => header.Kind switch
    {
        RecordKind.MessageIgnored => true,
        RecordKind.Gap => _held[0].Header.Code != (byte)MessageType.BookSnapshot || header.Code != (byte)GapReason.Sequence,
        _ => false,
    };

    private static void OpenImage(FollowedBook book, in BookImage image)
    {
        book.Book.Clear();
        book.LastSequence = image.LastSequence;
        book.PreviousSequence = Sequence.None;
        book.NoteChecksum(0, ChecksumPresence.NoField);
        book.VenueTimeNs = image.Header.VenueTimeNs;
        book.SnapshotRange = new PriceRange(image.KnownLowTicks, image.KnownHighTicks);
        book.Evidence = image.Evidence;
    }

    private static void Forget(FollowedBook book)
    {
        book.Book.Clear();
        book.LastSequence = Sequence.None;
        book.PreviousSequence = Sequence.None;
        book.NoteChecksum(0, ChecksumPresence.NoField);
        book.VenueTimeNs = 0;
        book.SnapshotRange = PriceRange.Unbounded;
    }

    private static void Set(FollowedBook book, in Record record)
    {
        LevelSet level = Record.Read<LevelSet>(record);
        book.Book.Set(level.Header.Side, level.PriceTicks, level.QuantityLots, level.Header.TextForm, level.OrderCount);
    }

    private void Define(ReadOnlySpan<Record> definition)
    {
        InstrumentDefinition first = Record.Read<InstrumentDefinition>(definition[0]);
        if (!_instruments.TryGetValue(first.InstrumentId, out InstrumentState? instrument))
        {
            string symbol = Record.Read<InstrumentSymbol>(definition[1]).Symbol.ToString();
            _instruments.Add(first.InstrumentId, new InstrumentState(first.Venue, symbol) { Definition = first });
            return;
        }

        long priceFactor = PowersOfTen.Of(first.PriceDecimals - instrument.Definition.PriceDecimals);
        instrument.Definition = first;
        foreach (FollowedBook book in instrument.Books)
        {
            book.Book.Rescale(first.PriceDecimals, first.QuantityDecimals);
            long low = book.SnapshotRange.LowTicks == long.MinValue ? long.MinValue : book.SnapshotRange.LowTicks * priceFactor;
            long high = book.SnapshotRange.HighTicks == long.MaxValue ? long.MaxValue : book.SnapshotRange.HighTicks * priceFactor;
            book.SnapshotRange = new PriceRange(low, high);
        }
    }

    private void Declare(ReadOnlySpan<Record> definition)
    {
        StreamDefinition first = Record.Read<StreamDefinition>(definition[0]);
        if (first.Role != StreamRole.Book)
        {
            return;
        }

        InstrumentState instrument = _instruments[first.InstrumentId];
        var levels = new L2Book(instrument.Definition.PriceDecimals, instrument.Definition.QuantityDecimals, WindowBits);
        string channel = Record.Read<StreamChannel>(definition[1]).Channel.ToString();
        var book = new FollowedBook(first.Header.StreamId, instrument.Venue, instrument.Symbol, channel, first.DepthLimit, levels);
        instrument.Books.Add(book);
        _books.Add(book.StreamId, book);
    }

    private sealed record InstrumentState(Venue Venue, string Symbol)
    {
        public InstrumentDefinition Definition { get; set; }

        public List<FollowedBook> Books { get; } = [];
    }
}
