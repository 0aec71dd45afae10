using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Coinbase;

/// <summary><c>ticker</c>: once at the begin and after each match. Its side is the taker's.</summary>
internal sealed class CoinbaseTickerChannel(CoinbaseServer venue, SyntheticMarket market) : MarketChannel("ticker", market)
{
    public override void Subscribed(Subscription subscription, long nowMs)
    {
        if (Market.LastTrades.Count > 0) subscription.Session.Send(Write(Market.LastTrades.Last()));
    }

    public override void OnStep(long nowMs)
    {
        if (Subscriptions.Count == 0) return;

        foreach (Trade trade in Market.Trades)
            SendToAll(Write(trade).ToArray(), nowMs);
    }

    private FrameText Write(in Trade trade) =>
        venue.Text.Start().Add("{\"type\":\"ticker\",\"sequence\":"u8).Add(venue.FeedOf(Symbol).SequenceOf(trade)).Add(",\"product_id\":\""u8).Add(Symbol)
            .Add("\",\"price\":"u8).CoinbasePrice(Instrument, trade.Ticks).Add(",\"open_24h\":"u8).CoinbasePrice(Instrument, Market.OpenTicks)
            .Add(",\"volume_24h\":"u8).CoinbaseSize(Instrument, Market.TradedLots).Add(",\"low_24h\":"u8).CoinbasePrice(Instrument, Math.Min(Market.OpenTicks, trade.Ticks))
            .Add(",\"high_24h\":"u8).CoinbasePrice(Instrument, Math.Max(Market.OpenTicks, trade.Ticks)).Add(",\"volume_30d\":"u8).CoinbaseSize(Instrument, Market.TradedLots)
            .Add(",\"best_bid\":"u8).CoinbasePrice(Instrument, Market.Bids.Best.Ticks).Add(",\"best_bid_size\":"u8).CoinbaseSize(Instrument, Market.Bids.Best.Lots)
            .Add(",\"best_ask\":"u8).CoinbasePrice(Instrument, Market.Asks.Best.Ticks).Add(",\"best_ask_size\":"u8).CoinbaseSize(Instrument, Market.Asks.Best.Lots)
            .Add(trade.TakerBuys ? ",\"side\":\"buy\",\"time\":\""u8 : ",\"side\":\"sell\",\"time\":\""u8).Iso(trade.AtMs)
            .Add("\",\"trade_id\":"u8).Add(trade.Id).Add(",\"last_size\":"u8).CoinbaseSize(Instrument, trade.Lots).Add('}');
}
