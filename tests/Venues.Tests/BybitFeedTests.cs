using Lob.Fast.Engine.Records;
using Lob.Fast.Venues.Tests.Support;

namespace Lob.Fast.Venues.Tests;

public sealed class BybitFeedTests
{
    private const string Granted = """{"success":true,"ret_msg":"","conn_id":"c","req_id":"1","op":"subscribe"}""";

    [Fact]
    public async Task One_request_one_acknowledgement_and_a_resync_ends_before_it_begins()
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        await using RunningFeed feed = RunningFeed.Start(venue, Venue.BybitLinear, ["BTCUSDT"], ["orderbook.50", "publicTrade"]);
        ScriptedSocket socket = await venue.AcceptAsync();
        Assert.Equal("/v5/public/linear", socket.Path);
        Assert.Equal("""{"req_id":"1","op":"subscribe","args":["orderbook.50.BTCUSDT","publicTrade.BTCUSDT"]}""", await socket.ReceiveAsync());
        await socket.SendAsync(Granted);
        await feed.UntilAsync(ConnectionPhase.Running);

        feed.Feed.Resync("BTCUSDT", "orderbook.50");
        feed.Feed.Resync("BTCUSDT", "orderbook.50");
        Assert.Equal("""{"req_id":"2","op":"unsubscribe","args":["orderbook.50.BTCUSDT"]}""", await socket.ReceiveAsync());
        Assert.Equal(0, socket.Waiting);
        await socket.SendAsync("""{"success":true,"ret_msg":"","conn_id":"c","req_id":"2","op":"unsubscribe"}""");
        Assert.Equal("""{"req_id":"3","op":"subscribe","args":["orderbook.50.BTCUSDT"]}""", await socket.ReceiveAsync());
        Assert.Equal(1, feed.Feed.Status()[0].Resyncs);
    }

    [Fact]
    public async Task Spot_takes_ten_topics_a_request()
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        string[] symbols = [.. Enumerable.Range(0, 12).Select(static i => $"S{i}USDT")];
        await using RunningFeed feed = RunningFeed.Start(venue, Venue.BybitSpot, symbols);
        ScriptedSocket socket = await venue.AcceptAsync();
        Assert.Equal("/v5/public/spot", socket.Path);
        Assert.Equal(10, (await socket.ReceiveAsync()).Split("orderbook.50.").Length - 1);
        Assert.Equal("""{"req_id":"2","op":"subscribe","args":["orderbook.50.S10USDT","orderbook.50.S11USDT"]}""", await socket.ReceiveAsync());
    }

    [Fact]
    public async Task A_topic_the_venue_does_not_know_ends_the_feed_with_its_words()
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        await using RunningFeed feed = RunningFeed.Start(venue, Venue.BybitLinear, ["BTCUSDT", "NOPEUSDT"]);
        ScriptedSocket socket = await venue.AcceptAsync();
        await socket.ReceiveAsync();
        await socket.SendAsync("""{"success":false,"ret_msg":"error:handler not found,topic:orderbook.50.NOPEUSDT","conn_id":"c","req_id":"1","op":"subscribe"}""");
        string refusal = await feed.RefusalAsync();
        Assert.Contains("NOPEUSDT orderbook.50: error:handler not found", refusal, StringComparison.Ordinal);
        Assert.Contains("1, 50, 200, 1000", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Already_subscribed_is_subscribed()
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        await using RunningFeed feed = RunningFeed.Start(venue, Venue.BybitLinear, ["BTCUSDT"]);
        ScriptedSocket socket = await venue.AcceptAsync();
        await socket.ReceiveAsync();
        await socket.SendAsync("""{"success":false,"ret_msg":"error:already subscribed,topic:orderbook.50.BTCUSDT","conn_id":"c","req_id":"1","op":"subscribe"}""");
        await feed.UntilAsync(ConnectionPhase.Running);
    }

    [Fact]
    public async Task Pings_in_json_and_leaves_a_connection_that_says_nothing()
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        FeedLimits limits = RunningFeed.Impatient with { PingInterval = TimeSpan.FromMilliseconds(200), SilenceMax = TimeSpan.FromSeconds(1) };
        await using RunningFeed feed = RunningFeed.Start(venue, Venue.BybitInverse, ["BTCUSD"], limits: limits);
        ScriptedSocket socket = await venue.AcceptAsync();
        Assert.Equal("/v5/public/inverse", socket.Path);
        await socket.ReceiveAsync();
        await socket.SendAsync(Granted);
        Assert.Equal("""{"req_id":"2","op":"ping"}""", await socket.ReceiveAsync());
        await venue.AcceptAsync();
        Assert.Contains("nothing came for 1 s", feed.Feed.Status()[0].LastFault, StringComparison.Ordinal);
    }

    [Fact]
    public void Depths_and_channels_that_are_not_offered_are_refused_with_those_that_are()
    {
        Assert.Contains("1, 50, 200, 1000", FeedRefusals.Of(new FeedOptions { Venue = Venue.BybitLinear, Symbols = ["BTCUSDT"], Depth = 500 }), StringComparison.Ordinal);
        Assert.Contains("1, 50, 200, 1000", FeedRefusals.Of(new FeedOptions { Venue = Venue.BybitLinear, Symbols = ["BTCUSDT"], Channels = ["orderbook.500"] }), StringComparison.Ordinal);
        Assert.Contains("publicTrade", FeedRefusals.Of(new FeedOptions { Venue = Venue.BybitSpot, Symbols = ["BTCUSDT"], Channels = ["trades"] }), StringComparison.Ordinal);
    }
}
