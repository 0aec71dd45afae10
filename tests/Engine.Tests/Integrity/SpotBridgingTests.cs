using Lob.Fast.Engine.Integrity;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Tests.TestSupport;
using static Lob.Fast.Engine.Tests.TestSupport.Level;

namespace Lob.Fast.Engine.Tests.Integrity;

/// <summary>
/// Joining a REST snapshot to the deltas by the rules of Binance spot: drop u ≤ L, the first used has U ≤ L + 1 ≤ u, then U ≤ last + 1.
/// </summary>
public class SpotBridgingTests
{
    /// <summary>The worked example of Binance's rules: buffered [157,160] [161,163] [164,169], snapshot 161, then [172,175].</summary>
    [Fact]
    public void Deltas_wait_for_a_snapshot_that_joins_them()
    {
        using Market market = Market.Spot();
        Assert.Equal(BookState.Empty, market.State);

        Record[] derived = market.Delta(157, 160, Bid(9_000, 5));
        Assert.Equal([RecordKind.BookStateChange], derived.Kinds());
        Assert.Equal((BookState.Empty, BookState.Bridging), Change(derived));
        Assert.Empty(market.Delta(161, 163, Bid(9_001, 6), Ask(10_500, 0)));
        Assert.Empty(market.Delta(164, 169, Ask(10_001, 7)));
        Assert.Equal(7, market.Stream.WaitingSlots);
        Assert.Equal(0, market.Book.BidCount);

        derived = market.Snapshot(161, Bid(9_002, 1), Bid(9_001, 2), Ask(10_001, 3), Ask(10_500, 4));

        Assert.Equal(
            [RecordKind.BookImage, RecordKind.LevelSet, RecordKind.LevelSet, RecordKind.LevelSet, RecordKind.Resync, RecordKind.BookStateChange],
            derived.Kinds());
        Assert.Equal((BookState.Bridging, BookState.Live), Change(derived));
        Resync resync = derived.Single<Resync>();
        Assert.Equal((ResyncKind.First, 161L, 169L, 1u, 2u, 0L), Facts(resync));
        Assert.Equal([(9_002L, 1L), (9_001L, 6L)], Levels(market, Side.Bid));
        Assert.Equal([(10_001L, 7L)], Levels(market, Side.Ask));
        Assert.Equal((169, Evidence.Sequence), (market.Stream.LastSequence, market.Stream.Evidence));
        Assert.Equal(0, market.Stream.WaitingSlots);
        Assert.Equal([new BridgeReport(161, 1, 2)], market.Stream.Bridges);

        // The image is the whole book, best first, as one message.
        BookImage image = derived.Single<BookImage>();
        Assert.Equal((169L, 2u, 1u, BookState.Live, Evidence.Sequence), (image.LastSequence, image.BidLevels, image.AskLevels, image.State, image.Evidence));
        Assert.Equal((long.MinValue, long.MaxValue), (image.KnownLowTicks, image.KnownHighTicks));
        Assert.True(derived[0].Header.Has(RecordFlags.FirstInMessage));
        Assert.True(derived[3].Header.Has(RecordFlags.LastInMessage));
        Assert.Equal([9_002, 9_001, 10_001], derived[1..4].Select(static record => Record.Read<LevelSet>(record).PriceTicks));

        derived = market.Delta(172, 175, Bid(9_003, 1));
        Assert.Equal([RecordKind.Gap, RecordKind.BookStateChange], derived.Kinds());
        Gap gap = derived.Single<Gap>();
        Assert.Equal((GapReason.Sequence, 170L, 172L, 169L), ((GapReason)gap.Header.Code, gap.Expected, gap.Found, gap.LastSequence));
        Assert.Equal((BookState.Live, BookState.Broken), Change(derived));
        Assert.Equal([(9_002L, 1L), (9_001L, 6L)], Levels(market, Side.Bid));
        Assert.Equal((1, 0), (market.Stream.Totals.Gaps, market.Stream.Totals.Resyncs));
    }

