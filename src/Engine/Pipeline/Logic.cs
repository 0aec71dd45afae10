using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Integrity;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Pipeline;

/// <summary>
/// The one owner of books, integrity and seals: a pure function of the input messages in their order. It consumes complete messages, writes them and
/// everything derived from them to its sink, and knows no clock, no randomness and no other thread. Single thread.
/// </summary>
/// <typeparam name="TSink">Where records go: a journal, a comparison, nothing. A struct around a reference, so that calls are direct.</typeparam>
public sealed partial class Logic<TSink> : ICheckpointSource, IDisposable where TSink : struct, IRecordSink
{
    private readonly EngineOptions _options;
    private readonly DerivedRecords _derived = new();
    private readonly SealChainHasher _chain = new();
    private readonly List<Instrument> _instruments = [];
    private readonly List<StreamEntry> _streams = [];
    private readonly List<BookStream> _books = [];
    private readonly List<ConnectionChain> _chains = [];
    private readonly TSink _sink;
    private EngineTotals _totals;
    private long _lastTimerNs;

    /// <summary>Starts with no instrument and no stream.</summary>
    public Logic(TSink sink, EngineOptions? options = null)
    {
        _sink = sink;
        _options = options ?? new EngineOptions();
        BookMemory = new BookMemory(_options.BookMemoryBudgetBytes);
    }

    /// <summary>Memory of all books: the budget, and what is resident of it.</summary>
    public BookMemory BookMemory { get; }

    /// <summary>Book streams in the order of their declaration.</summary>
    public IReadOnlyList<BookStream> Books => _books;

    /// <summary>Instruments in the order of their definition.</summary>
    public IReadOnlyList<Instrument> Instruments => _instruments;

    /// <summary>Latest time so far, Unix ns; 0 before the first input.</summary>
    public long NowNs { get; private set; }

    /// <summary>Counts since the start.</summary>
    public ref readonly EngineTotals Totals => ref _totals;

    /// <summary>Seals hashed into the chain so far, and its head.</summary>
    public SealChainHasher Chain => _chain;

    /// <summary>
    /// Consumes one input message, complete and valid, its receive times set. The input and all it led to is committed as one whole.
    /// </summary>
    /// <exception cref="InvalidDataException">A message no decoder makes: it names an unknown stream, or is of no input kind.</exception>
    public void Process(ReadOnlySpan<Record> message)
    {
        ref readonly RecordHeader header = ref message[0].Header;
        _sink.Reserve(message.Length + DerivedSlotsMax(header, message.Length), this);
        _sink.Append(message);
        NowNs = header.ReceivedAtNs;
        _derived.Begin(NowNs);

        switch (header.Kind)
        {
            case RecordKind.MessageBegin:
                OnMessage(header.StreamId, message);
                break;
            case RecordKind.Timer:
                OnTimer();
                break;
            case RecordKind.InstrumentDefinition:
                OnInstrument(message);
                break;
            case RecordKind.StreamDefinition:
                OnStream(message);
                break;
            case RecordKind.FrameRejected:
                OnFrameRejected(Record.Read<FrameRejected>(message[0]));
                break;
            case RecordKind.Connection:
                OnConnection(Record.Read<Connection>(message[0]));
                break;
            default:
                throw new InvalidDataException($"record kind {header.Kind} is not an input");
        }

        if (_derived.Records.Length > 0)
        {
            _sink.Append(_derived.Records);
        }

        _totals.Records += message.Length + _derived.Records.Length;
        _sink.Commit();
        if (header.Kind == RecordKind.Timer)
        {
            _sink.Sealed();
            _options.OnSecond?.Invoke(NowNs, _books);
        }
    }

    /// <summary>Adds the definitions (all slots) of every instrument and stream, for a decoder that continues a journal.</summary>
    public void WriteDefinitions(Action<ReadOnlySpan<Record>> learn)
    {
        using var buffer = new RecordBuffer();
        WriteCheckpoint(buffer);
        ReadOnlySpan<Record> records = buffer.Records;
        for (int i = 0; i < records.Length; i++)
        {
            int slots = records[i].Header.Kind switch
            {
                RecordKind.InstrumentDefinition => InstrumentDefinition.Slots,
                RecordKind.StreamDefinition => StreamDefinition.Slots,
                _ => 0,
            };
            if (slots > 0)
            {
                learn(records.Slice(i, slots));
                i += slots - 1;
            }
        }
    }

    /// <summary>Starts counting anew: what was processed so far belonged to an earlier session. Nothing that is journaled depends on it.</summary>
    public void ForgetTotals()
    {
        _totals = default;
        _books.ForEach(static book => book.ForgetTotals());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _books.ForEach(static book => book.Dispose());
        BookMemory.Dispose();
        _instruments.ForEach(static instrument => instrument.Dispose());
        _derived.Dispose();
        _chain.Dispose();
    }

