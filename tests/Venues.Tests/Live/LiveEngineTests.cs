using Lob.Fast.Codecs;
using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Rings;
using Lob.Fast.Engine.Threads;
using Lob.Fast.Journal;
using Lob.Fast.Journal.Reading;
using Lob.Fast.Journal.Reruns;
using Lob.Fast.Journal.Verification;
using Lob.Fast.Journal.Writing;
using Lob.Fast.TestSupport;
using Lob.Fast.Venues.Live;
using Lob.Fast.Venues.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lob.Fast.Venues.Tests.Live;

/// <summary>Recordings through the live engine, several venues at once, against the same recordings replayed each by itself.</summary>
public sealed class LiveEngineTests
{
    private static readonly (Venue Venue, string Recording)[] Feeds =
    [
        (Venue.Okx, "okx/books_uni-usd-swap_btc-usd-220527_20220513.rec"),
        (Venue.Bitfinex, "bitfinex/p0_len100_seqall_7pairs_20210417.rec"),
        (Venue.Coinbase, "coinbase/exchange_level2_7products_20210417.rec.gz"),
        (Venue.BybitLinear, "synthetic/bybit_linear_orderbook50_1_200.rec.gz"),
    ];

    [Theory]
    [InlineData(Layout.Fused, WaitKind.Park)]
    [InlineData(Layout.Fused, WaitKind.Yield)]
    [InlineData(Layout.Split, WaitKind.Park)]
    public async Task Four_venues_at_once_are_the_same_books_as_each_by_itself(Layout layout, WaitKind wait)
    {
        using TemporaryFolder folder = new();
        string journal = folder.Of("live");
        LiveStatus status = await RunAsync(new LiveOptions { JournalFolder = journal, Plan = new LayoutPlan(layout, wait, [], []) });

        SortedDictionary<string, List<string>> live = MarketData.Of(journal);
        int streams = 0;
        foreach ((Venue venue, string recording) in Feeds)
        {
            string replayed = folder.Of(venue.ToName());
            foreach (BookFigures book in Replay(venue, Recordings.PathOf(recording), replayed))
            {
                BookFigures same = Assert.Single(status.Books, other => (other.Venue, other.Symbol, other.Channel) == (book.Venue, book.Symbol, book.Channel));
                Assert.Equal((book.State, book.Evidence, book.Digest, book.LastSequence), (same.State, same.Evidence, same.Digest, same.LastSequence));
            }

            foreach ((string name, List<string> messages) in MarketData.Of(replayed))
            {
                Assert.Equal(messages, live[name]);
                streams++;
            }
        }

        Assert.Equal(live.Count, streams);
        Assert.True(JournalVerifier.Run(journal).IsSound);
        using JournalReader reader = JournalReader.Open(journal);
        Assert.Null(JournalRerun.Run(reader).Difference);
    }

    [Fact]
    public async Task A_second_run_goes_on_with_the_journal_and_with_empty_books()
    {
        using TemporaryFolder folder = new();
        string journal = folder.Of("live");
        var options = new LiveOptions { JournalFolder = journal };
        LiveStatus first = await RunAsync(options);
        LiveStatus second = await RunAsync(options);

        // The recordings begin with snapshots: the same books again, under the same numbers, in one journal that reruns.
        Assert.Equal(
            first.Books.Select(static book => (book.Venue, book.Symbol, book.Channel, book.Digest)),
            second.Books.Select(static book => (book.Venue, book.Symbol, book.Channel, book.Digest)));
        Assert.True(JournalVerifier.Run(journal).IsSound);
        using JournalReader reader = JournalReader.Open(journal);
        Assert.Null(JournalRerun.Run(reader).Difference);
    }

    [Fact]
    public async Task Raw_frames_replay_to_the_same_books()
    {
        using TemporaryFolder folder = new();
        string raw = folder.Of("raw");
        LiveStatus status = await RunAsync(new LiveOptions { RawFolder = raw });

        foreach ((Venue venue, _) in Feeds)
        {
            IReadOnlyList<BookFigures> books = Replay(venue, Path.Combine(raw, $"{venue.ToName()}-0.rec"), folder.Of(venue.ToName()));
            Assert.NotEmpty(books);
            foreach (BookFigures book in books)
            {
                Assert.Contains(status.Books, other => (other.Venue, other.Symbol, other.Channel, other.Digest) == (book.Venue, book.Symbol, book.Channel, book.Digest));
            }
        }
    }

    [Fact]
    public async Task A_lost_connection_empties_its_books_alone()
    {
        WallClock clock = new();
        using LiveEngine engine = new(new LiveOptions(), clock, NullLogger.Instance);
        RecordedFeed[] feeds = [.. Feeds.Select(feed => new RecordedFeed(feed.Venue, feed.Recording, engine, clock))];
        Attach(engine, feeds);
        engine.Start();
        await PlayAsync(feeds);
        feeds[0].Close(clock.NowNs);
        for (long untilNs = clock.NowNs + 10_000_000_000; clock.NowNs < untilNs && engine.Status().Books.All(static book => book.State != BookState.Empty);)
        {
            await Task.Delay(20);
        }

        engine.Stop();
        foreach (BookFigures book in engine.Status().Books)
        {
            Assert.Equal(book.Venue == Venue.Okx, book.State == BookState.Empty);
        }
    }

    private static async Task<LiveStatus> RunAsync(LiveOptions options)
    {
        WallClock clock = new();
        using LiveEngine engine = new(options, clock, NullLogger.Instance);
        RecordedFeed[] feeds = [.. Feeds.Select(feed => new RecordedFeed(feed.Venue, feed.Recording, engine, clock))];
        Attach(engine, feeds);
        engine.Start();
        await PlayAsync(feeds);
        engine.BeginClosing();
        foreach (RecordedFeed feed in feeds)
        {
            feed.Close(clock.NowNs);
        }

        engine.Stop();
        return engine.Status();
    }

    private static void Attach(LiveEngine engine, RecordedFeed[] feeds)
    {
        for (int i = 0; i < feeds.Length; i++)
        {
            engine.Attach(Feeds[i].Venue, feeds[i]);
        }
    }

    private static async Task PlayAsync(RecordedFeed[] feeds)
    {
        await Task.WhenAll(feeds.Select(static feed => feed.RunAsync(CancellationToken.None)));
    }

    private static IReadOnlyList<BookFigures> Replay(Venue venue, string file, string journal)
    {
        var router = new VenueRouter();
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
