using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Venues.Rest;
using Lob.Fast.Venues.Tests.Support;

namespace Lob.Fast.Venues.Tests;

public sealed class RestTests
{
    [Theory]
    [InlineData(Venue.BinanceSpot, "BTCUSDT", 2, "/api/v3/depth?symbol=BTCUSDT&limit=2", """{"lastUpdateId":7,"bids":[["4.10","431.0"],["4.0","1"]],"asks":[["4.20","12"]]}""", 7L, null)]
    [InlineData(Venue.BinanceUsdM, "BTCUSDT", 5, "/fapi/v1/depth?symbol=BTCUSDT&limit=5", """{"lastUpdateId":7,"E":2,"T":1,"bids":[["4.10","431.0"],["4.0","1"]],"asks":[["4.20","12"]]}""", 7L, 1_000_000L)]
    [InlineData(Venue.BybitLinear, "BTCUSDT", 2, "/v5/market/orderbook?category=linear&symbol=BTCUSDT&limit=2", """{"retCode":0,"retMsg":"OK","result":{"s":"BTCUSDT","a":[["4.20","12"]],"b":[["4.10","431.0"],["4.0","1"]],"ts":2,"u":7,"seq":9,"cts":1},"retExtInfo":{},"time":3}""", 7L, 1_000_000L)]
    [InlineData(Venue.Okx, "BTC-USDT", 2, "/api/v5/market/books?instId=BTC-USDT&sz=2", """{"code":"0","msg":"","data":[{"asks":[["4.20","12","0","1"]],"bids":[["4.10","431.0","0","4"],["4.0","1","0","1"]],"ts":"1","seqId":7}]}""", 7L, 1_000_000L)]
    [InlineData(Venue.Bitfinex, "tBTCUSD", 25, "/v2/book/tBTCUSD/P0?len=25", "[[4.10,3,431.0],[4.0,1,1],[4.20,1,-12]]", null, null)]
    [InlineData(Venue.Coinbase, "BTC-USD", 2, "/products/BTC-USD/book?level=2", """{"sequence":7,"bids":[["4.10","431.0",3],["4.0","1",1],["3.9","1",1]],"asks":[["4.20","12",2]],"auction_mode":false,"auction":null,"time":"1970-01-01T00:00:00.001Z"}""", 7L, 1_000_000L)]
    [InlineData(Venue.CoinbaseAdvanced, "BTC-USD", 2, "/api/v3/brokerage/market/product_book?product_id=BTC-USD&limit=2", """{"pricebook":{"product_id":"BTC-USD","bids":[{"price":"4.10","size":"431.0"},{"price":"4.0","size":"1"}],"asks":[{"price":"4.20","size":"12"}],"time":"1970-01-01T00:00:00.001Z"}}""", null, 1_000_000L)]
    public async Task Books_come_in_the_venues_own_text(Venue of, string symbol, int depth, string path, string answer, long? sequence, long? timeNs)
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        venue.Answer = context => ScriptedVenue.Json(context, answer);
        using VenueRest rest = Open(venue, of);
        RestBook book = await rest.BookAsync(symbol, depth);
        Assert.Equal([path], venue.Asked);
        Assert.Equal([new RestLevel("4.10", "431.0"), new RestLevel("4.0", "1")], book.Bids);
        Assert.Equal([new RestLevel("4.20", "12")], book.Asks);
        Assert.Equal(sequence, book.Sequence);
        Assert.Equal(timeNs, book.TimeNs);
        Assert.True(book.ReceivedAtNs > 0);
    }

    [Theory]
    [InlineData(Venue.BinanceSpot, "/api/v3/exchangeInfo", """{"symbols":[{"symbol":"X","status":"S","filters":[{"filterType":"PRICE_FILTER","tickSize":"0.1"},{"filterType":"LOT_SIZE","minQty":"0.01","stepSize":"0.001"},{"filterType":"NOTIONAL","minNotional":"10.0"}]}]}""", "0.1,0.001,0.01,10.0,")]
    [InlineData(Venue.BinanceUsdM, "/fapi/v1/exchangeInfo", """{"symbols":[{"symbol":"X","status":"S","contractType":"PERPETUAL","filters":[{"filterType":"PRICE_FILTER","tickSize":"0.1"},{"filterType":"LOT_SIZE","minQty":"0.01","stepSize":"0.001"},{"filterType":"MIN_NOTIONAL","notional":"100"}]}]}""", "0.1,0.001,0.01,100,")]
    [InlineData(Venue.BinanceCoinM, "/dapi/v1/exchangeInfo", """{"symbols":[{"symbol":"X","contractStatus":"S","contractSize":100,"quoteAsset":"USD","filters":[{"filterType":"PRICE_FILTER","tickSize":"0.1"},{"filterType":"LOT_SIZE","minQty":"1","stepSize":"1"}]}]}""", "0.1,1,1,,100")]
    [InlineData(Venue.BybitLinear, "/v5/market/instruments-info?category=linear&limit=1000", """{"retCode":0,"retMsg":"OK","result":{"category":"linear","list":[{"symbol":"X","contractType":"LinearPerpetual","status":"S","priceFilter":{"tickSize":"0.1"},"lotSizeFilter":{"minOrderQty":"0.01","qtyStep":"0.001","minNotionalValue":"5"}}],"nextPageCursor":""}}""", "0.1,0.001,0.01,5,")]
    [InlineData(Venue.Bitfinex, "/v2/conf/pub:info:pair", """[[["X",[null,null,null,"0.01","2000.0",null,null,null,0.2,0.1,null,null]]]]""", ",0.00000001,0.01,,")]
    [InlineData(Venue.Coinbase, "/products", """[{"id":"X","quote_increment":"0.1","base_increment":"0.001","min_market_funds":"1","status":"S"}]""", "0.1,0.001,,1,")]
    [InlineData(Venue.CoinbaseAdvanced, "/api/v3/brokerage/market/products", """{"products":[{"product_id":"X","status":"S","price_increment":"0.1","base_increment":"0.001","base_min_size":"0.01","quote_min_size":"1","product_type":"SPOT"}]}""", "0.1,0.001,0.01,1,")]
    public async Task Instruments_come_in_the_venues_own_text(Venue of, string path, string answer, string numbers)
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        venue.Answer = context => ScriptedVenue.Json(context, answer);
        using VenueRest rest = Open(venue, of);
        InstrumentInfo instrument = Assert.Single(await rest.InstrumentsAsync());
        Assert.Equal([path], venue.Asked);
        Assert.Equal(of == Venue.Bitfinex ? "tX" : "X", instrument.Symbol);
        Assert.Equal(of == Venue.Bitfinex ? null : "S", instrument.Status);
        Assert.Equal(numbers, $"{instrument.PriceStep},{instrument.QuantityStep},{instrument.QuantityMin},{instrument.NotionalMin},{instrument.ContractValue}");
    }

    [Fact]
    public async Task Instruments_of_several_pages_and_kinds_are_all_asked_for()
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        venue.Answer = static context => ScriptedVenue.Json(
            context,
            context.Request.Query.ContainsKey("cursor")
                ? """{"retCode":0,"result":{"list":[],"nextPageCursor":""}}"""
                : """{"retCode":0,"result":{"list":[],"nextPageCursor":"a%b"}}""");
        using VenueRest bybit = Open(venue, Venue.BybitSpot);
        await bybit.InstrumentsAsync();
        Assert.Equal(["/v5/market/instruments-info?category=spot&limit=1000", "/v5/market/instruments-info?category=spot&limit=1000&cursor=a%25b"], venue.Asked);

        venue.Asked.Clear();
        venue.Answer = static context => ScriptedVenue.Json(
            context, """{"code":"0","msg":"","data":[{"instType":"SWAP","instId":"X","tickSz":"0.1","lotSz":"0.01","minSz":"0.01","ctVal":"0.1","ctValCcy":"ETH","ctType":"linear","state":"live"}]}""");
        using VenueRest okx = Open(venue, Venue.Okx);
        IReadOnlyList<InstrumentInfo> instruments = await okx.InstrumentsAsync();
        Assert.Equal(["SPOT", "SWAP", "FUTURES"], venue.Asked.Select(static path => path.Split('=')[1]));
        Assert.Equal(3, instruments.Count);
        Assert.Equal(("0.1", "ETH", "linear"), (instruments[0].ContractValue, instruments[0].ContractUnit, instruments[0].Kind));
    }

    [Theory]
    [InlineData(Venue.BinanceSpot, """{"serverTime":1499827319559}""", 1_499_827_319_559_000_000)]
    [InlineData(Venue.BybitLinear, """{"retCode":0,"result":{"timeSecond":"1688639403","timeNano":"1688639403423213947"}}""", 1_688_639_403_423_213_947)]
    [InlineData(Venue.Okx, """{"code":"0","msg":"","data":[{"ts":"1597026383085"}]}""", 1_597_026_383_085_000_000)]
    [InlineData(Venue.Coinbase, """{"iso":"2015-01-07T23:47:25.201Z","epoch":1420674445.201}""", 1_420_674_445_201_000_000)]
    [InlineData(Venue.CoinbaseAdvanced, """{"iso":"2015-01-07T23:47:25Z","epochSeconds":"1420674445","epochMillis":"1420674445201"}""", 1_420_674_445_201_000_000)]
    public async Task The_venues_clock(Venue of, string answer, long timeNs)
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        venue.Answer = context => ScriptedVenue.Json(context, answer);
        using VenueRest rest = Open(venue, of);
        Assert.Equal(timeNs, await rest.ServerTimeNsAsync());
    }

    [Theory]
    [InlineData(Venue.BinanceSpot, "1m", """[[60000,"1","4","0.5","2","9",119999,"1",1,"1","1","0"],[120000,"2","5","1","3","8",179999,"1",1,"1","1","0"]]""")]
    [InlineData(Venue.BybitLinear, "1", """{"retCode":0,"result":{"list":[["120000","2","5","1","3","8","1"],["60000","1","4","0.5","2","9","1"]]}}""")]
    [InlineData(Venue.Okx, "1m", """{"code":"0","msg":"","data":[["120000","2","5","1","3","8","1","1","0"],["60000","1","4","0.5","2","9","1","1","1"]]}""")]
    [InlineData(Venue.Bitfinex, "1m", "[[120000,2,3,5,1,8],[60000,1,2,4,0.5,9]]")]
    [InlineData(Venue.Coinbase, "60", "[[120,1,5,2,3,8],[60,0.5,4,1,2,9]]")]
    [InlineData(Venue.CoinbaseAdvanced, "ONE_MINUTE", """{"candles":[{"start":"120","low":"1","high":"5","open":"2","close":"3","volume":"8"},{"start":"60","low":"0.5","high":"4","open":"1","close":"2","volume":"9"}]}""")]
    public async Task Candles_come_oldest_first_whatever_their_order(Venue of, string interval, string answer)
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        venue.Answer = context => ScriptedVenue.Json(context, answer);
        using VenueRest rest = Open(venue, of);
        IReadOnlyList<RestKline> candles = await rest.KlinesAsync("X", interval, 2);
        Assert.Equal(["60000000000 1 4 0.5 2 9", "120000000000 2 5 1 3 8"], candles.Select(static c => $"{c.StartNs} {c.Open} {c.High} {c.Low} {c.Close} {c.Volume}"));
        FeedException refused = await Assert.ThrowsAsync<FeedException>(() => rest.KlinesAsync("X", "7x", 2));
        Assert.Contains(interval, refused.Message, StringComparison.Ordinal);
        Assert.False(refused.MayPass);
    }

    [Theory]
    [InlineData(Venue.BinanceSpot, 400, """{"code":-1121,"msg":"Invalid symbol."}""", "HTTP 400 Invalid symbol. (code -1121). Symbols are", false)]
    [InlineData(Venue.BybitSpot, 200, """{"retCode":10001,"retMsg":"Not supported symbols","result":{}}""", "bybit-spot: Not supported symbols (code 10001). Symbols", false)]
    [InlineData(Venue.Okx, 200, """{"code":"51001","msg":"Instrument ID doesn't exist","data":[]}""", "Instrument ID doesn't exist (code 51001). Instruments are", false)]
    [InlineData(Venue.Bitfinex, 500, """["error",10020,"symbol: invalid"]""", "HTTP 500 symbol: invalid (code 10020)", false)]
    [InlineData(Venue.Coinbase, 404, """{"message":"NotFound"}""", "HTTP 404 NotFound. Products are", false)]
    [InlineData(Venue.CoinbaseAdvanced, 404, """{"error":"NOT_FOUND","error_details":"","message":"no such product"}""", "HTTP 404 no such product (NOT_FOUND)", false)]
    [InlineData(Venue.BinanceSpot, 503, "<html>busy</html>", "HTTP 503 <html>busy</html>", true)]
    [InlineData(Venue.Okx, 200, "<html>busy</html>", "<html>busy</html>", true)]
    [InlineData(Venue.Coinbase, 429, """{"message":"Public rate limit exceeded"}""", "HTTP 429 Public rate limit exceeded", true)]
    public async Task Refusals_say_what_the_venue_said(Venue of, int status, string answer, string words, bool mayPass)
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        venue.Answer = context => ScriptedVenue.Json(context, answer, status);
        using VenueRest rest = Open(venue, of);
        FeedException refused = await Assert.ThrowsAsync<FeedException>(() => rest.BookAsync("X", null));
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.Equal(mayPass, refused.MayPass);
    }

    [Fact]
    public async Task Nobody_there_and_nobody_answering_say_so()
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        venue.Answer = static async context => await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        FeedOptions options = new() { Venue = Venue.BinanceSpot, Symbols = [], Rest = venue.Rest, Limits = new() { ConnectTimeout = TimeSpan.FromMilliseconds(300) } };
        using (VenueRest slow = VenueRest.Create(options, new WallClock()))
        {
            Assert.Contains("no answer within 0.3 s", (await Assert.ThrowsAsync<FeedException>(() => slow.BookAsync("X", null))).Message, StringComparison.Ordinal);
        }

        using VenueRest nobody = VenueRest.Create(options with { Rest = new Uri("http://127.0.0.1:1") }, new WallClock());
        FeedException refused = await Assert.ThrowsAsync<FeedException>(() => nobody.BookAsync("X", null));
        Assert.Contains("http://127.0.0.1:1/api/v3/depth cannot be asked", refused.Message, StringComparison.Ordinal);
        Assert.True(refused.MayPass);
    }

    private static VenueRest Open(ScriptedVenue venue, Venue of) =>
        VenueRest.Create(new FeedOptions { Venue = of, Symbols = [], Rest = venue.Rest }, new WallClock(), TimeProvider.System, new GivenCredentials());
}
