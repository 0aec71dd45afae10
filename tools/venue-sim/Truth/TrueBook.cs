namespace Lob.Fast.VenueSim;

/// <summary>How a subscription's book stood after one of its messages.</summary>
public sealed record TrueBook
{
    /// <summary>Of docs/DIGEST.md.</summary>
    public required UInt128 Digest { get; init; }

    /// <summary>The number that message carried, as the channel numbers its messages; where it does not, its place in the latest subscription (the snapshot is 1).</summary>
    public required long Number { get; init; }

    /// <summary>The number of the message before it.</summary>
    public required long PreviousNumber { get; init; }

    /// <summary>When it was sent, Unix ms.</summary>
    public required long SentAtMs { get; init; }

    /// <summary>Best bid; null = none.</summary>
    public TrueLevel? BestBid { get; init; }

    /// <summary>Best ask; null = none.</summary>
    public TrueLevel? BestAsk { get; init; }

    /// <summary>All bids, best first; only with the latest message, else null.</summary>
    public IReadOnlyList<TrueLevel>? Bids { get; init; }

    /// <summary>All asks, best first; only with the latest message, else null.</summary>
    public IReadOnlyList<TrueLevel>? Asks { get; init; }
}
