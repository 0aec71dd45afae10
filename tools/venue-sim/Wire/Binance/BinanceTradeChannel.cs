using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Binance;

/// <summary><c>trade</c>: each match. <c>aggTrade</c>: matches of one taker at one price together.</summary>
internal sealed class BinanceTradeChannel(BinanceServer venue, BinanceMarket kind, SyntheticMarket market, bool isAggregate)
    : MarketChannel(isAggregate ? "aggTrade" : "trade", market)
{
    private long _aggregateId = 50_000_000;

    public override void OnStep(long nowMs)
    {
        IReadOnlyList<Trade> trades = Market.Trades;
        for (int i = 0; i < trades.Count; i++)
        {
            Trade trade = trades[i];
            long lots = trade.Lots;
            long lastId = trade.Id;
            while (isAggregate && i + 1 < trades.Count && trades[i + 1].TakerId == trade.TakerId && trades[i + 1].Ticks == trade.Ticks)
            {
                i++;
                lots += trades[i].Lots;
                lastId = trades[i].Id;
            }

            if (isAggregate) _aggregateId++;
            if (Subscriptions.Count > 0) BinanceSender.SendToAll(this, Write(trade, lots, lastId, nowMs).ToArray(), nowMs);
        }
    }

    private FrameText Write(in Trade trade, long lots, long lastId, long nowMs)
    {
        FrameText text = venue.Text.Start().Add(isAggregate ? "{\"e\":\"aggTrade\",\"E\":"u8 : "{\"e\":\"trade\",\"E\":"u8).Add(nowMs);
        if (isAggregate && kind != BinanceMarket.Spot) text.Add(",\"a\":"u8).Add(_aggregateId);
        if (!isAggregate && kind != BinanceMarket.Spot) text.Add(",\"T\":"u8).Add(trade.AtMs);
        text.Add(",\"s\":\""u8).Add(Symbol).Add('"');
        if (isAggregate && kind == BinanceMarket.Spot) text.Add(",\"a\":"u8).Add(_aggregateId);
        if (!isAggregate) text.Add(",\"t\":"u8).Add(trade.Id);
        text.Add(",\"p\":"u8).Price(Instrument, trade.Ticks).Add(",\"q\":"u8).Quantity(Instrument, lots);
        if (isAggregate) text.Add(",\"f\":"u8).Add(trade.Id).Add(",\"l\":"u8).Add(lastId);
        if (isAggregate || kind == BinanceMarket.Spot) text.Add(",\"T\":"u8).Add(trade.AtMs);
        if (!isAggregate && kind != BinanceMarket.Spot) text.Add(",\"X\":\"MARKET\""u8);
        text.Add(trade.TakerBuys ? ",\"m\":false"u8 : ",\"m\":true"u8);
        return text.Add(kind == BinanceMarket.Spot ? ",\"M\":true}"u8 : "}"u8);
    }
}