    [Theory]
    [InlineData(160, 162)] // U ≤ L + 1 ≤ u
    [InlineData(162, 165)] // U = L + 1
    [InlineData(162, 162)]
    [InlineData(100, 162)] // ends just behind it
    public void The_first_delta_behind_a_waiting_snapshot_joins(long first, long last)
    {
        using Market market = Market.Spot();
        Record[] derived = market.Snapshot(161, Bid(9_000, 1));
        Assert.Equal((BookState.Empty, BookState.Bridging), Change(derived));

        // What the snapshot already holds is dropped without a trace in the book.
        Assert.Empty(market.Delta(150, 159, Bid(9_000, 77)));
        Assert.Equal(0, market.Stream.WaitingSlots);

        derived = market.Delta(first, last, Bid(9_001, 2));
        Assert.Equal((ResyncKind.First, 161L, last, 1u, 1u, 0L), Facts(derived.Single<Resync>()));
        Assert.Equal([(9_001L, 2L), (9_000L, 1L)], Levels(market, Side.Bid));
        Assert.Equal(BookState.Live, market.State);
    }

    [Fact]
    public void A_delta_that_ends_at_the_snapshot_makes_the_book_live_without_being_applied()
    {
        using Market market = Market.Spot();
        market.Snapshot(161, Bid(9_000, 1));
        Record[] derived = market.Delta(158, 161, Bid(9_000, 99));

        Assert.Equal((ResyncKind.First, 161L, 161L, 1u, 0u, 0L), Facts(derived.Single<Resync>()));
        Assert.Equal([(9_000L, 1L)], Levels(market, Side.Bid));
        Assert.Empty(market.Delta(162, 163, Bid(9_001, 1)));
        Assert.Equal((BookState.Live, 163), (market.State, market.Stream.LastSequence));
    }

    [Fact]
    public void The_same_among_waiting_deltas_lets_those_behind_it_follow()
    {
        using Market market = Market.Spot();
        market.Delta(150, 155, Bid(1, 1));
        market.Delta(156, 161, Bid(2, 1));
        market.Delta(162, 170, Bid(3, 1));
        Record[] derived = market.Snapshot(161, Bid(9_000, 1));

        Assert.Equal((ResyncKind.First, 161L, 170L, 2u, 1u, 0L), Facts(derived.Single<Resync>()));
        Assert.Equal([(9_000L, 1L), (3L, 1L)], Levels(market, Side.Bid));
    }

    [Fact]
    public void A_snapshot_that_holds_everything_that_waited_goes_on_waiting_itself()
    {
        using Market market = Market.Spot();
        market.Delta(150, 155, Bid(1, 1));
        market.Delta(156, 160, Bid(2, 1));
        Assert.Empty(market.Snapshot(200, Bid(9_000, 1)));
        Assert.Equal(0, market.Stream.WaitingSlots);
        Assert.Empty(market.Delta(161, 190, Bid(3, 1)));

        Record[] derived = market.Delta(191, 205, Bid(4, 1));
        Assert.Equal((ResyncKind.First, 200L, 205L, 3u, 1u, 0L), Facts(derived.Single<Resync>()));
        Assert.Equal([(9_000L, 1L), (4L, 1L)], Levels(market, Side.Bid));
    }

    [Fact]
    public void An_older_snapshot_does_not_replace_one_that_waits()
    {
        // Two answers that overtook each other: the deltas between them were dropped on the word of the newer one.
        using Market market = Market.Spot();
        market.Snapshot(200, Bid(9_000, 1));
        Assert.Empty(market.Delta(151, 180, Bid(1, 1)));
        Assert.Empty(market.Snapshot(150, Bid(8_000, 1)));
        Assert.Equal((1, 200), (market.Stream.Totals.SnapshotsUnused, market.Stream.LastSequence));

        Record[] derived = market.Delta(181, 205, Bid(2, 1));
        Assert.Equal((ResyncKind.First, 200L, 205L, 1u, 1u, 0L), Facts(derived.Single<Resync>()));
        Assert.Equal([(9_000L, 1L), (2L, 1L)], Levels(market, Side.Bid));
    }

