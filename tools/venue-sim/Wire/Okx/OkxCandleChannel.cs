using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Okx;

/// <summary><c>candle1m</c>, on the business path: the running candle each second as trades change it, and the closed one.</summary>
internal sealed class OkxCandleChannel(OkxServer venue, SyntheticMarket market) : MarketChannel("candle1m", market)
{
    private const int CadenceSteps = 1000 / BookChannel.StepMs;

    private Candle _last;

    public override void OnStep(long nowMs)
    {
        Candle candle = Market.Candles[^1];
        if (candle.StartMs != _last.StartMs && _last.StartMs != 0 && Market.Candles.Count > 1) Send(Market.Candles[^2], isClosed: true, nowMs);
        else if (Market.Step % CadenceSteps != 0 || candle == _last) return;

        Send(candle, isClosed: false, nowMs);
        _last = candle;
    }

    private void Send(in Candle candle, bool isClosed, long nowMs)
    {
        if (Subscriptions.Count > 0) SendToAll(Row(venue.Text.OkxBegin(this).Add(",\"data\":["u8), Instrument, candle, isClosed).Add("]}"u8).ToArray(), nowMs);
    }

    /// <summary>["ts","o","h","l","c","vol","volCcy","volCcyQuote","confirm"]</summary>
    public static FrameText Row(FrameText text, Instrument instrument, in Candle candle, bool isClosed)
    {
        int decimals = instrument.PriceDecimals + instrument.QuantityDecimals;
        return text.Add("[\""u8).Add(candle.StartMs).Add("\","u8).OkxPrice(instrument, candle.Open).Add(',').OkxPrice(instrument, candle.High)
            .Add(',').OkxPrice(instrument, candle.Low).Add(',').OkxPrice(instrument, candle.Close).Add(',').OkxSize(instrument, candle.Lots)
            .Add(",\""u8).Trimmed(candle.TurnoverUnits, decimals).Add("\",\""u8).Trimmed(candle.TurnoverUnits, decimals)
            .Add(isClosed ? "\",\"1\"]"u8 : "\",\"0\"]"u8);
    }
}
