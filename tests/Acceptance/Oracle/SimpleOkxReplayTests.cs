using Lob.Fast.Baselines;
using Lob.Fast.Baselines.Feeds;
using Lob.Fast.Baselines.Okx;
using Lob.Fast.TestSupport;
using static Lob.Fast.Acceptance.Oracle.FeedRecordings;

namespace Lob.Fast.Acceptance.Oracle;

/// <summary>The plain replay of OKX comes to what the recordings' README states, and follows the venue's rules one by one.</summary>
public sealed class SimpleOkxReplayTests
{
    [RecordingFact(Okx2022)]
    public void All_192_checksums_of_2022_match()
    {
        SimpleFeedReplay replay = Replayed(Okx2022);

        Assert.Equal([("BTC-USD-220527", 98), ("UNI-USD-SWAP", 92)], CleanUpdates(replay));
        SimpleFeedStream btc = replay.Streams.Single(static stream => stream.Symbol == "BTC-USD-220527");
        SimpleFeedStream uni = replay.Streams.Single(static stream => stream.Symbol == "UNI-USD-SWAP");
        Assert.Equal((99, 93), (btc.ChecksumMatches, uni.ChecksumMatches));
        Assert.Equal((77, 127), (btc.MaxLevels, uni.MaxLevels));
        Assert.Equal(514, btc.AbsentDeletes);
        Assert.All(replay.Streams, static stream => Assert.Equal((SimpleEvidence.Checksum, null), (stream.Evidence, stream.Last)));
        Assert.Equal(212, replay.Kinds.Values.Sum());
    }

    [RecordingFact(Okx2026)]
    public void In_2026_the_ids_link_and_no_checksum_is_offered()
    {
        SimpleFeedReplay replay = Replayed(Okx2026);

        Assert.Equal([("BTC-USDT", 6)], CleanUpdates(replay));
        SimpleFeedStream book = replay.Streams[0];
        Assert.Equal((7, 0, 0), (book.ChecksumsNotOffered, book.ChecksumMatches, book.ChecksumMismatches));
        Assert.Equal((400, SimpleEvidence.Sequence), (book.MaxLevels, book.Evidence));
        Assert.All(book.Book.Bids.Values, static level => Assert.True(level.OrderCount > 0));
    }

    [Theory]
    [InlineData("3366.1:7:3366.8:9:3366:6:3368:8", -1881014294)]
    [InlineData("3366.1:7:3366.8:9:3368:8:3372:8", 831078360)]
    public void Checksums_of_the_documented_examples(string text, int checksum) => Assert.Equal(checksum, SimpleCrc32.Of(text));

    /// <summary>The worked chain of the venue's rules.</summary>
    [Fact]
    public void The_worked_chain()
    {
        SimpleFeedStream book = BookAfter(
            new SimpleOkxReplay(),
            Book("snapshot", -1, 10, """["5","1","0","1"]"""),
            Book("update", 10, 15, """["4","1","0","1"]"""),
            Book("update", 15, 15),
            Book("update", 15, 3, """["3","1","0","2"]"""),
            Book("update", 3, 5));
        Assert.Equal((SimpleBookState.Live, 0, 5, 3), (book.State, book.Gaps, book.Last, book.Book.Bids.Count));
        Assert.Equal([1, 1, 2], book.Book.Bids.Values.Select(static level => level.OrderCount));
    }

    [Fact]
    public void A_message_that_does_not_link_is_a_gap_until_the_next_snapshot()
    {
        SimpleFeedStream book = BookAfter(
            new SimpleOkxReplay(),
            Book("snapshot", -1, 10, """["5","1","0","1"]"""),
            Book("update", 7, 9, """["4","1","0","1"]"""),
            Book("update", 10, 15, """["4","1","0","1"]"""));
        Assert.Equal((SimpleBookState.Broken, 1, 1, 10, 1), (book.State, book.Gaps, book.Ignored, book.Last, book.Book.Bids.Count));
    }

    [Fact]
    public void The_same_message_twice_is_a_duplicate()
    {
        string update = Book("update", 10, 15, """["4","1","0","1"]""");
        SimpleFeedStream book = BookAfter(new SimpleOkxReplay(), Book("snapshot", -1, 10), update, update, Book("update", 15, 16));

        Assert.Equal((SimpleBookState.Live, 0, 1), (book.State, book.Gaps, book.Duplicates));
    }

    [Fact]
    public void A_wrong_checksum_is_a_gap()
    {
        SimpleFeedStream book = BookAfter(
            new SimpleOkxReplay(), Book("snapshot", -1, 10, """["5","1","0","1"]""", checksum: SimpleCrc32.Of("5:1")), Book("update", 10, 11, checksum: 77));

        Assert.Equal((SimpleBookState.Broken, 1, 1, 1), (book.State, book.ChecksumMatches, book.ChecksumMismatches, book.Gaps));
    }

    [Theory]
    [InlineData("books5")]
    [InlineData("bbo-tbt")]
    public void Small_books_are_whole_each_time(string channel)
    {
        string Small(string price) =>
            "{\"arg\":{\"channel\":\"" + channel + "\",\"instId\":\"A-B\"},\"data\":[{\"asks\":[],\"bids\":[[\"" + price + "\",\"1\",\"0\",\"4\"]],\"ts\":\"1\",\"seqId\":7}]}";
        SimpleFeedStream book = BookAfter(new SimpleOkxReplay(), Small("5"), Small("6"), Small("4"));

        Assert.Equal((3, 0, 7), (book.Snapshots, book.Gaps, book.Last));
        Assert.Equal("4", Assert.Single(book.Book.Bids).Value.PriceText);
    }

    [Theory]
    [InlineData("pong", SimpleFrameKind.Control, "pong")]
    [InlineData("""{"event":"notice","code":"64008","msg":"","connId":"x"}""", SimpleFrameKind.Control, "notice")]
    [InlineData("""{"arg":{"channel":"trades","instId":"A-B"},"data":[]}""", SimpleFrameKind.Message, "trades")]
    [InlineData("""{"arg":{"channel":"opt-summary","instFamily":"A-B"},"data":[]}""", SimpleFrameKind.Unknown, "opt-summary")]
    [InlineData("""{"arg":{"channel":"books","instId":"A-B"},"action":"update","data":[{"asks":[],"bids":[],"ts":"1","checksum":0,"seqId":1}]}""", SimpleFrameKind.Rejected, "one of prevSeqId and seqId is missing")]
    public void What_frames_are(string frame, SimpleFrameKind kind, string what)
    {
        SimpleFrame taken = new SimpleOkxReplay().Feed(Frame(frame));

        Assert.Equal((kind, what), (taken.Kind, taken.What));
    }

    private static string Book(string action, int previous, int last, string bids = "", int checksum = 0) =>
        "{\"arg\":{\"channel\":\"books\",\"instId\":\"A-B\"},\"action\":\"" + action + "\",\"data\":[{\"asks\":[],\"bids\":[" + bids
        + "],\"ts\":\"1\",\"checksum\":" + checksum + ",\"seqId\":" + last + ",\"prevSeqId\":" + previous + "}]}";
}
