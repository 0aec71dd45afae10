using Lob.Fast.VenueSim.Hosting;
using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Rest;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Okx;

/// <summary>OKX's REST: time, instruments, books and candles.</summary>
internal sealed class OkxRest(OkxServer venue)
{
    private const string Prefix = "/api/v5/";
    private const int BookRequestsMax = 40;
    private const int OtherRequestsMax = 20;
    private const long WindowMs = 2000;
    private const int DepthMax = 400;
    private const int FullDepthMax = 5000;
    private const int CandlesMax = 300;

    private readonly RateLimit _books = new(BookRequestsMax, WindowMs);
    private readonly RateLimit _others = new(OtherRequestsMax, WindowMs);

    public RestAnswer? Answer(RestRequest request, long nowMs)
    {
        if (!request.Path.StartsWith(Prefix, StringComparison.Ordinal)) return null;

        string call = request.Path[Prefix.Length..];
        if (!(call == "market/books" ? _books : _others).Use(1, nowMs) && venue.Options.Limits)
        {
            venue.CountLimit();
            return new RestAnswer("""{"msg":"Too Many Requests","code":"50011"}""", 429);
        }

        return call switch
        {
            "public/time" => Ok($"{{\"ts\":\"{nowMs}\"}}"),
            "public/instruments" => Instruments(request),
            "market/books" or "market/books-full" or "market/candles" or "market/history-candles" when request["instId"] is not { } symbol || !venue.Markets.ContainsKey(symbol) =>
                new RestAnswer("""{"code":"51001","msg":"Instrument ID, Instrument ID code, or Spread ID doesn't exist.","data":[]}"""),
            "market/books" => Book(venue.Markets[request["instId"]!], (int)request.Number("sz", 1, 1, DepthMax), nowMs),
            "market/books-full" => FullBook(venue.Markets[request["instId"]!], (int)request.Number("sz", 1, 1, FullDepthMax), nowMs),
            "market/candles" or "market/history-candles" => Candles(venue.Markets[request["instId"]!], request),
            _ => null,
        };
    }

    private static RestAnswer Ok(string data) => new($"{{\"code\":\"0\",\"msg\":\"\",\"data\":[{data}]}}");

    /// <summary>As the stream of 100 ms shows it: number and book belong together.</summary>
    private RestAnswer Book(SyntheticMarket market, int depth, long nowMs)
    {
        var books = (OkxBooksChannel)venue.Channel("books", market.Instrument.Symbol)!;
        return Ok(venue.Text.Start().Add("{\"asks\":"u8).OkxSide(market.Instrument, [.. books.View.Asks.Take(depth)], isBid: false)
            .Add(",\"bids\":"u8).OkxSide(market.Instrument, [.. books.View.Bids.Take(depth)], isBid: true)
            .Add(",\"ts\":\""u8).Add(nowMs).Add("\",\"seqId\":"u8).Add(books.Truth.Last.Number).Add('}').ToString());
    }

    private RestAnswer FullBook(SyntheticMarket market, int depth, long nowMs)
    {
        FrameText text = venue.Text.Start().Add("{\"asks\":["u8);
        Add(market.Asks);
        text.Add("],\"bids\":["u8);
        Add(market.Bids);
        return Ok(text.Add("],\"ts\":\""u8).Add(nowMs).Add("\"}"u8).ToString());

        void Add(BookSide side)
        {
            bool isFirst = true;
            foreach (Level level in side.Levels.Take(depth))
            {
                text.Add(isFirst ? "["u8 : ",["u8).OkxPrice(market.Instrument, level.Ticks).Add(',').OkxSize(market.Instrument, level.Lots)
                    .Add(",\""u8).Add(level.Orders.Count).Add("\"]"u8);
                isFirst = false;
            }
        }
    }

    private RestAnswer Candles(SyntheticMarket market, RestRequest request)
    {
        if ((request["bar"] ?? "1m") != "1m") return new RestAnswer("""{"code":"51000","msg":"Parameter bar error","data":[]}""");

        long after = request.Number("after", long.MaxValue, 0, long.MaxValue);
        long before = request.Number("before", -1, -1, long.MaxValue);
        FrameText text = venue.Text.Start();
        for (int i = market.Candles.Count - 1, left = (int)request.Number("limit", 100, 1, CandlesMax); i >= 0 && left > 0; i--)
        {
            Candle candle = market.Candles[i];
            if (candle.StartMs >= after || candle.StartMs <= before) continue;

            if (text.Length > 0) text.Add(',');
            OkxCandleChannel.Row(text, market.Instrument, candle, isClosed: i < market.Candles.Count - 1);
            left--;
        }

        return Ok(text.ToString());
    }

    private RestAnswer Instruments(RestRequest request)
    {
        string type = request["instType"] ?? "SPOT";
        FrameText text = venue.Text.Start();
        foreach (SyntheticMarket market in venue.Markets.Values)
        {
            Instrument instrument = market.Instrument;
            if (OkxText.InstrumentType(instrument.Symbol) != type || (request["instId"] ?? instrument.Symbol) != instrument.Symbol) continue;

            if (text.Length > 0) text.Add(',');
            Write(text, instrument, type);
        }

        return Ok(text.ToString());
    }

    private static void Write(FrameText text, Instrument instrument, string type)
    {
        bool isSpot = type == "SPOT";
        string family = string.Join('-', instrument.Symbol.Split('-').Take(2));
        text.Add("{\"instType\":\""u8).Add(type).Add("\",\"instId\":\""u8).Add(instrument.Symbol)
            .Add("\",\"instFamily\":\""u8).Add(isSpot ? "" : family).Add("\",\"uly\":\""u8).Add(isSpot ? "" : family)
            .Add("\",\"baseCcy\":\""u8).Add(isSpot ? instrument.Base : "").Add("\",\"quoteCcy\":\""u8).Add(isSpot ? instrument.Quote : "")
            .Add("\",\"settleCcy\":\""u8).Add(isSpot ? "" : instrument.Quote)
            .Add("\",\"ctVal\":\""u8).Add(isSpot ? "" : instrument.Base == "BTC" ? "0.01" : "0.1").Add("\",\"ctValCcy\":\""u8).Add(isSpot ? "" : instrument.Base)
            .Add("\",\"ctMult\":\""u8).Add(isSpot ? "" : "1").Add("\",\"ctType\":\""u8).Add(isSpot ? "" : "linear")
            .Add("\",\"tickSz\":"u8).OkxPrice(instrument, 1).Add(",\"lotSz\":"u8).OkxSize(instrument, 1).Add(",\"minSz\":"u8).OkxSize(instrument, 1)
            .Add(",\"lever\":\""u8).Add(isSpot ? "" : "100")
            .Add("\",\"state\":\"live\",\"maxLmtSz\":\"9999999999\",\"maxMktSz\":\"1000000\",\"maxLmtAmt\":\"1000000\",\"maxMktAmt\":\"1000000\",\"listTime\":\"1597026383085\",\"expTime\":\"\",\"alias\":\"\",\"category\":\"1\",\"instIdCode\":10461,\"ruleType\":\"normal\"}"u8);
    }
}
