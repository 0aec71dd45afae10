using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Venues.Live;
using Lob.Fast.Venues.Tests.Support;
using Lob.Fast.VenueSim;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lob.Fast.Venues.Tests;

/// <summary>From the local exchange by a feed to books that are proven, and again behind a resync.</summary>
public sealed class FeedToBookTests
{
    private static readonly (Venue Venue, string? Channel)[] Books =
    [
        (Venue.BinanceSpot, null),
        (Venue.BinanceUsdM, null),
        (Venue.BinanceCoinM, null),
        (Venue.BybitLinear, null),
        (Venue.BybitLinear, "orderbook.1"),
        (Venue.BybitSpot, "orderbook.1000"),
        (Venue.BybitInverse, null),
        (Venue.Okx, null),
        (Venue.Okx, "books5"),
        (Venue.Bitfinex, null),
        (Venue.Coinbase, null),
        (Venue.CoinbaseAdvanced, null),
    ];

    [Fact]
    public async Task Books_of_all_venues_become_live_without_a_gap_and_are_live_again_behind_a_resync()
    {
        await using LocalExchange exchange = await LocalExchange.StartAsync(new LocalExchangeOptions());
        WallClock clock = new();
        using LiveEngine engine = new(new LiveOptions(), clock, NullLogger.Instance);
        List<IVenueFeed> feeds = [];
        int symbols = 0;
        foreach ((Venue venue, string? channel) in Books)
        {
            string name = venue.ToName();
            FeedOptions options = new()
            {
                Venue = venue,
                Symbols = exchange.Status.Venues.Single(served => served.Venue == name).Symbols,
                Channels = channel is null ? null : [channel],
                WebSocket = exchange.Endpoints[name].WebSocket,
                Rest = exchange.Endpoints[name].Rest,
            };
            IVenueFeed feed = VenueFeeds.Create(options, engine, clock, NullLogger.Instance, TimeProvider.System, new GivenCredentials());
            engine.Attach(venue, feed);
            feeds.Add(feed);
            symbols += options.Symbols.Count;
        }

        engine.Start();
        using CancellationTokenSource end = new();
        Task run = Task.WhenAll(feeds.Select(feed => feed.RunAsync(end.Token)));
        await UntilAsync(run, () => IsProven(engine, symbols));
        foreach (BookFigures book in engine.Status().Books)
        {
            feeds.ForEach(feed => feed.Resync(book.Symbol, book.Channel));
        }

        Assert.Equal(symbols, feeds.SelectMany(static feed => feed.Status()).Sum(static connection => connection.Resyncs));
        await Task.Delay(TimeSpan.FromSeconds(2));
        await UntilAsync(run, () => IsProven(engine, symbols));
        Assert.All(feeds.SelectMany(static feed => feed.Status()), static connection => Assert.Null(connection.LastFault));
        Assert.All(engine.Status().Books, static book => Assert.Equal((0, 0), (book.Totals.Gaps, book.Totals.Rejected)));
        engine.BeginClosing();
        await end.CancelAsync();
        await run.WaitAsync(ScriptedVenue.Deadline);
        engine.Stop();
    }

    private static bool IsProven(LiveEngine engine, int symbols)
    {
        IReadOnlyList<BookFigures> books = engine.Status().Books;
        return books.Count == symbols && books.All(static book => book.State == BookState.Live && book.Bids > 0 && book.Asks > 0);
    }

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

            await Task.Delay(20, late.Token);
        }
    }
}
