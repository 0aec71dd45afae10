using Lob.Fast.VenueSim.Hosting;
using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Rest;
using Lob.Fast.VenueSim.Streams;
using Microsoft.AspNetCore.Http;

namespace Lob.Fast.VenueSim.Wire.Bybit;

/// <summary>Bybit v5, one category.</summary>
internal sealed class BybitServer : VenueServer
{
    /// <summary>The cross sequence is shared by all that happens in a market, so that a book's own has holes.</summary>
    private const int SequenceStepMax = 400;

    private readonly BybitRest _rest;

    public BybitServer(string venue, LocalExchangeOptions options)
        : base(venue, options, SequenceStepMax)
    {
        Category = venue[(venue.IndexOf('-') + 1)..];
        _rest = new BybitRest(this);
    }

    /// <summary>linear, spot or inverse.</summary>
    public string Category { get; }

    public bool IsSpot => Category == "spot";

    /// <summary>None is documented; this is far above what a client needs.</summary>
    public override int MessagesPerSecondMax => 100;

    public override bool HasSocket(string path) => path == $"/v5/public/{Category}";

    public override Session CreateSession(ClientConnection connection, HttpRequest request) => new BybitSession(this, connection);

    public override RestAnswer? Answer(RestRequest request, long nowMs) => _rest.Answer(request, nowMs);

    protected override MarketChannel? CreateChannel(string channel, SyntheticMarket market) => channel switch
    {
        "orderbook.1" => new BybitBookChannel(this, channel, market, 1, 10),
        "orderbook.50" => new BybitBookChannel(this, channel, market, 50, 20),
        "orderbook.200" => new BybitBookChannel(this, channel, market, 200, 100),
        "orderbook.1000" => new BybitBookChannel(this, channel, market, 1000, 200),
        "publicTrade" => new BybitTradeChannel(this, market),
        "tickers" => new BybitTickerChannel(this, market),
        "kline.1" => new BybitKlineChannel(this, market),
        _ => null,
    };
}
