using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Tests.TestSupport;
using static Lob.Fast.Engine.Tests.Integrity.SpotBridgingTests;
using static Lob.Fast.Engine.Tests.TestSupport.Level;

namespace Lob.Fast.Engine.Tests.Integrity;

/// <summary>What a live book believes, ignores, and breaks at.</summary>
public class ContinuityTests
{
    [Fact]
    public void A_gap_freezes_the_book()
    {
        using Market market = Market.LiveSpot();
        string digest = market.Book.Digest.ToString();
        Record[] derived = market.Delta(102, 103, Bid(9_950, 1));

        Assert.Equal([RecordKind.Gap, RecordKind.BookStateChange], derived.Kinds());
        Assert.Equal((BookState.Live, BookState.Broken), Change(derived));
        Assert.Equal(Evidence.None, derived.Single<BookStateChange>().Evidence);
        for (int i = 0; i < 5; i++)
        {
            Assert.Empty(market.Delta(104 + i, 104 + i, Bid(9_950, 1 + i), Ask(10_100, 0)));
        }

        Assert.Equal((digest, 100, BookState.Broken), (market.Book.Digest.ToString(), market.Stream.LastSequence, market.State));
        Assert.Equal((1, 1, 7), (market.Stream.Totals.Gaps, market.Stream.Totals.Applied, market.Stream.Totals.Messages));
    }

    [Fact]
    public void A_spot_delta_at_or_below_the_last_one_is_a_duplicate_whatever_it_holds()
    {
        using Market market = Market.LiveSpot();
        string digest = market.Book.Digest.ToString();
        foreach ((long first, long last) in new[] { (95L, 100L), (1L, 1L), (100L, 100L), (200L, 100L) })
        {
            Record[] derived = market.Delta(first, last, Bid(9_950, 1));
            MessageIgnored ignored = derived.Single<MessageIgnored>();
            Assert.Equal((IgnoreReason.Duplicate, last, 100L), ((IgnoreReason)ignored.Header.Code, ignored.MessageSequence, ignored.BookSequence));
        }

        Assert.Equal((4, digest, BookState.Live), (market.Stream.Totals.Duplicates, market.Book.Digest.ToString(), market.State));
    }

    [Fact]
    public void A_spot_delta_that_overlaps_is_applied()
    {
        using Market market = Market.LiveSpot();
        Assert.Empty(market.Delta(90, 103, Bid(9_950, 1)));
        Assert.Empty(market.Delta(104, 104, Bid(9_950, 2)));
        Assert.Equal((104, 2L), (market.Stream.LastSequence, market.Book.QuantityAt(Side.Bid, 9_950)));
    }

    [Fact]
    public void A_number_that_steps_back_while_the_second_count_goes_on_is_a_gap()
    {
        using Market market = Market.Own(ContinuityRule.Range);
        market.Whole(100, 100, 5_000, Bid(9_900, 1), Ask(10_100, 1));
        market.Process(Messages.Delta(Market.BookStreamId, 101, 101, 5_001, market.NowNs, Bid(9_900, 2)));

        // An old message again, or one without a second count, is a repeat.
        market.Process(Messages.Delta(Market.BookStreamId, 101, 101, 5_001, market.NowNs, Bid(9_900, 2)));
        market.Process(Messages.Delta(Market.BookStreamId, 100, 100, 5_000, market.NowNs, Bid(9_900, 1)));
        market.Delta(99, 99, Bid(9_900, 1));
        Assert.Equal((BookState.Live, 3), (market.State, market.Stream.Totals.Duplicates));

        Gap gap = market.Process(Messages.Delta(Market.BookStreamId, 5, 5, 5_002, market.NowNs, Ask(10_100, 0))).Single<Gap>();
        Assert.Equal((102, 5), (gap.Expected, gap.Found));
        market.Process(Messages.Delta(Market.BookStreamId, 102, 102, 5_100, market.NowNs, Bid(9_900, 9)));
        Assert.Equal((BookState.Broken, 2L), (market.State, market.Book.QuantityAt(Side.Bid, 9_900)));
    }

