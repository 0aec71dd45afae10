using Lob.Fast.Baselines;
using Lob.Fast.Baselines.Coinbase;
using Lob.Fast.Baselines.Feeds;
using Lob.Fast.TestSupport;
using static Lob.Fast.Acceptance.Oracle.FeedRecordings;

namespace Lob.Fast.Acceptance.Oracle;

/// <summary>The plain replays of both Coinbase feeds come to what the recordings' README states, and follow the venue's rules one by one.</summary>
public sealed class SimpleCoinbaseReplayTests
{
    [RecordingFact(CoinbaseExchange)]
    public void Exchange()
    {
        SimpleFeedReplay replay = Replayed(CoinbaseExchange);

        Assert.Equal(4_537, CleanUpdates(replay).Sum(static book => book.Updates));
        Assert.Equal((7, 4_605), (replay.Streams.Count, replay.Kinds.Values.Sum()));
        Assert.All(replay.Streams, static stream => Assert.Equal((SimpleEvidence.None, null, 0), (stream.Evidence, stream.Last, stream.AbsentDeletes)));
        Assert.Equal(0, replay.Kinds.GetValueOrDefault(SimpleFrameKind.Unknown));
    }

    [RecordingFact(CoinbaseAdvanced)]
    public void Advanced_trade()
    {
        SimpleFeedReplay replay = Replayed(CoinbaseAdvanced);

        Assert.Equal(775 - 2, CleanUpdates(replay).Sum(static book => book.Updates));
        Assert.Equal((0, 0, 1_030), (replay.ConnectionGaps, replay.ConnectionRepeats, replay.Kinds.Values.Sum()));
        Assert.Equal([("BTC-USD", 27), ("ETH-USD", 25)], replay.Streams.Select(static stream => (stream.Symbol, stream.AbsentDeletes)).Order());
        Assert.All(replay.Streams, static stream => Assert.Equal(SimpleEvidence.Sequence, stream.Evidence));
        Assert.Equal(0, replay.Kinds.GetValueOrDefault(SimpleFrameKind.Unknown));
    }

    [Fact]
    public void Every_zero_deletes_and_a_snapshot_replaces()
    {
        var replay = new SimpleExchangeReplay();
        SimpleFeedStream book = BookAfter(
            replay,
            """{"type":"snapshot","product_id":"A-B","asks":[["6","1"]],"bids":[["5","1"],["4","1"]]}""",
            """{"type":"l2update","product_id":"A-B","changes":[["buy","5.00","0.00000000"],["sell","7","2"]],"time":"2022-08-04T15:25:05.010758Z"}""");
        Assert.Equal(("4", 2), (book.Book.Bids.Single().Value.PriceText, book.Book.Asks.Count));

        BookAfter(replay, """{"product_id":"A-B","type":"snapshot","bids":[],"asks":[["9","1"]]}""");
        Assert.Equal((0, 1, SimpleBookState.Live), (book.Book.Bids.Count, book.Book.Asks.Count, book.State));
    }

    /// <summary>Once sent by the venue.</summary>
    [Fact]
    public void A_size_that_is_no_number_is_rejected()
    {
        var replay = new SimpleExchangeReplay();
        SimpleFrame frame = replay.Feed(Frame(
            """{"type":"snapshot","product_id":"YFI-USD","asks":[["40584.89","0.039985"]],"bids":[["40533.24","0.020416"],["40531.19","0.-10000"]]}"""));

        Assert.Equal((SimpleFrameKind.Rejected, "not a number of the venue: 0.-10000"), (frame.Kind, frame.What));
    }

    [Fact]
    public void The_count_of_advanced_trade_runs_over_all_channels()
    {
        var replay = new SimpleAdvancedTradeReplay();
        SimpleFeedStream book = BookAfter(
            replay, Advanced(0, "snapshot", "bid"), """{"channel":"heartbeats","sequence_num":1,"events":[]}""", Advanced(2, "update", "offer", "8"), Advanced(2, "update", "offer", "9"));
        Assert.Equal((SimpleBookState.Live, 2, 1, 1), (book.State, book.Last, book.Updates, replay.ConnectionRepeats));

        BookAfter(replay, """{"channel":"status","sequence_num":4,"events":[]}""", Advanced(5, "update", "offer", "9"));
        Assert.Equal((SimpleBookState.Broken, 1, 1, 1), (book.State, book.Gaps, book.Ignored, replay.ConnectionGaps));

        BookAfter(replay, Advanced(6, "snapshot", "bid"));
        Assert.Equal((SimpleBookState.Live, 1, 1), (book.State, book.Resyncs, replay.ConnectionGaps));

        // A connection begins at 0: no gap, and the book waits for its snapshot.
        BookAfter(replay, """{"channel":"subscriptions","sequence_num":0,"events":[]}""");
        Assert.Equal((SimpleBookState.Empty, 1, 1), (book.State, book.StartsOver, replay.ConnectionGaps));
    }

    private static string Advanced(int sequence, string type, string side, string price = "5") =>
        "{\"channel\":\"l2_data\",\"timestamp\":\"x\",\"sequence_num\":" + sequence + ",\"events\":[{\"type\":\"" + type
        + "\",\"product_id\":\"A-B\",\"updates\":[{\"side\":\"" + side + "\",\"event_time\":\"x\",\"price_level\":\"" + price + "\",\"new_quantity\":\"1\"}]}]}";
}
