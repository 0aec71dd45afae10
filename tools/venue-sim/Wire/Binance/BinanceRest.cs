using System.Globalization;
using Lob.Fast.VenueSim.Hosting;
using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Rest;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Binance;

/// <summary>Binance's REST: time, instruments, books and candles, with the weights they cost.</summary>
internal sealed class BinanceRest(BinanceServer venue, BinanceMarket kind)
{
    private const int SpotWeightMax = 6000;
    private const int FuturesWeightMax = 2400;
    private const int SpotDepthMax = 5000;
    private const long WindowMs = 60_000;
    private const long CandleMs = 60_000;

    private static readonly int[] FuturesLimits = [5, 10, 20, 50, 100, 500, 1000];

    private readonly RateLimit _weight = new(kind == BinanceMarket.Spot ? SpotWeightMax : FuturesWeightMax, WindowMs);

    private readonly string _prefix = kind switch
    {
        BinanceMarket.Spot => "/api/v3",
        BinanceMarket.UsdM => "/fapi/v1",
        _ => "/dapi/v1",
    };

    public RestAnswer? Answer(RestRequest request, long nowMs)
    {
        if (!request.Path.StartsWith(_prefix + "/", StringComparison.Ordinal)) return null;

        string call = request.Path[(_prefix.Length + 1)..];
        int limit = (int)request.Number("limit", call == "depth" ? (kind == BinanceMarket.Spot ? 100 : 500) : 500, 1, call == "depth" ? 5000 : 1500);
        int weight = Weight(call, limit);
        bool isAllowed = _weight.Use(weight, nowMs) || !venue.Options.Limits;
        RestAnswer answer = isAllowed ? Answer(call, request, limit, nowMs) : TooMuch();
        List<(string, string)> headers = [("X-MBX-USED-WEIGHT-1M", _weight.Used.ToString(CultureInfo.InvariantCulture))];
        if (kind == BinanceMarket.Spot) headers.Add(("X-MBX-USED-WEIGHT", _weight.Used.ToString(CultureInfo.InvariantCulture)));
        if (!isAllowed) headers.Add(("Retry-After", _weight.RetryAfterSeconds(nowMs).ToString(CultureInfo.InvariantCulture)));
        return answer with { Headers = headers };
    }

    private static RestAnswer Error(int code, string message) => new($"{{\"code\":{code},\"msg\":\"{message}\"}}", 400);

    private RestAnswer TooMuch()
    {
        venue.CountLimit();
        return Error(-1003, $"Too many requests; current limit of IP(127.0.0.1) is {_weight.Max} request weight per 1 MINUTE. Please use WebSocket Streams for live updates to avoid polling the API.") with { Status = 429 };
    }

    private int Weight(string call, int limit) => (call, kind) switch
    {
        ("depth", BinanceMarket.Spot) => limit <= 100 ? 5 : limit <= 500 ? 25 : limit <= 1000 ? 50 : 250,
        ("depth", _) => limit <= 50 ? 2 : limit <= 100 ? 5 : limit <= 500 ? 10 : 20,
        ("exchangeInfo", BinanceMarket.Spot) => 20,
        ("klines", _) => 2,
        _ => 1,
    };

    private RestAnswer Answer(string call, RestRequest request, int limit, long nowMs) => call switch
    {
        "ping" => new RestAnswer("{}"),
        "time" => new RestAnswer($"{{\"serverTime\":{nowMs}}}"),
        "exchangeInfo" => ExchangeInfo(request, nowMs),
        "depth" or "klines" when request["symbol"] is null => Error(-1102, "Mandatory parameter 'symbol' was not sent, was empty/null, or malformed."),
        "depth" or "klines" when !venue.Markets.ContainsKey(request["symbol"]!) => Error(-1121, "Invalid symbol."),
        "depth" => Depth(venue.Markets[request["symbol"]!], limit, nowMs),
        "klines" when request["interval"] is not "1m" => Error(-1120, "Invalid interval."),
        "klines" => Klines(venue.Markets[request["symbol"]!], limit),
        _ => RestAnswer.NotFound,
    };

