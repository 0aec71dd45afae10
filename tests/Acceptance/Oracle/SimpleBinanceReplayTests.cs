using Lob.Fast.Baselines;
using Lob.Fast.TestSupport;
using static Lob.Fast.Acceptance.Oracle.BinanceRecordings;

namespace Lob.Fast.Acceptance.Oracle;

/// <summary>The plain replay must come to what the recordings' own README states, before it may judge anything else.</summary>
public sealed class SimpleBinanceReplayTests
{
    public static TheoryData<BinanceMarket, string[], int, int, int, int> Published => new()
    {
        // market, files, messages, ids compared, deltas dropped by the bridge, deltas applied by it
        { BinanceMarket.UsdM, [UsdM], 93_954, 629, 4, 2 },
        { BinanceMarket.Spot, [Spot8, Spot9], 99_574, 1_072, 2, 1 },
        { BinanceMarket.CoinM, [CoinM8, CoinM9], 98_386, 1_885, 23, 2 },
        { BinanceMarket.Spot, [Nkn], 227, 19, 1, 0 },
        { BinanceMarket.Spot, [Blz], 12, 1, 1, 0 },
        { BinanceMarket.Spot, [Rune], 3, 0, 1, 0 },
        { BinanceMarket.UsdM, [Sushi], 623, 12, 3, 1 },
        { BinanceMarket.UsdM, [Akro], 294, 7, 1, 1 },
        { BinanceMarket.UsdM, [Keep], 221, 13, 3, 1 },
    };

    [RecordingTheory(UsdM, Spot8, Spot9, CoinM8, CoinM9, Nkn, Blz, Rune, Sushi, Akro, Keep)]
    [MemberData(nameof(Published))]
    public void The_published_counts_come_out(BinanceMarket market, string[] files, int messages, int compared, int dropped, int applied)
    {
        SimpleBinanceReplay replay = Replay(market, files);

        SimpleDepthStream stream = Assert.Single(replay.Streams);
        Assert.Equal(messages, replay.Messages);
        Assert.Equal(0, replay.Rejected + replay.Others);
        Assert.Equal(SimpleBookState.Live, stream.State);
        Assert.Equal((0, 0, 0), (replay.Gaps, replay.Duplicates, replay.Resyncs));
        Assert.Equal((0, 0), (replay.Crossed, replay.Locked));
        Assert.Equal((compared, compared), (replay.BboCompared, replay.BboEqual));
        SimpleBridge bridge = Assert.Single(stream.Bridges);
        Assert.Equal((dropped, applied), (bridge.Dropped, bridge.Applied));
    }

    [RecordingTheory(UsdM, Spot8, Spot9, CoinM8, CoinM9)]
    [InlineData(BinanceMarket.UsdM, 17_747, UsdM)]
    [InlineData(BinanceMarket.Spot, 26_140, Spot8, Spot9)]
    [InlineData(BinanceMarket.CoinM, 88_100, CoinM8, CoinM9)]
    public void Deletes_of_levels_beyond_the_snapshot_are_normal(BinanceMarket market, int absentDeletes, params string[] files) =>
        Assert.Equal(absentDeletes, Replay(market, files).AbsentDeletes);

    private static SimpleBinanceReplay Replay(BinanceMarket market, string[] files)
    {
        var replay = new SimpleBinanceReplay(market);
        foreach (RecordedFrame frame in Read(files))
        {
            replay.Feed(frame);
        }

        return replay;
    }
}
