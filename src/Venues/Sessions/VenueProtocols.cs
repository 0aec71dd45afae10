using Lob.Fast.Engine.Records;
using Lob.Fast.Venues.Binance;
using Lob.Fast.Venues.Bitfinex;
using Lob.Fast.Venues.Bybit;
using Lob.Fast.Venues.Coinbase;
using Lob.Fast.Venues.CoinbaseAdvanced;
using Lob.Fast.Venues.Okx;
using Lob.Fast.Venues.Rest;

namespace Lob.Fast.Venues.Sessions;

/// <summary>The protocol of each venue.</summary>
internal static class VenueProtocols
{
    /// <summary>The WebSocket side of a venue.</summary>
    public static VenueProtocol Of(Venue venue, ICredentialSource credentials, TimeProvider time) => venue switch
    {
        Venue.BinanceSpot or Venue.BinanceUsdM or Venue.BinanceCoinM => new BinanceProtocol(venue),
        Venue.BybitLinear or Venue.BybitSpot or Venue.BybitInverse => new BybitProtocol(venue),
        Venue.Okx => new OkxProtocol(),
        Venue.Bitfinex => new BitfinexProtocol(),
        Venue.Coinbase => new CoinbaseProtocol(CoinbaseCredentials.Read(credentials), time),
        Venue.CoinbaseAdvanced => new AdvancedProtocol(),
        _ => throw NotAVenue(venue),
    };

    /// <summary>The REST side of a venue.</summary>
    public static RestProtocol RestOf(Venue venue, bool testnet, ICredentialSource credentials, TimeProvider time) => venue switch
    {
        Venue.BinanceSpot or Venue.BinanceUsdM or Venue.BinanceCoinM => new BinanceRest(venue),
        Venue.BybitLinear or Venue.BybitSpot or Venue.BybitInverse => new BybitRest(venue),
        Venue.Okx => new OkxRest(testnet),
        Venue.Bitfinex => new BitfinexRest(),
        Venue.Coinbase => new CoinbaseRest(CoinbaseCredentials.Read(credentials), time),
        Venue.CoinbaseAdvanced => new AdvancedRest(time),
        _ => throw NotAVenue(venue),
    };

    /// <summary>Where the WebSocket is.</summary>
    public static Uri WebSocket(VenueProtocol protocol, FeedOptions options) =>
        Base(options.WebSocket, "ws", options.Testnet ? protocol.Defaults.WebSocketTest : protocol.Defaults.WebSocket, options.Venue);

    /// <summary>Where REST is.</summary>
    public static Uri Rest(VenueProtocol protocol, FeedOptions options) =>
        Base(options.Rest, "http", options.Testnet ? protocol.Defaults.RestTest : protocol.Defaults.Rest, options.Venue);

    /// <summary>What a symbol looks like.</summary>
    public static string SymbolExample(Venue venue) => venue switch
    {
        Venue.BinanceCoinM => "BTCUSD_PERP",
        Venue.BybitInverse => "BTCUSD",
        Venue.Okx => "BTC-USDT or BTC-USDT-SWAP",
        Venue.Bitfinex => "tBTCUSD or tDOGE:USD",
        Venue.Coinbase or Venue.CoinbaseAdvanced => "BTC-USD",
        _ => "BTCUSDT",
    };

    private static Uri Base(Uri? own, string scheme, string? usual, Venue venue)
    {
        Uri url = own ?? new Uri(usual ?? throw new FeedException($"{venue.ToName()} has no test network"));
        return url.IsAbsoluteUri && (url.Scheme == scheme || url.Scheme == scheme + "s")
            ? url
            : throw new FeedException($"'{url}' is no address of this kind: it must begin with {scheme}:// or {scheme}s://");
    }

    private static FeedException NotAVenue(Venue venue) => new($"there is no venue '{venue.ToName()}': {string.Join(", ", VenueNames.All)}");
}
