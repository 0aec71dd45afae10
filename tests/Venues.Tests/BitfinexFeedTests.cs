using Lob.Fast.Engine.Records;
using Lob.Fast.Venues.Tests.Support;

namespace Lob.Fast.Venues.Tests;

public sealed class BitfinexFeedTests
{
    private const string Info = """{"event":"info","version":2,"serverId":"s","platform":{"status":1}}""";
    private const string Conf = """{"event":"conf","flags":196608}""";

    [Fact]
    public async Task Flags_first_then_one_channel_a_request_and_a_resync_takes_a_new_channel()
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        await using RunningFeed feed = RunningFeed.Start(venue, Venue.Bitfinex, ["tBTCUSD"], ["book.P0.F0.100", "trades", "candles"]);
        ScriptedSocket socket = await venue.AcceptAsync();
        Assert.Equal("/ws/2", socket.Path);
        await socket.SendAsync(Info);
        Assert.Equal(Conf, await socket.ReceiveAsync());
        Assert.Equal("""{"event":"subscribe","channel":"book","symbol":"tBTCUSD","prec":"P0","freq":"F0","len":"100","subId":"1"}""", await socket.ReceiveAsync());
        Assert.Equal("""{"event":"subscribe","channel":"trades","symbol":"tBTCUSD","subId":"2"}""", await socket.ReceiveAsync());
        Assert.Equal("""{"event":"subscribe","channel":"candles","key":"trade:1m:tBTCUSD","subId":"3"}""", await socket.ReceiveAsync());
        await socket.SendAsync("""{"event":"subscribed","channel":"candles","chanId":3,"key":"trade:1m:tBTCUSD","subId":"3"}""");
        await socket.SendAsync("""{"event":"subscribed","channel":"trades","chanId":2,"symbol":"tBTCUSD","subId":"2","pair":"BTCUSD"}""");
        await socket.SendAsync("""{"event":"subscribed","channel":"book","chanId":10092,"symbol":"tBTCUSD","prec":"P0","freq":"F0","len":"100","subId":"1","pair":"BTCUSD"}""");
        await feed.UntilAsync(ConnectionPhase.Running);

        feed.Feed.Resync("tBTCUSD", "book.P0.F0.100~noseq");
        Assert.Equal("""{"event":"unsubscribe","chanId":10092}""", await socket.ReceiveAsync());
        await socket.SendAsync("""[10092,"hb",7]""");
        await socket.SendAsync("""{"event":"unsubscribed","status":"OK","chanId":10092}""");
        Assert.Equal("""{"event":"subscribe","channel":"book","symbol":"tBTCUSD","prec":"P0","freq":"F0","len":"100","subId":"5"}""", await socket.ReceiveAsync());
    }

    [Fact]
    public async Task A_refused_symbol_ends_the_feed_with_the_venues_words()
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        await using RunningFeed feed = RunningFeed.Start(venue, Venue.Bitfinex, ["tNOPEUSD"]);
        ScriptedSocket socket = await venue.AcceptAsync();
        await socket.ReceiveAsync();
        await socket.ReceiveAsync();
        await socket.SendAsync("""{"event":"error","msg":"symbol: invalid","code":10300,"channel":"book","symbol":"tNOPEUSD","prec":"P0","freq":"F0","len":"100"}""");
        Assert.Contains("tNOPEUSD book.P0.F0.100: symbol: invalid (code 10300)", await feed.RefusalAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"event":"info","code":20051,"msg":"Stopping. Please try to reconnect"}""")]
    [InlineData("""{"event":"info","code":20061,"msg":"Resync, please"}""")]
    public async Task A_restart_and_the_end_of_maintenance_begin_everything_anew(string notice)
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        await using RunningFeed feed = RunningFeed.Start(venue, Venue.Bitfinex, ["tBTCUSD"]);
        ScriptedSocket socket = await venue.AcceptAsync();
        await socket.ReceiveAsync();
        await socket.SendAsync(notice);
        ScriptedSocket next = await venue.AcceptAsync();
        Assert.Equal(Conf, await next.ReceiveAsync());
    }

    [Fact]
    public async Task Maintenance_is_silent_and_waited_for()
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        ManualTime time = new();
        await using RunningFeed feed = RunningFeed.Start(venue, new FeedOptions { Venue = Venue.Bitfinex, Symbols = ["tBTCUSD"], Limits = new() { AcknowledgeTimeout = TimeSpan.FromDays(1) } }, time);
        ScriptedSocket socket = await venue.AcceptAsync();
        await socket.ReceiveAsync();
        await socket.ReceiveAsync();
        await socket.SendAsync("""{"event":"info","code":20060,"msg":"Entering in Maintenance mode."}""");
        await feed.Targets.UntilAsync("0 frame", 1);
        time.Advance(TimeSpan.FromSeconds(120));
        await Task.Delay(100);
        Assert.Equal((1, null), (feed.Feed.Status()[0].Opened, feed.Feed.Status()[0].LastFault));

        // It does not wait for ever.
        time.Advance(TimeSpan.FromSeconds(31));
        await socket.Closed;
        await feed.UntilFaultAsync("nothing came for 30 s");
    }

    [Fact]
    public async Task Twenty_five_channels_a_connection()
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        await using RunningFeed feed = RunningFeed.Start(venue, Venue.Bitfinex, [.. Enumerable.Range(0, 30).Select(static i => $"tS{i}USD")]);
        Assert.Equal([("bitfinex/0", false), ("bitfinex/1", false)], feed.Targets.Connections);
        Assert.Equal([(0, 25), (0, 5)], feed.Feed.Status().Select(static status => status.Streams));
    }

    [Fact]
    public void What_is_not_offered_is_refused_with_what_is()
    {
        Assert.Contains("1, 25, 100, 250", FeedRefusals.Of(new FeedOptions { Venue = Venue.Bitfinex, Symbols = ["tBTCUSD"], Depth = 50 }), StringComparison.Ordinal);
        Assert.Contains("1, 25, 100, 250", FeedRefusals.Of(new FeedOptions { Venue = Venue.Bitfinex, Symbols = ["tBTCUSD"], Channels = ["book.P0.F0.50"] }), StringComparison.Ordinal);
        Assert.Contains("no test network", FeedRefusals.Of(new FeedOptions { Venue = Venue.Bitfinex, Symbols = ["tBTCUSD"], Testnet = true }), StringComparison.Ordinal);
    }
}