    [Fact]
    public void A_broken_book_that_has_a_snapshot_is_bridging()
    {
        using Market market = Market.LiveSpot();
        market.Delta(105, 110, Bid(1, 1));
        Assert.Equal(BookState.Broken, market.State);
        Assert.Equal((BookState.Broken, BookState.Bridging), Change(market.Snapshot(150, Bid(9_000, 1))));
        Assert.Empty(market.Snapshot(160, Bid(9_001, 1)));
        Record[] derived = market.Delta(111, 161);
        Assert.Equal((BookState.Bridging, BookState.Live), Change(derived));
        Assert.Equal((ResyncKind.Again, 160L), ((ResyncKind)derived.Single<Resync>().Header.Code, derived.Single<Resync>().SnapshotSequence));
    }

    [Fact]
    public void A_snapshot_from_before_the_deltas_is_too_old_and_a_newer_one_joins()
    {
        using Market market = Market.Spot();
        market.Delta(157, 160, Bid(1, 1));
        Assert.Empty(market.Snapshot(155, Bid(9_000, 1)));
        Assert.Equal((BookState.Bridging, 1, 0), (market.State, market.Stream.Totals.SnapshotsUnused, market.Book.BidCount));

        // 156 is the last one that joins: the first waiting delta starts just behind it.
        Record[] derived = market.Snapshot(156, Bid(9_000, 1));
        Assert.Equal((ResyncKind.First, 156L, 160L, 0u, 1u, 0L), Facts(derived.Single<Resync>()));
    }

    [Fact]
    public void A_waiting_snapshot_that_the_next_delta_shows_to_be_too_old_is_given_up()
    {
        using Market market = Market.Spot();
        market.Snapshot(161, Bid(9_000, 1));
        Assert.Empty(market.Delta(170, 175, Bid(1, 1)));
        Assert.Equal((BookState.Bridging, 2), (market.State, market.Stream.WaitingSlots));
        market.Delta(176, 180, Bid(2, 1));

        Record[] derived = market.Snapshot(172, Bid(8_000, 1));
        Assert.Equal((ResyncKind.First, 172L, 180L, 0u, 2u, 0L), Facts(derived.Single<Resync>()));
        Assert.Equal([(8_000L, 1L), (2L, 1L), (1L, 1L)], Levels(market, Side.Bid));
    }

    [Fact]
    public void A_gap_among_the_waiting_deltas_starts_them_anew()
    {
        using Market market = Market.Spot();
        market.Delta(150, 155, Bid(1, 1));
        market.Delta(156, 160, Bid(2, 1));
        market.Delta(165, 170, Bid(3, 1));
        Assert.Equal(2, market.Stream.WaitingSlots);

        // Joining at 152 would step over 161–164.
        Assert.Empty(market.Snapshot(152, Bid(9_000, 1)));
        Assert.Equal(BookState.Bridging, market.State);
        Record[] derived = market.Snapshot(166, Bid(9_000, 1));
        Assert.Equal((166L, 170L, 1u), (derived.Single<Resync>().SnapshotSequence, derived.Single<Resync>().LastSequence, derived.Single<Resync>().Applied));
    }

    [Fact]
    public void A_repeat_among_the_waiting_deltas_is_ignored()
    {
        using Market market = Market.Spot();
        market.Delta(150, 155, Bid(1, 1));
        market.Delta(150, 155, Bid(1, 1));
        market.Delta(140, 149, Bid(1, 1));
        Assert.Equal((2, 2), (market.Stream.WaitingSlots, market.Stream.Totals.Duplicates));
    }

