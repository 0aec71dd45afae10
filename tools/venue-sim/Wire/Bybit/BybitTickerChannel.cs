using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Bybit;

/// <summary><c>tickers</c>: contracts have a snapshot and then only what has changed; spot has snapshots without best prices.</summary>
internal sealed class BybitTickerChannel(BybitServer venue, SyntheticMarket market) : MarketChannel("tickers", market)
{
    private readonly int _cadenceSteps = (venue.IsSpot ? 50 : 100) / BookChannel.StepMs;
    private (long Ticks, long Lots) _bid;
    private (long Ticks, long Lots) _ask;
    private long _lastTicks;

    public override void Subscribed(Subscription subscription, long nowMs)
    {
        FrameText text = Begin("snapshot"u8, nowMs);
        if (venue.IsSpot) WriteSpot(text);
        else WriteContract(text);

        subscription.Session.Send(End(text, nowMs));
    }

    public override void OnStep(long nowMs)
    {
        if (Market.Step % _cadenceSteps != 0) return;

        (long, long) bid = (Market.Bids.Best.Ticks, Market.Bids.Best.Lots);
        (long, long) ask = (Market.Asks.Best.Ticks, Market.Asks.Best.Lots);
        long last = Market.LastTicks;
        bool bookChanged = !venue.IsSpot && (bid != _bid || ask != _ask);
        if (Subscriptions.Count > 0 && (last != _lastTicks || bookChanged))
        {
            FrameText text = Begin(venue.IsSpot ? "snapshot"u8 : "delta"u8, nowMs);
            if (venue.IsSpot) WriteSpot(text);
            else WriteChanges(text, last != _lastTicks, bid != _bid, ask != _ask);

            SendToAll(End(text, nowMs).ToArray(), nowMs);
        }

        (_bid, _ask, _lastTicks) = (bid, ask, last);
    }

    private FrameText Begin(ReadOnlySpan<byte> type, long nowMs)
    {
        FrameText text = venue.Text.Start().Add("{\"topic\":\"tickers."u8).Add(Symbol);
        if (venue.IsSpot) text.Add("\",\"ts\":"u8).Add(nowMs).Add(",\"type\":\""u8).Add(type).Add("\",\"cs\":"u8).Add(Market.UpdateId);
        else text.Add("\",\"type\":\""u8).Add(type).Add('"');

        return text.Add(",\"data\":{\"symbol\":\""u8).Add(Symbol).Add('"');
    }

    private FrameText End(FrameText text, long nowMs) =>
        venue.IsSpot ? text.Add("}}"u8) : text.Add("},\"cs\":"u8).Add(Market.UpdateId).Add(",\"ts\":"u8).Add(nowMs).Add('}');

    private void WriteChanges(FrameText text, bool lastChanged, bool bidChanged, bool askChanged)
    {
        if (lastChanged) text.Add(",\"lastPrice\":"u8).BybitPrice(Instrument, Market.LastTicks);
        if (bidChanged)
            text.Add(",\"bid1Price\":"u8).BybitPrice(Instrument, Market.Bids.Best.Ticks).Add(",\"bid1Size\":"u8).BybitQuantity(Instrument, Market.Bids.Best.Lots);

        if (askChanged)
            text.Add(",\"ask1Price\":"u8).BybitPrice(Instrument, Market.Asks.Best.Ticks).Add(",\"ask1Size\":"u8).BybitQuantity(Instrument, Market.Asks.Best.Lots);
    }

    private void WriteSpot(FrameText text) =>
        text.Add(",\"lastPrice\":"u8).BybitPrice(Instrument, Market.LastTicks).Add(",\"highPrice24h\":"u8).BybitPrice(Instrument, Math.Max(Market.LastTicks, Market.OpenTicks))
            .Add(",\"lowPrice24h\":"u8).BybitPrice(Instrument, Math.Min(Market.LastTicks, Market.OpenTicks)).Add(",\"prevPrice24h\":"u8).BybitPrice(Instrument, Market.OpenTicks)
            .Add(",\"volume24h\":"u8).BybitQuantity(Instrument, Market.TradedLots).Add(",\"turnover24h\":"u8)
            .Turnover(Instrument, (Int128)Market.TradedLots * Instrument.LotUnits * Market.LastTicks * Instrument.TickUnits)
            .Add(",\"price24hPcnt\":\"0\",\"usdIndexPrice\":\"\""u8);

    private void WriteContract(FrameText text) =>
        text.Add(",\"tickDirection\":\"ZeroPlusTick\",\"price24hPcnt\":\"0\",\"lastPrice\":"u8).BybitPrice(Instrument, Market.LastTicks)
            .Add(",\"prevPrice24h\":"u8).BybitPrice(Instrument, Market.OpenTicks).Add(",\"highPrice24h\":"u8).BybitPrice(Instrument, Math.Max(Market.LastTicks, Market.OpenTicks))
            .Add(",\"lowPrice24h\":"u8).BybitPrice(Instrument, Math.Min(Market.LastTicks, Market.OpenTicks)).Add(",\"prevPrice1h\":"u8).BybitPrice(Instrument, Market.OpenTicks)
            .Add(",\"markPrice\":"u8).BybitPrice(Instrument, Market.LastTicks).Add(",\"indexPrice\":"u8).BybitPrice(Instrument, Market.LastTicks)
            .Add(",\"openInterest\":"u8).BybitQuantity(Instrument, Instrument.MedianLots * 1000).Add(",\"openInterestValue\":"u8)
            .Turnover(Instrument, (Int128)Instrument.MedianLots * 1000 * Instrument.LotUnits * Market.LastTicks * Instrument.TickUnits)
            .Add(",\"turnover24h\":"u8).Turnover(Instrument, (Int128)Market.TradedLots * Instrument.LotUnits * Market.LastTicks * Instrument.TickUnits)
            .Add(",\"volume24h\":"u8).BybitQuantity(Instrument, Market.TradedLots)
            .Add(",\"fundingIntervalHour\":\"8\",\"fundingCap\":\"0.005\",\"nextFundingTime\":\"1790870400000\",\"fundingRate\":\"0.0001\",\"bid1Price\":"u8)
            .BybitPrice(Instrument, Market.Bids.Best.Ticks).Add(",\"bid1Size\":"u8).BybitQuantity(Instrument, Market.Bids.Best.Lots)
            .Add(",\"ask1Price\":"u8).BybitPrice(Instrument, Market.Asks.Best.Ticks).Add(",\"ask1Size\":"u8).BybitQuantity(Instrument, Market.Asks.Best.Lots)
            .Add(",\"preOpenPrice\":\"\",\"preQty\":\"\",\"curPreListingPhase\":\"\""u8);
}
