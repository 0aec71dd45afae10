using Lob.Fast.Codecs.Tests.CoinbaseAdvanced;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Coinbase;

/// <summary>The sample frames of both feeds, for tests that hold for either.</summary>
internal static class CoinbaseFeeds
{
    public static TheoryData<Venue> Both => [Venue.Coinbase, Venue.CoinbaseAdvanced];

    public static string[] SamplesOf(Venue venue) => venue == Venue.Coinbase
        ? [.. CoinbaseSamples.All, CoinbaseSamples.RestLevels, CoinbaseSamples.RestOrders]
        : AdvancedSamples.All;

    /// <summary>A decoder that knows whose a REST answer is.</summary>
    public static CoinbaseBench Bench(Venue venue) => new(venue, new DecoderOptions { DefaultSymbol = "BTC-USD" });
}
