using System.Globalization;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Lob.Fast.Acceptance.Proofs.Support;
using Lob.Fast.Baselines;
using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Records;
using Lob.Fast.TestSupport;
using Xunit.Abstractions;
using static Lob.Fast.Acceptance.Oracle.BinanceRecordings;

namespace Lob.Fast.Acceptance.Proofs;

/// <summary>
/// A recording played again and again does not grow memory once it is warm: levels, waiting room, managed heap, native memory, resident
/// set. Without a journal, whose pages belong to the system.
/// </summary>
[Collection(nameof(Alone))]
public sealed partial class MemoryTests(ITestOutputHelper output)
{
    private const int Rounds = 15;

    // The JIT still makes code in the first ones.
    private const int WarmUpRounds = 6;

    // What most rounds may add, in at least 40,000 frames: noise of the runtime and the test host, far below a byte a frame.
    // The runtime takes and gives back megabytes of its own at single moments, which is why the median of the steps is judged.
    private const long HeapStepMax = 16 * 1024;
    private const long NativeStepMax = 32 * 1024;
    private const long ResidentStepMax = 128 * 1024;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_bundled_recording_again_and_again(bool withGaps) => Check(BinanceMarket.Spot, Spot8, withGaps);

    [RecordingTheory(UsdM, CoinM8)]
    [InlineData(BinanceMarket.UsdM, UsdM, false)]
    [InlineData(BinanceMarket.UsdM, UsdM, true)]
    [InlineData(BinanceMarket.CoinM, CoinM8, false)]
    [InlineData(BinanceMarket.CoinM, CoinM8, true)]
    public void A_long_recording_again_and_again(BinanceMarket market, string file, bool withGaps) => Check(market, file, withGaps);

    /// <summary>
    /// The harness itself: a byte a frame that is kept on the heap is seen, and eight that are allocated outside of it, and eight that are mapped. What is allocated may come
    /// from pages that earlier tests of the process left resident, so the resident set need not show it; mapped memory, which books are made of, it must.
    /// </summary>
    [Fact]
    public unsafe void Planted_leaks_are_noticed()
    {
        List<byte[]> heap = [];
        List<nint> native = [];
        List<MemoryMappedFile> mapped = [];
        List<MemoryMappedViewAccessor> views = [];
        Measured[] measured = Play(BinanceMarket.Spot, Spot8, withGaps: false, frames =>
        {
            heap.Add(new byte[frames]);
            native.Add((nint)NativeMemory.Alloc((nuint)(8 * frames)));
            new Span<byte>((void*)native[^1], 8 * frames).Fill(1);
            mapped.Add(MemoryMappedFile.CreateNew(null, 8 * frames));
            views.Add(mapped[^1].CreateViewAccessor());
            for (int page = 0; page < 8 * frames; page += Environment.SystemPageSize)
            {
                views[^1].Write(page, (byte)1);
            }
        });
        GC.KeepAlive(heap);
        native.ForEach(static block => NativeMemory.Free((void*)block));
        views.ForEach(static view => view.Dispose());
        mapped.ForEach(static file => file.Dispose());

        Assert.True(MedianStep(measured, static round => round.HeapBytes) > HeapStepMax);
        Assert.True(measured[0].NativeBytes == 0 || MedianStep(measured, static round => round.NativeBytes) > NativeStepMax);
        Assert.True(MedianStep(measured, static round => round.ResidentBytes) > ResidentStepMax);
    }

    private void Check(BinanceMarket market, string file, bool withGaps)
    {
        Measured[] measured = Play(market, file, withGaps, static _ => { });
        foreach (Measured later in measured[2..])
        {
            Assert.Equal((measured[1].Levels, measured[1].Digest, 0), (later.Levels, later.Digest, later.WaitingSlots));
        }

        // A book that is bridged anew is the same one every time.
        Assert.True(!withGaps || measured[0].Digest == measured[1].Digest);
        Assert.InRange(MedianStep(measured, static round => round.HeapBytes), long.MinValue, HeapStepMax);
        Assert.InRange(MedianStep(measured, static round => round.NativeBytes), long.MinValue, NativeStepMax);
        Assert.InRange(MedianStep(measured, static round => round.ResidentBytes), long.MinValue, ResidentStepMax);
    }

    private Measured[] Play(BinanceMarket market, string file, bool withGaps, Action<int> afterRound)
    {
        using EnginePipeline pipeline = EnginePipeline.InMemory(market, SymbolOf(file));
        var looped = new LoopedRecording(market, [file], withGaps);
        var measured = new Measured[Rounds];
        int waitingMax = 0;
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < looped.Count; i++)
            {
                pipeline.Sequencer.OnFrame(looped[i]);
                waitingMax = Math.Max(waitingMax, pipeline.Book?.WaitingSlots ?? 0);
            }

            looped.MoveOn();
            afterRound(looped.Count);
            L2Book book = pipeline.Book!.Book;
            measured[round] = Measure(book.BidCount + book.AskCount, book.Digest, pipeline.Book.WaitingSlots);
            output.WriteLine($"{round + 1}: {measured[round]}");
        }

        output.WriteLine($"waiting room: at most {waitingMax} slots");
        Assert.Equal(BookState.Live, pipeline.Book!.State);
        Assert.Equal(withGaps ? (Rounds - 1, Rounds - 1) : (0, 0), ((int)pipeline.Book.Totals.Gaps, (int)pipeline.Book.Totals.Resyncs));
        return measured;
    }

    /// <summary>What the rounds behind those for warm-up add, in the middle.</summary>
    private static long MedianStep(Measured[] measured, Func<Measured, long> bytes)
    {
        long[] steps = [.. measured.Skip(WarmUpRounds - 1).Zip(measured.Skip(WarmUpRounds), (before, after) => bytes(after) - bytes(before)).Order()];
        return steps[steps.Length / 2];
    }

    private static Measured Measure(int levels, Digest128 digest, int waitingSlots)
    {
        // Gives everything back that it can, so that the resident set shows what is held.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        long heap = GC.GetTotalMemory(forceFullCollection: true);
        long native = 0;
        if (TryMallocInfo(out MallocInfo info))
        {
            // Without this a leak may lie in pages that were freed and are still there.
            _ = TrimFreePages(0);
            native = (long)(info.InUseInArenas + info.InUseMapped);
        }

        string pages = File.ReadAllText("/proc/self/statm").Split(' ')[1];
        return new Measured(levels, digest, waitingSlots, heap, native, long.Parse(pages, CultureInfo.InvariantCulture) * Environment.SystemPageSize);
    }

    private static bool TryMallocInfo(out MallocInfo info)
    {
        try
        {
            info = ReadMallocInfo();
            return true;
        }
        catch (EntryPointNotFoundException)
        {
            info = default;
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "mallinfo2")]
    private static partial MallocInfo ReadMallocInfo();

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int TrimFreePages(nuint keepBytes);

    private readonly record struct Measured(int Levels, Digest128 Digest, int WaitingSlots, long HeapBytes, long NativeBytes, long ResidentBytes);

    /// <summary>struct mallinfo2 of glibc 2.33 and later.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct MallocInfo
    {
        public nuint Arena;
        public nuint FreeChunks;
        public nuint FastChunks;
        public nuint MappedRegions;
        public nuint InUseMapped;
        public nuint Unused;
        public nuint FastFree;
        public nuint InUseInArenas;
        public nuint FreeInArenas;
        public nuint KeepCost;
    }
}