    [Fact]
    public void A_full_waiting_room_drops_its_older_half_and_counts_it()
    {
        using Market market = Market.Spot();
        var levels = new Level[1023];
        for (int i = 0; i < levels.Length; i++)
        {
            levels[i] = Bid(1 + i, 1);
        }

        for (int i = 0; i < 64; i++)
        {
            market.Delta(1000 + (10 * i), 1009 + (10 * i), levels);
        }

        Assert.Equal((BookStream.WaitingSlotsMax, 0), (market.Stream.WaitingSlots, market.Stream.Totals.WaitingDropped));
        market.Delta(1640, 1649, levels);
        Assert.Equal((33 * 1024, 32), (market.Stream.WaitingSlots, market.Stream.Totals.WaitingDropped));

        // What was dropped is missing: a snapshot from before is too old, one at what is left joins.
        Assert.Empty(market.Snapshot(1318, Bid(9_000, 1)));
        Record[] derived = market.Snapshot(1319, Bid(9_000, 1));
        Assert.Equal((0u, 33u), (derived.Single<Resync>().Dropped, derived.Single<Resync>().Applied));
    }

    [Fact]
    public void A_single_delta_larger_than_the_waiting_room_starts_the_waiting_behind_it()
    {
        using Market market = Market.Spot();
        market.Delta(100, 110, Bid(1, 1));
        var levels = new Level[BookStream.WaitingSlotsMax];
        for (int i = 0; i < levels.Length; i++)
        {
            levels[i] = Bid(1 + i, 1);
        }

        market.Delta(111, 120, levels);
        Assert.Equal(0, market.Stream.WaitingSlots);
        market.Delta(121, 130, Bid(5, 1));
        Assert.Empty(market.Snapshot(119, Bid(9_000, 1)));
        Assert.Single(market.Snapshot(120, Bid(9_000, 1)), static record => record.Header.Kind == RecordKind.Resync);
    }

    [Fact]
    public void A_snapshot_for_a_live_book_is_not_used()
    {
        using Market market = Market.LiveSpot();
        Assert.Empty(market.Snapshot(500, Bid(1, 1)));
        Assert.Equal((BookState.Live, 100, 1), (market.State, market.Stream.LastSequence, market.Stream.Totals.SnapshotsUnused));
    }

    [Fact]
    public void The_second_bridge_is_a_resync_and_says_how_long_the_book_was_down()
    {
        using Market market = Market.LiveSpot();
        market.WaitUntil(10);
        market.Delta(105, 110, Bid(1, 1)); // 101–104 are missing
        Assert.Equal(BookState.Broken, market.State);
        Assert.Equal(Evidence.None, market.Stream.Evidence);

        market.WaitUntil(12.5);
        Record[] derived = market.Snapshot(107, Bid(9_000, 1));
        Assert.Equal((ResyncKind.Again, 107L, 110L, 0u, 1u, 2_500_000_000L), Facts(derived.Single<Resync>()));
        Assert.Equal((BookState.Broken, BookState.Live), Change(derived));
        Assert.Equal((1, 1), (market.Stream.Totals.Gaps, market.Stream.Totals.Resyncs));
        Assert.Equal(2, market.Stream.Bridges.Count);
    }

    [Fact]
    public void A_snapshot_that_comes_before_any_stream_is_held_for_the_books_to_come()
    {
        using var market = new Market(declare: false);
        market.Process(Messages.Instrument(1, 1, 2, 3, Market.Start));
        market.Process(Messages.Stream(1, 1, StreamRole.BookSnapshots, ContinuityRule.None, BridgeRule.None, Market.Start));
        Assert.Empty(market.Process(Messages.Snapshot(1, 150, SnapshotLimits.None, Market.Start, Bid(1, 1))));
        Assert.Empty(market.Process(Messages.Snapshot(1, 161, SnapshotLimits.AsksCut, Market.Start, Bid(9_000, 1), Ask(10_000, 1))));

        Record[] derived = market.Process(Messages.Stream(2, 1, StreamRole.Book, ContinuityRule.Range, BridgeRule.RangeAfter, Market.Start));
        Assert.Equal((BookState.Empty, BookState.Bridging), Change(derived));
        derived = market.Process(Messages.Delta(2, 160, 165, Sequence.None, Market.Start, Bid(9_001, 1)));
        Assert.Equal((161L, 165L), (derived.Single<Resync>().SnapshotSequence, derived.Single<Resync>().LastSequence));
        Assert.Equal(new PriceRange(long.MinValue, 10_000), market.Stream.KnownRange);

        // A second book of the same symbol gets it too.
        derived = market.Process(Messages.Stream(3, 1, StreamRole.Book, ContinuityRule.Range, BridgeRule.RangeAfter, Market.Start));
        Assert.Equal((BookState.Empty, BookState.Bridging), Change(derived));
        derived = market.Process(Messages.Delta(3, 162, 170, Sequence.None, Market.Start, Bid(9_001, 1)));
        Assert.Equal((161L, 170L), (derived.Single<Resync>().SnapshotSequence, derived.Single<Resync>().LastSequence));
        Assert.Equal([BookState.Live, BookState.Live], market.Logic.Books.Select(static book => book.State));
    }

