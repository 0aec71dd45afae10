using Lob.Fast.Engine.Records;

namespace Lob.Fast.Baselines.Values;

/// <summary>The alternative decoders of each venue.</summary>
public static class ValueDecoders
{
    /// <summary>The decoder on <see cref="System.Text.Json.Utf8JsonReader"/>: there is one for every venue.</summary>
    public static IValueDecoder Utf8Json(Venue venue) => venue switch
    {
        Venue.BybitLinear or Venue.BybitSpot or Venue.BybitInverse => new Utf8JsonBybitDecoder(),
        Venue.BinanceSpot or Venue.BinanceUsdM or Venue.BinanceCoinM => new Utf8JsonBinanceValueDecoder(),
        Venue.Okx => new Utf8JsonOkxDecoder(),
        Venue.Bitfinex => new Utf8JsonBitfinexDecoder(),
        Venue.Coinbase => new Utf8JsonCoinbaseDecoder(),
        Venue.CoinbaseAdvanced => new Utf8JsonAdvancedDecoder(),
        _ => throw new ArgumentOutOfRangeException(nameof(venue), venue, "no venue"),
    };

    /// <summary>The decoder on simdjson, for every venue; null where its library has not been built (<see cref="SimdjsonLibrary.WhyAbsent"/>).</summary>
    public static IValueDecoder? Simdjson(Venue venue) => SimdjsonLibrary.IsPresent ? new SimdjsonDecoder(venue) : null;
}
