using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Tests.TestSupport;
using static Lob.Fast.Engine.Tests.TestSupport.Level;

namespace Lob.Fast.Engine.Tests.Integrity;

/// <summary>Books whose snapshots come in the stream itself, by the algorithms of OKX (ids that link) and Bybit (ids that count).</summary>
public class OwnSnapshotTests
{
    private const long None = Sequence.None;

    [Fact]
    public void Before_a_snapshot_there_is_nothing_to_apply_a_delta_to()
    {
        using Market market = Market.Own(ContinuityRule.Link);
        Assert.Empty(market.Linked(None, 10, 9, Bid(100, 1)));
        Assert.Equal((BookState.Empty, 0, 1), (market.State, market.Book.BidCount, market.Stream.Totals.Messages));
        Assert.Equal(0, market.Stream.WaitingSlots);
    }

    [Fact]
    public void A_snapshot_makes_the_book_live_at_once_without_an_image()
    {
        using Market market = Market.Own(ContinuityRule.Link);
        Record[] derived = market.Whole(None, 10, -1, Bid(100, 1), Ask(101, 2));
        Assert.Equal([RecordKind.Resync, RecordKind.BookStateChange], derived.Kinds());
        Resync resync = derived.Single<Resync>();
        Assert.Equal((ResyncKind.First, 10, 10, 0u, 0u, 0L),
            ((ResyncKind)resync.Header.Code, resync.SnapshotSequence, resync.LastSequence, resync.Dropped, resync.Applied, resync.DownNs));
        BookStateChange change = derived.Single<BookStateChange>();
        Assert.Equal((BookState.Empty, BookState.Live, Evidence.Sequence), (change.From, (BookState)change.Header.Code, change.Evidence));
        Assert.Equal((0, 1), (market.Stream.Totals.Resyncs, market.Stream.Totals.Snapshots));
    }

    /// <summary>The worked chain of the OKX protocol sheet: -1,10 · 10,15 · 15,15 keepalive · 15,3 maintenance · 3,5 · 7,9 gap.</summary>
    [Fact]
    public void The_worked_chain_of_okx()
    {
        using Market market = Market.Own(ContinuityRule.Link);
        market.Whole(None, 10, -1, Bid(100, 1), Ask(101, 2));
        Assert.Empty(market.Linked(None, 15, 10, Bid(99, 5)));
        Assert.Empty(market.Linked(None, 15, 15));
        Assert.Equal((BookState.Live, 15), (market.State, market.Stream.LastSequence));
        Assert.Empty(market.Linked(None, 3, 15, Bid(98, 6)));
        Assert.Equal((BookState.Live, 3, 6L), (market.State, market.Stream.LastSequence, market.Book.QuantityAt(Side.Bid, 98)));
        Assert.Empty(market.Linked(None, 5, 3, Bid(98, 0)));
        Record[] derived = market.Linked(None, 9, 7, Bid(97, 7));
        Gap gap = derived.Single<Gap>();
        Assert.Equal((GapReason.Sequence, 5, 7, 5), ((GapReason)gap.Header.Code, gap.Expected, gap.Found, gap.LastSequence));
        Assert.Equal((BookState.Broken, 0L, 5), (market.State, market.Book.QuantityAt(Side.Bid, 97), market.Stream.LastSequence));

        // Nothing but a snapshot heals, and none of what comes before it is kept.
        Assert.Empty(market.Linked(None, 10, 5, Bid(97, 7)));
        Record[] healed = market.Whole(None, 20, -1, Bid(90, 1));
        Assert.Equal((ResyncKind.Again, 2_000_000L), ((ResyncKind)healed.Single<Resync>().Header.Code, healed.Single<Resync>().DownNs));
        Assert.Equal((BookState.Live, 1, 0, 1, 1), (market.State, market.Book.BidCount, market.Book.AskCount, market.Stream.Totals.Gaps, market.Stream.Totals.Resyncs));
    }

    [Fact]
    public void An_okx_delta_that_comes_twice_is_a_duplicate_and_one_from_before_is_a_gap()
    {
        using Market market = Market.Own(ContinuityRule.Link);
        market.Whole(None, 10, -1, Bid(100, 1));
        market.Linked(None, 15, 10, Bid(99, 5));
        Assert.Equal([RecordKind.MessageIgnored], market.Linked(None, 15, 10, Bid(99, 5)).Kinds());
        Assert.Equal(GapReason.Sequence, (GapReason)market.Linked(None, 15, 10, Bid(99, 4)).Single<Gap>().Header.Code);
    }

