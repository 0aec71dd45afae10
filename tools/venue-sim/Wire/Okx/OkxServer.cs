using Lob.Fast.VenueSim.Hosting;
using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Rest;
using Lob.Fast.VenueSim.Streams;
using Microsoft.AspNetCore.Http;

namespace Lob.Fast.VenueSim.Wire.Okx;

/// <summary>OKX v5.</summary>
internal sealed class OkxServer : VenueServer
{
    /// <summary>Sequence numbers rise by more than one.</summary>
    private const int SequenceStepMax = 9;

    private const string Public = "/ws/v5/public";
    private const string Business = "/ws/v5/business";

    private readonly OkxRest _rest;

    public OkxServer(LocalExchangeOptions options)
        : base(VenueNames.Okx, options, SequenceStepMax) => _rest = new OkxRest(this);

    /// <summary>Only requests in an hour are limited, see <see cref="OkxSession"/>.</summary>
    public override int MessagesPerSecondMax => 100;

    public override bool HasSocket(string path) => path is Public or Business;

    public override Session CreateSession(ClientConnection connection, HttpRequest request) =>
        new OkxSession(this, connection, isBusiness: request.Path.Value == Business);

    public override RestAnswer? Answer(RestRequest request, long nowMs) => _rest.Answer(request, nowMs);

    protected override MarketChannel? CreateChannel(string channel, SyntheticMarket market) => channel switch
    {
        "books" => new OkxBooksChannel(this, channel, market, 400, 100),
        "books-l2-tbt" => new OkxBooksChannel(this, channel, market, 400, 10),
        "books50-l2-tbt" => new OkxBooksChannel(this, channel, market, 50, 10),
        "books5" => new OkxImageChannel(this, channel, market, 5, 100),
        "bbo-tbt" => new OkxImageChannel(this, channel, market, 1, 10),
        "trades" => new OkxTradesChannel(this, market),
        "tickers" => new OkxTickersChannel(this, market),
        "candle1m" => new OkxCandleChannel(this, market),
        _ => null,
    };
}
