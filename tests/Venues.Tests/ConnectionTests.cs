using System.Net;
using System.Net.Sockets;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Venues.Sessions;
using Lob.Fast.Venues.Tests.Support;

namespace Lob.Fast.Venues.Tests;

public sealed class ConnectionTests
{
    private const string Granted = """{"success":true,"ret_msg":"","conn_id":"c","req_id":"1","op":"subscribe"}""";

    [Fact]
    public async Task Cut_off_it_comes_back_and_subscribes_again()
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        await using RunningFeed feed = RunningFeed.Start(venue, Venue.BybitLinear, ["BTCUSDT"]);
        ScriptedSocket first = await venue.AcceptAsync();
        await first.ReceiveAsync();
        await first.SendAsync(Granted);
        await feed.UntilAsync(ConnectionPhase.Running);
        first.Abort();
        ScriptedSocket second = await venue.AcceptAsync();
        Assert.Equal("""{"req_id":"1","op":"subscribe","args":["orderbook.50.BTCUSDT"]}""", await second.ReceiveAsync());
        await second.CloseAsync("going away");
        await venue.AcceptAsync();
        await feed.Targets.UntilAsync("0 opened", 3);
        Assert.Equal(["0 opened", $"0 frame {Granted}", "0 closed", "0 opened", "0 closed", "0 opened"], feed.Targets.Events);
        Assert.Equal(3, feed.Feed.Status()[0].Opened);
        Assert.Contains("going away", feed.Feed.Status()[0].LastFault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Turned_away_it_waits_before_it_tries_again()
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        venue.TurnAway = 503;
        ManualTime time = new();
        FeedLimits limits = new() { BackOffMin = TimeSpan.FromSeconds(20), BackOffMax = TimeSpan.FromSeconds(40) };
        await using RunningFeed feed = RunningFeed.Start(venue, new FeedOptions { Venue = Venue.BybitLinear, Symbols = ["BTCUSDT"], Limits = limits }, time);
        await feed.UntilFaultAsync("HTTP 503");
        venue.TurnAway = 0;
        await Task.Delay(200);
        Assert.False(venue.HasSocket, "it did not wait");
        time.Advance(TimeSpan.FromSeconds(20));
        await venue.AcceptAsync();
    }

    [Fact]
    public void Waits_double_up_to_their_longest_and_are_spread_at_random()
    {
        FeedLimits limits = new() { BackOffMin = TimeSpan.FromSeconds(1), BackOffMax = TimeSpan.FromSeconds(60) };
        Random random = new(1);
        for (int tries = 0; tries < 40; tries++)
        {
            double longest = Math.Min(60, Math.Pow(2, tries));
            TimeSpan[] waits = [.. Enumerable.Range(0, 200).Select(_ => BackOff.Of(tries, limits, random))];
            Assert.InRange(waits.Max().TotalSeconds, longest * 0.9, longest);
            Assert.InRange(waits.Min().TotalSeconds, 0, longest * 0.1);
        }
    }

    [Fact]
    public void A_budget_is_kept_over_any_window()
    {
        ManualTime time = new();
        RateBudget budget = new(3, TimeSpan.FromSeconds(10), time);
        Assert.True(budget.TryTake(out _));
        time.Advance(TimeSpan.FromSeconds(4));
        Assert.True(budget.TryTake(out _, 2));
        Assert.False(budget.TryTake(out TimeSpan wait));
        Assert.Equal(TimeSpan.FromSeconds(6), wait);
        time.Advance(wait);
        Assert.True(budget.TryTake(out _));
        Assert.False(budget.TryTake(out wait));
        Assert.Equal(TimeSpan.FromSeconds(4), wait);

        // The venue has counted more: others use the address, too.
        time.Advance(TimeSpan.FromSeconds(10));
        budget.Raise(3);
        Assert.False(budget.TryTake(out _));
    }

