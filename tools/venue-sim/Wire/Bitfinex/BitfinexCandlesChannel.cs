using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Bitfinex;

/// <summary><c>candles</c> of a minute: the last ones as a snapshot, then the running one as trades change it. Nothing says that one is closed.</summary>
internal sealed class BitfinexCandlesChannel(SyntheticMarket market) : MarketChannel("candles.trade:1m", market)
{
    private const int CadenceSteps = 1000 / BookChannel.StepMs;
    private const int SnapshotCandles = 240;

    private readonly FrameText _text = new();
    private Candle _last;

    public override void Subscribed(Subscription subscription, long nowMs)
    {
        _text.Start().Add('[');
        bool isFirst = true;
        foreach (Candle candle in Market.Candles.Reverse().Take(SnapshotCandles))
        {
            if (!isFirst) _text.Add(',');
            isFirst = false;
            Row(_text, Instrument, candle);
        }

        ((BitfinexSession)subscription.Session).SendArray(subscription, _text.Add(']').Span, nowMs);
    }

    public override void OnStep(long nowMs)
    {
        Candle candle = Market.Candles[^1];
        if (Market.Step % CadenceSteps != 0 || candle == _last) return;

        _last = candle;
        _text.Start();
        Row(_text, Instrument, candle);
        foreach (Subscription subscription in Subscriptions)
            ((BitfinexSession)subscription.Session).SendArray(subscription, _text.Span, nowMs);
    }

    /// <summary>[MTS,OPEN,CLOSE,HIGH,LOW,VOLUME]</summary>
    public static FrameText Row(FrameText text, Instrument instrument, in Candle candle) =>
        text.Add('[').Add(candle.StartMs).Add(',').BitfinexPrice(instrument, candle.Open).Add(',').BitfinexPrice(instrument, candle.Close)
            .Add(',').BitfinexPrice(instrument, candle.High).Add(',').BitfinexPrice(instrument, candle.Low)
            .Add(',').BitfinexAmount(instrument, isBid: true, candle.Lots).Add(']');
}
