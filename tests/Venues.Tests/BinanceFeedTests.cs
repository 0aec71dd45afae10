using Lob.Fast.Engine.Records;
using Lob.Fast.Venues.Tests.Support;

namespace Lob.Fast.Venues.Tests;

public sealed class BinanceFeedTests
{
    private const string Depth = """{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1,"s":"BTCUSDT","U":157,"u":160,"b":[["0.0024","10"]],"a":[]}}""";
    private const string Book = """{"lastUpdateId":158,"bids":[["4.00","431"]],"asks":[["4.01","12"]]}""";

    [Fact]
    public async Task Spot_subscribes_on_the_combined_stream_and_asks_for_the_book_behind_the_second_diff()
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        venue.Answer = static context => ScriptedVenue.Json(context, Book);
        await using RunningFeed feed = RunningFeed.Start(venue, Venue.BinanceSpot, ["btcusdt", "ETHUSDT"], ["depth@100ms", "bookTicker"]);
        ScriptedSocket socket = await venue.AcceptAsync();
        Assert.Equal("/stream", socket.Path);
        Assert.Equal(
            """{"method":"SUBSCRIBE","params":["btcusdt@depth@100ms","btcusdt@bookTicker","ethusdt@depth@100ms","ethusdt@bookTicker"],"id":1}""",
            await socket.ReceiveAsync());
        Assert.Equal([("binance-spot/0", true)], feed.Targets.Connections);

        await socket.SendAsync("""{"result":null,"id":1}""");
        await feed.UntilAsync(ConnectionPhase.Running);
        await socket.SendAsync(Depth);
        await socket.SendAsync("""{"stream":"btcusdt@bookTicker","data":{"u":1,"s":"BTCUSDT","b":"1","B":"1","a":"2","A":"1"}}""");
        await feed.Targets.UntilAsync("0 frame", 3);
        Assert.Empty(venue.Asked);
        await socket.SendAsync(Depth);
        await feed.Targets.UntilAsync($"0 answer BTCUSDT {Book}");
        Assert.Equal(["/api/v3/depth?symbol=BTCUSDT&limit=5000"], venue.Asked);
        Assert.StartsWith("0 opened", feed.Targets.Events.First(), StringComparison.Ordinal);