    [Fact]
    public void Okx_messages_without_ids_are_taken_as_they_come_and_prove_nothing()
    {
        using Market market = Market.Own(ContinuityRule.Link);
        Record[] derived = market.Whole(None, None, None, Bid(100, 1));
        Assert.Equal((Evidence.None, BookState.Live), (derived.Single<BookStateChange>().Evidence, market.State));
        Assert.Empty(market.Linked(None, None, None, Bid(99, 1)));
        Assert.Equal((Evidence.None, 2), (market.Stream.Evidence, market.Book.BidCount));

        // With the first id there is a sequence, and readers are told.
        derived = market.Whole(None, 7, -1, Bid(100, 1));
        BookStateChange change = derived.Single<BookStateChange>();
        Assert.Equal((BookState.Live, BookState.Live, Evidence.Sequence), (change.From, (BookState)change.Header.Code, change.Evidence));
        Assert.Equal([RecordKind.Gap, RecordKind.BookStateChange], market.Linked(None, None, None, Bid(99, 1)).Kinds());
    }

    /// <summary>Bybit: u counts by one, a snapshot at any time, u at or below the last is an old message.</summary>
    [Fact]
    public void The_algorithm_of_bybit()
    {
        using Market market = Market.Own(ContinuityRule.Range, depthLimit: 50);
        Assert.Empty(Bybit(market, 5, Bid(100, 9)));
        market.Whole(10, 10, 1_000, Bid(100, 1), Ask(101, 1));
        Assert.Empty(Bybit(market, 11, Bid(99, 1)));
        Assert.Equal([RecordKind.MessageIgnored], Bybit(market, 11, Bid(99, 2)).Kinds());
        Assert.Equal([RecordKind.MessageIgnored], Bybit(market, 3, Bid(99, 2)).Kinds());
        Assert.Equal((11, 1L, BookState.Live), (market.Stream.LastSequence, market.Book.QuantityAt(Side.Bid, 99), market.State));

        // A later snapshot replaces the book, whatever its u; the same u again does too.
        Assert.Empty(market.Whole(30, 30, 1_100, Bid(98, 3)));
        Assert.Empty(market.Whole(30, 30, 1_100, Bid(98, 4)));
        Assert.Equal((30, 1, 4L, 0), (market.Stream.LastSequence, market.Book.BidCount, market.Book.QuantityAt(Side.Bid, 98), market.Book.AskCount));
        Assert.Empty(Bybit(market, 31, Ask(102, 1)));
        Gap gap = Bybit(market, 33, Ask(102, 2)).Single<Gap>();
        Assert.Equal((32, 33, 31), (gap.Expected, gap.Found, gap.LastSequence));
        Assert.Empty(Bybit(market, 34, Ask(102, 2)));

        // The service restarted: u is 1 and the message is a whole book.
        Assert.Equal([RecordKind.Resync, RecordKind.BookStateChange], market.Whole(1, 1, 2_000, Bid(97, 1)).Kinds());
        Assert.Empty(Bybit(market, 2, Bid(96, 1)));
        Assert.Equal((2, BookState.Live, 0), (market.Stream.LastSequence, market.State, market.Stream.Totals.Rejected));

        static Record[] Bybit(Market market, long u, Level level) => market.Linked(u, u, 1_000 + u, level);
    }

    [Fact]
    public void A_stale_book_is_live_again_with_a_snapshot()
    {
        using Market market = Market.Own(ContinuityRule.Link);
        market.Whole(None, 10, -1, Bid(100, 1));
        market.TickAt(40);
        Assert.Equal(BookState.Stale, market.State);
        Assert.Equal([RecordKind.BookStateChange], market.Whole(None, 11, -1, Bid(100, 1)).Kinds());
        Assert.Equal(BookState.Live, market.State);
    }

    [Fact]
    public void A_frame_that_was_rejected_breaks_the_book_until_the_next_snapshot()
    {
        using Market market = Market.Own(ContinuityRule.Link);
        market.Whole(None, 10, -1, Bid(100, 1));
        Assert.Equal([RecordKind.BookStateChange], market.Rejected(1).Kinds());
        Assert.Empty(market.Linked(None, 12, 10, Bid(99, 1)));
        Assert.Equal([RecordKind.Resync, RecordKind.BookStateChange], market.Whole(None, 13, -1, Bid(100, 1)).Kinds());
    }

    [Fact]
    public void The_range_that_is_known_ends_where_a_full_side_ends()
    {
        using Market market = Market.Own(ContinuityRule.Link, depthLimit: 2);
        market.Whole(None, 10, -1, Bid(100, 1), Bid(99, 1), Ask(101, 1));
        Assert.Equal(new PriceRange(99, long.MaxValue), market.Stream.KnownRange);
        market.Linked(None, 11, 10, Ask(105, 1));
        Assert.Equal(new PriceRange(99, 105), market.Stream.KnownRange);
        market.Linked(None, 12, 11, Bid(99, 0));
        Assert.Equal(new PriceRange(long.MinValue, 105), market.Stream.KnownRange);
        market.Process(Messages.Instrument(1, 2, 3, 3, market.NowNs));
        Assert.Equal(new PriceRange(long.MinValue, 1_050), market.Stream.KnownRange);
    }

