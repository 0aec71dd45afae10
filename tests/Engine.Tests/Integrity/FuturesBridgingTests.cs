using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Tests.TestSupport;
using static Lob.Fast.Engine.Tests.Integrity.SpotBridgingTests;
using static Lob.Fast.Engine.Tests.TestSupport.Level;

namespace Lob.Fast.Engine.Tests.Integrity;

/// <summary>The same by the rules of Binance futures: drop u &lt; L, the first used has U ≤ L ≤ u (or pu ≤ L &lt; U), then pu = last.</summary>
public class FuturesBridgingTests
{
    /// <summary>The worked example of Binance's rules: snapshot 1000; ids of other symbols lie between, so U is not last + 1.</summary>
    [Fact]
    public void Deltas_wait_for_a_snapshot_that_joins_them()
    {
        using Market market = Market.Futures();
        market.Linked(940, 980, 930, Bid(1, 1));
        market.Linked(985, 1010, 980, Bid(2, 1));
        Record[] derived = market.Snapshot(1000, Bid(9_000, 1));
        Assert.Equal((ResyncKind.First, 1000L, 1010L, 1u, 1u, 0L), Facts(derived.Single<Resync>()));

        Assert.Empty(market.Linked(1033, 1040, 1010, Bid(3, 1)));
        Assert.Equal((BookState.Live, 1040), (market.State, market.Stream.LastSequence));

        derived = market.Linked(1055, 1060, 1049, Bid(4, 1));
        Gap gap = derived.Single<Gap>();
        Assert.Equal((GapReason.Sequence, 1040L, 1049L, 1040L), ((GapReason)gap.Header.Code, gap.Expected, gap.Found, gap.LastSequence));
        Assert.Equal([(9_000L, 1L), (3L, 1L), (2L, 1L)], Levels(market, Side.Bid));

        // The delta behind the gap is the first of those that wait for the next snapshot.
        derived = market.Snapshot(1057, Bid(8_000, 1));
        Assert.Equal((ResyncKind.Again, 1057L, 1060L, 0u, 1u, 1_000_000L), Facts(derived.Single<Resync>()));
    }

    [Theory]
    [InlineData(990, 1000, 980)] // u = L is used, not dropped
    [InlineData(1000, 1005, 990)] // U = L
    [InlineData(1005, 1010, 995)] // nothing between pu and U: pu ≤ L < U
    [InlineData(1005, 1010, 1000)] // pu = L
    public void The_first_delta_behind_a_waiting_snapshot_joins(long first, long last, long previous)
    {
        using Market market = Market.Futures();
        market.Snapshot(1000, Bid(9_000, 1));
        Assert.Empty(market.Linked(980, 989, 970, Bid(9_000, 77)));
        Record[] derived = market.Linked(first, last, previous, Bid(1, 1));
        Assert.Equal((ResyncKind.First, 1000L, last, 1u, 1u, 0L), Facts(derived.Single<Resync>()));
        Assert.Equal([(9_000L, 1L), (1L, 1L)], Levels(market, Side.Bid));
        Assert.Empty(market.Linked(last + 20, last + 30, last));
        Assert.Equal(BookState.Live, market.State);
    }

    [Fact]
    public void A_delta_whose_predecessor_lies_behind_the_snapshot_does_not_join()
    {
        using Market market = Market.Futures();
        market.Snapshot(1000, Bid(9_000, 1));
        Assert.Empty(market.Linked(1005, 1010, 1001, Bid(1, 1)));
        Assert.Equal((BookState.Bridging, 2), (market.State, market.Stream.WaitingSlots));
        Assert.Empty(market.Snapshot(1000, Bid(9_000, 1)));
        Assert.Single(market.Snapshot(1001, Bid(9_000, 1)), static record => record.Header.Kind == RecordKind.Resync);
    }

    [Fact]
    public void A_delta_that_names_no_predecessor_joins_only_around_the_snapshot()
    {
        using Market market = Market.Futures();
        market.Snapshot(1000, Bid(9_000, 1));
        Assert.Empty(market.Linked(1005, 1010, Sequence.None, Bid(1, 1)));
        Assert.Equal(BookState.Bridging, market.State);
        Assert.Empty(market.Snapshot(1000, Bid(9_000, 1))); // too old for what waits
        Assert.Equal(BookState.Bridging, market.State);
    }

    [Fact]
    public void A_gap_among_the_waiting_deltas_starts_them_anew()
    {
        using Market market = Market.Futures();
        market.Linked(940, 980, 930, Bid(1, 1));
        market.Linked(1000, 1010, 990, Bid(2, 1));
        Assert.Equal(2, market.Stream.WaitingSlots);
        Assert.Empty(market.Snapshot(960, Bid(9_000, 1)));
        Assert.Single(market.Snapshot(1005, Bid(9_000, 1)), static record => record.Header.Kind == RecordKind.Resync);
    }

    [Fact]
    public void Only_an_identical_repeat_among_the_waiting_deltas_is_ignored()
    {
        using Market market = Market.Futures();
        market.Linked(940, 980, 930, Bid(1, 1));
        market.Linked(940, 980, 930, Bid(1, 1));
        Assert.Equal((2, 1), (market.Stream.WaitingSlots, market.Stream.Totals.Duplicates));

        // Another delta with the same end does not follow: the chain starts anew with it.
        market.Linked(941, 980, 940, Bid(1, 1), Bid(2, 1));
        Assert.Equal((3, 1), (market.Stream.WaitingSlots, market.Stream.Totals.Duplicates));
    }
}
