using System.Globalization;
using Lob.Fast.Codecs;
using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal;
using Lob.Fast.Journal.Writing;
using Lob.Fast.TestSupport;
using Lob.Fast.Venues.Live;
using Lob.Fast.Venues.Tests.Support;
using Lob.Fast.VenueSim;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lob.Fast.Venues.Tests.Live;

/// <summary>
/// Recordings served by the local exchange over real sockets, collected, and compared with a replay of the same file: the same market data in every stream, the same books at
/// the end. Only receive times differ, and on them nothing else depends.
/// </summary>
public sealed class RecordedExchangeTests
{
    /// <summary>How many times faster than recorded; 1 plays as it was.</summary>
    private const string SpeedVariable = "LOB_LIVE_SPEED";

    private const string Bybit = "bybit/linear_orderbook200_4symbols_20260809.rec";
    private const string Advanced = "coinbase/advancedtrade_l2data_btc_eth_20260809.rec.gz";

    private static readonly TimeSpan QuietAtTheEnd = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TooLong = TimeSpan.FromMinutes(15);

    [Theory]
    [InlineData(Venue.BinanceUsdM, "binance/usdm_sushiusdt_20210722.rec")]
    [InlineData(Venue.BinanceSpot, "binance/spot_nknusdt_20211012.rec")]
    [InlineData(Venue.Okx, "okx/books_uni-usd-swap_btc-usd-220527_20220513.rec")]
    [InlineData(Venue.Bitfinex, "bitfinex/p0_len100_seqall_7pairs_20210417.rec")]
    [InlineData(Venue.Coinbase, "coinbase/exchange_level2_7products_20210417.rec.gz")]
    public Task Collected_is_what_a_replay_holds(Venue venue, string recording) => CompareAsync(venue, Recordings.PathOf(recording));

    [RecordingFact(Bybit)]
    public Task Collected_from_Bybit_is_what_a_replay_holds() => CompareAsync(Venue.BybitLinear, Recordings.PathOf(Bybit));

    [RecordingFact(Advanced)]
    public Task Collected_from_Advanced_Trade_is_what_a_replay_holds() => CompareAsync(Venue.CoinbaseAdvanced, Recordings.PathOf(Advanced));

    private static async Task CompareAsync(Venue venue, string file)
    {
        double speed = double.TryParse(Environment.GetEnvironmentVariable(SpeedVariable), NumberStyles.Float, CultureInfo.InvariantCulture, out double given) ? given : 20;
        using TemporaryFolder folder = new();
        string replayed = folder.Of("replayed");
        IReadOnlyList<BookFigures> expectedBooks = Replay(venue, file, replayed);
        SortedDictionary<string, List<string>> expected = MarketData.Of(replayed);

        string collected = folder.Of("collected");
        LiveStatus status = await CollectAsync(venue, file, speed, expected.Keys, collected);
        SortedDictionary<string, List<string>> found = MarketData.Of(collected);

        Assert.Equal(expected.Keys, found.Keys);
        foreach ((string stream, List<string> messages) in expected)
        {
            Assert.True(messages.SequenceEqual(found[stream]), $"{stream}: {messages.Count} messages replayed, {found[stream].Count} collected, the first {messages.Zip(found[stream]).TakeWhile(static pair => pair.First == pair.Second).Count()} equal");
        }

        Assert.NotEmpty(expectedBooks);
        foreach (BookFigures book in expectedBooks)
        {
            BookFigures same = Assert.Single(status.Books, other => (other.Symbol, other.Channel) == (book.Symbol, book.Channel));
            Assert.Equal((book.State, book.Evidence, book.Digest, book.LastSequence), (same.State, same.Evidence, same.Digest, same.LastSequence));
        }
    }

    private static async Task<LiveStatus> CollectAsync(Venue venue, string file, double speed, IEnumerable<string> streams, string journal)
    {
        string name = venue.ToName();
        await using LocalExchange exchange = await LocalExchange.StartAsync(new LocalExchangeOptions
        {
            Venues = [name],
            Speed = speed,
            Recordings = new Dictionary<string, IReadOnlyList<string>> { [name] = [file] },
        });

        // "venue SYMBOL channel"; answers of REST are a stream of their own that nobody subscribes.
        string[][] wanted = [.. streams.Select(static stream => stream.Split(' ')).Where(static words => words.Length == 3 && !words[2].StartsWith('/'))];
        WallClock clock = new();
        using LiveEngine engine = new(new LiveOptions { JournalFolder = journal }, clock, NullLogger.Instance);
        IVenueFeed feed = VenueFeeds.Create(
            new FeedOptions
            {
                Venue = venue,
                Symbols = [.. wanted.Select(static words => words[1]).Distinct()],
                Channels = [.. wanted.Select(static words => words[2]).Distinct()],
                WebSocket = exchange.Endpoints[name].WebSocket,
                Rest = exchange.Endpoints[name].Rest,

                // Whoever recorded subscribed one stream after the other, some of them late, and to no heartbeats.
                Limits = new FeedLimits { AcknowledgeTimeout = TooLong },
            },
            engine, clock, NullLogger.Instance, TimeProvider.System, new GivenCredentials(
                ("COINBASE_API_KEY", "key"), ("COINBASE_API_SECRET", Convert.ToBase64String("secret"u8)), ("COINBASE_API_PASSPHRASE", "passphrase")));
        engine.Attach(venue, feed);
        engine.Start();
        using var ending = new CancellationTokenSource(TooLong);
        Task running = feed.RunAsync(ending.Token);
        await Task.WhenAny(running, QuietAsync(engine, clock));
        engine.BeginClosing();
        await ending.CancelAsync();
        await running;
        engine.Stop();
        return engine.Status();
    }

    private static async Task QuietAsync(LiveEngine engine, WallClock clock)
    {
        long frames = 0;
        for (long sinceNs = clock.NowNs; frames == 0 || clock.NowNs - sinceNs < QuietAtTheEnd.Ticks * TimeSpan.NanosecondsPerTick;)
        {
            await Task.Delay(100);
            long now = engine.Status().Input.Frames;
            if (now != frames)
            {
                frames = now;
                sinceNs = clock.NowNs;
            }
        }
    }

    private static BookFigures[] Replay(Venue venue, string file, string journal)
    {
        var router = new VenueRouter(new DecoderOptions { DefaultSymbol = DepthSymbolScan.OnlySymbol([file]) });
        _ = router.Connect(venue);
        using var host = new PipelineHost<VenueRouter>(router, new PipelineOptions(), logic => JournalWriter.Create(journal, logic, new JournalOptions()));
        using RecordingReader reader = new([file]);
        while (reader.TryRead(out RecordedLine line))
        {
            _ = host.OnFrame(line.Frame);
        }

        host.Close();
        BookBoard board = new();
        board.Publish(1, host.Logic.Books);
        return board.Read().Books;
    }
}
