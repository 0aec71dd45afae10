using Lob.Fast.Acceptance.Proofs.Support;
using Lob.Fast.Baselines;
using Lob.Fast.Engine.Integrity;
using Lob.Fast.Engine.Records;
using Lob.Fast.TestSupport;
using static Lob.Fast.Acceptance.Oracle.BinanceRecordings;

namespace Lob.Fast.Acceptance.Proofs;

/// <summary>The engine comes to the counts that the recordings' own README states.</summary>
public sealed class PublishedCountsTests
{
    public static TheoryData<BinanceMarket, string[], int, int, int, int> Short => new()
    {
        // market, files, messages, ids compared, deltas dropped by the bridge, deltas applied by it
        { BinanceMarket.Spot, [Nkn], 227, 19, 1, 0 },
        { BinanceMarket.Spot, [Blz], 12, 1, 1, 0 },
        { BinanceMarket.Spot, [Rune], 3, 0, 1, 0 },
        { BinanceMarket.UsdM, [Sushi], 623, 12, 3, 1 },
        { BinanceMarket.UsdM, [Akro], 294, 7, 1, 1 },
        { BinanceMarket.UsdM, [Keep], 221, 13, 3, 1 },
    };

    public static TheoryData<BinanceMarket, string[], int, int, int, int> Long => new()
    {
        { BinanceMarket.UsdM, [UsdM], 93_954, 629, 4, 2 },
        { BinanceMarket.Spot, [Spot8, Spot9], 99_574, 1_072, 2, 1 },
        { BinanceMarket.CoinM, [CoinM8, CoinM9], 98_386, 1_885, 23, 2 },
    };

    [Theory]
    [MemberData(nameof(Short))]
    public void Short_recordings(BinanceMarket market, string[] files, int messages, int compared, int dropped, int applied) =>
        Check(market, files, messages, compared, dropped, applied);

    [RecordingTheory(UsdM, Spot8, Spot9, CoinM8, CoinM9)]
    [MemberData(nameof(Long))]
    public void Long_recordings(BinanceMarket market, string[] files, int messages, int compared, int dropped, int applied) =>
        Check(market, files, messages, compared, dropped, applied);

    [RecordingTheory(UsdM, Spot8, Spot9, CoinM8, CoinM9)]
    [InlineData(BinanceMarket.UsdM, 17_747, UsdM)]
    [InlineData(BinanceMarket.Spot, 26_140, Spot8, Spot9)]
    [InlineData(BinanceMarket.CoinM, 88_100, CoinM8, CoinM9)]
    public void Deletes_of_levels_beyond_the_snapshot_are_counted(BinanceMarket market, int absentDeletes, params string[] files)
    {
        using EnginePipeline pipeline = Replay(market, files);
        Assert.Equal(absentDeletes, pipeline.Book!.Totals.AbsentDeletes);
    }

    private static void Check(BinanceMarket market, string[] files, int messages, int compared, int dropped, int applied)
    {
        using EnginePipeline pipeline = Replay(market, files);

        BookStream book = Assert.Single(pipeline.Logic.Books);
        Assert.Equal((messages, 0L), (pipeline.Logic.Totals.Messages, pipeline.Logic.Totals.Rejected));
        Assert.Equal(messages, pipeline.Sequencer.Totals.Frames);
        Assert.Equal((BookState.Live, Evidence.Sequence), (book.State, book.Evidence));
        StreamTotals totals = book.Totals;
        Assert.Equal((0L, 0L, 0L, 0L), (totals.Gaps, totals.Duplicates, totals.Resyncs, totals.Rejected));
        Assert.Equal((0L, 0L), (totals.Crossed, totals.Locked));
        Assert.Equal((compared, compared), (totals.BestCompared, totals.BestEqual));
        Assert.Equal((0L, 0L, 0L), (totals.ChecksumMatches, totals.ChecksumMismatches, totals.ChecksumsNotOffered));
        Assert.Equal((0L, 0L), (totals.WaitingDropped, totals.SnapshotsUnused));
        BridgeReport bridge = Assert.Single(book.Bridges);
        Assert.Equal(((uint)dropped, (uint)applied), (bridge.Dropped, bridge.Applied));
    }

    private static EnginePipeline Replay(BinanceMarket market, string[] files)
    {
        EnginePipeline pipeline = EnginePipeline.InMemory(market, SymbolOf(files[0]));
        pipeline.FeedAll(files);
        pipeline.Close();
        return pipeline;
    }
}
