using Lob.Fast.Engine.Records;
using Lob.Fast.Venues.Coinbase;
using Lob.Fast.Venues.Tests.Support;

namespace Lob.Fast.Venues.Tests;

public sealed class CoinbaseFeedTests
{
    // The secret is base64 of the bytes 0 to 63. Both signatures were computed with Python: base64.b64encode(hmac.new(bytes(range(64)), text, "sha256").digest()).
    private const string Secret = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw==";

    private static readonly GivenCredentials Key = new(("COINBASE_API_KEY", "k"), ("COINBASE_API_SECRET", Secret), ("COINBASE_API_PASSPHRASE", "p"));

    [Theory]
    [InlineData("/users/self/verify", "HFs5otZQ9zjsqi5FyTlnjR0n42BPk8vh9R7I1u/sB6Q=")]
    [InlineData("/products/BTC-USD/book?level=3", "KDrPH7jTQgfSJ0XyvPqkDMp7afnqoP8qPMtLxr4hvUg=")]
    public void Signs_as_another_implementation_does(string path, string signature) =>
        Assert.Equal(signature, CoinbaseCredentials.Read(Key)!.Sign("1763625600", path));

    [Fact]
    public async Task Without_a_key_the_batched_book_is_taken_and_the_list_acknowledges()
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        await using RunningFeed feed = RunningFeed.Start(venue, Venue.Coinbase, ["BTC-USD", "ETH-USD"]);
        ScriptedSocket socket = await venue.AcceptAsync();
        Assert.Equal("/", socket.Path);
        Assert.Equal("""{"type":"subscribe","product_ids":["BTC-USD","ETH-USD"],"channels":["level2_batch"]}""", await socket.ReceiveAsync());
        Assert.Equal("""{"type":"subscribe","product_ids":["BTC-USD","ETH-USD"],"channels":["heartbeat"]}""", await socket.ReceiveAsync());
        await socket.SendAsync("""{"type":"subscriptions","channels":[{"name":"level2_50","product_ids":["ETH-USD","BTC-USD"],"account_ids":null}]}""");
        await feed.Targets.UntilAsync("0 frame", 1);
        Assert.Equal((2, 4), feed.Feed.Status()[0].Streams);
        await socket.SendAsync("""{"type":"subscriptions","channels":[{"name":"level2_50","product_ids":["ETH-USD","BTC-USD"]},{"name":"heartbeat","product_ids":["BTC-USD","ETH-USD"]}]}""");
        await feed.UntilAsync(ConnectionPhase.Running);

