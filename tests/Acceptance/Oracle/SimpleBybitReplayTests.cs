using Lob.Fast.Baselines;
using Lob.Fast.Baselines.Bybit;
using Lob.Fast.Baselines.Feeds;
using Lob.Fast.TestSupport;
using static Lob.Fast.Acceptance.Oracle.FeedRecordings;

namespace Lob.Fast.Acceptance.Oracle;

/// <summary>The plain replay of Bybit comes to what the recordings' README states, and follows the venue's rules one by one.</summary>
public sealed class SimpleBybitReplayTests
{
    [RecordingFact(BybitLinear)]
    public void Linear()
    {
        SimpleFeedReplay replay = Replayed(BybitLinear);

        Assert.Equal([("BTCUSDT", 413), ("DOGEUSDT", 379), ("ETHUSDT", 420), ("SOLUSDT", 382)], CleanUpdates(replay));
        Assert.All(replay.Streams, static stream => AssertDepth(stream, "orderbook.200", 200));
        Assert.Equal(2_546, replay.Kinds.Values.Sum());
        Assert.Equal(0, replay.Kinds.GetValueOrDefault(SimpleFrameKind.Unknown));
    }

    [RecordingTheory(BybitArchive, BybitSpot)]
    [InlineData(BybitArchive, "XRPUSDT", 49, "orderbook.500", 500)]
    [InlineData(BybitSpot, "BTCUSDT", 8, "orderbook.50", 50)]
    public void Others(string file, string symbol, int deltas, string channel, int levels)
    {
        SimpleFeedReplay replay = Replayed(file);

        Assert.Equal([(symbol, deltas)], CleanUpdates(replay));
        AssertDepth(replay.Streams[0], channel, levels);
    }

    /// <summary>The worked example of the venue's rules: a link, a gap, a restart.</summary>
    [Fact]
    public void The_worked_example()
    {
        var replay = new SimpleBybitReplay();
        SimpleFeedStream book = BookAfter(replay, Book("snapshot", 100, """["10.0","1"],["9.9","2"]""", """["10.1","1"]"""));
        BookAfter(replay, Book("delta", 101, """["9.9","0"],["9.8","5"]"""));
        Assert.Equal(["10.0", "9.8"], book.Book.Bids.Values.Select(static level => level.PriceText));

        BookAfter(replay, Book("delta", 103, """["9.8","6"]"""));
        Assert.Equal((SimpleBookState.Broken, 1, 101), (book.State, book.Gaps, book.Last));

        BookAfter(replay, Book("delta", 102), Book("snapshot", 1, """["10.2","3"]""", """["10.3","4"]"""));
        Assert.Equal((SimpleBookState.Live, 1, 1, 1), (book.State, book.Ignored, book.Resyncs, book.Last));
        Assert.Equal("10.2", Assert.Single(book.Book.Bids).Value.PriceText);
    }

    [Fact]
    public void A_delta_numbered_one_is_a_whole_book()
    {
        SimpleFeedStream book = BookAfter(
            new SimpleBybitReplay(), Book("snapshot", 100, """["10.0","1"]"""), Book("delta", 1, """["7","1"]"""), Book("delta", 2, """["6","1"]"""));

        Assert.Equal((SimpleBookState.Live, 0, 2, 2), (book.State, book.Gaps, book.Last, book.Snapshots));
        Assert.Equal(["7", "6"], book.Book.Bids.Values.Select(static level => level.PriceText));
    }

    [Fact]
    public void An_old_delta_is_a_duplicate_and_an_old_snapshot_is_not()
    {
        SimpleFeedStream book = BookAfter(
            new SimpleBybitReplay(), Book("snapshot", 100, """["10.0","1"]"""), Book("delta", 100, """["10.0","2"]"""), Book("snapshot", 90, """["9","1"]"""));

        Assert.Equal((1, 2, 90), (book.Duplicates, book.Snapshots, book.Last));
        Assert.Equal("9", Assert.Single(book.Book.Bids).Value.PriceText);
    }

    [Theory]
    [InlineData("""{"success":true,"ret_msg":"","conn_id":"x","op":"subscribe"}""", SimpleFrameKind.Control, "subscribe")]
    [InlineData("""{"success":true,"ret_msg":"pong","conn_id":"x","op":"ping"}""", SimpleFrameKind.Control, "ping")]
    [InlineData("""{"success":true,"conn_id":"x","data":{"failTopics":[],"successTopics":[]},"type":"COMMAND_RESP"}""", SimpleFrameKind.Control, "COMMAND_RESP")]
    [InlineData("""{"topic":"orderbook.full.BTCUSDT","type":"delta"}""", SimpleFrameKind.Unknown, "orderbook")]
    [InlineData("""{"topic":"insurance.USDT","data":[]}""", SimpleFrameKind.Unknown, "insurance")]
    public void Frames_without_a_book(string frame, SimpleFrameKind kind, string what)
    {
        SimpleFrame taken = new SimpleBybitReplay().Feed(Frame(frame));

        Assert.Equal((kind, what), (taken.Kind, taken.What));
    }

    [Theory]
    [InlineData("""{"topic":"orderbook.50.AB","type":"delta","data":{"s":"AC","b":[],"a":[],"u":101}}""")]
    [InlineData("""{"topic":"orderbook.50.AB","type":"delta","data":{"s":"AB","b":[["1"]],"a":[],"u":101}}""")]
    [InlineData("""{"topic":"orderbook.50.AB","type":"delta","data":{"s":"AB","b":[],"a":[]}}""")]
    [InlineData("""{"topic":"orderbook.50.AB","type":"del""")]
    public void A_rejected_frame_breaks_the_book_it_names(string frame)
    {
        var replay = new SimpleBybitReplay();
        SimpleFeedStream book = BookAfter(replay, Book("snapshot", 100, """["10.0","1"]"""));
        replay.Feed(Frame(Book("snapshot", 5).Replace("AB", "XY", StringComparison.Ordinal)));

        Assert.Equal(SimpleFrameKind.Rejected, replay.Feed(Frame(frame)).Kind);
        Assert.Equal((SimpleBookState.Broken, 1), (book.State, book.Rejections));
        Assert.Equal(SimpleBookState.Live, replay.Streams[1].State);
    }

    private static void AssertDepth(SimpleFeedStream stream, string channel, int levels)
    {
        Assert.Equal(channel, stream.Channel);
        Assert.InRange(stream.MaxLevels, 1, levels);
        Assert.Equal((0, SimpleEvidence.Sequence), (stream.AbsentDeletes, stream.Evidence));
    }

    private static string Book(string type, int u, string bids = "", string asks = "") =>
        "{\"topic\":\"orderbook.50.AB\",\"type\":\"" + type + "\",\"ts\":1,\"data\":{\"s\":\"AB\",\"b\":[" + bids + "],\"a\":[" + asks + "],\"u\":" + u + ",\"seq\":9},\"cts\":1}";
}
