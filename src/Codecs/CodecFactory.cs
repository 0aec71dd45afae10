using Lob.Fast.Codecs.Binance;
using Lob.Fast.Codecs.Bitfinex;
using Lob.Fast.Codecs.Bybit;
using Lob.Fast.Codecs.Coinbase;
using Lob.Fast.Codecs.CoinbaseAdvanced;
using Lob.Fast.Codecs.Okx;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs;

/// <summary>The decoder of each venue.</summary>
public static class CodecFactory
{
    /// <summary>Venues that have a decoder: all of them.</summary>
    public static IReadOnlyList<Venue> Supported { get; } =
    [
        Venue.BybitLinear, Venue.BybitSpot, Venue.BybitInverse,
        Venue.BinanceSpot, Venue.BinanceUsdM, Venue.BinanceCoinM,
        Venue.Okx, Venue.Bitfinex, Venue.Coinbase, Venue.CoinbaseAdvanced,
    ];

    /// <summary>Makes a decoder that has seen nothing yet.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No venue.</exception>
    public static IVenueDecoder Create(Venue venue, DecoderOptions? options = null) => venue switch
    {
        Venue.BybitLinear or Venue.BybitSpot or Venue.BybitInverse => new BybitDecoder(venue),
        Venue.BinanceSpot or Venue.BinanceUsdM or Venue.BinanceCoinM => new BinanceDecoder(venue, options),
        Venue.Okx => new OkxDecoder(options),
        Venue.Bitfinex => new BitfinexDecoder(options),
        Venue.Coinbase => new CoinbaseDecoder(options),
        Venue.CoinbaseAdvanced => new AdvancedDecoder(),
        _ => throw new ArgumentOutOfRangeException(nameof(venue), venue, "no venue"),
    };
}
