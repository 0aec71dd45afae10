using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Tests.TestSupport;
using static Lob.Fast.Engine.Tests.TestSupport.Level;

namespace Lob.Fast.Engine.Tests.Integrity;

/// <summary>OKX without a snapshot in the stream: a REST book at seqId L joins at the delta with prevSeqId ≤ L &lt; seqId.</summary>
public class LinkAroundTests
{
    private const long None = Sequence.None;

    [Theory]
    [InlineData(15, 0, 2)] // prevSeqId 15 ≤ 15 < 20: (10,15) is in it, ends exactly there, and what follows is applied
    [InlineData(17, 1, 2)] // 15 ≤ 17 < 20
    [InlineData(12, 0, 3)]
    [InlineData(10, 0, 3)]
    [InlineData(19, 1, 2)]
    [InlineData(27, 3, 0)]
    public void A_snapshot_joins_where_nothing_lies_between(long snapshot, int dropped, int applied)
    {
        using Market market = Waiting();
        Record[] derived = market.Snapshot(snapshot, Bid(100, 1), Ask(200, 1));
        Resync resync = derived.Single<Resync>();
        Assert.Equal(BookState.Live, market.State);
        Assert.Equal((snapshot, 27), (resync.SnapshotSequence, resync.LastSequence));
        Assert.Equal(snapshot == 15 ? 1 : dropped, (int)resync.Dropped);
        Assert.Equal(applied, (int)resync.Applied);
        Assert.Equal(applied + 2, market.Book.BidCount + market.Book.AskCount);
        Assert.Empty(market.Linked(None, 30, 27, Bid(50, 1)));
    }

    [Fact]
    public void A_snapshot_from_before_the_first_delta_is_too_old()
    {
        using Market market = Waiting();
        Assert.Empty(market.Snapshot(9, Bid(100, 1)));
        Assert.Equal((BookState.Bridging, 1, 6), (market.State, market.Stream.Totals.SnapshotsUnused, market.Stream.WaitingSlots));
    }

    [Fact]
    public void A_snapshot_ahead_of_all_that_waits_is_joined_by_a_later_delta()
    {
        using Market market = Waiting();
        Assert.Empty(market.Snapshot(40, Bid(100, 1)));
        Assert.Empty(market.Linked(None, 38, 27, Bid(1, 1)));
        Assert.Empty(market.Linked(None, 39, 38, Bid(2, 1)));
        Record[] derived = market.Linked(None, 45, 39, Bid(3, 1));
        Assert.Equal(RecordKind.BookImage, derived[0].Header.Kind);
        Assert.Equal((5u, 1u, 2), (derived.Single<Resync>().Dropped, derived.Single<Resync>().Applied, market.Book.BidCount));
    }

    [Fact]
    public void Without_sequences_nothing_joins()
    {
        using Market market = new(continuity: ContinuityRule.Link, bridge: BridgeRule.LinkAround);
        Assert.Empty(market.Snapshot(None, Bid(100, 1), Ask(200, 1)));
        Assert.Equal([RecordKind.BookStateChange], market.Linked(None, None, None, Ask(150, 1)).Kinds());
        Assert.Empty(market.Linked(None, None, None, Ask(160, 1)));
        Assert.Empty(market.Snapshot(None, Bid(100, 1), Ask(200, 1)));
        Assert.Equal((BookState.Bridging, 2), (market.State, market.Stream.Totals.SnapshotsUnused));
    }

    [Fact]
    public void A_delta_without_a_sequence_is_not_taken_for_one_that_the_snapshot_holds()
    {
        using Market market = new(continuity: ContinuityRule.Link, bridge: BridgeRule.LinkAround);
        market.Snapshot(100, Bid(100, 1), Ask(200, 1));
        market.Linked(None, None, None, Ask(150, 1));
        market.Linked(None, 105, 100, Ask(160, 1));
        Assert.Equal((BookState.Bridging, 1), (market.State, market.Stream.Totals.SnapshotsUnused));
    }

