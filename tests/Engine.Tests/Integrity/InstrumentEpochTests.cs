using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Tests.TestSupport;
using static Lob.Fast.Engine.Tests.Integrity.SpotBridgingTests;
using static Lob.Fast.Engine.Tests.TestSupport.Level;

namespace Lob.Fast.Engine.Tests.Integrity;

/// <summary>An instrument gets more decimals: whatever is held of it means the same afterwards.</summary>
public class InstrumentEpochTests
{
    [Fact]
    public void A_live_book_is_rescaled_and_goes_on()
    {
        using Market market = Market.Spot();
        market.Snapshot(99, SnapshotLimits.BidsCut | SnapshotLimits.AsksCut, Bid(9_900, 10), Ask(10_100, 20));
        market.Delta(100, 100, Bid(9_899, 1));
        string digest = market.Book.Digest.ToString();

        Assert.Empty(Finer(market));

        Assert.Equal((digest, BookState.Live, 2u), (market.Book.Digest.ToString(), market.State, market.Logic.Instruments[0].Epoch));
        Assert.Equal([(990_000L, 1_000L), (989_900L, 100L)], Levels(market, Side.Bid));
        Assert.Equal(new PriceRange(990_000, 1_010_000), market.Stream.KnownRange);
        Assert.Empty(market.Delta(101, 101, Bid(990_000, 0), Bid(990_001, 5)));
        Assert.Equal([(990_001L, 5L), (989_900L, 100L)], Levels(market, Side.Bid));
        Assert.Equal(0, market.Stream.Totals.AbsentDeletes);
    }

    [Fact]
    public void An_unbounded_range_stays_unbounded()
    {
        using Market market = Market.LiveSpot();
        Finer(market);
        Assert.Equal(PriceRange.Unbounded, market.Stream.KnownRange);
    }

    [Fact]
    public void Waiting_deltas_are_rescaled()
    {
        using Market market = Market.Spot();
        market.Delta(100, 105, Bid(9_900, 10), Ask(10_100, 0));
        Finer(market);
        market.Snapshot(101, Bid(980_000, 5), Ask(1_010_000, 5), Ask(1_010_001, 6));
        Assert.Equal([(990_000L, 1_000L), (980_000L, 5L)], Levels(market, Side.Bid));
        Assert.Equal([(1_010_001L, 6L)], Levels(market, Side.Ask));
    }

    [Fact]
    public void A_held_snapshot_is_rescaled()
    {
        using var market = new Market(declare: false);
        market.Process(Messages.Instrument(1, 1, 2, 3, Market.Start));
        market.Process(Messages.Stream(1, 1, StreamRole.BookSnapshots, default, default, Market.Start));
        market.Process(Messages.Snapshot(1, 99, SnapshotLimits.BidsCut, Market.Start, Bid(9_900, 10)));
        Finer(market);
        market.Process(Messages.Stream(2, 1, StreamRole.Book, ContinuityRule.Range, BridgeRule.RangeAfter, Market.Start));
        Assert.Equal([(990_000L, 1_000L)], Levels(market, Side.Bid));
        Assert.Equal(990_000, market.Stream.KnownRange.LowTicks);
    }

    [Fact]
    public void Remembered_tickers_are_rescaled()
    {
        using Market market = Market.LiveSpot();
        market.Ticker(101, 9_950, 3, 10_100, 20);
        Finer(market);
        market.Delta(101, 101, Bid(995_000, 300));
        Assert.Equal((1, 1), (market.Stream.Totals.BestCompared, market.Stream.Totals.BestEqual));
    }

    [Fact]
    public void A_remembered_ticker_that_no_longer_fits_is_forgotten()
    {
        using Market market = Market.LiveSpot();
        market.Ticker(101, 9_900, 10, long.MaxValue / 10, 20);
        market.Ticker(102, 9_900, 10, 10_100, long.MaxValue / 10);
        market.Ticker(103, 9_900, 10, 10_100, 20);
        Finer(market);
        market.Delta(101, 101);
        market.Delta(102, 102);
        Assert.Equal(0, market.Stream.Totals.BestCompared);
        market.Delta(103, 103);
        Assert.Equal((1, 1), (market.Stream.Totals.BestCompared, market.Stream.Totals.BestEqual));
    }

    [Fact]
    public void An_epoch_with_the_same_decimals_changes_nothing()
    {
        using Market market = Market.LiveSpot();
        string digest = market.Book.Digest.ToString();
        market.Process(Messages.Instrument(1, 2, 2, 3, market.NowNs));
        Assert.Equal((digest, 2u), (market.Book.Digest.ToString(), market.Logic.Instruments[0].Epoch));
        Assert.Equal([(9_900L, 10L), (9_899L, 1L)], Levels(market, Side.Bid));
    }

    [Fact]
    public void The_largest_numbers_held_are_known_to_whoever_goes_on_with_the_journal()
    {
        // A decoder that continues a journal learns from the checkpoint how large the numbers are that a later epoch must still hold. Those that only
        // wait, or are held for a stream to come, count as well.
        using Market market = Market.LiveSpot();
        Assert.Equal(14, Bits(market)); // 10,100
        market.Delta(200, 201, Bid(1L << 40, 1));
        Assert.Equal((BookState.Broken, 41), (market.State, Bits(market)));

        using var held = new Market(declare: false);
        held.Process(Messages.Instrument(1, 1, 2, 3, Market.Start));
        held.Process(Messages.Stream(1, 1, StreamRole.BookSnapshots, default, default, Market.Start));
        held.Process(Messages.Snapshot(1, 99, SnapshotLimits.None, Market.Start, Bid(1L << 50, 10)));
        Assert.Equal(51, Bits(held));
    }

    private static int Bits(Market market)
    {
        using var checkpoint = new RecordBuffer();
        market.Logic.WriteCheckpoint(checkpoint);
        return Record.Read<InstrumentDefinition>(checkpoint[2]).PriceBits;
    }

    /// <summary>Two decimals more for prices and for quantities.</summary>
    private static Record[] Finer(Market market) => market.Process(Messages.Instrument(1, 2, 4, 5, market.NowNs));
}