    [Fact]
    public async Task An_old_connection_is_replaced()
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        ManualTime time = new();
        await using RunningFeed feed = RunningFeed.Start(
            venue, new FeedOptions { Venue = Venue.BinanceSpot, Symbols = ["BTCUSDT"], Channels = ["trade"], Limits = new() { SilenceMax = TimeSpan.FromDays(9) } }, time);
        ScriptedSocket socket = await venue.AcceptAsync();
        await socket.ReceiveAsync();
        await socket.SendAsync("""{"result":null,"id":1}""");
        await feed.UntilAsync(ConnectionPhase.Running);
        time.Advance(TimeSpan.FromHours(23.6));
        await socket.Closed;
        await venue.AcceptAsync();
        Assert.Contains("replaced", feed.Feed.Status()[0].LastFault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unacknowledged_it_asks_once_more_and_then_begins_anew()
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        FeedLimits limits = RunningFeed.Impatient with { AcknowledgeTimeout = TimeSpan.FromMilliseconds(200) };
        await using RunningFeed feed = RunningFeed.Start(venue, Venue.BybitLinear, ["BTCUSDT"], limits: limits);
        ScriptedSocket socket = await venue.AcceptAsync();
        Assert.Contains("\"req_id\":\"1\"", await socket.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Contains("\"req_id\":\"2\"", await socket.ReceiveAsync(), StringComparison.Ordinal);
        await venue.AcceptAsync();
        Assert.Contains("BTCUSDT orderbook.50", feed.Feed.Status()[0].LastFault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Repeated_resyncs_wait_longer()
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        ManualTime time = new();
        FeedLimits limits = new() { BackOffMin = TimeSpan.FromSeconds(30), BackOffMax = TimeSpan.FromSeconds(60), SilenceMax = TimeSpan.FromDays(1), PingInterval = TimeSpan.FromDays(1) };
        await using RunningFeed feed = RunningFeed.Start(venue, new FeedOptions { Venue = Venue.BybitLinear, Symbols = ["BTCUSDT"], Limits = limits }, time);
        ScriptedSocket socket = await venue.AcceptAsync();
        await socket.ReceiveAsync();
        await socket.SendAsync(Granted);
        await feed.UntilAsync(ConnectionPhase.Running);
        feed.Feed.Resync("BTCUSDT", "orderbook.50");
        await socket.ReceiveAsync();
        await socket.SendAsync("""{"success":true,"ret_msg":"","conn_id":"c","req_id":"2","op":"unsubscribe"}""");
        await socket.ReceiveAsync();
        await socket.SendAsync("""{"success":true,"ret_msg":"","conn_id":"c","req_id":"3","op":"subscribe"}""");
        await feed.Targets.UntilAsync("0 frame", 3);
        while (feed.Feed.Status()[0].Streams.Acknowledged == 0)
        {
            await Task.Delay(5);
        }

        feed.Feed.Resync("BTCUSDT", "orderbook.50");
        await Task.Delay(200);
        Assert.Equal(0, socket.Waiting);
        Assert.Equal(2, feed.Feed.Status()[0].Resyncs);
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.Contains("unsubscribe", await socket.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_of_what_ran_before_leaves_the_others_alone()
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        await using RunningFeed feed = RunningFeed.Start(venue, Venue.Okx, ["BTC-USDT", "ETH-USDT"], ["trades"]);
        ScriptedSocket socket = await venue.AcceptAsync();
        for (int i = 0; i < 2; i++)
        {
            await socket.ReceiveAsync();
            await socket.SendAsync("""{"id":"1","event":"subscribe","arg":{"channel":"trades","instId":"ETH-USDT"},"connId":"a"}""");
            await socket.SendAsync(i == 0
                ? """{"id":"1","event":"subscribe","arg":{"channel":"trades","instId":"BTC-USDT"},"connId":"a"}"""
                : """{"id":"1","event":"error","code":"60018","msg":"Wrong URL or channel:trades,instId:BTC-USDT doesn't exist.","connId":"a"}""");
            await feed.UntilAsync(ConnectionPhase.Running);
            if (i == 0)
            {
                socket.Abort();
                socket = await venue.AcceptAsync();
            }
        }

        Assert.Equal((1, 2), feed.Feed.Status()[0].Streams);
        Assert.Contains("BTC-USDT", feed.Feed.Status()[0].LastFault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Long_messages_come_whole_and_endless_ones_cut()
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        await using RunningFeed feed = RunningFeed.Start(venue, Venue.BybitLinear, ["BTCUSDT"]);
        ScriptedSocket socket = await venue.AcceptAsync();
        await socket.ReceiveAsync();
        byte[] part = new byte[1 << 20];
        Array.Fill(part, (byte)'x');
        for (int i = 0; i < 5; i++)
        {
            await socket.SendAsync(part, last: i == 4);
        }

        for (int i = 0; i < 12; i++)
        {
            await socket.SendAsync(part, last: i == 11);
        }

        await socket.SendAsync("short");
        await feed.Targets.UntilAsync("0 frame short");
        Assert.Equal(
            [$"0 frame of {5 << 20} bytes", $"0 frame of {Frame.BytesMax} bytes", "0 frame short"],
            feed.Targets.Events.Where(static text => text.StartsWith("0 frame", StringComparison.Ordinal)));
        Assert.Equal((17 << 20) + 5, feed.Feed.Status()[0].Bytes);
    }

    [Fact]
    public async Task Cancelled_it_says_goodbye_and_closes()
    {
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        RunningFeed feed = RunningFeed.Start(venue, Venue.BybitLinear, ["BTCUSDT"]);
        ScriptedSocket socket = await venue.AcceptAsync();
        await socket.ReceiveAsync();
        await feed.DisposeAsync();
        await socket.Closed;
        Assert.True(feed.Run.IsCompletedSuccessfully);
        Assert.Equal(["0 opened", "0 closed"], feed.Targets.Events);
        Assert.Equal(ConnectionPhase.Ended, feed.Feed.Status()[0].Phase);
    }

    // The proxy is the process's own, as it is when the environment names one. No other test goes beyond this machine, whose addresses never go by a proxy.
    [Fact]
    public async Task A_proxy_is_asked_to_connect()
    {
        using TcpListener proxy = new(IPAddress.Loopback, 0);
        proxy.Start();
        IWebProxy before = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new WebProxy($"http://{proxy.LocalEndpoint}");
        try
        {
            await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
            await using RunningFeed feed = RunningFeed.Start(
                venue, new FeedOptions { Venue = Venue.BybitLinear, Symbols = ["BTCUSDT"], WebSocket = new Uri("wss://stream.invalid"), Limits = RunningFeed.Impatient });
            using TcpClient asked = await proxy.AcceptTcpClientAsync().WaitAsync(ScriptedVenue.Deadline);
            using StreamReader request = new(asked.GetStream());
            Assert.Equal("CONNECT stream.invalid:443 HTTP/1.1", await request.ReadLineAsync());
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }
    }

    [Fact]
    public async Task A_host_that_never_answers_is_tried_again_and_left_when_cancelled()
    {
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        await using ScriptedVenue venue = await ScriptedVenue.StartAsync();
        RunningFeed feed = RunningFeed.Start(venue, new FeedOptions
        {
            Venue = Venue.BybitLinear,
            Symbols = ["BTCUSDT"],
            WebSocket = new Uri($"ws://{silent.LocalEndpoint}"),
            Limits = RunningFeed.Impatient with { ConnectTimeout = TimeSpan.FromMilliseconds(300) },
        });
        using Socket first = await silent.AcceptSocketAsync();
        using Socket second = await silent.AcceptSocketAsync();
        Assert.Contains("cannot be connected to within 0.3 s", feed.Feed.Status()[0].LastFault, StringComparison.Ordinal);
        await feed.DisposeAsync();
        Assert.True(feed.Run.IsCompletedSuccessfully);
        Assert.Empty(feed.Targets.Events);
    }

    [Fact]
    public async Task A_certificate_is_checked_and_one_that_is_named_is_trusted()
    {
        string gone;
        using (OwnCertificate own = OwnCertificate.Make())
        {
            gone = own.File;
            await using ScriptedVenue venue = await ScriptedVenue.StartAsync(own.Certificate);
            FeedOptions options = new() { Venue = Venue.BybitLinear, Symbols = ["BTCUSDT"], Limits = RunningFeed.Impatient };
            await using (RunningFeed untrusted = RunningFeed.Start(venue, options))
            {
                Assert.Contains("the certificate of localhost is not trusted", await untrusted.RefusalAsync(), StringComparison.Ordinal);
            }

            FeedOptions trusting = options with { TrustedCertificates = own.File };
            await using (RunningFeed wrongName = RunningFeed.Start(venue, trusting with { WebSocket = new Uri($"wss://{IPAddress.Loopback}:{venue.WebSocket.Port}") }))
            {
                Assert.Contains("is not trusted", await wrongName.RefusalAsync(), StringComparison.Ordinal);
            }

            await using RunningFeed trusted = RunningFeed.Start(venue, trusting);
            ScriptedSocket socket = await venue.AcceptAsync();
            await socket.ReceiveAsync();
            await socket.SendAsync(Granted);
            await trusted.UntilAsync(ConnectionPhase.Running);
        }

        FeedOptions missing = new() { Venue = Venue.BybitLinear, Symbols = ["BTCUSDT"], TrustedCertificates = gone };
        Assert.Contains("PEM", FeedRefusals.Of(missing), StringComparison.Ordinal);
    }
}