    private void OnMessage(uint streamId, ReadOnlySpan<Record> message)
    {
        _totals.Messages++;
        StreamEntry stream = Find(streamId);
        ref readonly MessageBegin begin = ref Record.View<MessageBegin>(in message[0]);
        if (stream.Continuity == ContinuityRule.Connection && begin.LastSequence != Sequence.None && !FollowsConnection(stream, begin))
        {
            return;
        }

        switch (stream.Role)
        {
            case StreamRole.Book:
                stream.Book!.OnMessage(message, _derived);
                break;
            case StreamRole.BookSnapshots:
                stream.Instrument!.OnSnapshot(message, _derived);
                break;
            case StreamRole.Ticker when stream.Continuity != ContinuityRule.Connection && begin.LastSequence != Sequence.None:
                stream.Instrument!.OnTicker(TickerOf(message));
                break;
            case StreamRole.Heartbeats:
                stream.Instrument?.OnHeartbeat(_derived);
                break;
            default:
                break;
        }
    }

    /// <summary>
    /// Judges a message by the count of its connection. After a hole every book of the connection may miss something, and the message itself is
    /// taken in: it may be a snapshot. False = it came before.
    /// </summary>
    private bool FollowsConnection(StreamEntry stream, in MessageBegin begin)
    {
        ConnectionChain chain = ChainOf(begin.Connection);
        long expected = chain.Expected;
        switch (chain.Take(begin, NowNs))
        {
            case Continuity.Repeats when stream.Book != null:
                stream.Book.OnRepeat(begin, _derived);
                return false;

            case Continuity.Repeats:
                ref MessageIgnored ignored = ref _derived.Add<MessageIgnored>(begin.Header.StreamId, (byte)IgnoreReason.Duplicate);
                ignored.MessageSequence = begin.LastSequence;
                ignored.BookSequence = Sequence.None;
                return false;

            case Continuity.Breaks:
                // The message's own book first: right behind a message stands what became of it.
                stream.Book?.OnConnectionGap(expected, begin.LastSequence, _derived);
                foreach (BookStream book in _books)
                {
                    if (book != stream.Book && book.Rule == ContinuityRule.Connection && book.Connection == begin.Connection)
                    {
                        book.OnConnectionGap(expected, begin.LastSequence, _derived);
                    }
                }

                return true;

            default:
                return true;
        }
    }

    private ConnectionChain ChainOf(ushort connection)
    {
        if (FindChain(connection) is { } known)
        {
            return known;
        }

        var chain = new ConnectionChain(connection);
        _chains.Add(chain);
        return chain;
    }

    private ConnectionChain? FindChain(ushort connection)
    {
        foreach (ConnectionChain chain in _chains)
        {
            if (chain.Connection == connection)
            {
                return chain;
            }
        }

        return null;
    }

    private static RememberedBest TickerOf(ReadOnlySpan<Record> message)
    {
        var ticker = new RememberedBest
        {
            Header = new RecordHeader { Kind = RecordKind.RememberedBest },
            UpdateId = Record.Read<MessageBegin>(message[0]).LastSequence,
        };
        foreach (ref readonly Record record in message[1..])
        {
            Quote quote = Record.Read<Quote>(record);
            if (quote.Header.Side == Side.Bid)
            {
                ticker.BidTicks = quote.PriceTicks;
                ticker.BidLots = quote.QuantityLots;
            }
            else
            {
                ticker.AskTicks = quote.PriceTicks;
                ticker.AskLots = quote.QuantityLots;
            }
        }

        return ticker;
    }

    private void OnInstrument(ReadOnlySpan<Record> message)
    {
        uint id = Record.Read<InstrumentDefinition>(message[0]).InstrumentId;
        if (id >= 1 && id <= _instruments.Count)
        {
            _instruments[(int)id - 1].Redefine(message);
        }
        else if (id == _instruments.Count + 1)
        {
            _instruments.Add(new Instrument(message));
        }
        else
        {
            throw new InvalidDataException($"instrument {id} is defined after {_instruments.Count} instruments; ids count from 1 without holes");
        }
    }

    private void OnStream(ReadOnlySpan<Record> message)
    {
        StreamEntry entry = AddStream(message);
        if (entry.Book != null)
        {
            entry.Instrument!.Attach(entry.Book, _derived);
        }
    }

