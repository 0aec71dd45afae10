using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Tests.TestSupport;
using static Lob.Fast.Engine.Tests.TestSupport.Level;

namespace Lob.Fast.Engine.Tests.Integrity;

/// <summary>Books whose sides meet: counted at message ends, timed on the receive axis, never a reason to break.</summary>
public class CrossedTests
{
    private const long Ms = 1_000_000;

    [Fact]
    public void Crossed_and_locked_message_ends_are_counted_and_timed_apart()
    {
        using Market market = Market.LiveSpot(); // 99.00 / 101.00
        market.TickAt(1);

        market.WaitUntil(1.1);
        Assert.Empty(market.Delta(101, 101, Bid(10_200, 1))); // crossed at 1.1
        market.WaitUntil(1.3);
        market.Delta(102, 102, Bid(10_200, 2)); // still crossed
        market.WaitUntil(1.4);
        market.Delta(103, 103, Bid(10_200, 0), Bid(10_100, 1)); // locked at 1.4
        market.WaitUntil(1.9);
        market.Delta(104, 104, Bid(10_100, 0)); // apart at 1.9
        Assert.Equal((BookState.Live, 3, 1), (market.State, market.Stream.Totals.Crossed, market.Stream.Totals.Locked));

        Record[] seal = market.TickAt(2);
        Assert.Equal((3u, 1u), (seal.Counts().Crossed, seal.Counts().Locked));
        Assert.Equal((300 * Ms, 500 * Ms), (seal.Proofs().CrossedNs, seal.Proofs().LockedNs));
    }

    [Fact]
    public void Time_runs_on_over_the_border_of_a_second()
    {
        using Market market = Market.LiveSpot();
        market.TickAt(1);
        market.WaitUntil(1.75);
        market.Delta(101, 101, Bid(10_100, 1));
        Assert.Equal((0, 250 * Ms), Times(market.TickAt(2)));

        // Nothing happened in the third second, so it has no seal; its time is in the next one.
        Assert.Empty(market.TickAt(3));
        market.WaitUntil(3.5);
        market.Delta(102, 102, Bid(10_100, 0));
        Record[] seal = market.TickAt(4);
        Assert.Equal((0, 1500 * Ms), Times(seal));
        Assert.Equal((0u, 0u), (seal.Counts().Crossed, seal.Counts().Locked));
    }

    [Fact]
    public void An_empty_side_is_never_crossed()
    {
        using Market market = Market.LiveSpot();
        market.Delta(101, 101, Bid(20_000, 1), Ask(10_100, 0));
        Assert.Equal(0, market.Stream.Totals.Crossed);
        Assert.Equal(0, market.Book.AskCount);
    }

    [Fact]
    public void A_gap_ends_the_time()
    {
        using Market market = Market.LiveSpot();
        market.TickAt(1);
        market.WaitUntil(1.2);
        market.Delta(101, 101, Bid(10_101, 1));
        market.WaitUntil(1.5);
        market.Delta(110, 110);
        Assert.Equal(BookState.Broken, market.State);
        Assert.Equal((300 * Ms, 0), Times(market.TickAt(2)));
        market.Rejected(Market.BookStreamId);
        Assert.Equal((0, 0), Times(market.TickAt(3)));
    }

    /// <summary>A snapshot whose sides meet waits for its delta, and then the connection is lost: an empty book is not crossed.</summary>
    [Fact]
    public void A_book_emptied_by_a_new_connection_is_crossed_no_longer()
    {
        using Market market = Market.Spot();
        market.WaitUntil(0.5);
        market.Snapshot(100, Bid(10_200, 1), Ask(10_100, 1));
        market.WaitUntil(0.75);
        market.Opened();
        Assert.Equal((250 * Ms, 0), Times(market.TickAt(1)));

        market.WaitUntil(5);
        market.Snapshot(200, Bid(10_000, 1), Ask(10_100, 1));
        Assert.Equal((0, 0), Times(market.TickAt(6)));
    }

    private static (long CrossedNs, long LockedNs) Times(Record[] derived) => (derived.Proofs().CrossedNs, derived.Proofs().LockedNs);
}