    private RestAnswer Depth(SyntheticMarket market, int limit, long nowMs)
    {
        if (kind == BinanceMarket.Spot) limit = Math.Min(limit, SpotDepthMax);
        else if (!FuturesLimits.Contains(limit)) return Error(-4021, $"'{limit}' is not valid depth limit");

        foreach (MarketChannel channel in venue.ChannelsOf(market))
            (channel as BinanceDepthChannel)?.EnterSnapshot(nowMs);

        FrameText text = venue.Text.Start().Add("{\"lastUpdateId\":"u8).Add(market.UpdateId);
        if (kind != BinanceMarket.Spot) text.Add(",\"E\":"u8).Add(nowMs).Add(",\"T\":"u8).Add(nowMs);
        if (kind == BinanceMarket.CoinM) text.Add(",\"symbol\":\""u8).Add(market.Instrument.Symbol).Add("\",\"pair\":\""u8).Add(BinanceText.Pair(market.Instrument)).Add('"');
        text.Add(",\"bids\":"u8).Side(market.Instrument, Rows(market.Bids, isBid: true, limit), isBid: true)
            .Add(",\"asks\":"u8).Side(market.Instrument, Rows(market.Asks, isBid: false, limit), isBid: false).Add('}');
        return new RestAnswer(text.ToArray());
    }

    private static List<BookRow> Rows(BookSide side, bool isBid, int limit) =>
        [.. side.Levels.Take(limit).Select(level => new BookRow(isBid, level.Ticks, level.Lots, level.Orders.Count))];

    private RestAnswer Klines(SyntheticMarket market, int limit)
    {
        Instrument instrument = market.Instrument;
        int decimals = instrument.PriceDecimals + instrument.QuantityDecimals;
        FrameText text = venue.Text.Start().Add('[');
        bool isFirst = true;
        foreach (Candle candle in market.Candles.TakeLast(limit))
        {
            text.Add(isFirst ? "["u8 : ",["u8).Add(candle.StartMs).Add(',').Price(instrument, candle.Open).Add(',').Price(instrument, candle.High)
                .Add(',').Price(instrument, candle.Low).Add(',').Price(instrument, candle.Close).Add(',').Quantity(instrument, candle.Lots)
                .Add(',').Add(candle.StartMs + CandleMs - 1).Add(",\""u8).Fixed(candle.TurnoverUnits, decimals).Add("\","u8).Add(candle.Trades)
                .Add(',').Quantity(instrument, candle.BuyLots).Add(",\""u8).Fixed(candle.BuyTurnoverUnits, decimals).Add("\",\"0\"]"u8);
            isFirst = false;
        }

        return new RestAnswer(text.Add(']').ToArray());
    }

    private RestAnswer ExchangeInfo(RestRequest request, long nowMs)
    {
        IEnumerable<SyntheticMarket> markets = venue.Markets.Values;
        if (request["symbol"] is { } symbol)
        {
            if (!venue.Markets.TryGetValue(symbol, out SyntheticMarket? one)) return Error(-1121, "Invalid symbol.");

            markets = [one];
        }

        FrameText text = venue.Text.Start().Add("{\"timezone\":\"UTC\",\"serverTime\":"u8).Add(nowMs)
            .Add(",\"rateLimits\":[{\"rateLimitType\":\"REQUEST_WEIGHT\",\"interval\":\"MINUTE\",\"intervalNum\":1,\"limit\":"u8).Add(_weight.Max)
            .Add("}],\"exchangeFilters\":[],\"symbols\":["u8);
        bool isFirst = true;
        foreach (SyntheticMarket market in markets)
        {
            if (!isFirst) text.Add(',');
            isFirst = false;
            if (kind == BinanceMarket.Spot) WriteSpot(text, market.Instrument);
            else WriteContract(text, market.Instrument);
        }

        return new RestAnswer(text.Add("]}"u8).ToArray());
    }

