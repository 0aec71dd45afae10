using Lob.Fast.VenueSim.Recorded;
using Lob.Fast.VenueSim.Wire.Binance;
using Lob.Fast.VenueSim.Wire.Bitfinex;
using Lob.Fast.VenueSim.Wire.Bybit;
using Lob.Fast.VenueSim.Wire.Coinbase;
using Lob.Fast.VenueSim.Wire.CoinbaseAdvanced;
using Lob.Fast.VenueSim.Wire.Okx;

namespace Lob.Fast.VenueSim.Hosting;

/// <summary>Makes venues by name.</summary>
internal static class VenueServers
{
    public static VenueServer Create(string venue, LocalExchangeOptions options) => venue switch
    {
        VenueNames.BinanceSpot => new BinanceServer(BinanceMarket.Spot, options),
        VenueNames.BinanceUsdM => new BinanceServer(BinanceMarket.UsdM, options),
        VenueNames.BinanceCoinM => new BinanceServer(BinanceMarket.CoinM, options),
        VenueNames.BybitLinear or VenueNames.BybitSpot or VenueNames.BybitInverse => new BybitServer(venue, options),
        VenueNames.Okx => new OkxServer(options),
        VenueNames.Bitfinex => new BitfinexServer(options),
        VenueNames.Coinbase => new CoinbaseServer(options),
        VenueNames.CoinbaseAdvanced => new AdvancedServer(options),
        _ => throw Unknown(venue),
    };

    /// <summary>Who reads a venue's recordings.</summary>
    public static IRecordedFrames RecordedFramesOf(string venue) => venue switch
    {
        VenueNames.BinanceSpot or VenueNames.BinanceUsdM or VenueNames.BinanceCoinM => new BinanceRecordedFrames(),
        VenueNames.BybitLinear or VenueNames.BybitSpot or VenueNames.BybitInverse => new BybitRecordedFrames(),
        VenueNames.Okx => new OkxRecordedFrames(),
        VenueNames.Bitfinex => new BitfinexRecordedFrames(),
        VenueNames.Coinbase => new CoinbaseRecordedFrames(),
        VenueNames.CoinbaseAdvanced => new AdvancedRecordedFrames(),
        _ => throw Unknown(venue),
    };

    private static ArgumentException Unknown(string venue) =>
        new($"unknown venue '{venue}'; known are {string.Join(", ", VenueNames.All)}", nameof(venue));
}
