using Lob.Fast.VenueSim.Hosting;
using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Rest;
using Lob.Fast.VenueSim.Streams;
using Microsoft.AspNetCore.Http;

namespace Lob.Fast.VenueSim.Wire.Bitfinex;

/// <summary>Bitfinex v2.</summary>
internal sealed class BitfinexServer : VenueServer
{
    private const int RealTimeMs = 10;
    private const int SlowMs = 2000;

    private readonly BitfinexRest _rest;

    public BitfinexServer(LocalExchangeOptions options)
        : base(VenueNames.Bitfinex, options, idStepMax: 1) => _rest = new BitfinexRest(this);

    /// <summary>None is documented; this is far above what a client needs.</summary>
    public override int MessagesPerSecondMax => 100;

    public override bool HasSocket(string path) => path == "/ws/2";

    public override Session CreateSession(ClientConnection connection, HttpRequest request) => new BitfinexSession(this, connection);

    public override RestAnswer? Answer(RestRequest request, long nowMs) => _rest.Answer(request, nowMs);

    protected override MarketChannel? CreateChannel(string channel, SyntheticMarket market)
    {
        switch (channel)
        {
            case "trades":
                return new BitfinexTradesChannel(market);
            case "ticker":
                return new BitfinexTickerChannel(market);
            case "candles.trade:1m":
                return new BitfinexCandlesChannel(market);
            default:
                string[] parts = channel.Split('.');
                if (parts is not ["book", "P0" or "R0", "F0" or "F1", "1" or "25" or "100" or "250"]) return null;

                int depth = int.Parse(parts[3], System.Globalization.CultureInfo.InvariantCulture);
                int cadenceMs = parts[2] == "F0" ? RealTimeMs : SlowMs;
                return parts[1] == "P0"
                    ? new BitfinexBookChannel(this, channel, market, depth, cadenceMs)
                    : new BitfinexOrdersChannel(channel, market, depth, cadenceMs);
        }
    }
}