    [Fact]
    public void A_futures_delta_is_a_duplicate_only_if_it_is_the_last_one_again()
    {
        using Market market = Market.LiveFutures();
        Assert.Equal([RecordKind.MessageIgnored], market.Linked(95, 100, 98, Bid(9_899, 1)).Kinds());
        Assert.Equal((1, BookState.Live), (market.Stream.Totals.Duplicates, market.State));

        // The same numbers with another content is no repeat.
        Assert.Equal([RecordKind.Gap, RecordKind.BookStateChange], market.Linked(95, 100, 98, Bid(9_899, 2)).Kinds());
    }

    [Theory]
    [InlineData(94, 100, 98)]
    [InlineData(95, 100, 97)]
    [InlineData(80, 90, 70)]
    public void Another_old_futures_delta_is_a_gap(long first, long last, long previous)
    {
        using Market market = Market.LiveFutures();
        Gap gap = market.Linked(first, last, previous, Bid(9_899, 1)).Single<Gap>();
        Assert.Equal((100, previous), (gap.Expected, gap.Found));
    }

    [Fact]
    public void A_repeat_of_the_snapshot_alone_is_not_known_on_futures()
    {
        using Market market = Market.Futures();
        market.Snapshot(100, Bid(1, 1));
        market.Linked(90, 100, 80);
        market.Linked(90, 100, 80);
        Assert.Equal((BookState.Live, 1), (market.State, market.Stream.Totals.Duplicates));
    }

    [Fact]
    public void A_rejected_frame_of_the_stream_breaks_it_and_is_no_gap()
    {
        using Market market = Market.LiveSpot();
        Record[] derived = market.Rejected(Market.BookStreamId);
        Assert.Equal([RecordKind.BookStateChange], derived.Kinds());
        Assert.Equal((BookState.Live, BookState.Broken), Change(derived));
        Assert.Equal((0, 1, 100), (market.Stream.Totals.Gaps, market.Stream.Totals.Rejected, market.Stream.LastSequence));
        Assert.Empty(market.Rejected(Market.BookStreamId));

        // The delta it swallowed may have been the next one, or none: only a snapshot heals.
        Assert.Empty(market.Delta(101, 101, Bid(9_950, 1)));
        derived = market.Snapshot(100, Bid(9_900, 1));
        Assert.Equal(ResyncKind.Again, (ResyncKind)derived.Single<Resync>().Header.Code);
    }

    [Fact]
    public void A_rejected_frame_that_nobody_can_place_breaks_every_book_of_its_connection()
    {
        using Market market = Market.LiveSpot();
        market.Process(Messages.Stream(4, 1, StreamRole.Book, ContinuityRule.Range, BridgeRule.RangeAfter, market.NowNs, connection: 1));
        market.Process(Messages.Delta(4, 100, 101, Sequence.None, market.NowNs).On(1));
        market.Process(Messages.Snapshot(Market.Snapshots, 100, SnapshotLimits.None, market.NowNs, Bid(1, 1)));
        Assert.Equal(BookState.Live, market.Logic.Books[1].State);

        Assert.Empty(market.Rejected(0, connection: 7));
        Record[] derived = market.Rejected(0, connection: 1);
        Assert.Equal(4u, Assert.Single(derived).Header.StreamId);
        Assert.Equal((BookState.Live, BookState.Broken), (market.State, market.Logic.Books[1].State));
        Assert.Equal(1u, Assert.Single(market.Rejected(0, connection: 0)).Header.StreamId);
        Assert.Equal(3, market.Logic.Totals.Rejected);
    }

    [Fact]
    public void A_rejected_frame_of_a_ticker_breaks_nothing()
    {
        using Market market = Market.LiveSpot();
        Assert.Empty(market.Rejected(Market.TickerStream));
        Assert.Equal((BookState.Live, 0), (market.State, market.Stream.Totals.Rejected));
    }

