using Lob.Fast.VenueSim.Hosting;
using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Rest;
using Lob.Fast.VenueSim.Streams;
using Microsoft.AspNetCore.Http;

namespace Lob.Fast.VenueSim.Wire.Binance;

/// <summary>Binance: spot, USD-M or COIN-M.</summary>
internal sealed class BinanceServer : VenueServer
{
    /// <summary>Futures share update ids over symbols, so that a book's own have holes.</summary>
    private const int FuturesIdStepMax = 40;

    private readonly BinanceMarket _market;
    private readonly BinanceRest _rest;

    public BinanceServer(BinanceMarket market, LocalExchangeOptions options)
        : base(NameOf(market), options, market == BinanceMarket.Spot ? 1 : FuturesIdStepMax)
    {
        _market = market;
        _rest = new BinanceRest(this, market);
    }

    public override int MessagesPerSecondMax => _market == BinanceMarket.Spot ? 5 : 10;

    public override (TimeSpan Interval, TimeSpan Timeout)? Pings =>
        (Options.ServerPingInterval ?? (_market == BinanceMarket.Spot ? TimeSpan.FromSeconds(20) : TimeSpan.FromMinutes(3)),
         Options.ServerPongTimeout ?? (_market == BinanceMarket.Spot ? TimeSpan.FromMinutes(1) : TimeSpan.FromMinutes(10)));

    public override bool HasSocket(string path)
    {
        string rest = WithoutRoute(path, out _);
        return rest is "/ws" or "/stream" || rest.StartsWith("/ws/", StringComparison.Ordinal);
    }

    public override Session CreateSession(ClientConnection connection, HttpRequest request)
    {
        string path = WithoutRoute(request.Path.Value!, out BinanceRoute route);
        bool isCombined = path == "/stream";
        string streams = isCombined ? request.Query["streams"].ToString() : path.Length > 4 ? path[4..] : "";
        return new BinanceSession(this, connection, _market, route, isCombined, [.. streams.Split('/', StringSplitOptions.RemoveEmptyEntries)]);
    }

    public override RestAnswer? Answer(RestRequest request, long nowMs) => _rest.Answer(request, nowMs);

    /// <summary>Whether a channel belongs to this class of connections.</summary>
    public static bool IsOn(BinanceRoute route, string channel) => route switch
    {
        BinanceRoute.All => true,
        BinanceRoute.Private => false,
        BinanceRoute.Public => channel is "bookTicker" or "trade" || channel.StartsWith("depth", StringComparison.Ordinal),
        _ => channel != "bookTicker" && !channel.StartsWith("depth", StringComparison.Ordinal),
    };

    protected override MarketChannel? CreateChannel(string channel, SyntheticMarket market)
    {
        string[] parts = channel.Split('@');
        if (parts.Length > 2) return null;

        string cadence = parts.Length > 1 ? parts[1] : "";
        if (parts[0] == "bookTicker" && cadence.Length == 0) return new BinanceBookTickerChannel(this, _market, market);
        if (parts[0] == "trade" && cadence.Length == 0) return new BinanceTradeChannel(this, _market, market, isAggregate: false);
        if (parts[0] == "aggTrade" && cadence.Length == 0) return new BinanceTradeChannel(this, _market, market, isAggregate: true);
        if (channel == "kline_1m") return new BinanceKlineChannel(this, _market, market);
        if (!parts[0].StartsWith("depth", StringComparison.Ordinal) || CadenceMs(cadence) is not { } cadenceMs) return null;

        return parts[0]["depth".Length..] switch
        {
            "" => new BinanceDepthChannel(this, _market, channel, market, cadenceMs),
            "5" => new BinancePartialDepthChannel(this, _market, channel, market, 5, cadenceMs),
            "10" => new BinancePartialDepthChannel(this, _market, channel, market, 10, cadenceMs),
            "20" => new BinancePartialDepthChannel(this, _market, channel, market, 20, cadenceMs),
            _ => null,
        };
    }

    private static string NameOf(BinanceMarket market) => market switch
    {
        BinanceMarket.Spot => VenueNames.BinanceSpot,
        BinanceMarket.UsdM => VenueNames.BinanceUsdM,
        _ => VenueNames.BinanceCoinM,
    };

    private int? CadenceMs(string suffix) => (suffix, _market) switch
    {
        ("", BinanceMarket.Spot) => 1000,
        ("", _) => 250,
        ("100ms", _) => 100,
        ("1000ms", BinanceMarket.Spot) => 1000,
        ("250ms", not BinanceMarket.Spot) => 250,
        ("500ms", not BinanceMarket.Spot) => 500,
        ("0ms", not BinanceMarket.Spot) => BookChannel.StepMs,
        _ => null,
    };

    private string WithoutRoute(string path, out BinanceRoute route)
    {
        route = BinanceRoute.All;
        if (_market == BinanceMarket.Spot) return path;

        foreach ((string prefix, BinanceRoute named) in
            new[] { ("/public", BinanceRoute.Public), ("/market", BinanceRoute.Market), ("/private", BinanceRoute.Private) })
        {
            if (!path.StartsWith(prefix + "/", StringComparison.Ordinal)) continue;

            route = _market == BinanceMarket.UsdM ? named : BinanceRoute.All;
            return path[prefix.Length..];
        }

        if (_market == BinanceMarket.UsdM) route = BinanceRoute.Public;
        return path;
    }
}
