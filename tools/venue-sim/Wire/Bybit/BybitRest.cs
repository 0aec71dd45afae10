using System.Globalization;
using Lob.Fast.VenueSim.Hosting;
using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Rest;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Bybit;

/// <summary>Bybit's REST: time, instruments, books and candles.</summary>
internal sealed class BybitRest(BybitServer venue)
{
    private const string Prefix = "/v5/market/";
    private const int RequestsMax = 600;
    private const long WindowMs = 5000;
    private const int DepthMax = 1000;
    private const int CandlesMax = 1000;

    private readonly RateLimit _requests = new(RequestsMax, WindowMs);

    public RestAnswer? Answer(RestRequest request, long nowMs)
    {
        if (!request.Path.StartsWith(Prefix, StringComparison.Ordinal)) return null;

        if (!_requests.Use(1, nowMs) && venue.Options.Limits)
        {
            venue.CountLimit();
            return new RestAnswer("access too frequent", 403);
        }

        string call = request.Path[Prefix.Length..];
        if (call == "time") return Ok($"{{\"timeSecond\":\"{nowMs / 1000}\",\"timeNano\":\"{nowMs}000000\"}}", nowMs);

        if (call is not ("orderbook" or "instruments-info" or "kline")) return null;

        if (request["category"] != venue.Category) return Fault(10001, "params error: Category is invalid", nowMs);

        if (call == "instruments-info") return Instruments(request, nowMs);

        if (request["symbol"] is not { } symbol || !venue.Markets.TryGetValue(symbol, out SyntheticMarket? market)) return Fault(10001, "params error: symbol invalid", nowMs);

        return call == "orderbook" ? Book(market, request, nowMs) : Candles(market, request, nowMs);
    }

    private static RestAnswer Fault(int code, string message, long nowMs) => new($"{{\"retCode\":{code},\"retMsg\":\"{message}\",\"result\":{{}},\"retExtInfo\":{{}},\"time\":{nowMs}}}");

    private static RestAnswer Ok(string result, long nowMs) => new($"{{\"retCode\":0,\"retMsg\":\"OK\",\"result\":{result},\"retExtInfo\":{{}},\"time\":{nowMs}}}");

    private RestAnswer Book(SyntheticMarket market, RestRequest request, long nowMs)
    {
        int limit = (int)request.Number("limit", venue.IsSpot ? 1 : 25, 1, DepthMax);

        // Its number is that of the 1000-level stream.
        var deep = (BybitBookChannel)venue.Channel("orderbook.1000", market.Instrument.Symbol)!;
        FrameText text = venue.Text.Start().Add("{\"s\":\""u8).Add(market.Instrument.Symbol)
            .Add("\",\"a\":"u8).BybitSide(market.Instrument, [.. deep.View.Asks.Take(limit)], isBid: false)
            .Add(",\"b\":"u8).BybitSide(market.Instrument, [.. deep.View.Bids.Take(limit)], isBid: true)
            .Add(",\"ts\":"u8).Add(nowMs).Add(",\"u\":"u8).Add(deep.Truth.Last.Number).Add(",\"seq\":"u8).Add(deep.Sequence).Add(",\"cts\":"u8).Add(nowMs).Add('}');
        return Ok(text.ToString(), nowMs);
    }

    private RestAnswer Candles(SyntheticMarket market, RestRequest request, long nowMs)
    {
        if (request["interval"] is not "1") return Fault(10001, "Invalid period!", nowMs);

        Instrument instrument = market.Instrument;
        long start = request.Number("start", 0, 0, long.MaxValue);
        long end = request.Number("end", long.MaxValue, 0, long.MaxValue);
        FrameText text = venue.Text.Start().Add("{\"symbol\":\""u8).Add(instrument.Symbol).Add("\",\"category\":\""u8).Add(venue.Category).Add("\",\"list\":["u8);
        bool isFirst = true;
        foreach (Candle candle in market.Candles.Reverse().Where(candle => candle.StartMs >= start && candle.StartMs <= end).Take((int)request.Number("limit", 200, 1, CandlesMax)))
        {
            text.Add(isFirst ? "[\""u8 : ",[\""u8).Add(candle.StartMs).Add("\","u8).BybitPrice(instrument, candle.Open).Add(',').BybitPrice(instrument, candle.High)
                .Add(',').BybitPrice(instrument, candle.Low).Add(',').BybitPrice(instrument, candle.Close).Add(',').BybitQuantity(instrument, candle.Lots)
                .Add(',').Turnover(instrument, candle.TurnoverUnits).Add(']');
            isFirst = false;
        }

        return Ok(text.Add("]}"u8).ToString(), nowMs);
    }