    private StreamEntry AddStream(ReadOnlySpan<Record> definition)
    {
        StreamDefinition first = Record.Read<StreamDefinition>(definition[0]);
        uint id = first.Header.StreamId;
        if (id != _streams.Count + 1)
        {
            throw new InvalidDataException($"stream {id} is declared after {_streams.Count} streams; ids count from 1 without holes");
        }

        bool ofConnection = first.InstrumentId == 0 && first.Role == StreamRole.Heartbeats;
        if (!ofConnection && (first.InstrumentId < 1 || first.InstrumentId > _instruments.Count))
        {
            throw new InvalidDataException($"stream {id} is declared for instrument {first.InstrumentId}; {_instruments.Count} are defined");
        }

        Instrument? instrument = ofConnection ? null : _instruments[(int)first.InstrumentId - 1];
        BookStream? book = first.Role == StreamRole.Book
            ? new BookStream(definition, instrument!, BookMemory, _options.WindowBits, _options.OnTransition)
            : null;
        var entry = new StreamEntry(first.Role, first.Continuity, instrument, book, definition.ToArray());
        _streams.Add(entry);
        if (book != null)
        {
            _books.Add(book);
        }

        return entry;
    }

    private void OnFrameRejected(in FrameRejected rejected)
    {
        _totals.Rejected++;
        if (rejected.Header.StreamId != 0)
        {
            StreamEntry stream = Find(rejected.Header.StreamId);
            if (stream.Continuity == ContinuityRule.Connection)
            {
                ChainOf(rejected.ConnectionId).CountRejected();
            }

            stream.Book?.OnFrameRejected(_derived);
            return;
        }

        // Whether it had a number of the connection cannot be told either; the snapshots that all its books now need make up for the hole.
        FindChain(rejected.ConnectionId)?.Forget();

        // Nobody can tell whose it was: every book of the connection may miss it.
        foreach (BookStream book in _books)
        {
            if (book.Connection == rejected.ConnectionId)
            {
                book.OnFrameRejected(_derived);
            }
        }
    }

    private void OnConnection(in Connection connection)
    {
        // Opened or closed: what is sent meanwhile nobody hears.
        FindChain(connection.ConnectionId)?.Forget();
        foreach (BookStream book in _books)
        {
            if (book.Connection == connection.ConnectionId)
            {
                book.OnConnectionLost(_derived);
            }
        }
    }

    /// <summary>Seals the second that ends now.</summary>
    private void OnTimer()
    {
        _lastTimerNs = NowNs;
        foreach (BookStream book in _books)
        {
            long connectionHeardNs = book.Rule == ContinuityRule.Connection ? ChainOf(book.Connection).LastHeardNs : 0;
            book.OnTimer(connectionHeardNs, _derived);
        }

        int start = _derived.Records.Length;
        uint seals = 0;
        foreach (BookStream book in _books)
        {
            if (book.Changed)
            {
                book.Seal(_derived);
                seals++;
            }
        }

        if (seals > 0)
        {
            _totals.Seals += seals;
            _chain.Append(_derived.Records[start..]);
            ref SealChain chain = ref _derived.Add<SealChain>(0, 0);
            chain.Hash = _chain.Head;
            chain.Index = _chain.Index;
            chain.Seals = seals;
        }
    }

    private StreamEntry Find(uint streamId) =>
        streamId - 1 < (uint)_streams.Count
            ? _streams[(int)streamId - 1]
            : throw new InvalidDataException($"a message of stream {streamId} came before its definition; {_streams.Count} streams are declared");

    private int DerivedSlotsMax(in RecordHeader header, int messageSlots)
    {
        switch (header.Kind)
        {
            case RecordKind.MessageBegin when header.StreamId - 1 < (uint)_streams.Count:
                StreamEntry stream = _streams[(int)header.StreamId - 1];
                int slots = stream.Role switch
                {
                    StreamRole.Book => stream.Book!.DerivedSlotsMax(messageSlots),
                    StreamRole.BookSnapshots => ForBooksOf(stream.Instrument!, messageSlots),
                    StreamRole.Heartbeats => stream.Instrument?.Books.Count ?? 0,
                    _ => 0,
                };

                // A hole in the count of the connection: a gap and a state change for each of its books.
                return stream.Continuity == ContinuityRule.Connection ? slots + (2 * _books.Count) + 1 : slots;

            case RecordKind.StreamDefinition:
                // A snapshot held for the first book stream of an instrument cannot be joined yet: two state changes at most.
                return 8;

            default:
                // A timer: at most a state change and a seal for each book, and the chain. A rejected frame or a connection: two records a book.
                return (_books.Count * (Seal.Slots + 2)) + 8;
        }

        // By index: enumerating the interface would allocate for each snapshot.
        static int ForBooksOf(Instrument instrument, int messageSlots)
        {
            int slots = 0;
            for (int i = 0; i < instrument.Books.Count; i++)
            {
                slots += instrument.Books[i].DerivedSlotsMax(messageSlots);
            }

            return slots;
        }
    }

    private sealed record StreamEntry(StreamRole Role, ContinuityRule Continuity, Instrument? Instrument, BookStream? Book, Record[] Definition);
}
