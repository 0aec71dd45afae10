using System.Globalization;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Venues.Rest;
using Lob.Fast.Venues.Tests.Support;
using Lob.Fast.VenueSim;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lob.Fast.Venues.Tests;

/// <summary>Feeds and REST of every venue against the local exchange, which was written from the venues' documentation alone and holds their limits.</summary>
public sealed class LocalExchangeTests
{
    public static TheoryData<Venue, string[]> All => new()
    {
        { Venue.BinanceSpot, ["depth@100ms", "bookTicker", "trade", "aggTrade", "kline_1m"] },
        { Venue.BinanceUsdM, ["depth@100ms", "bookTicker", "aggTrade", "kline_1m"] },
        { Venue.BinanceCoinM, ["depth@100ms", "bookTicker", "aggTrade", "kline_1m"] },
        { Venue.BybitLinear, ["orderbook.50", "orderbook.1", "publicTrade", "tickers", "kline.1"] },
        { Venue.BybitSpot, ["orderbook.200", "publicTrade", "tickers", "kline.1"] },
        { Venue.BybitInverse, ["orderbook.50", "publicTrade", "tickers", "kline.1"] },
        { Venue.Okx, ["books", "books5", "bbo-tbt", "trades", "tickers", "candle1m"] },
        { Venue.Bitfinex, ["book.P0.F0.100", "trades", "ticker", "candles"] },
        { Venue.Coinbase, ["level2_batch", "ticker", "matches"] },
        { Venue.CoinbaseAdvanced, ["level2", "market_trades", "ticker"] },
    };

