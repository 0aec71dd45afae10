using Lob.Fast.Engine.Records;
using Lob.Fast.Venues.Tests.Support;

namespace Lob.Fast.Venues.Tests;

public sealed class AdvancedFeedTests
{
    [Fact]
    public async Task One_channel_a_request_heartbeats_besides_and_the_list_acknowledges()
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        await using RunningFeed feed = RunningFeed.Start(venue, Venue.CoinbaseAdvanced, ["BTC-USD", "ETH-USD"], ["level2", "market_trades"]);
        ScriptedSocket socket = await venue.AcceptAsync();
        Assert.Equal("""{"type":"subscribe","product_ids":["BTC-USD","ETH-USD"],"channel":"level2"}""", await socket.ReceiveAsync());
        Assert.Equal("""{"type":"subscribe","product_ids":["BTC-USD","ETH-USD"],"channel":"market_trades"}""", await socket.ReceiveAsync());
        Assert.Equal("""{"type":"subscribe","channel":"heartbeats"}""", await socket.ReceiveAsync());
        await socket.SendAsync(List("""{"heartbeats":["heartbeats"],"level2":["BTC-USD","ETH-USD"],"market_trades":["ETH-USD","BTC-USD"]}"""));
        await feed.UntilAsync(ConnectionPhase.Running);
        Assert.Equal((5, 5), feed.Feed.Status()[0].Streams);

        // The journal calls it l2_data.
        feed.Feed.Resync("ETH-USD", "l2_data");
        Assert.Equal("""{"type":"unsubscribe","product_ids":["ETH-USD"],"channel":"level2"}""", await socket.ReceiveAsync());
        await socket.SendAsync(List("""{"heartbeats":["heartbeats"],"level2":["BTC-USD"],"market_trades":["ETH-USD","BTC-USD"]}"""));
        Assert.Equal("""{"type":"subscribe","product_ids":["ETH-USD"],"channel":"level2"}""", await socket.ReceiveAsync());
    }

    [Fact]
    public async Task A_refusal_ends_the_feed_with_the_venues_words()
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        await using RunningFeed feed = RunningFeed.Start(venue, Venue.CoinbaseAdvanced, ["NOPE-USD"]);
        ScriptedSocket socket = await venue.AcceptAsync();
        await socket.ReceiveAsync();
        await socket.SendAsync("""{"type":"error","message":"NOPE-USD is not a valid product"}""");
        Assert.Contains("NOPE-USD is not a valid product", await feed.RefusalAsync(), StringComparison.Ordinal);
    }

    private static string List(string subscriptions) =>
        $$"""{"channel":"subscriptions","client_id":"","timestamp":"2026-08-09T21:05:48.629706932Z","sequence_num":26,"events":[{"subscriptions":{{subscriptions}}}]}""";
}
