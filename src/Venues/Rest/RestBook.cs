using Lob.Fast.Engine.Records;

namespace Lob.Fast.Venues.Rest;

/// <summary>A book as REST gave it.</summary>
public sealed record RestBook
{
    public required Venue Venue { get; init; }

    public required string Symbol { get; init; }

    /// <summary>Best first, at most as many as were asked for.</summary>
    public required IReadOnlyList<RestLevel> Bids { get; init; }

    /// <summary>Best first, at most as many as were asked for.</summary>
    public required IReadOnlyList<RestLevel> Asks { get; init; }

    /// <summary>The venue's sequence number; null = it has none.</summary>
    public long? Sequence { get; init; }

    /// <summary>The venue's time, Unix ns; null = it does not say.</summary>
    public long? TimeNs { get; init; }

    /// <summary>When the last byte was read, Unix ns.</summary>
    public required long ReceivedAtNs { get; init; }
}