    [Fact]
    public void A_connection_that_opens_anew_empties_its_books()
    {
        using Market market = Market.LiveSpot();
        Assert.Empty(market.Opened(connection: 1));

        Record[] derived = market.Opened();
        Assert.Equal([RecordKind.Gap, RecordKind.BookStateChange, RecordKind.BookStateChange], derived.Kinds());
        Assert.Equal(GapReason.Connection, (GapReason)derived[0].Header.Code);
        Assert.Equal([BookState.Broken, BookState.Empty], derived[1..].Select(static record => (BookState)record.Header.Code));
        Assert.Equal((0, 0, default, Sequence.None), (market.Book.BidCount, market.Book.AskCount, market.Book.Digest, market.Stream.LastSequence));
        Assert.Equal(PriceRange.Unbounded, market.Stream.KnownRange);
        Assert.Empty(market.Opened());

        // The sequence may start anywhere, and the time down counts from the loss.
        market.WaitUntil(20);
        market.Snapshot(5, Bid(1, 1));
        derived = market.Delta(6, 7);
        Resync resync = derived.Single<Resync>();
        Assert.Equal((ResyncKind.Again, 5L, 7L), ((ResyncKind)resync.Header.Code, resync.SnapshotSequence, resync.LastSequence));
        Assert.InRange(resync.DownNs, 19 * Messages.Second, 21 * Messages.Second);
    }

    [Fact]
    public void A_connection_that_closes_empties_its_books_at_once()
    {
        using Market market = Market.LiveSpot();
        Assert.Empty(market.Process(Messages.Connection(1, ConnectionEvent.Closed, market.NowNs)));

        Record[] derived = market.Process(Messages.Connection(0, ConnectionEvent.Closed, market.NowNs));
        Assert.Equal([RecordKind.Gap, RecordKind.BookStateChange, RecordKind.BookStateChange], derived.Kinds());
        Assert.Equal((BookState.Empty, 0, 1), (market.State, market.Book.BidCount, market.Stream.Totals.Gaps));
        Assert.Empty(market.Opened());
    }

    [Fact]
    public void A_connection_that_opens_anew_also_forgets_what_waits()
    {
        using Market market = Market.Spot();
        market.Delta(100, 110, Bid(1, 1));
        Assert.Equal((BookState.Bridging, BookState.Empty), Change(market.Opened()));
        Assert.Equal(0, market.Stream.WaitingSlots);
        Assert.Equal(0, market.Stream.Totals.Gaps);

        market.Snapshot(105, Bid(1, 1));
        market.Opened();
        Assert.Equal(0, market.Book.BidCount);
        market.Delta(106, 107, Bid(1, 1));
        Assert.Equal((BookState.Bridging, 2), (market.State, market.Stream.WaitingSlots));
    }

    [Fact]
    public void Silence_makes_a_live_book_stale_and_a_delta_live_again()
    {
        var transitions = new List<(BookState, BookState)>();
        using var market = new Market(new EngineOptions { WindowBits = 12, OnTransition = t => transitions.Add((t.From, t.To)) });
        market.GoLive();
        long lastAppliedNs = market.NowNs;

        // Exactly the quiet time is still quiet.
        Assert.DoesNotContain(RecordKind.BookStateChange, market.Process(Messages.Tick(lastAppliedNs + (30 * Messages.Second))).Kinds());
        Record[] derived = market.Process(Messages.Tick(lastAppliedNs + (30 * Messages.Second) + 1));
        Assert.Equal(RecordKind.BookStateChange, derived[0].Header.Kind);
        Assert.Equal((BookState.Live, BookState.Stale), Change(derived));
        Assert.Equal(Evidence.Sequence, market.Stream.Evidence);
        Assert.Contains(RecordKind.Seal, derived.Kinds());

        // A duplicate is not news.
        Assert.Equal([RecordKind.MessageIgnored], market.Delta(95, 100).Kinds());
        Assert.Equal(BookState.Stale, market.State);
        Assert.Equal((BookState.Stale, BookState.Live), Change(market.Delta(101, 101)));
        Assert.Equal(
            [(BookState.Empty, BookState.Bridging), (BookState.Bridging, BookState.Live), (BookState.Live, BookState.Stale), (BookState.Stale, BookState.Live)],
            transitions);
        Assert.Equal(4, market.Stream.Totals.Transitions);
    }

    [Fact]
    public void A_stale_book_breaks_like_a_live_one()
    {
        using Market market = Market.LiveSpot();
        market.TickAt(100);
        Assert.Equal(BookState.Stale, market.State);
        Assert.Equal((BookState.Stale, BookState.Broken), Change(market.Delta(105, 105)));
    }

    [Fact]
    public void Books_that_are_not_live_do_not_become_stale()
    {
        using Market market = Market.Spot();
        Assert.Empty(market.TickAt(100));
        market.Delta(100, 101);
        market.TickAt(200);
        Assert.Equal(BookState.Bridging, market.State);
    }