    private RestAnswer Instruments(RestRequest request, long nowMs)
    {
        IEnumerable<SyntheticMarket> markets = venue.Markets.Values;
        if (request["symbol"] is { } symbol) markets = markets.Where(market => market.Instrument.Symbol == symbol);

        FrameText text = venue.Text.Start().Add("{\"category\":\""u8).Add(venue.Category).Add("\",\"list\":["u8);
        bool isFirst = true;
        foreach (SyntheticMarket market in markets)
        {
            if (!isFirst) text.Add(',');
            isFirst = false;
            Write(text, market.Instrument);
        }

        return Ok(text.Add(venue.IsSpot ? "]}"u8 : "],\"nextPageCursor\":\"\"}"u8).ToString(), nowMs);
    }

    private void Write(FrameText text, Instrument instrument)
    {
        string pow = instrument.PriceDecimals.ToString(CultureInfo.InvariantCulture);
        text.Add("{\"symbol\":\""u8).Add(instrument.Symbol).Add('"');
        if (venue.IsSpot)
        {
            text.Add(",\"baseCoin\":\""u8).Add(instrument.Base).Add("\",\"quoteCoin\":\""u8).Add(instrument.Quote)
                .Add("\",\"innovation\":\"0\",\"status\":\"Trading\",\"marginTrading\":\"utaOnly\",\"lotSizeFilter\":{\"basePrecision\":"u8).BybitQuantity(instrument, 1)
                .Add(",\"quotePrecision\":\"0.00000001\",\"minOrderQty\":"u8).BybitQuantity(instrument, 1).Add(",\"maxOrderQty\":"u8).BybitQuantity(instrument, (Int128)instrument.MedianLots * 100_000)
                .Add(",\"minOrderAmt\":\"5\",\"maxOrderAmt\":\"8000000\"},\"priceFilter\":{\"tickSize\":"u8).BybitPrice(instrument, 1).Add("}}"u8);
            return;
        }

        text.Add(",\"contractType\":\""u8).Add(instrument.IsInverse ? "InversePerpetual"u8 : "LinearPerpetual"u8).Add("\",\"status\":\"Trading\",\"baseCoin\":\""u8).Add(instrument.Base)
            .Add("\",\"quoteCoin\":\""u8).Add(instrument.Quote).Add("\",\"settleCoin\":\""u8).Add(instrument.IsInverse ? instrument.Base : instrument.Quote)
            .Add("\",\"launchTime\":\"1585526400000\",\"deliveryTime\":\"0\",\"deliveryFeeRate\":\"\",\"priceScale\":\""u8).Add(pow)
            .Add("\",\"leverageFilter\":{\"minLeverage\":\"1\",\"maxLeverage\":\"100.00\",\"leverageStep\":\"0.01\"},\"priceFilter\":{\"minPrice\":"u8).BybitPrice(instrument, 1)
            .Add(",\"maxPrice\":"u8).BybitPrice(instrument, instrument.StartTicks * 100).Add(",\"tickSize\":"u8).BybitPrice(instrument, 1)
            .Add("},\"lotSizeFilter\":{\"maxOrderQty\":"u8).BybitQuantity(instrument, (Int128)instrument.MedianLots * 100_000).Add(",\"minOrderQty\":"u8).BybitQuantity(instrument, 1)
            .Add(",\"qtyStep\":"u8).BybitQuantity(instrument, 1).Add(",\"postOnlyMaxOrderQty\":"u8).BybitQuantity(instrument, (Int128)instrument.MedianLots * 100_000)
            .Add(",\"minNotionalValue\":\"5\"},\"unifiedMarginTrade\":true,\"fundingInterval\":480}"u8);
    }
}
