using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Bybit;

/// <summary><c>kline.1</c>: the running candle each second; at the turn of the minute the closed one and the new one in one message.</summary>
internal sealed class BybitKlineChannel(BybitServer venue, SyntheticMarket market) : MarketChannel("kline.1", market)
{
    private const int CadenceSteps = 1000 / BookChannel.StepMs;
    private const long CandleMs = 60_000;

    private Candle _last;

    public override void OnStep(long nowMs)
    {
        Candle candle = Market.Candles[^1];
        bool hasTurned = candle.StartMs != _last.StartMs && _last.StartMs != 0 && Market.Candles.Count > 1;
        if (!hasTurned && (Market.Step % CadenceSteps != 0 || candle == _last)) return;

        _last = candle;
        if (Subscriptions.Count == 0) return;

        FrameText text = venue.Text.Start().Add("{\"topic\":\"kline.1."u8).Add(Symbol).Add("\",\"data\":["u8);
        if (hasTurned)
        {
            Write(text, Market.Candles[^2], isClosed: true, nowMs);
            text.Add(',');
        }

        Write(text, candle, isClosed: false, nowMs);
        SendToAll(text.Add("],\"ts\":"u8).Add(nowMs).Add(",\"type\":\"snapshot\"}"u8).ToArray(), nowMs);
    }

    private void Write(FrameText text, in Candle candle, bool isClosed, long nowMs) =>
        text.Add("{\"start\":"u8).Add(candle.StartMs).Add(",\"end\":"u8).Add(candle.StartMs + CandleMs - 1).Add(",\"interval\":\"1\",\"open\":"u8)
            .BybitPrice(Instrument, candle.Open).Add(",\"close\":"u8).BybitPrice(Instrument, candle.Close).Add(",\"high\":"u8).BybitPrice(Instrument, candle.High)
            .Add(",\"low\":"u8).BybitPrice(Instrument, candle.Low).Add(",\"volume\":"u8).BybitQuantity(Instrument, candle.Lots)
            .Add(",\"turnover\":"u8).Turnover(Instrument, candle.TurnoverUnits)
            .Add(isClosed ? ",\"confirm\":true"u8 : ",\"confirm\":false"u8).Add(",\"timestamp\":"u8).Add(nowMs).Add('}');
}
