using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Okx;

/// <summary><c>tickers</c>: last trade and best prices, at most every 100 ms.</summary>
internal sealed class OkxTickersChannel(OkxServer venue, SyntheticMarket market) : MarketChannel("tickers", market)
{
    private const int CadenceSteps = 100 / BookChannel.StepMs;

    private (long, long, long, long, long) _last;

    public override void Subscribed(Subscription subscription, long nowMs) => subscription.Session.Send(Write(nowMs));

    public override void OnStep(long nowMs)
    {
        if (Market.Step % CadenceSteps != 0) return;

        (long, long, long, long, long) now = (Market.LastTradeId, Market.Bids.Best.Ticks, Market.Bids.Best.Lots, Market.Asks.Best.Ticks, Market.Asks.Best.Lots);
        if (now == _last) return;

        _last = now;
        if (Subscriptions.Count > 0) SendToAll(Write(nowMs).ToArray(), nowMs);
    }

    private FrameText Write(long nowMs)
    {
        long lastLots = Market.LastTrades.Count > 0 ? Market.LastTrades.Last().Lots : Instrument.MedianLots;
        return venue.Text.OkxBegin(this).Add(",\"data\":[{\"instType\":\""u8).Add(OkxText.InstrumentType(Symbol)).Add("\",\"instId\":\""u8).Add(Symbol)
            .Add("\",\"last\":"u8).OkxPrice(Instrument, Market.LastTicks).Add(",\"lastSz\":"u8).OkxSize(Instrument, lastLots)
            .Add(",\"askPx\":"u8).OkxPrice(Instrument, Market.Asks.Best.Ticks).Add(",\"askSz\":"u8).OkxSize(Instrument, Market.Asks.Best.Lots)
            .Add(",\"bidPx\":"u8).OkxPrice(Instrument, Market.Bids.Best.Ticks).Add(",\"bidSz\":"u8).OkxSize(Instrument, Market.Bids.Best.Lots)
            .Add(",\"open24h\":"u8).OkxPrice(Instrument, Market.OpenTicks).Add(",\"high24h\":"u8).OkxPrice(Instrument, Math.Max(Market.OpenTicks, Market.LastTicks))
            .Add(",\"low24h\":"u8).OkxPrice(Instrument, Math.Min(Market.OpenTicks, Market.LastTicks))
            .Add(",\"sodUtc0\":"u8).OkxPrice(Instrument, Market.OpenTicks).Add(",\"sodUtc8\":"u8).OkxPrice(Instrument, Market.OpenTicks)
            .Add(",\"volCcy24h\":"u8).OkxSize(Instrument, Market.TradedLots).Add(",\"vol24h\":"u8).OkxSize(Instrument, Market.TradedLots)
            .Add(",\"ts\":\""u8).Add(nowMs).Add("\"}]}"u8);
    }
}