    private static void WriteSpot(FrameText text, Instrument instrument) =>
        text.Add("{\"symbol\":\""u8).Add(instrument.Symbol).Add("\",\"status\":\"TRADING\",\"baseAsset\":\""u8).Add(instrument.Base)
            .Add("\",\"baseAssetPrecision\":8,\"quoteAsset\":\""u8).Add(instrument.Quote)
            .Add("\",\"quotePrecision\":8,\"quoteAssetPrecision\":8,\"orderTypes\":[\"LIMIT\",\"LIMIT_MAKER\",\"MARKET\"],\"isSpotTradingAllowed\":true,\"isMarginTradingAllowed\":false,\"permissions\":[\"SPOT\"],\"permissionSets\":[[\"SPOT\"]],\"filters\":["u8)
            .Add("{\"filterType\":\"PRICE_FILTER\",\"minPrice\":"u8).Price(instrument, 1).Add(",\"maxPrice\":"u8).Price(instrument, instrument.StartTicks * 100)
            .Add(",\"tickSize\":"u8).Price(instrument, 1).Add("},{\"filterType\":\"LOT_SIZE\",\"minQty\":"u8).Quantity(instrument, 1)
            .Add(",\"maxQty\":"u8).Quantity(instrument, instrument.MedianLots * 1_000_000).Add(",\"stepSize\":"u8).Quantity(instrument, 1)
            .Add("},{\"filterType\":\"NOTIONAL\",\"minNotional\":\"5.00000000\",\"applyMinToMarket\":true,\"maxNotional\":\"9000000.00000000\",\"applyMaxToMarket\":false,\"avgPriceMins\":5}]}"u8);

    private void WriteContract(FrameText text, Instrument instrument)
    {
        string pair = BinanceText.Pair(instrument);
        text.Add("{\"symbol\":\""u8).Add(instrument.Symbol).Add("\",\"pair\":\""u8).Add(pair)
            .Add("\",\"contractType\":\"PERPETUAL\",\"deliveryDate\":4133404800000,\"onboardDate\":1569398400000,"u8)
            .Add(kind == BinanceMarket.UsdM ? "\"status\":\"TRADING\""u8 : "\"contractStatus\":\"TRADING\",\"contractSize\":100"u8)
            .Add(",\"baseAsset\":\""u8).Add(instrument.Base).Add("\",\"quoteAsset\":\""u8).Add(instrument.Quote)
            .Add("\",\"marginAsset\":\""u8).Add(kind == BinanceMarket.UsdM ? instrument.Quote : instrument.Base)
            .Add("\",\"pricePrecision\":"u8).Add(instrument.PriceDecimals).Add(",\"quantityPrecision\":"u8).Add(instrument.QuantityDecimals)
            .Add(",\"underlyingType\":\"COIN\",\"filters\":[{\"filterType\":\"PRICE_FILTER\",\"minPrice\":"u8).Price(instrument, 1)
            .Add(",\"maxPrice\":"u8).Price(instrument, instrument.StartTicks * 100).Add(",\"tickSize\":"u8).Price(instrument, 1)
            .Add("},{\"filterType\":\"LOT_SIZE\",\"minQty\":"u8).Quantity(instrument, 1).Add(",\"maxQty\":"u8).Quantity(instrument, instrument.MedianLots * 1_000_000)
            .Add(",\"stepSize\":"u8).Quantity(instrument, 1).Add("},{\"filterType\":\"MARKET_LOT_SIZE\",\"minQty\":"u8).Quantity(instrument, 1)
            .Add(",\"maxQty\":"u8).Quantity(instrument, instrument.MedianLots * 100_000).Add(",\"stepSize\":"u8).Quantity(instrument, 1)
            .Add("},{\"filterType\":\"MIN_NOTIONAL\",\"notional\":\"100\"}],\"orderTypes\":[\"LIMIT\",\"MARKET\"],\"timeInForce\":[\"GTC\",\"IOC\",\"FOK\",\"GTX\"]}"u8);
    }
}
