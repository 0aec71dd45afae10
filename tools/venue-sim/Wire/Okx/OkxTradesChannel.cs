using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Okx;

/// <summary><c>trades</c>: matches of one taker at one price together, one message each.</summary>
internal sealed class OkxTradesChannel(OkxServer venue, SyntheticMarket market) : MarketChannel("trades", market)
{
    public override void OnStep(long nowMs)
    {
        if (Subscriptions.Count == 0) return;

        IReadOnlyList<Trade> trades = Market.Trades;
        for (int i = 0; i < trades.Count; i++)
        {
            Trade trade = trades[i];
            long lots = trade.Lots;
            int count = 1;
            for (; i + 1 < trades.Count && trades[i + 1].TakerId == trade.TakerId && trades[i + 1].Ticks == trade.Ticks; i++, count++)
                lots += trades[i + 1].Lots;

            SendToAll(
                venue.Text.OkxBegin(this).Add(",\"data\":[{\"instId\":\""u8).Add(Symbol).Add("\",\"tradeId\":\""u8).Add(trades[i].Id)
                    .Add("\",\"px\":"u8).OkxPrice(Instrument, trade.Ticks).Add(",\"sz\":"u8).OkxSize(Instrument, lots)
                    .Add(trade.TakerBuys ? ",\"side\":\"buy\",\"ts\":\""u8 : ",\"side\":\"sell\",\"ts\":\""u8).Add(trade.AtMs)
                    .Add("\",\"count\":\""u8).Add(count).Add("\",\"source\":\"0\",\"seqId\":"u8).Add(trades[i].UpdateId).Add("}]}"u8).ToArray(),
                nowMs);
        }
    }
}
