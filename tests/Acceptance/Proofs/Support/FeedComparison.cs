using Lob.Fast.Baselines;
using Lob.Fast.Baselines.Feeds;
using Lob.Fast.Engine.Integrity;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Acceptance.Proofs.Support;

/// <summary>One recording through engine and plain replay, all books compared after every frame.</summary>
internal sealed class FeedComparison(Venue venue, SimpleFeedReplay plain, EngineOptions? options = null) : IDisposable
{
    private readonly FeedPipeline _engine = new(venue, options);
    private readonly Dictionary<(string Symbol, string Channel), FeedBookComparison> _books = [];

    /// <summary>Levels compared so far.</summary>
    public long LevelsCompared => _books.Values.Sum(static book => book.LevelsCompared);

    /// <summary>Books that both have.</summary>
    public int Books => _books.Count;

    /// <summary>Feeds both; the first difference in words, null = none.</summary>
    public string? Feed(RecordedFrame frame)
    {
        DecodeResult result = _engine.Feed(frame);
        SimpleFrame taken = plain.Feed(frame);
        if (result.Outcome == DecodeOutcome.Rejected != (taken.Kind == SimpleFrameKind.Rejected))
        {
            return $"engine {result.Outcome} ({result.Reason} at byte {result.FaultByte}), plain replay {taken.Kind} ({taken.What})";
        }

        foreach (BookStream book in _engine.Logic.Books)
        {
            var key = (book.Instrument.Symbol, book.Channel);
            if (!_books.TryGetValue(key, out FeedBookComparison? comparison))
            {
                SimpleFeedStream? stream = plain.Streams.SingleOrDefault(stream => (stream.Symbol, stream.Channel) == key);
                if (stream is null)
                {
                    return $"the plain replay has no book {key}, but {string.Join(", ", plain.Streams.Select(static stream => (stream.Symbol, stream.Channel)))}";
                }

                _books[key] = comparison = new FeedBookComparison(book, stream);
            }

            if (comparison.Difference() is { } difference)
            {
                return $"{key}: {difference}";
            }
        }

        return _books.Count == plain.Streams.Count ? null : $"engine has {_books.Count} books, plain replay {plain.Streams.Count}";
    }

    public void Dispose() => _engine.Dispose();
}
