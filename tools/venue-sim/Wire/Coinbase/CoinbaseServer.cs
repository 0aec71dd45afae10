using Lob.Fast.VenueSim.Hosting;
using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Rest;
using Lob.Fast.VenueSim.Streams;
using Microsoft.AspNetCore.Http;

namespace Lob.Fast.VenueSim.Wire.Coinbase;

/// <summary>Coinbase Exchange.</summary>
internal sealed class CoinbaseServer : VenueServer
{
    private const int BatchMs = 50;

    private readonly CoinbaseRest _rest;

    public CoinbaseServer(LocalExchangeOptions options)
        : base(VenueNames.Coinbase, options, idStepMax: 1)
    {
        _rest = new CoinbaseRest(this);

        if (Recording is not null) return;

        // A product's sequence counts what happens whether someone listens or not.
        foreach (string product in Markets.Keys)
            FeedOf(product);
    }

    public override int MessagesPerSecondMax => 100;

    public override bool HasSocket(string path) => path is "/" or "";

    public override Session CreateSession(ClientConnection connection, HttpRequest request) => new CoinbaseSession(this, connection);

    public override RestAnswer? Answer(RestRequest request, long nowMs) => _rest.Answer(request, nowMs);

    /// <summary>Where a product's sequence comes from.</summary>
    public CoinbaseFullChannel FeedOf(string product) => (CoinbaseFullChannel)Channel("full", product)!;

    protected override MarketChannel? CreateChannel(string channel, SyntheticMarket market) => channel switch
    {
        "full" => new CoinbaseFullChannel(this, market),
        "level2" => new CoinbaseLevel2Channel(this, channel, market, BookChannel.StepMs, changesMax: 1),
        "level2_batch" => new CoinbaseLevel2Channel(this, channel, market, BatchMs, int.MaxValue),
        "matches" => new CoinbaseMatchesChannel(this, market),
        "ticker" => new CoinbaseTickerChannel(this, market),
        "heartbeat" => new CoinbaseHeartbeatChannel(this, market),
        _ => null,
    };
}
