namespace Lob.Fast.Venues.Rest;

/// <summary>A candle of REST. Numbers are the venue's own text.</summary>
public sealed record RestKline
{
    /// <summary>When it begins, Unix ns.</summary>
    public required long StartNs { get; init; }

    public required string Open { get; init; }

    public required string High { get; init; }

    public required string Low { get; init; }

    public required string Close { get; init; }

    /// <summary>In base units, or contracts where the venue counts so.</summary>
    public required string Volume { get; init; }
}
