using Lob.Fast.Baselines;
using Lob.Fast.Baselines.Feeds;
using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Integrity;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Acceptance.Proofs.Support;

/// <summary>
/// Compares one book of the engine with that of the plain replay: state, sequence, evidence, counts, and every level of both sides in order: price
/// text, quantity text, number of orders. The text of a level is made once and remembered; while the plain book holds the very same level, the
/// engine's must be the very same too, which says the same and costs less.
/// </summary>
internal sealed class FeedBookComparison(BookStream engine, SimpleFeedStream plain)
{
    private readonly Dictionary<SimpleLevel, BookLevel> _verified = new(ReferenceEqualityComparer.Instance);
    private (long Changes, int PriceDecimals, int QuantityDecimals)? _compared;
    private (int PriceDecimals, int QuantityDecimals) _scale;
    private BookLevel[] _levels = new BookLevel[1024];

    /// <summary>Levels compared so far, those that had not changed included.</summary>
    public long LevelsCompared { get; private set; }

    /// <summary>The first difference in words; null = none.</summary>
    public string? Difference()
    {
        string? difference = DifferenceOf("state", StateOf(engine.State), plain.State)
            ?? DifferenceOf("sequence", engine.LastSequence, plain.Last ?? Sequence.None)
            ?? DifferenceOf("evidence", engine.Evidence, EvidenceOf(plain.Evidence))
            ?? CountsDiffer();
        if (difference is not null)
        {
            return difference;
        }

        // Levels that nobody has touched are looked at in full when something changes next.
        var at = (plain.Book.Changes, engine.Book.PriceDecimals, engine.Book.QuantityDecimals);
        if (at == _compared)
        {
            return DifferenceOf("bids", engine.Book.BidCount, plain.Book.Bids.Count) ?? DifferenceOf("asks", engine.Book.AskCount, plain.Book.Asks.Count);
        }

        if (_scale != (at.PriceDecimals, at.QuantityDecimals) || _verified.Count > 500_000)
        {
            _verified.Clear();
            _scale = (at.PriceDecimals, at.QuantityDecimals);
        }

        difference = DifferenceOf(Side.Bid, plain.Book.Bids) ?? DifferenceOf(Side.Ask, plain.Book.Asks);
        _compared = difference is null ? at : null;
        return difference;
    }

    // The plain replay has no clock, so a book that has been quiet for long is live to it.
    private static SimpleBookState StateOf(BookState state) => state switch
    {
        BookState.Empty => SimpleBookState.Empty,
        BookState.Bridging => SimpleBookState.Bridging,
        BookState.Broken => SimpleBookState.Broken,
        _ => SimpleBookState.Live,
    };

    private static Evidence EvidenceOf(SimpleEvidence evidence) =>
        evidence.HasFlag(SimpleEvidence.Checksum) ? Evidence.Checksum : evidence.HasFlag(SimpleEvidence.Sequence) ? Evidence.Sequence : Evidence.None;

    private static string? DifferenceOf<T>(string what, T own, T its) =>
        EqualityComparer<T>.Default.Equals(own, its) ? null : $"{what} {own}, plain replay {its}";

    private string? CountsDiffer()
    {
        StreamTotals totals = engine.Totals;
        return DifferenceOf(
                "snapshots, applied, duplicates, gaps, resyncs",
                (totals.Snapshots, totals.Applied, totals.Duplicates, totals.Gaps, totals.Resyncs),
                (plain.Snapshots, plain.Applied, plain.Duplicates, plain.Gaps + plain.StartsOver, plain.Resyncs))
            ?? DifferenceOf(
                "crossed, locked, absent deletes",
                (totals.Crossed, totals.Locked, totals.AbsentDeletes),
                (plain.Crossed, plain.Locked, plain.AbsentDeletes))
            ?? DifferenceOf(
                "checksums equal, different, not offered",
                (totals.ChecksumMatches, totals.ChecksumMismatches, totals.ChecksumsNotOffered),
                (plain.ChecksumMatches, plain.ChecksumMismatches, plain.ChecksumsNotOffered));
    }

    private string? DifferenceOf(Side side, IReadOnlyDictionary<decimal, SimpleLevel> levels)
    {
        L2Book book = engine.Book;
        if (_levels.Length < levels.Count + 1)
        {
            _levels = new BookLevel[(levels.Count + 1) * 2];
        }

        int counted = side == Side.Bid ? book.BidCount : book.AskCount;
        if (counted != levels.Count || book.CopyTo(side, _levels) != levels.Count)
        {
            return $"{counted} {side} levels, plain replay {levels.Count}";
        }

        int index = 0;
        LevelsCompared += levels.Count;
        foreach (SimpleLevel level in levels.Values)
        {
            BookLevel own = _levels[index++];
            if (_verified.TryGetValue(level, out BookLevel verified) && verified == own)
            {
                continue;
            }

            (string, string, long) ownText = (book.PriceOf(own), book.QuantityOf(own), own.OrderCount);
            if (ownText != (level.PriceText, level.QuantityText, level.OrderCount))
            {
                return $"{side} level {index - 1} is {ownText}, plain replay {(level.PriceText, level.QuantityText, level.OrderCount)}";
            }

            _verified[level] = own;
        }

        return null;
    }
}
