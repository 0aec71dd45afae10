using Lob.Fast.Acceptance.Proofs.Support;
using Lob.Fast.Baselines;
using Lob.Fast.Baselines.Bitfinex;
using Lob.Fast.Baselines.Feeds;
using Lob.Fast.TestSupport;
using static Lob.Fast.Acceptance.Oracle.FeedRecordings;

namespace Lob.Fast.Acceptance.Oracle;

/// <summary>The plain replay of Bitfinex comes to what the recordings' README states, and follows the venue's rules one by one.</summary>
public sealed class SimpleBitfinexReplayTests
{
    private const string Info = """{"event":"info","version":2}""";
    private const string Sequence = """{"event":"conf","status":"OK","flags":65536}""";

    [RecordingFact(BitfinexSequence)]
    public void Seven_books_with_one_count()
    {
        SimpleFeedReplay replay = Replayed(BitfinexSequence);

        int[] updates = [.. CleanUpdates(replay).Select(static book => book.Updates).Order()];
        Assert.Equal([0, 9, 17, 79, 321, 384, 783], updates);
        Assert.Equal((0, 0), (replay.ConnectionGaps, replay.ConnectionRepeats));
        Assert.All(replay.Streams, static stream => Assert.InRange(stream.MaxLevels, 1, 100));
        Assert.All(replay.Streams, static stream => Assert.Equal((0, SimpleEvidence.Sequence), (stream.AbsentDeletes, stream.Evidence)));
        Assert.Equal(1_693, replay.Kinds.Values.Sum());
        Assert.Equal(0, replay.Kinds.GetValueOrDefault(SimpleFrameKind.Unknown));
    }

    [RecordingFact(BitfinexChecksum)]
    public void The_checksum_of_the_small_prices_matches()
    {
        SimpleFeedReplay replay = Replayed(BitfinexChecksum);

        Assert.Equal([("tXRPBTC", 1)], CleanUpdates(replay));
        SimpleFeedStream book = replay.Streams[0];
        Assert.Equal((1, SimpleEvidence.Checksum), (book.ChecksumMatches, book.Evidence));
        Assert.Equal(-1175357890, SimpleCrc32.Of(book.Book, "-"));
        Assert.Contains("7e-7", book.Book.Bids.Values.Select(static level => level.PriceText));
    }

    [Fact]
    public void The_documented_example_of_a_checksum()
    {
        SimpleFeedStream book = BookAfter(
            new SimpleBitfinexReplay(), Info, Subscribed(7), "[7,[[6000,1,1],[5900,1,2],[6100,1,-3],[6200,1,-4]]]", "[7,\"cs\",1756193398]", "[7,\"cs\",5]", "[7,[6000,0,1]]");

        Assert.Equal((SimpleBookState.Broken, 1, 1, 1, 1), (book.State, book.ChecksumMatches, book.ChecksumMismatches, book.Gaps, book.Ignored));
    }

    [Fact]
    public void A_jump_of_the_count_breaks_all_books_and_a_repeat_is_ignored()
    {
        var replay = new SimpleBitfinexReplay();
        string[] frames =
        [
            Info, Sequence, Subscribed(7, "tAB"), Subscribed(8, "tCD"), "[7,[[5,1,1]],1]", "[8,[[5,1,1]],2]", "[9,\"hb\",3]", "[7,[4,1,1],4]", "[7,[4,1,1],4]",
        ];
        foreach (string frame in frames)
        {
            replay.Feed(Frame(frame));
        }

        Assert.Equal((0, 1, 1), (replay.ConnectionGaps, replay.ConnectionRepeats, replay.Streams[0].Updates));
        Assert.All(replay.Streams, static stream => Assert.Equal(SimpleBookState.Live, stream.State));

        replay.Feed(Frame("[8,\"hb\",6]"));
        Assert.Equal(1, replay.ConnectionGaps);
        Assert.All(replay.Streams, static stream => Assert.Equal((SimpleBookState.Broken, 1), (stream.State, stream.Gaps)));

        replay.Feed(Frame(Subscribed(10, "tAB")));
        replay.Feed(Frame("[10,[[3,2,1]],7]"));
        Assert.Equal((SimpleBookState.Live, 1, 7), (replay.Streams[0].State, replay.Streams[0].Resyncs, replay.Streams[0].Last));
        Assert.Equal(SimpleBookState.Broken, replay.Streams[1].State);
    }

    [Fact]
    public void Sequence_and_time_are_read_from_the_end()
    {
        SimpleFeedStream book = BookAfter(
            new SimpleBitfinexReplay(), Info, """{"event":"conf","status":"OK","flags":98304}""", Subscribed(7), "[7,[[5,1,1]],1,1790134414850]", "[7,[[4,2,1],[6,1,-2]],2,1790134414851]");

        Assert.Equal((SimpleBookState.Live, 2, 1), (book.State, book.Last, book.Updates));
        Assert.Equal(("6", "2", 1), (book.Book.Asks.Single().Value.PriceText, book.Book.Asks.Single().Value.QuantityText, book.Book.Asks.Single().Value.OrderCount));
    }

    [Theory]
    [InlineData("""{"event":"info","code":20061,"msg":""}""")]
    [InlineData(Info)]
    public void Books_start_over(string frame)
    {
        var replay = new SimpleBitfinexReplay();
        SimpleFeedStream book = BookAfter(replay, Info, Subscribed(7), "[7,[[5,1,1]]]", frame);
        Assert.Equal((SimpleBookState.Empty, 0, 1, 0), (book.State, book.Gaps, book.StartsOver, book.Book.Bids.Count));

        BookAfter(replay, "[7,[4,1,1]]", Subscribed(11), "[11,[[3,1,1]]]");
        Assert.Equal((SimpleBookState.Live, 1, "3"), (book.State, book.Resyncs, book.Book.Bids.Single().Value.PriceText));
    }

    [RecordingFact(BitfinexSequence)]
    public void A_frame_that_is_lost_breaks_every_book_of_the_connection()
    {
        RecordedFrame[] frames = [.. ProofRecordings.Read(BitfinexSequence)];
        var replay = new SimpleBitfinexReplay();
        for (int i = 0; i < frames.Length; i++)
        {
            if (i != 1_000)
            {
                replay.Feed(frames[i]);
            }
        }

        Assert.Equal(1, replay.ConnectionGaps);
        Assert.All(replay.Streams, static stream => Assert.Equal(SimpleBookState.Broken, stream.State));
    }

    [Theory]
    [InlineData("[7,[5,1,0]]")]
    [InlineData("[7,[5,-1,1]]")]
    [InlineData("[7,[0,1,1]]")]
    [InlineData("[7,[5,1]]")]
    [InlineData("[7,\"xx\"]")]
    [InlineData("[7,\"cs\",99999999999]")]
    [InlineData("[7]")]
    public void Frames_that_no_venue_sends(string frame)
    {
        var replay = new SimpleBitfinexReplay();
        SimpleFeedStream book = BookAfter(replay, Info, Subscribed(7), "[7,[[5,1,1]]]");

        Assert.Equal(SimpleFrameKind.Rejected, replay.Feed(Frame(frame)).Kind);
        Assert.Equal((SimpleBookState.Broken, 1), (book.State, book.Rejections));
    }

    private static string Subscribed(int id, string symbol = "tAB") =>
        "{\"event\":\"subscribed\",\"channel\":\"book\",\"chanId\":" + id + ",\"symbol\":\"" + symbol + "\",\"prec\":\"P0\",\"freq\":\"F0\",\"len\":\"25\"}";
}