    [Fact]
    public void A_delta_that_could_overfill_the_book_breaks_it_unapplied()
    {
        using Market market = Market.Spot();
        var levels = new Level[Lob.Fast.Engine.Books.L2Book.LevelsMax - 10];
        for (int i = 0; i < levels.Length; i++)
        {
            levels[i] = Bid(1 + i, 1);
        }

        market.Snapshot(99, levels);
        market.Delta(100, 100, Bid(1, 2));
        Assert.Equal(BookState.Live, market.State);
        Record[] derived = market.Delta(101, 101, [.. Enumerable.Range(1, 20).Select(static i => Ask(2_000_000 + i, 1))]);
        Assert.Equal(GapReason.BookFull, (GapReason)derived.Single<Gap>().Header.Code);
        Assert.Equal((BookState.Broken, 0), (market.State, market.Book.AskCount));
    }

    [Fact]
    public void A_waiting_delta_that_could_overfill_the_book_is_not_applied_either()
    {
        using Market market = Market.Spot();
        var levels = new Level[Lob.Fast.Engine.Books.L2Book.LevelsMax - 10];
        for (int i = 0; i < levels.Length; i++)
        {
            levels[i] = Bid(100 + i, 1);
        }

        market.Delta(100, 100, Bid(100, 2));
        market.Delta(101, 101, [.. Enumerable.Range(1, 20).Select(static i => Bid(i, 1))]);
        market.Snapshot(99, levels);
        Assert.Equal((BookState.Live, 100L, levels.Length), (market.State, market.Stream.LastSequence, market.Book.BidCount));
        market.Delta(102, 102, Bid(100, 3));
        Assert.Equal((BookState.Broken, 100L), (market.State, market.Stream.LastSequence));
    }

    [Fact]
    public void Deletes_of_absent_levels_are_counted()
    {
        using Market market = Market.LiveSpot();
        market.Delta(101, 101, Bid(1, 0), Ask(2, 0), Bid(9_900, 0), Bid(9_950, 1));
        Assert.Equal((2, 5), (market.Stream.Totals.AbsentDeletes, market.Stream.Totals.Levels));
    }

    [Fact]
    public void Messages_no_decoder_makes_are_errors()
    {
        using Market market = Market.LiveSpot();
        Throws("stream 9 came before its definition; 3 streams", Messages.Delta(9, 1, 1, 1, market.NowNs));
        Throws("stream 0 came before its definition", Messages.Delta(0, 1, 1, 1, market.NowNs));
        Throws("stream 9 came before its definition", Messages.Rejected(9, 0, market.NowNs));
        Throws("stream 5 is declared after 3 streams", Messages.Stream(5, 1, StreamRole.Trades, default, default, market.NowNs));
        Throws("stream 3 is declared after 3 streams", Messages.Stream(3, 1, StreamRole.Trades, default, default, market.NowNs));
        Throws("stream 4 is declared for instrument 2; 1 are defined", Messages.Stream(4, 2, StreamRole.Trades, default, default, market.NowNs));
        Throws("stream 4 is declared for instrument 0", Messages.Stream(4, 0, StreamRole.Trades, default, default, market.NowNs));
        Throws("instrument 3 is defined after 1 instruments", Messages.Instrument(3, 1, 2, 3, market.NowNs));
        Throws("instrument 0 is defined after 1 instruments", Messages.Instrument(0, 1, 2, 3, market.NowNs));
        Throws("epoch 2 makes prices or quantities coarser", Messages.Instrument(1, 2, 1, 3, market.NowNs));
        Throws("epoch 2 makes prices or quantities coarser", Messages.Instrument(1, 2, 2, 2, market.NowNs));

        Record[] derivedKind = Messages.Tick(market.NowNs);
        derivedKind[0].Header.Kind = RecordKind.Gap;
        Throws("record kind Gap is not an input", derivedKind);

        void Throws(string what, Record[] message)
        {
            using Market fresh = Market.LiveSpot();
            Assert.Contains(what, Assert.Throws<InvalidDataException>(() => fresh.Logic.Process(message)).Message, StringComparison.Ordinal);
        }
    }
}