    [Theory]
    [MemberData(nameof(All))]
    public async Task Every_channel_is_acknowledged_the_books_come_and_a_resync_brings_another(Venue venue, string[] channels)
    {
        string name = venue.ToName();
        await using LocalExchange exchange = await LocalExchange.StartAsync(new LocalExchangeOptions { Venues = [name], Tls = venue == Venue.Okx });
        string[] symbols = [.. exchange.Status.Venues[0].Symbols.Take(2)];
        RecordingTargets targets = new();
        FeedOptions options = new()
        {
            Venue = venue,
            Symbols = symbols,
            Channels = channels,
            WebSocket = exchange.Endpoints[name].WebSocket,
            Rest = exchange.Endpoints[name].Rest,
            TrustedCertificates = exchange.Endpoints[name].CertificatePath,
        };
        IVenueFeed feed = VenueFeeds.Create(options, targets, new WallClock(), NullLogger.Instance, TimeProvider.System, new GivenCredentials());
        using CancellationTokenSource end = new();
        Task run = feed.RunAsync(end.Token);
        await UntilAsync(run, () => feed.Status().All(static connection => connection.Phase == ConnectionPhase.Running && connection.Frames > 4));
        bool isByRest = targets.Connections.Any(static connection => connection.HasAnswers) && venue != Venue.Okx;
        if (isByRest)
        {
            await UntilAsync(run, () => symbols.All(symbol => Answers(targets, symbol) >= 1));
        }

        int lists = Ends(targets);
        feed.Resync(symbols[0], channels[0]);
        Assert.Equal(1, feed.Status().Sum(static connection => connection.Resyncs));
        if (isByRest)
        {
            await UntilAsync(run, () => Answers(targets, symbols[0]) >= 2);
        }
        else
        {
            await UntilAsync(run, () => Ends(targets) > lists);
            await UntilAsync(run, () => feed.Status().All(static connection => connection.Streams.Acknowledged == connection.Streams.Wanted));
        }

        Assert.All(feed.Status(), static connection => Assert.Null(connection.LastFault));
        await end.CancelAsync();
        await run.WaitAsync(ScriptedVenue.Deadline);
        Assert.Equal(feed.Status().Count, targets.Events.Count(static text => text.EndsWith("closed", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task An_unknown_symbol_is_refused_or_says_so(Venue venue, string[] channels)
    {
        string name = venue.ToName();
        await using LocalExchange exchange = await LocalExchange.StartAsync(new LocalExchangeOptions { Venues = [name] });
        FeedOptions options = new()
        {
            Venue = venue,
            Symbols = [venue == Venue.Bitfinex ? "tNOPE:USD" : venue == Venue.Okx ? "NOPE-USDT" : venue is Venue.Coinbase or Venue.CoinbaseAdvanced ? "NOPE-USD" : "NOPEUSDT"],
            Channels = [channels[0]],
            WebSocket = exchange.Endpoints[name].WebSocket,
            Rest = exchange.Endpoints[name].Rest,
            Limits = new FeedLimits { AcknowledgeTimeout = TimeSpan.FromSeconds(1) },
        };
        IVenueFeed feed = VenueFeeds.Create(options, new RecordingTargets(), new WallClock(), NullLogger.Instance, TimeProvider.System, new GivenCredentials());
        FeedException refused = await Assert.ThrowsAsync<FeedException>(() => feed.RunAsync(CancellationToken.None).WaitAsync(ScriptedVenue.Deadline));
        Assert.Contains("NOPE", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Rest_answers_books_instruments_and_time(Venue venue, string[] channels)
    {
        _ = channels;
        string name = venue.ToName();
        await using LocalExchange exchange = await LocalExchange.StartAsync(new LocalExchangeOptions { Venues = [name] });
        FeedOptions options = new() { Venue = venue, Symbols = [], Rest = exchange.Endpoints[name].Rest };
        using VenueRest rest = VenueRest.Create(options, new WallClock(), TimeProvider.System, new GivenCredentials());
        IReadOnlyList<InstrumentInfo> instruments = await rest.InstrumentsAsync();
        Assert.Equal(exchange.Status.Venues[0].Symbols.Order(), instruments.Select(static instrument => instrument.Symbol).Distinct().Order());
        RestBook book = await rest.BookAsync(instruments[0].Symbol, venue == Venue.Bitfinex ? 25 : 5);
        Assert.NotEmpty(book.Bids);
        Assert.True(Number(book.Bids[0].Price) < Number(book.Asks[0].Price));
        Assert.True(book.Bids.Count < 2 || Number(book.Bids[0].Price) > Number(book.Bids[1].Price));
        if (venue != Venue.Bitfinex)
        {
            long awayNs = await rest.ServerTimeNsAsync() - new WallClock().NowNs;
            Assert.InRange(Math.Abs(awayNs), 0, 5_000_000_000);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Orders_of_Coinbase_need_the_right_key(bool isRight)
    {
        const string Secret = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw==";
        await using LocalExchange exchange = await LocalExchange.StartAsync(new LocalExchangeOptions
        {
            Venues = ["coinbase"],
            CoinbaseCredentials = new VenueSim.CoinbaseCredentials("k", Secret, "p"),
        });
        RecordingTargets targets = new();
        FeedOptions options = new()
        {
            Venue = Venue.Coinbase,
            Symbols = ["BTC-USD"],
            Channels = ["full", "level2"],
            WebSocket = exchange.Endpoints["coinbase"].WebSocket,
            Rest = exchange.Endpoints["coinbase"].Rest,
        };
        GivenCredentials key = new(("COINBASE_API_KEY", "k"), ("COINBASE_API_SECRET", isRight ? Secret : "AAAA"), ("COINBASE_API_PASSPHRASE", "p"));
        IVenueFeed feed = VenueFeeds.Create(options, targets, new WallClock(), NullLogger.Instance, TimeProvider.System, key);
        using CancellationTokenSource end = new();
        Task run = feed.RunAsync(end.Token);
        if (isRight)
        {
            await UntilAsync(run, () => Answers(targets, "BTC-USD") > 0 && feed.Status()[0].Phase == ConnectionPhase.Running);
            await end.CancelAsync();
            await run.WaitAsync(ScriptedVenue.Deadline);
        }
        else
        {
            FeedException refused = await Assert.ThrowsAsync<FeedException>(() => run.WaitAsync(ScriptedVenue.Deadline));
            Assert.Contains("COINBASE_API_SECRET", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Pings_of_the_venue_are_answered()
    {
        await using LocalExchange exchange = await LocalExchange.StartAsync(new LocalExchangeOptions
        {
            Venues = ["binance-spot"],
            ServerPingInterval = TimeSpan.FromMilliseconds(200),
            ServerPongTimeout = TimeSpan.FromMilliseconds(600),
        });
        FeedOptions options = new()
        {
            Venue = Venue.BinanceSpot,
            Symbols = ["BTCUSDT"],
            WebSocket = exchange.Endpoints["binance-spot"].WebSocket,
            Rest = exchange.Endpoints["binance-spot"].Rest,
        };
        IVenueFeed feed = VenueFeeds.Create(options, new RecordingTargets(), new WallClock(), NullLogger.Instance);
        using CancellationTokenSource end = new();
        Task run = feed.RunAsync(end.Token);
        await Task.Delay(TimeSpan.FromSeconds(3));
        Assert.Equal((1, ConnectionPhase.Running), (feed.Status()[0].Opened, feed.Status()[0].Phase));
        await end.CancelAsync();
        await run.WaitAsync(ScriptedVenue.Deadline);
    }

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static int Answers(RecordingTargets targets, string symbol) => targets.Events.Count(text => text.Contains($"answer {symbol} ", StringComparison.Ordinal));

    // Acknowledgements of an end: by name, or (Coinbase) as another list of what is left.
    private static int Ends(RecordingTargets targets) => targets.Events.Count(static text =>
        text.Contains("\"unsubscribe", StringComparison.Ordinal) || text.Contains("\"subscriptions\"", StringComparison.Ordinal));

    private static async Task UntilAsync(Task run, Func<bool> condition)
    {
        using CancellationTokenSource late = new(ScriptedVenue.Deadline);
        while (!condition())
        {
            if (run.IsCompleted)
            {
                await run;
                Assert.Fail("the feed ended");
            }

            await Task.Delay(5, late.Token);
        }
    }
}