        // A resync is another snapshot; the stream goes on.
        feed.Feed.Resync("BTCUSDT", "depth@100ms");
        await feed.Targets.UntilAsync("0 answer BTCUSDT", 2);
        Assert.Equal(0, socket.Waiting);
        Assert.Equal(1, feed.Feed.Status()[0].Resyncs);
        Assert.Equal((4, 4), feed.Feed.Status()[0].Streams);
    }

    [Fact]
    public async Task UsdM_keeps_books_and_trades_on_the_routes_that_carry_them()
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        await using RunningFeed feed = RunningFeed.Start(venue, Venue.BinanceUsdM, ["BTCUSDT"], ["depth@100ms", "bookTicker", "aggTrade", "kline_1m"]);
        ScriptedSocket[] sockets = [await venue.AcceptAsync(), await venue.AcceptAsync()];
        ScriptedSocket market = sockets.Single(static socket => socket.Path == "/market/stream");
        ScriptedSocket books = sockets.Single(static socket => socket.Path == "/public/stream");
        Assert.Equal("""{"method":"SUBSCRIBE","params":["btcusdt@depth@100ms","btcusdt@bookTicker"],"id":1}""", await books.ReceiveAsync());
        Assert.Equal("""{"method":"SUBSCRIBE","params":["btcusdt@aggTrade","btcusdt@kline_1m"],"id":1}""", await market.ReceiveAsync());
        Assert.Equal([("binance-usdm/public/0", true), ("binance-usdm/market/0", false)], feed.Targets.Connections);
    }

    [Fact]
    public async Task An_unknown_symbol_is_acknowledged_and_silent_so_rest_is_asked()
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        venue.Answer = static context => ScriptedVenue.Json(context, """{"code":-1121,"msg":"Invalid symbol."}""", 400);
        await using RunningFeed feed = RunningFeed.Start(
            venue, Venue.BinanceSpot, ["NOPEUSDT"], ["trade"], RunningFeed.Impatient with { AcknowledgeTimeout = TimeSpan.FromMilliseconds(200) });
        ScriptedSocket socket = await venue.AcceptAsync();
        await socket.ReceiveAsync();
        await socket.SendAsync("""{"result":null,"id":1}""");
        string refusal = await feed.RefusalAsync();
        Assert.Contains("NOPEUSDT: HTTP 400 Invalid symbol. (code -1121)", refusal, StringComparison.Ordinal);
        Assert.Contains("such as BTCUSDT", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_request_ends_the_feed_with_the_venues_words()
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        await using RunningFeed feed = RunningFeed.Start(venue, Venue.BinanceSpot, ["BTCUSDT"]);
        ScriptedSocket socket = await venue.AcceptAsync();
        await socket.ReceiveAsync();
        await socket.SendAsync("""{"error":{"code":2,"msg":"Invalid request: something"},"id":1}""");
        Assert.Contains("BTCUSDT depth@100ms: Invalid request: something (code 2)", await feed.RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_about_to_shut_down_is_left_at_once()
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        await using RunningFeed feed = RunningFeed.Start(venue, Venue.BinanceSpot, ["BTCUSDT"]);
        ScriptedSocket socket = await venue.AcceptAsync();
        await socket.ReceiveAsync();
        await socket.SendAsync("""{"stream":"!serverShutdown","data":{"e":"serverShutdown","E":1770123456789}}""");
        ScriptedSocket next = await venue.AcceptAsync();
        await next.ReceiveAsync();
        await feed.Targets.UntilAsync("0 opened", 2);
        Assert.Contains("serverShutdown", feed.Feed.Status()[0].LastFault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asked_too_often_the_book_is_asked_again_when_the_venue_says()
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        int asked = 0;
        venue.Answer = context =>
        {
            if (Interlocked.Increment(ref asked) == 1)
            {
                context.Response.Headers.RetryAfter = "1";
                return ScriptedVenue.Json(context, """{"code":-1003,"msg":"Too many requests."}""", 429);
            }

            return ScriptedVenue.Json(context, Book);
        };
        await using RunningFeed feed = RunningFeed.Start(venue, Venue.BinanceSpot, ["BTCUSDT"]);
        ScriptedSocket socket = await venue.AcceptAsync();
        await socket.ReceiveAsync();
        await socket.SendAsync("""{"result":null,"id":1}""");
        await socket.SendAsync(Depth);
        await socket.SendAsync(Depth);
        long start = Environment.TickCount64;
        await feed.Targets.UntilAsync("0 answer BTCUSDT", 1);
        Assert.True(Environment.TickCount64 - start >= 800, "asked again before the venue allowed it");
        Assert.Equal(2, asked);
        Assert.Equal("book of BTCUSDT not got by REST: HTTP 429 Too many requests. (code -1003)", feed.Feed.Status()[0].LastFault);
    }

    [Fact]
    public void What_cannot_work_is_refused_before_anything_is_connected()
    {
        Assert.Contains("depth@100ms", Refused(Venue.BinanceSpot, ["BTCUSDT"], ["orderbook.50"]), StringComparison.Ordinal);
        Assert.Contains("5, 10, 20, 50, 100, 500, 1000", Refused(Venue.BinanceUsdM, ["BTCUSDT"], null, 400), StringComparison.Ordinal);
        Assert.Contains("1 to 5000", Refused(Venue.BinanceSpot, ["BTCUSDT"], null, 5001), StringComparison.Ordinal);
        Assert.Contains("no symbol", Refused(Venue.BinanceSpot, [], null), StringComparison.Ordinal);
        Assert.Contains("look like BTCUSDT", Refused(Venue.BinanceSpot, ["BTC/USDT"], null), StringComparison.Ordinal);
    }

    private static string Refused(Venue venue, string[] symbols, string[]? channels, int? depth = null) => FeedRefusals.Of(
        new FeedOptions { Venue = venue, Symbols = symbols, Channels = channels, Depth = depth });
}
