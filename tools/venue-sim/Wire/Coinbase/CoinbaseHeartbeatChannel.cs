using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Coinbase;

/// <summary><c>heartbeat</c>: each second of the market the latest numbers of the product; it uses none up.</summary>
internal sealed class CoinbaseHeartbeatChannel(CoinbaseServer venue, SyntheticMarket market) : MarketChannel("heartbeat", market)
{
    private const int CadenceSteps = 1000 / BookChannel.StepMs;

    public override void OnStep(long nowMs)
    {
        if (Market.Step % CadenceSteps != 0 || Subscriptions.Count == 0) return;

        SendToAll(
            venue.Text.Start().Add("{\"type\":\"heartbeat\",\"last_trade_id\":"u8).Add(Market.LastTradeId).Add(",\"product_id\":\""u8).Add(Symbol)
                .Add("\",\"sequence\":"u8).Add(venue.FeedOf(Symbol).Sequence).Add(",\"time\":\""u8).Iso(nowMs).Add("\"}"u8).ToArray(),
            nowMs);
    }
}
