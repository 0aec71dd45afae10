using Lob.Fast.Engine.Records;
using Lob.Fast.Venues.Tests.Support;

namespace Lob.Fast.Venues.Tests;

public sealed class OkxFeedTests
{
    [Fact]
    public async Task Each_stream_is_acknowledged_by_itself_and_candles_have_a_connection_of_their_own()
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        await using RunningFeed feed = RunningFeed.Start(venue, Venue.Okx, ["BTC-USDT"], ["books", "trades", "candle1m"]);
        ScriptedSocket[] sockets = [await venue.AcceptAsync(), await venue.AcceptAsync()];
        ScriptedSocket business = sockets.Single(static socket => socket.Path == "/ws/v5/business");
        ScriptedSocket books = sockets.Single(static socket => socket.Path == "/ws/v5/public");
        Assert.Equal("""{"id":"1","op":"subscribe","args":[{"channel":"candle1m","instId":"BTC-USDT"}]}""", await business.ReceiveAsync());
        Assert.Equal(
            """{"id":"1","op":"subscribe","args":[{"channel":"books","instId":"BTC-USDT"},{"channel":"trades","instId":"BTC-USDT"}]}""",
            await books.ReceiveAsync());
        await books.SendAsync("""{"id":"1","event":"subscribe","arg":{"channel":"trades","instId":"BTC-USDT"},"connId":"a"}""");
        await feed.Targets.UntilAsync("0 frame", 1);
        Assert.Equal((1, 2), feed.Feed.Status()[0].Streams);
        Assert.Equal(ConnectionPhase.Subscribing, feed.Feed.Status()[0].Phase);
        await books.SendAsync("""{"id":"1","event":"subscribe","arg":{"channel":"books","instId":"BTC-USDT"},"connId":"a"}""");
        await feed.UntilAsync(ConnectionPhase.Running);

        await books.SendAsync("""{"arg":{"channel":"books","instId":"BTC-USDT"},"action":"snapshot","data":[{}]}""");
        await feed.Targets.UntilAsync("0 frame", 3);
        feed.Feed.Resync("BTC-USDT", "books");
        Assert.Equal("""{"id":"2","op":"unsubscribe","args":[{"channel":"books","instId":"BTC-USDT"}]}""", await books.ReceiveAsync());
        await books.SendAsync("""{"id":"2","event":"unsubscribe","arg":{"channel":"books","instId":"BTC-USDT"},"connId":"a"}""");
        Assert.Equal("""{"id":"3","op":"subscribe","args":[{"channel":"books","instId":"BTC-USDT"}]}""", await books.ReceiveAsync());
        Assert.Empty(venue.Asked);
    }

    [Fact]
    public async Task A_book_that_begins_with_a_change_is_asked_by_rest()
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        const string Book = """{"code":"0","msg":"","data":[{"asks":[],"bids":[],"ts":"1","seqId":3}]}""";
        venue.Answer = static context => ScriptedVenue.Json(context, Book);
        await using RunningFeed feed = RunningFeed.Start(venue, Venue.Okx, ["BTC-USDT"]);
        ScriptedSocket socket = await venue.AcceptAsync();
        await socket.ReceiveAsync();
        await socket.SendAsync("""{"id":"1","event":"subscribe","arg":{"channel":"books","instId":"BTC-USDT"},"connId":"a"}""");
        await socket.SendAsync("""{"arg":{"channel":"books","instId":"BTC-USDT"},"action":"update","data":[{"asks":[],"bids":[],"ts":"1","checksum":0,"prevSeqId":1,"seqId":2}]}""");
        await feed.Targets.UntilAsync($"0 answer BTC-USDT {Book}");
        Assert.Equal(["/api/v5/market/books?instId=BTC-USDT&sz=400"], venue.Asked);
    }

    [Fact]
    public async Task Pings_as_bare_text_in_silence_and_the_answer_keeps_it_alive()
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        FeedLimits limits = RunningFeed.Impatient with { PingInterval = TimeSpan.FromMilliseconds(200), SilenceMax = TimeSpan.FromSeconds(3) };
        await using RunningFeed feed = RunningFeed.Start(venue, Venue.Okx, ["BTC-USDT"], ["trades"], limits);
        ScriptedSocket socket = await venue.AcceptAsync();
        await socket.ReceiveAsync();
        await socket.SendAsync("""{"id":"1","event":"subscribe","arg":{"channel":"trades","instId":"BTC-USDT"},"connId":"a"}""");
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal("ping", await socket.ReceiveAsync());
            await socket.SendAsync("pong");
        }

        await feed.Targets.UntilAsync("0 frame pong", 3);
        Assert.Equal(1, feed.Feed.Status()[0].Opened);
    }

    [Fact]
    public async Task A_notice_of_a_service_upgrade_is_followed_at_once()
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        await using RunningFeed feed = RunningFeed.Start(venue, Venue.Okx, ["BTC-USDT"]);
        ScriptedSocket socket = await venue.AcceptAsync();
        await socket.ReceiveAsync();
        await socket.SendAsync("""{"event":"notice","code":"64008","msg":"The connection will soon be closed for a service upgrade. Please reconnect.","connId":"a"}""");
        await venue.AcceptAsync();
        await feed.Targets.UntilAsync("0 closed");
    }

    [Fact]
    public async Task An_unknown_instrument_ends_the_feed_with_the_venues_words()
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        await using RunningFeed feed = RunningFeed.Start(venue, Venue.Okx, ["BTC-USDT", "BTC-USDX"]);
        ScriptedSocket socket = await venue.AcceptAsync();
        await socket.ReceiveAsync();
        await socket.SendAsync("""{"id":"1","event":"error","code":"60018","msg":"Wrong URL or channel:books,instId:BTC-USDX doesn't exist. Please use the correct URL, channel and parameters referring to API document.","connId":"a"}""");
        string refusal = await feed.RefusalAsync();
        Assert.Contains("the venue refuses BTC-USDX books: Wrong URL or channel:books,instId:BTC-USDX doesn't exist.", refusal, StringComparison.Ordinal);
        Assert.Contains("(code 60018)", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Depths_that_are_not_offered_are_refused_with_those_that_are() =>
        Assert.Contains("400 (books), 5 (books5), 1 (bbo-tbt)", FeedRefusals.Of(new FeedOptions { Venue = Venue.Okx, Symbols = ["BTC-USDT"], Depth = 50 }), StringComparison.Ordinal);
}
