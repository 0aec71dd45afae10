using Lob.Fast.Acceptance.Proofs.Support;
using Lob.Fast.Baselines;
using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Integrity;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal;
using Lob.Fast.TestSupport;
using Xunit.Abstractions;
using static Lob.Fast.Acceptance.Oracle.BinanceRecordings;

namespace Lob.Fast.Acceptance.Proofs;

/// <summary>Over a million frames through decoder, sequencer, books, seals and journal without a byte allocated; only a new segment may take some.</summary>
[Collection(nameof(Alone))]
public sealed class AllocationTests(ITestOutputHelper output)
{
    private const int FramesMin = 1_000_000;
    private const int WarmUpRounds = 2;

    // Paths, a file handle, a mapping, the table of filled blocks. None of it grows with the book.
    private const long BytesPerRollMax = 8 * 1024;

    private static readonly JournalOptions ManySegments = new() { SegmentRecords = 1 << 17 };

    [Fact]
    public void A_million_frames_of_the_bundled_recording() => Check(BinanceMarket.Spot, Spot8);

    [RecordingTheory(UsdM, CoinM8)]
    [InlineData(BinanceMarket.UsdM, UsdM)]
    [InlineData(BinanceMarket.CoinM, CoinM8)]
    public void A_million_frames_of_the_long_recordings(BinanceMarket market, string file) => Check(market, file);

    /// <summary>The harness itself: one small object every thousand frames is seen, to the byte.</summary>
    [Fact]
    public void A_planted_allocation_is_noticed()
    {
        using var folder = new TemporaryFolder();
        using EnginePipeline pipeline = EnginePipeline.Journaled(BinanceMarket.Spot, SymbolOf(Spot8), folder.Of("journal"), ManySegments);
        var looped = new LoopedRecording(BinanceMarket.Spot, [Spot8]);
        Play(pipeline, looped, plantEvery: 1_000);
        looped.MoveOn();

        long before = GC.GetAllocatedBytesForCurrentThread();
        GC.KeepAlive(new object());
        long objectBytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(objectBytes > 0);
        Assert.Equal(objectBytes * (looped.Count / 1_000), Play(pipeline, looped, plantEvery: 1_000).InFrames);
    }

    private void Check(BinanceMarket market, string file)
    {
        using var folder = new TemporaryFolder();
        using EnginePipeline pipeline = EnginePipeline.Journaled(market, SymbolOf(file), folder.Of("journal"), ManySegments);
        var looped = new LoopedRecording(market, [file]);
        int round = 0;
        for (; round < WarmUpRounds; round++)
        {
            Play(pipeline, looped);
            looped.MoveOn();
        }

        var sum = new Allocated(0, 0, 0);
        int frames = 0;
        Digest128 digest = pipeline.Book!.Book.Digest;
        for (; frames < FramesMin; round++)
        {
            Allocated allocated = Play(pipeline, looped);
            looped.MoveOn();
            frames += looped.Count;
            sum = new Allocated(sum.InFrames + allocated.InFrames, sum.InRolls + allocated.InRolls, sum.Rolls + allocated.Rolls);
        }

        pipeline.Close();
        BookStream book = pipeline.Book;
        output.WriteLine(
            $"{frames:N0} frames, {pipeline.Logic.Totals.Records:N0} records: {sum.InFrames} bytes; "
            + $"{sum.Rolls} rolls: {sum.InRolls:N0} bytes, {sum.InRolls / Math.Max(1, sum.Rolls):N0} each");

        // It was one unbroken sequence, and each round leaves the same book.
        Assert.Equal((BookState.Live, 0L, 0L, 0L), (book.State, book.Totals.Gaps, book.Totals.Duplicates, pipeline.Logic.Totals.Rejected));
        Assert.Equal((long)round * looped.Count, pipeline.Logic.Totals.Messages);
        Assert.Equal(digest, book.Book.Digest);

        Assert.Equal(0, sum.InFrames);
        Assert.True(sum.Rolls > 0);
        Assert.InRange(sum.InRolls, 0, sum.Rolls * BytesPerRollMax);
    }

    private static Allocated Play(EnginePipeline pipeline, LoopedRecording looped, int plantEvery = int.MaxValue)
    {
        long inFrames = 0;
        long inRolls = 0;
        int rolls = 0;
        for (int i = 0; i < looped.Count; i++)
        {
            int segment = pipeline.Writer!.SegmentNumber;
            long before = GC.GetAllocatedBytesForCurrentThread();
            pipeline.Sequencer.OnFrame(looped[i]);
            if ((i + 1) % plantEvery == 0)
            {
                GC.KeepAlive(new object());
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (pipeline.Writer.SegmentNumber == segment)
            {
                inFrames += allocated;
            }
            else
            {
                inRolls += allocated;
                rolls++;
            }
        }

        return new Allocated(inFrames, inRolls, rolls);
    }

    private readonly record struct Allocated(long InFrames, long InRolls, int Rolls);
}
