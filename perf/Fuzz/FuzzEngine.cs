using System.Text;
using Lob.Fast.Baselines;
using Lob.Fast.Codecs;
using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Integrity;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Fuzz;

/// <summary>
/// Decoder, sequencer and logic of one venue, watched: after a rejected frame every book must hold what it held, and those that it may concern, and no others, are broken.
/// </summary>
public sealed class FuzzEngine : IDisposable
{
    private readonly CheckedDecoder _decoder;
    private readonly Logic<NullSink> _logic;
    private readonly InputSequencer<CheckedDecoder, NullSink> _sequencer;
    private readonly List<(Digest128 Digest, long Sequence, BookState State, int Bids, int Asks)> _before = [];

    /// <summary>An engine that has seen nothing yet.</summary>
    public FuzzEngine(Venue venue, string? symbol)
    {
        // Small ladders: what is far from the market is held all the same, and an engine is made for every round.
        const int WindowBits = 12;
        var options = new DecoderOptions { DefaultSymbol = symbol };
        Decoder = CodecFactory.Create(venue, options);
        _decoder = new CheckedDecoder(Decoder, CodecFactory.Create(venue, options));
        _logic = new Logic<NullSink>(default, new EngineOptions { WindowBits = WindowBits });
        _sequencer = new InputSequencer<CheckedDecoder, NullSink>(_decoder, _logic);
    }

    /// <summary>The decoder, for what it counts by name.</summary>
    public IVenueDecoder Decoder { get; }

    /// <summary>The books.</summary>
    public IReadOnlyList<BookStream> Books => _logic.Books;

    /// <summary>How often a rejected frame broke a live book.</summary>
    public long Broken { get; private set; }

    /// <summary>Takes a frame in.</summary>
    /// <param name="bytes">The frame.</param>
    /// <param name="recorded">What is known of its arrival.</param>
    /// <param name="fault">What the engine did that it must not do; empty = nothing.</param>
    public DecodeResult Take(byte[] bytes, RecordedFrame recorded, out string fault)
    {
        _before.Clear();
        foreach (BookStream book in _logic.Books)
        {
            _before.Add((book.Book.Digest, book.LastSequence, book.State, book.Book.BidCount, book.Book.AskCount));
        }

        var frame = new Frame
        {
            Bytes = bytes,
            ReceivedAtNs = recorded.ReceivedAtNs,
            Symbol = recorded.Symbol is null ? default : Encoding.UTF8.GetBytes(recorded.Symbol),
            Line = recorded.Line,
        };
        DecodeResult result = _sequencer.OnFrame(frame);
        fault = _decoder.Fault;
        if (fault.Length == 0 && result.Outcome == DecodeOutcome.Rejected)
        {
            fault = CheckBooks(result.StreamId);
            fault = fault.Length > 0 ? fault : CheckAttribution(frame, result.StreamId);
        }

        return result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sequencer.Dispose();
        _logic.Dispose();
        _decoder.Dispose();
    }

    // A frame that breaks one book says which, in so many letters; Bitfinex' frames say it by a number, and an escaped letter looks otherwise.
    private string CheckAttribution(in Frame frame, uint streamId)
    {
        if (streamId == 0 || Decoder.Venue == Venue.Bitfinex || frame.Bytes.Contains((byte)'\\'))
        {
            return "";
        }

        foreach (BookStream book in _logic.Books)
        {
            if (book.Id == streamId && !Encoding.Latin1.GetString(frame.Bytes).Contains(book.Instrument.Symbol, StringComparison.OrdinalIgnoreCase))
            {
                return $"a rejected frame was taken for one of {book.Instrument.Symbol}, which it does not name";
            }
        }

        return "";
    }

    private string CheckBooks(uint streamId)
    {
        if (_logic.Books.Count != _before.Count)
        {
            return "a rejected frame declared a book";
        }

        for (int i = 0; i < _before.Count; i++)
        {
            BookStream book = _logic.Books[i];
            (Digest128 digest, long sequence, BookState state, int bids, int asks) = _before[i];
            if (book.Book.Digest != digest || book.Book.BidCount != bids || book.Book.AskCount != asks || book.LastSequence != sequence)
            {
                return $"a rejected frame changed the book of stream {book.Id}";
            }

            bool concerned = streamId == 0 || streamId == book.Id;
            if (state == BookState.Live && book.State == BookState.Broken && !concerned)
            {
                return $"a rejected frame of stream {streamId} broke the book of stream {book.Id}";
            }

            if (state == BookState.Live && book.State != BookState.Broken && concerned)
            {
                return $"a rejected frame of stream {streamId} left the book of stream {book.Id} {book.State}";
            }

            Broken += state == BookState.Live && concerned ? 1 : 0;
        }

        return "";
    }
}
