using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.CoinbaseAdvanced;

/// <summary><c>candles</c> of five minutes: the last ones as a snapshot, then the running one each second as trades change it.</summary>
internal sealed class AdvancedCandlesChannel(SyntheticMarket market) : MarketChannel("candles", market)
{
    private const int CadenceSteps = 1000 / BookChannel.StepMs;
    private const long IntervalMs = 300_000;

    private readonly FrameText _events = new();
    private Candle _last;

    public override void Subscribed(Subscription subscription, long nowMs)
    {
        Begin("snapshot"u8);
        bool isFirst = true;
        foreach (IGrouping<long, Candle> interval in Market.Candles.GroupBy(static candle => candle.StartMs / IntervalMs))
        {
            if (!isFirst) _events.Add(',');
            isFirst = false;
            Write([.. interval]);
        }

        ((AdvancedSession)subscription.Session).SendEvents(Name, _events.Add("]}"u8).Span, nowMs);
    }

    public override void OnStep(long nowMs)
    {
        Candle candle = Market.Candles[^1];
        if (Market.Step % CadenceSteps != 0 || candle == _last || Subscriptions.Count == 0) return;

        _last = candle;
        Begin("update"u8);
        Write([.. Market.Candles.Where(minute => minute.StartMs / IntervalMs == candle.StartMs / IntervalMs)]);
        _events.Add("]}"u8);
        foreach (Subscription subscription in Subscriptions)
            ((AdvancedSession)subscription.Session).SendEvents(Name, _events.Span, nowMs);
    }

    private void Begin(ReadOnlySpan<byte> type) => _events.Start().Add("{\"type\":\""u8).Add(type).Add("\",\"candles\":["u8);

    private void Write(Candle[] minutes) =>
        _events.Add("{\"start\":\""u8).Add(minutes[0].StartMs / IntervalMs * IntervalMs / 1000).Add("\",\"high\":"u8).AdvancedPrice(Instrument, minutes.Max(static minute => minute.High))
            .Add(",\"low\":"u8).AdvancedPrice(Instrument, minutes.Min(static minute => minute.Low)).Add(",\"open\":"u8).AdvancedPrice(Instrument, minutes[0].Open)
            .Add(",\"close\":"u8).AdvancedPrice(Instrument, minutes[^1].Close).Add(",\"volume\":"u8).AdvancedSize(Instrument, minutes.Sum(static minute => minute.Lots))
            .Add(",\"product_id\":\""u8).Add(Symbol).Add("\"}"u8);
}
