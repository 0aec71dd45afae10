using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Bitfinex;

/// <summary><c>ticker</c>: once at the begin, then at most every second when something in it has changed.</summary>
internal sealed class BitfinexTickerChannel(SyntheticMarket market) : MarketChannel("ticker", market)
{
    private const int CadenceSteps = 1000 / BookChannel.StepMs;

    private readonly FrameText _text = new();
    private (long, long, long, long) _last;

    public override void Subscribed(Subscription subscription, long nowMs) => ((BitfinexSession)subscription.Session).SendArray(subscription, Write().Span, nowMs);

    public override void OnStep(long nowMs)
    {
        if (Market.Step % CadenceSteps != 0 || Subscriptions.Count == 0) return;

        (long, long, long, long) now = (Market.LastTradeId, Market.Bids.Best.Ticks, Market.Asks.Best.Ticks, Market.TradedLots);
        if (now == _last) return;

        _last = now;
        Write();
        foreach (Subscription subscription in Subscriptions)
            ((BitfinexSession)subscription.Session).SendArray(subscription, _text.Span, nowMs);
    }

    /// <summary>[BID,BID_SIZE,ASK,ASK_SIZE,DAILY_CHANGE,DAILY_CHANGE_RELATIVE,LAST,VOLUME,HIGH,LOW]</summary>
    private FrameText Write()
    {
        const int RatioDecimals = 6;
        long change = Market.LastTicks - Market.OpenTicks;
        return _text.Start().Add('[').BitfinexPrice(Instrument, Market.Bids.Best.Ticks).Add(',').BitfinexAmount(Instrument, isBid: true, Market.Bids.Best.Lots)
            .Add(',').BitfinexPrice(Instrument, Market.Asks.Best.Ticks).Add(',').BitfinexAmount(Instrument, isBid: true, Market.Asks.Best.Lots)
            .Add(',').BitfinexPrice(Instrument, change).Add(',').JavaScript(change * InstrumentCatalogue.PowerOfTen(RatioDecimals) / Market.OpenTicks, RatioDecimals)
            .Add(',').BitfinexPrice(Instrument, Market.LastTicks).Add(',').BitfinexAmount(Instrument, isBid: true, Market.TradedLots)
            .Add(',').BitfinexPrice(Instrument, Math.Max(Market.LastTicks, Market.OpenTicks)).Add(',').BitfinexPrice(Instrument, Math.Min(Market.LastTicks, Market.OpenTicks)).Add(']');
    }
}