    [Fact]
    public void Prev_above_the_snapshot_is_too_late()
    {
        using Market market = Waiting();
        market.Snapshot(40, Bid(100, 1));
        Assert.Empty(market.Linked(None, 50, 41, Bid(1, 1)));
        Assert.Equal((BookState.Bridging, 1), (market.State, market.Stream.Totals.SnapshotsUnused));

        // It starts a new chain, which the next snapshot joins.
        Assert.Equal(ResyncKind.First, (ResyncKind)market.Snapshot(45, Bid(100, 1)).Single<Resync>().Header.Code);
    }

    [Fact]
    public void A_snapshot_in_the_stream_while_a_rest_book_is_awaited_wins()
    {
        using Market market = Waiting();
        Record[] derived = market.Whole(None, 60, -1, Bid(70, 7));
        Assert.Equal([RecordKind.Resync, RecordKind.BookStateChange], derived.Kinds());
        Assert.Equal((0u, 0u, 60), (derived.Single<Resync>().Dropped, derived.Single<Resync>().Applied, derived.Single<Resync>().SnapshotSequence));
        Assert.Equal((BookState.Live, 1, 0), (market.State, market.Book.BidCount, market.Stream.WaitingSlots));

        // The REST book comes too late to matter.
        Assert.Empty(market.Snapshot(61, Bid(1, 1)));
        Assert.Empty(market.Linked(None, 62, 60, Bid(71, 1)));
        Assert.Equal(2, market.Book.BidCount);
    }

    [Fact]
    public void A_snapshot_in_the_stream_while_a_rest_book_waits_for_its_delta_wins_too()
    {
        using Market market = Waiting();
        market.Snapshot(40, Bid(100, 1), Ask(90, 1));
        Assert.Equal([RecordKind.Resync, RecordKind.BookStateChange], market.Whole(None, 60, -1, Bid(70, 7)).Kinds());
        Assert.Empty(market.Linked(None, 62, 60, Bid(71, 1)));
        Assert.Equal((62, 2, 0), (market.Stream.LastSequence, market.Book.BidCount, market.Book.AskCount));
    }

    [Fact]
    public void The_image_says_what_proves_it()
    {
        using Market market = Waiting();
        Record[] derived = market.Snapshot(15, Bid(100, 1));
        Assert.Equal(Evidence.Sequence, derived.Single<BookImage>().Evidence);
        Assert.Equal(Evidence.Sequence, derived.Single<BookStateChange>().Evidence);
    }

    [Fact]
    public void A_gap_waits_for_the_next_book_with_what_came_behind_it()
    {
        using Market market = Waiting();
        market.Snapshot(15, Bid(100, 1));
        Assert.Equal([RecordKind.Gap, RecordKind.BookStateChange], market.Linked(None, 35, 33, Bid(4, 1)).Kinds());
        Assert.Equal(2, market.Stream.WaitingSlots);
        Resync resync = market.Snapshot(34, Bid(100, 1)).Single<Resync>();
        Assert.Equal((ResyncKind.Again, 0u, 1u), ((ResyncKind)resync.Header.Code, resync.Dropped, resync.Applied));
    }

    /// <summary>Deltas (10,15), (15,20) and (20,27) wait.</summary>
    private static Market Waiting()
    {
        Market market = Market.Own(ContinuityRule.Link, bridge: BridgeRule.LinkAround);
        market.Process(Messages.Stream(Market.Snapshots, 1, StreamRole.BookSnapshots, ContinuityRule.None, BridgeRule.None, market.NowNs));
        market.Linked(None, 15, 10, Bid(1, 1));
        market.Linked(None, 20, 15, Bid(2, 1));
        market.Linked(None, 27, 20, Bid(3, 1));
        Assert.Equal((BookState.Bridging, 6), (market.State, market.Stream.WaitingSlots));
        return market;
    }
}
