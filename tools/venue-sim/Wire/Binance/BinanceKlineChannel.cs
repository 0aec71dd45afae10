using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Binance;

/// <summary><c>kline_1m</c>: the running candle as trades change it, and once more when it is closed.</summary>
internal sealed class BinanceKlineChannel(BinanceServer venue, BinanceMarket kind, SyntheticMarket market)
    : MarketChannel("kline_1m", market)
{
    private const long CandleMs = 60_000;
    private const int NoTradeYet = -1;

    private readonly int _cadenceSteps = (kind == BinanceMarket.Spot ? 2000 : 250) / BookChannel.StepMs;
    private Candle _last;

    public override void OnStep(long nowMs)
    {
        Candle candle = Market.Candles[^1];
        if (candle.StartMs != _last.StartMs && _last.StartMs != 0 && Market.Candles.Count > 1) Send(Market.Candles[^2], isClosed: true, nowMs);
        else if (Market.Step % _cadenceSteps != 0 || candle == _last) return;

        Send(candle, isClosed: false, nowMs);
        _last = candle;
    }

    private void Send(in Candle candle, bool isClosed, long nowMs)
    {
        if (Subscriptions.Count == 0) return;

        int turnoverDecimals = Instrument.PriceDecimals + Instrument.QuantityDecimals;
        int trimmedDecimals = Math.Min(8, turnoverDecimals);
        Int128 cut = (Int128)Math.Pow(10, turnoverDecimals - trimmedDecimals);
        long firstId = candle.Trades == 0 ? NoTradeYet : candle.FirstTradeId;
        long lastId = candle.Trades == 0 ? NoTradeYet : candle.FirstTradeId + candle.Trades - 1;
        FrameText text = venue.Text.Start().Add("{\"e\":\"kline\",\"E\":"u8).Add(nowMs).Add(",\"s\":\""u8).Add(Symbol)
            .Add("\",\"k\":{\"t\":"u8).Add(candle.StartMs).Add(",\"T\":"u8).Add(candle.StartMs + CandleMs - 1).Add(",\"s\":\""u8).Add(Symbol)
            .Add("\",\"i\":\"1m\",\"f\":"u8).Add(firstId).Add(",\"L\":"u8).Add(lastId)
            .Add(",\"o\":"u8).Price(Instrument, candle.Open).Add(",\"c\":"u8).Price(Instrument, candle.Close)
            .Add(",\"h\":"u8).Price(Instrument, candle.High).Add(",\"l\":"u8).Price(Instrument, candle.Low)
            .Add(",\"v\":"u8).Quantity(Instrument, candle.Lots).Add(",\"n\":"u8).Add(candle.Trades).Add(isClosed ? ",\"x\":true"u8 : ",\"x\":false"u8)
            .Add(",\"q\":\""u8).Fixed(candle.TurnoverUnits / cut, trimmedDecimals).Add("\",\"V\":"u8).Quantity(Instrument, candle.BuyLots)
            .Add(",\"Q\":\""u8).Fixed(candle.BuyTurnoverUnits / cut, trimmedDecimals).Add("\",\"B\":\"0\"}}"u8);
        BinanceSender.SendToAll(this, text.ToArray(), nowMs);
    }
}
