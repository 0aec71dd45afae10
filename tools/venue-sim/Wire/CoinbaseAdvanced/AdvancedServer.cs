using Lob.Fast.VenueSim.Hosting;
using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Rest;
using Lob.Fast.VenueSim.Streams;
using Microsoft.AspNetCore.Http;

namespace Lob.Fast.VenueSim.Wire.CoinbaseAdvanced;

/// <summary>Coinbase Advanced Trade: market data without a key.</summary>
internal sealed class AdvancedServer(LocalExchangeOptions options) : VenueServer(VenueNames.CoinbaseAdvanced, options, idStepMax: 1)
{
    public override int MessagesPerSecondMax => 8;

    public override bool HasSocket(string path) => path is "/" or "";

    public override Session CreateSession(ClientConnection connection, HttpRequest request) => new AdvancedSession(this, connection);

    public override RestAnswer? Answer(RestRequest request, long nowMs) => new AdvancedRest(this).Answer(request, nowMs);

    public override string ChannelOfData(string channel) => channel == "l2_data" ? "level2" : channel;

    protected override MarketChannel? CreateChannel(string channel, SyntheticMarket market) => channel switch
    {
        "level2" => new AdvancedLevel2Channel(this, market),
        "market_trades" => new AdvancedTradesChannel(market),
        "ticker" => new AdvancedTickerChannel(market),
        "candles" => new AdvancedCandlesChannel(market),
        _ => null,
    };
}
