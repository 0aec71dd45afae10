using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.CoinbaseAdvanced;

/// <summary><c>market_trades</c>: the last ones as a snapshot, then those of one moment together. The side is the resting order's.</summary>
internal sealed class AdvancedTradesChannel(SyntheticMarket market) : MarketChannel("market_trades", market)
{
    private const int SnapshotTrades = 50;

    private readonly FrameText _events = new();

    public override void Subscribed(Subscription subscription, long nowMs) =>
        ((AdvancedSession)subscription.Session).SendEvents(Name, Write("snapshot"u8, [.. Market.LastTrades.Reverse().Take(SnapshotTrades)]), nowMs);

    public override void OnStep(long nowMs)
    {
        if (Market.Trades.Count == 0 || Subscriptions.Count == 0) return;

        Write("update"u8, Market.Trades);
        foreach (Subscription subscription in Subscriptions)
            ((AdvancedSession)subscription.Session).SendEvents(Name, _events.Span, nowMs);
    }

    private ReadOnlySpan<byte> Write(ReadOnlySpan<byte> type, IReadOnlyList<Trade> trades)
    {
        _events.Start().Add("{\"type\":\""u8).Add(type).Add("\",\"trades\":["u8);
        for (int i = 0; i < trades.Count; i++)
        {
            Trade trade = trades[i];
            _events.Add(i > 0 ? ",{\"product_id\":\""u8 : "{\"product_id\":\""u8).Add(Symbol).Add("\",\"trade_id\":\""u8).Add(trade.Id).Add("\",\"price\":"u8).AdvancedPrice(Instrument, trade.Ticks)
                .Add(",\"size\":"u8).AdvancedSize(Instrument, trade.Lots).Add(",\"time\":\""u8).Iso(trade.AtMs).Add(trade.TakerBuys ? "\",\"side\":\"SELL\"}"u8 : "\",\"side\":\"BUY\"}"u8);
        }

        return _events.Add("]}"u8).Span;
    }
}
