namespace Lob.Fast.Perf.Books;

/// <summary>What one structure took on one recording.</summary>
internal sealed record FeedResult
{
    public required string Structure { get; init; }

    /// <summary>Median over the rounds, of messages that change a book, on books that have held these levels before.</summary>
    public required double NsPerLevelMedian { get; init; }

    /// <summary>Fastest round.</summary>
    public required double NsPerLevelBest { get; init; }

    /// <summary>Median over the rounds, snapshots and changes together, on new books, whose memory is touched for the first time.</summary>
    public required double NsPerLevelFreshMedian { get; init; }

    /// <summary>Of one message, snapshots left out, clock included, in the round in which it was smallest.</summary>
    public required double MessageNsP999 { get; init; }

    /// <summary>Of one snapshot a level, median, on books that have held these levels before; emptying the book is part of it. 0 = the recording has none.</summary>
    public required double SnapshotNsPerLevel { get; init; }
}