    [Fact]
    public void A_snapshot_that_was_cut_off_says_how_far_it_reaches()
    {
        using Market market = Market.Own(ContinuityRule.Link);
        Record[] message = Messages.OwnSnapshot(1, None, 10, -1, market.Next(), Bid(100, 1), Bid(98, 1), Ask(101, 1));
        Record.As<MessageBegin>(ref message[0]).Detail = (byte)SnapshotLimits.BidsCut;
        market.Process(message);
        Assert.Equal(new PriceRange(98, long.MaxValue), market.Stream.KnownRange);
        market.Whole(None, 11, -1, Bid(100, 1));
        Assert.Equal(PriceRange.Unbounded, market.Stream.KnownRange);
    }

    [Fact]
    public void A_snapshot_says_nothing_of_the_deltas_and_is_not_compared_with_the_ticker()
    {
        using Market market = Market.Own(ContinuityRule.Link);
        market.Process(Messages.Stream(2, 1, StreamRole.BookSnapshots, ContinuityRule.None, BridgeRule.None, market.NowNs));
        market.Process(Messages.Stream(3, 1, StreamRole.Ticker, ContinuityRule.None, BridgeRule.None, market.NowNs));
        market.Ticker(10, 100, 1, 101, 1);
        market.Whole(None, 10, -1, Bid(100, 1), Ask(101, 1));
        Assert.Equal(0, market.Stream.Totals.BestCompared);

        // A delta is; and the keepalive that repeats its id is not compared again.
        market.Ticker(12, 100, 1, 101, 1);
        market.Linked(None, 12, 10, Bid(99, 1));
        market.Linked(None, 12, 12);
        market.Ticker(12, 100, 1, 101, 1);
        Assert.Equal((1, 1), (market.Stream.Totals.BestCompared, market.Stream.Totals.BestEqual));
    }

    [Fact]
    public void A_new_connection_starts_over()
    {
        using Market market = Market.Own(ContinuityRule.Link);
        market.Whole(None, 10, -1, Bid(100, 1));
        Assert.Equal([RecordKind.Gap, RecordKind.BookStateChange, RecordKind.BookStateChange], market.Opened().Kinds());
        Assert.Empty(market.Opened());
        Assert.Equal((BookState.Empty, 0, None), (market.State, market.Book.BidCount, market.Stream.LastSequence));
        Assert.Empty(market.Linked(None, 12, 10, Bid(99, 1)));
        Record[] derived = market.Whole(None, 13, -1, Bid(100, 1));
        Assert.Equal(ResyncKind.Again, (ResyncKind)derived.Single<Resync>().Header.Code);
    }

    [Theory]
    [InlineData(ContinuityRule.None, true)]
    [InlineData(ContinuityRule.Connection, true)]
    [InlineData(ContinuityRule.Link, false)]
    [InlineData(ContinuityRule.Range, false)]
    public void A_delta_by_another_connection_goes_on_only_where_a_sequence_links_it(ContinuityRule rule, bool breaks)
    {
        using Market market = Market.Own(rule);
        market.Whole(1, 1, None, Bid(100, 1));
        Record[] derived = market.Process(Messages.Delta(1, 2, 2, 1, market.Next(), Bid(99, 1)).On(3));
        Assert.Equal(breaks, market.State == BookState.Broken);
        Assert.Equal(breaks ? [RecordKind.Gap, RecordKind.BookStateChange] : [], derived.Kinds());
        if (breaks)
        {
            Assert.Equal(GapReason.Connection, (GapReason)derived.Single<Gap>().Header.Code);
        }

        // From now on it is a book of that connection.
        market.Process(Messages.OwnSnapshot(1, 9, 9, None, market.Next(), Bid(100, 1)).On(3));
        Assert.Equal(BookState.Live, market.State);
        Assert.Empty(market.Rejected(0, connection: 0));
        Assert.Equal([RecordKind.BookStateChange], market.Rejected(0, connection: 3).Kinds());
    }

    [Fact]
    public void A_snapshot_with_more_levels_than_a_book_may_hold_is_refused_in_every_state()
    {
        using Market market = Market.Own(ContinuityRule.Link);
        var levels = new Level[Engine.Books.L2Book.LevelsMax];
        for (int i = 0; i < levels.Length; i++)
        {
            levels[i] = Bid(1 + i, 1);
        }

        Record[] derived = market.Whole(None, 5, -1, levels);
        Assert.Equal(IgnoreReason.BookFull, (IgnoreReason)derived.Single<MessageIgnored>().Header.Code);
        Assert.Equal((BookState.Empty, 0), (market.State, market.Book.BidCount));
        market.Whole(None, 6, -1, Bid(100, 1));
        Assert.Equal(GapReason.BookFull, (GapReason)market.Whole(None, 7, -1, levels).Single<Gap>().Header.Code);
        Assert.Equal((BookState.Broken, 1, 6), (market.State, market.Book.BidCount, market.Stream.LastSequence));
    }
}