        // The journal calls it level2.
        feed.Feed.Resync("BTC-USD", "level2");
        Assert.Equal("""{"type":"unsubscribe","product_ids":["BTC-USD"],"channels":["level2_batch"]}""", await socket.ReceiveAsync());
        await socket.SendAsync("""{"type":"subscriptions","channels":[{"name":"level2_50","product_ids":["ETH-USD"]},{"name":"heartbeat","product_ids":["BTC-USD","ETH-USD"]}]}""");
        Assert.Equal("""{"type":"subscribe","product_ids":["BTC-USD"],"channels":["level2_batch"]}""", await socket.ReceiveAsync());
    }

    [Fact]
    public async Task Heartbeats_that_are_not_acknowledged_are_done_without()
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        FeedLimits limits = RunningFeed.Impatient with { AcknowledgeTimeout = TimeSpan.FromMilliseconds(200) };
        await using RunningFeed feed = RunningFeed.Start(venue, Venue.Coinbase, ["BTC-USD"], limits: limits);
        ScriptedSocket socket = await venue.AcceptAsync();
        await socket.ReceiveAsync();
        Assert.Contains("heartbeat", await socket.ReceiveAsync(), StringComparison.Ordinal);
        await socket.SendAsync("""{"type":"subscriptions","channels":[{"name":"level2_50","product_ids":["BTC-USD"]}]}""");
        Assert.Contains("heartbeat", await socket.ReceiveAsync(), StringComparison.Ordinal);
        await feed.UntilAsync(ConnectionPhase.Running);
        Assert.Equal((1L, (1, 2)), (feed.Feed.Status()[0].Opened, feed.Feed.Status()[0].Streams));
    }

    [Fact]
    public async Task With_a_key_full_is_signed_and_its_orders_asked_by_rest_with_a_signature()
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        string? signature = null;
        const string Book = """{"sequence":3,"bids":[],"asks":[]}""";
        venue.Answer = context =>
        {
            signature = context.Request.Headers["CB-ACCESS-SIGN"];
            return ScriptedVenue.Json(context, Book);
        };
        await using RunningFeed feed = RunningFeed.Start(
            venue,
            new FeedOptions { Venue = Venue.Coinbase, Symbols = ["BTC-USD"], Channels = ["full"], Limits = RunningFeed.Impatient },
            new ManualTime(),
            Key);
        ScriptedSocket socket = await venue.AcceptAsync();
        Assert.Equal(
            """{"type":"subscribe","product_ids":["BTC-USD"],"channels":["full"],"signature":"HFs5otZQ9zjsqi5FyTlnjR0n42BPk8vh9R7I1u/sB6Q=","key":"k","passphrase":"p","timestamp":"1763625600"}""",
            await socket.ReceiveAsync());
        await socket.SendAsync("""{"type":"heartbeat","sequence":1,"last_trade_id":1,"product_id":"BTC-USD","time":"2014-11-07T08:19:28.464459Z"}""");
        await socket.SendAsync("""{"type":"received","time":"2014-11-07T08:19:27.028459Z","product_id":"BTC-USD","sequence":1}""");
        await socket.SendAsync("""{"type":"open","time":"2014-11-07T08:19:27.028459Z","product_id":"BTC-USD","sequence":2}""");
        await feed.Targets.UntilAsync($"0 answer BTC-USD {Book}");
        Assert.Equal(["/products/BTC-USD/book?level=3"], venue.Asked);
        Assert.Equal("KDrPH7jTQgfSJ0XyvPqkDMp7afnqoP8qPMtLxr4hvUg=", signature);
    }

    [Fact]
    public async Task Wrong_credentials_end_the_feed_with_the_venues_words()
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        await using RunningFeed feed = RunningFeed.Start(venue, new FeedOptions { Venue = Venue.Coinbase, Symbols = ["BTC-USD"], Channels = ["level2"] }, credentials: Key);
        ScriptedSocket socket = await venue.AcceptAsync();
        await socket.ReceiveAsync();
        await socket.SendAsync("""{"type":"error","message":"Authentication Failed","reason":"{\"message\":\"Invalid API Key\"}"}""");
        string refusal = await feed.RefusalAsync();
        Assert.Contains("Authentication Failed: {\"message\":\"Invalid API Key\"}", refusal, StringComparison.Ordinal);
        Assert.Contains(CoinbaseCredentials.Variables, refusal, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void What_needs_a_key_says_which_variables()
    {
        string refusal = FeedRefusals.Of(new FeedOptions { Venue = Venue.Coinbase, Symbols = ["BTC-USD"], Channels = ["level2"] });
        Assert.Contains("COINBASE_API_KEY, COINBASE_API_SECRET and COINBASE_API_PASSPHRASE", refusal, StringComparison.Ordinal);
        Assert.Contains("level2_batch", refusal, StringComparison.Ordinal);
        FeedOptions book = new() { Venue = Venue.Coinbase, Symbols = ["BTC-USD"] };
        Assert.Contains("not all of them", FeedRefusals.Of(book, new GivenCredentials(("COINBASE_API_KEY", "k"))), StringComparison.Ordinal);
        Assert.Contains("base64", FeedRefusals.Of(book, new GivenCredentials(("COINBASE_API_KEY", "k"), ("COINBASE_API_SECRET", "!"), ("COINBASE_API_PASSPHRASE", "p"))), StringComparison.Ordinal);
        Assert.Contains("leave the depth out", FeedRefusals.Of(book with { Depth = 50 }), StringComparison.Ordinal);
        Assert.Contains("one stream", FeedRefusals.Of(book with { Channels = ["level2", "level2_batch"] }, Key), StringComparison.Ordinal);
    }
}