    [Fact]
    public void A_side_that_was_cut_off_is_known_up_to_its_worst_price()
    {
        using Market market = Market.Spot();
        market.Snapshot(99, SnapshotLimits.BidsCut | SnapshotLimits.AsksCut, Bid(9_900, 1), Bid(9_800, 1), Ask(10_000, 1), Ask(10_300, 1));
        Assert.Equal(new PriceRange(9_800, 10_300), market.Stream.KnownRange);

        // The horizon annotates: levels beyond it are held all the same, and deleting the worst price does not move it.
        Record[] derived = market.Delta(100, 101, Bid(9_000, 1), Bid(9_800, 0));
        Assert.Equal(new PriceRange(9_800, 10_300), market.Stream.KnownRange);
        Assert.Equal((9_800, 10_300), (derived.Single<BookImage>().KnownLowTicks, derived.Single<BookImage>().KnownHighTicks));
        Assert.Equal([(9_900L, 1L), (9_000L, 1L)], Levels(market, Side.Bid));
    }

    [Fact]
    public void An_empty_book_is_bridged_too()
    {
        using Market market = Market.Spot();
        market.Snapshot(99);
        Record[] derived = market.Delta(100, 101);
        Assert.Equal([RecordKind.BookImage, RecordKind.Resync, RecordKind.BookStateChange], derived.Kinds());
        Assert.Equal(RecordFlags.FirstInMessage | RecordFlags.LastInMessage | RecordFlags.Derived, derived[0].Header.Flags);
        Assert.Equal(BookState.Live, market.State);
    }

    [Fact]
    public void Two_books_of_an_instrument_share_its_snapshots()
    {
        using Market market = Market.Spot();
        market.Process(Messages.Stream(4, 1, StreamRole.Book, ContinuityRule.Range, BridgeRule.RangeAfter, market.NowNs));
        market.Delta(100, 105, Bid(1, 1));
        market.Process(Messages.Delta(4, 90, 110, Sequence.None, market.NowNs, Bid(1, 2)));
        Record[] derived = market.Snapshot(102, Bid(9_000, 1));

        Assert.Equal([1u, 4u], derived.Where(static record => record.Header.Kind == RecordKind.Resync).Select(static record => record.Header.StreamId));
        Assert.Equal((105, 110), (market.Logic.Books[0].LastSequence, market.Logic.Books[1].LastSequence));
    }

    internal static (BookState From, BookState To) Change(Record[] derived)
    {
        BookStateChange change = derived.Single<BookStateChange>();
        return (change.From, (BookState)change.Header.Code);
    }

    internal static (long Price, long Quantity)[] Levels(Market market, Side side) =>
        [.. market.Book.ToArray(side).Select(static level => (level.PriceTicks, level.QuantityLots))];

    internal static (ResyncKind Kind, long Snapshot, long Last, uint Dropped, uint Applied, long DownNs) Facts(in Resync resync) =>
        ((ResyncKind)resync.Header.Code, resync.SnapshotSequence, resync.LastSequence, resync.Dropped, resync.Applied, resync.DownNs);
}
