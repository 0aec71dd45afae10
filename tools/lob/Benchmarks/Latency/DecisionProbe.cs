using System.Diagnostics;
using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Integrity;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Cli.Benchmarks.Latency;

/// <summary>
/// Stands for a strategy: at the end of each message of a live book it reads the best levels of both sides, and notes the time. Called on the logic thread.
/// </summary>
internal sealed class DecisionProbe
{
    private const int Levels = 10;

    private BookStream?[] _byStream = [];
    private TopLevels?[] _watched = [];
    private uint _stream;

    /// <summary>The logic's books.</summary>
    public IReadOnlyList<BookStream> Books { get; set; } = [];

    /// <summary>When the last decision was made, in ticks of the clock; 0 = none since it was set so.</summary>
    public long DecidedAt { get; set; }

    /// <summary>Decisions so far.</summary>
    public long Count { get; set; }

    /// <summary>Told of each decision on the logic's thread; null = nobody.</summary>
    public SplitNotes? Listener { get; set; }

    /// <summary>What the strategy made of all it saw, so that reading is not taken out.</summary>
    public long Imbalance { get; private set; }

    public void OnInput(ReadOnlySpan<Record> message)
    {
        if (message[0].Header.Kind == RecordKind.MessageBegin)
        {
            _stream = message[0].Header.StreamId;
        }
    }

    public void OnMessageEnd()
    {
        if (_stream != 0 && Find(_stream) is { State: BookState.Live } stream)
        {
            TopLevels best = _watched[_stream] ??= stream.Book.Watch(Levels);
            Imbalance += Sum(best.Bids) - Sum(best.Asks);
            DecidedAt = Stopwatch.GetTimestamp();
            Count++;
            Listener?.Decided(Count, DecidedAt);
        }

        _stream = 0;
    }

    private static long Sum(ReadOnlySpan<BookLevel> levels)
    {
        long lots = 0;
        foreach (ref readonly BookLevel level in levels)
        {
            lots += level.QuantityLots;
        }

        return lots;
    }

    private BookStream? Find(uint id)
    {
        if (id >= _byStream.Length)
        {
            // A new stream: looked up anew, which allocates once and never again.
            int streams = (int)Math.Max(id, Books.Count == 0 ? 0 : Books.Max(static book => book.Id)) + 1;
            _byStream = new BookStream?[streams];
            Array.Resize(ref _watched, streams);
            foreach (BookStream book in Books)
            {
                _byStream[book.Id] = book;
            }
        }

        return _byStream[id];
    }
}
