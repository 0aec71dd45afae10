using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.CoinbaseAdvanced;

/// <summary><c>ticker</c>: once at the begin and after each step with matches.</summary>
internal sealed class AdvancedTickerChannel(SyntheticMarket market) : MarketChannel("ticker", market)
{
    private readonly FrameText _events = new();

    public override void Subscribed(Subscription subscription, long nowMs) => ((AdvancedSession)subscription.Session).SendEvents(Name, Write("snapshot"u8), nowMs);

    public override void OnStep(long nowMs)
    {
        if (Market.Trades.Count == 0 || Subscriptions.Count == 0) return;

        Write("update"u8);
        foreach (Subscription subscription in Subscriptions)
            ((AdvancedSession)subscription.Session).SendEvents(Name, _events.Span, nowMs);
    }

    private ReadOnlySpan<byte> Write(ReadOnlySpan<byte> type) =>
        _events.Start().Add("{\"type\":\""u8).Add(type).Add("\",\"tickers\":[{\"type\":\"ticker\",\"product_id\":\""u8).Add(Symbol)
            .Add("\",\"price\":"u8).AdvancedPrice(Instrument, Market.LastTicks).Add(",\"volume_24_h\":"u8).AdvancedSize(Instrument, Market.TradedLots)
            .Add(",\"low_24_h\":"u8).AdvancedPrice(Instrument, Math.Min(Market.OpenTicks, Market.LastTicks)).Add(",\"high_24_h\":"u8).AdvancedPrice(Instrument, Math.Max(Market.OpenTicks, Market.LastTicks))
            .Add(",\"low_52_w\":"u8).AdvancedPrice(Instrument, Market.OpenTicks / 2).Add(",\"high_52_w\":"u8).AdvancedPrice(Instrument, Market.OpenTicks * 2)
            .Add(",\"price_percent_chg_24_h\":\"0\",\"best_bid\":"u8).AdvancedPrice(Instrument, Market.Bids.Best.Ticks).Add(",\"best_ask\":"u8).AdvancedPrice(Instrument, Market.Asks.Best.Ticks)
            .Add(",\"best_bid_quantity\":"u8).AdvancedSize(Instrument, Market.Bids.Best.Lots).Add(",\"best_ask_quantity\":"u8).AdvancedSize(Instrument, Market.Asks.Best.Lots).Add("}]}"u8).Span;
}
