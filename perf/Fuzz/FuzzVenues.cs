using Lob.Fast.Engine.Records;

namespace Lob.Fast.Fuzz;

/// <summary>Venues that have both a decoder and a schema.</summary>
public static class FuzzVenues
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Venue> Supported { get; } = [Venue.BinanceSpot, Venue.BinanceUsdM, Venue.BinanceCoinM];
}
