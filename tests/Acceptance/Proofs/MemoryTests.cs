using System.Globalization;
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
/// A recording played ten times over does not grow memory after the second time: levels, waiting room, managed heap, native memory, resident
/// set. Without a journal, whose pages belong to the system.
/// </summary>
[Collection(nameof(Alone))]
public sealed partial class MemoryTests(ITestOutputHelper output)
{
    private const int Rounds = 10;

    // What the runtime and the test host do beside us.
    private const long HeapNoiseBytes = 128 * 1024;
    private const long NativeNoiseBytes = 1024 * 1024;
    private const long ResidentNoiseBytes = 8 * 1024 * 1024;

    private const int PieceBytes = 16 * 1024;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_bundled_recording_ten_times(bool withGaps) => Check(BinanceMarket.Spot, Spot8, withGaps);

    [RecordingTheory(UsdM, CoinM8)]
    [InlineData(BinanceMarket.UsdM, UsdM, false)]
    [InlineData(BinanceMarket.UsdM, UsdM, true)]
    [InlineData(BinanceMarket.CoinM, CoinM8, false)]
    [InlineData(BinanceMarket.CoinM, CoinM8, true)]
    public void A_long_recording_ten_times(BinanceMarket market, string file, bool withGaps) => Check(market, file, withGaps);

    /// <summary>The harness itself: what is kept is seen.</summary>
    [Fact]
    public unsafe void Planted_leaks_are_noticed()
    {
        Measured before = Measure(0, default, 0);
        byte[] kept = new byte[4 * HeapNoiseBytes];
        nint[] native = new nint[2 * ResidentNoiseBytes / PieceBytes];
        for (int i = 0; i < native.Length; i++)
        {
            native[i] = (nint)NativeMemory.Alloc(PieceBytes);
            new Span<byte>((void*)native[i], PieceBytes).Fill(1);
        }

        Measured after = Measure(0, default, 0);
        GC.KeepAlive(kept);
        Array.ForEach(native, static piece => NativeMemory.Free((void*)piece));

        Assert.True(after.HeapBytes - before.HeapBytes > HeapNoiseBytes);
        Assert.True(before.NativeBytes == 0 || after.NativeBytes - before.NativeBytes > NativeNoiseBytes);
        Assert.True(after.ResidentBytes - before.ResidentBytes > ResidentNoiseBytes);
    }

    private void Check(BinanceMarket market, string file, bool withGaps)
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
            L2Book book = pipeline.Book!.Book;
            measured[round] = Measure(book.BidCount + book.AskCount, book.Digest, pipeline.Book.WaitingSlots);
            output.WriteLine($"{round + 1}: {measured[round]}");
        }

        output.WriteLine($"waiting room: at most {waitingMax} slots");
        Assert.Equal(BookState.Live, pipeline.Book!.State);
        Assert.Equal(withGaps ? (Rounds - 1, Rounds - 1) : (0, 0), ((int)pipeline.Book.Totals.Gaps, (int)pipeline.Book.Totals.Resyncs));
        Measured second = measured[1];
        foreach (Measured later in measured[2..])
        {
            Assert.Equal((second.Levels, second.Digest, 0), (later.Levels, later.Digest, later.WaitingSlots));
            Assert.InRange(later.HeapBytes - second.HeapBytes, long.MinValue, HeapNoiseBytes);
            Assert.InRange(later.NativeBytes - second.NativeBytes, long.MinValue, NativeNoiseBytes);
            Assert.InRange(later.ResidentBytes - second.ResidentBytes, long.MinValue, ResidentNoiseBytes);
        }

        // A book that is bridged anew is the same one every time.
        Assert.True(!withGaps || measured[0].Digest == second.Digest);
    }

    private static Measured Measure(int levels, Digest128 digest, int waitingSlots)
    {
        // Gives everything back that it can, so that the resident set shows what is held.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        long heap = GC.GetTotalMemory(forceFullCollection: true);
        long native = 0;
        if (TryMallocInfo(out MallocInfo info))
        {
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
