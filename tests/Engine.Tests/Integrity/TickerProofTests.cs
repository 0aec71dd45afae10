using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Tests.TestSupport;
using static Lob.Fast.Engine.Tests.TestSupport.Level;

namespace Lob.Fast.Engine.Tests.Integrity;

/// <summary>The own best prices against the venue's ticker of the same update id.</summary>
public class TickerProofTests
{
    [Fact]
    public void A_ticker_that_comes_before_its_delta_is_compared_behind_it()
    {
        using Market market = Market.LiveSpot();
        market.Ticker(105, 9_950, 3, 10_100, 20);
        Assert.Equal((0, 0), Compared(market));
        market.Delta(101, 105, Bid(9_950, 3));
        Assert.Equal((1, 1), Compared(market));
        market.Ticker(106, 9_950, 3, 10_100, 21);
        market.Delta(106, 106, Ask(10_100, 22));
        Assert.Equal((2, 1), Compared(market));
    }

    [Fact]
    public void A_ticker_that_comes_behind_its_delta_is_compared_at_once()
    {
        using Market market = Market.LiveSpot();
        market.Ticker(100, 9_900, 10, 10_100, 20);
        Assert.Equal((1, 1), Compared(market));
    }

    [Theory]
    [InlineData(9_900, 11, 10_100, 20)]
    [InlineData(9_899, 10, 10_100, 20)]
    [InlineData(9_900, 10, 10_101, 20)]
    [InlineData(9_900, 10, 10_100, 19)]
    [InlineData(9_900, 0, 10_100, 20)]
    public void Price_and_quantity_of_both_sides_count(long bid, long bidLots, long ask, long askLots)
    {
        using Market market = Market.LiveSpot();
        market.Ticker(100, bid, bidLots, ask, askLots);
        Assert.Equal((1, 0), Compared(market));
        Assert.Equal(BookState.Live, market.State);
    }

    [Fact]
    public void An_update_id_is_compared_once_and_its_first_ticker_counts()
    {
        using Market market = Market.LiveSpot();
        market.Ticker(100, 9_900, 10, 10_100, 20);
        market.Ticker(100, 1, 1, 2, 2);
        Assert.Equal((1, 1), Compared(market));

        market.Ticker(101, 1, 1, 2, 2);
        market.Ticker(101, 9_900, 10, 10_100, 20);
        market.Delta(101, 101);
        Assert.Equal((2, 1), Compared(market));
        market.Ticker(101, 9_900, 10, 10_100, 20);
        Assert.Equal((2, 1), Compared(market));
    }

    [Fact]
    public void Empty_sides_are_equal_whatever_price_stands_there()
    {
        using Market market = Market.LiveSpot();
        market.Ticker(101, 7, 0, 0, 0);
        market.Delta(101, 101, Bid(9_900, 0), Bid(9_899, 0), Ask(10_100, 0));
        Assert.Equal((1, 1), Compared(market));
        market.Ticker(102, 0, 0, 10_000, 1);
        market.Delta(102, 102);
        Assert.Equal((2, 1), Compared(market));
    }

    [Fact]
    public void A_snapshot_alone_is_not_compared()
    {
        using Market market = Market.Spot();
        market.Ticker(161, 9_000, 1, 0, 0);
        market.Snapshot(161, Bid(9_000, 1));
        market.Delta(160, 161); // joins without being applied
        Assert.Equal(BookState.Live, market.State);
        market.Ticker(161, 9_000, 1, 0, 0);
        Assert.Equal((0, 0), Compared(market));

        // The next delta that is applied stands for its own id.
        market.Ticker(165, 9_001, 1, 0, 0);
        market.Delta(162, 165, Bid(9_001, 1));
        Assert.Equal((1, 1), Compared(market));
    }

    [Fact]
    public void Deltas_applied_from_the_waiting_room_are_compared_each_at_its_own_state()
    {
        using Market market = Market.Spot();
        market.Ticker(160, 1, 1, 2, 1);
        market.Delta(157, 160, Bid(1, 1)); // will be dropped: not compared
        market.Ticker(163, 9_001, 5, 10_000, 1);
        market.Delta(161, 163, Bid(9_001, 5));
        market.Ticker(169, 9_002, 6, 10_000, 1);
        market.Delta(164, 169, Bid(9_002, 6));
        Assert.Equal((0, 0), Compared(market));
        market.Snapshot(161, Bid(9_000, 1), Ask(10_000, 1));
        Assert.Equal((2, 2), Compared(market));
    }

    [Fact]
    public void A_late_ticker_is_compared_with_what_the_book_was_at_its_update_id()
    {
        using Market market = Market.LiveSpot();
        market.Delta(101, 101, Bid(9_901, 3));
        market.Delta(102, 102, Bid(9_902, 4));
        market.Ticker(101, 9_901, 3, 10_100, 20);
        Assert.Equal((1, 1), Compared(market));
        market.Ticker(101, 9_901, 3, 10_100, 20);
        Assert.Equal((1, 1), Compared(market)); // once an id

        market.Ticker(102, 9_901, 3, 10_100, 20);
        Assert.Equal((2, 1), Compared(market));
    }

    [Fact]
    public void A_broken_book_is_compared_for_what_it_was_before_and_for_nothing_after()
    {
        using Market market = Market.LiveSpot();
        market.Delta(101, 101, Bid(9_901, 3));
        market.Delta(105, 105, Bid(9_905, 5)); // a gap: not applied
        Assert.Equal(BookState.Broken, market.State);
        market.Ticker(105, 9_905, 5, 10_100, 20);
        Assert.Equal((0, 0), Compared(market));
        market.Ticker(101, 9_901, 3, 10_100, 20);
        Assert.Equal((1, 1), Compared(market));
    }

    [Fact]
    public void The_last_64_tickers_are_remembered()
    {
        using Market market = Market.LiveSpot();
        market.Ticker(101, 9_900, 10, 10_100, 20);
        for (int i = 0; i < 63; i++)
        {
            market.Ticker(1_000 + i, 1, 1, 1, 1);
        }

        market.Ticker(1_000, 5, 5, 5, 5); // known: takes no room
        market.Delta(101, 101);
        Assert.Equal((1, 1), Compared(market));

        market.Ticker(102, 9_900, 10, 10_100, 20);
        for (int i = 0; i < 64; i++)
        {
            market.Ticker(2_000 + i, 1, 1, 1, 1);
        }

        market.Delta(102, 102);
        Assert.Equal((1, 1), Compared(market));
    }

    private static (long Compared, long Equal) Compared(Market market) => (market.Stream.Totals.BestCompared, market.Stream.Totals.BestEqual);
}
