using System.Diagnostics;
using Lob.Fast.Cli.Benchmarks.Machine;
using Lob.Fast.Cli.Benchmarks.Works;
using Lob.Fast.Codecs;
using Lob.Fast.Engine.Metrics;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Threads;
using Lob.Fast.Journal.Writing;

namespace Lob.Fast.Cli.Benchmarks.Growth;

/// <summary>How cost and memory grow with instruments and with levels: generated frames through pipeline and journal, fused.</summary>
internal static class GrowthRunner
{
    private const int LevelsOfEach = 400;
    private const int FramesPerRound = 40_000;
    private const int QuickFramesPerRound = 1_000;
    private static readonly int[] InstrumentCounts = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000];
    private static readonly int[] LevelCounts = [10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000];
    private static readonly int[] QuickCounts = [10, 100];

    public static IReadOnlyList<GrowthPoint> Run(BenchRequest request, Action<string> progress)
    {
        var points = new List<GrowthPoint>();
        foreach (int instruments in request.IsQuick ? QuickCounts : InstrumentCounts)
        {
            progress($"growth, {instruments} instruments");
            points.Add(Measure("instruments", instruments, LevelsOfEach, request));
        }

        foreach (int levels in request.IsQuick ? QuickCounts : LevelCounts)
        {
            progress($"growth, {levels} levels");
            points.Add(Measure("levels", 1, levels, request));
        }

        return points;
    }

    private static GrowthPoint Measure(string of, int instruments, int levels, BenchRequest request)
    {
        int frames = request.IsQuick ? QuickFramesPerRound : FramesPerRound;

        // One round to warm up, one for latencies: books go on from round to round, since a sequence cannot be played twice.
        var market = new GeneratedMarket(instruments, levels, (request.Rounds + 2) * frames);
        long residentBefore = Resident();
        using var pipeline = new Pipeline<JournalSink>(
            CodecFactory.Create(GeneratedMarket.Form), Layout.Fused, static journal => journal, Path.Combine(request.JournalRoot, $"lob-bench-{Environment.ProcessId}"));
        var ns = new double[request.Rounds];
        int next = 0;
        Play(instruments + frames);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long allocatedBefore = GC.GetTotalAllocatedBytes(precise: true);
        for (int round = 0; round < ns.Length; round++)
        {
            ns[round] = Play(frames);
        }

        long allocated = GC.GetTotalAllocatedBytes(precise: true) - allocatedBefore;
        Array.Sort(ns);
        LogLinearHistogram latencies = PlayOneByOne();
        if (!pipeline.Logic.Books.All(static book => book.State == BookState.Live))
        {
            throw new InvalidOperationException("a generated book is not live: what was measured is not what was meant");
        }

        double median = ns[ns.Length / 2] / frames;
        return new GrowthPoint
        {
            Of = of,
            Instruments = instruments,
            LevelsPerBook = levels,
            Frames = frames,
            NsPerFrame = median,
            NsPerLevel = median / GeneratedMarket.LevelsPerFrame,
            Ns = latencies,
            ResidentBytes = Resident() - residentBefore,
            AllocatedBytes = allocated,
        };

        // What the collector keeps for itself would hide what the books have.
        static long Resident()
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
            return MachineContext.AnonymousBytes();
        }

        double Play(int count)
        {
            long start = Stopwatch.GetTimestamp();
            for (int end = next + count; next < end; next++)
            {
                pipeline.OnFrame(market[next]);
            }

            return Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        }

        LogLinearHistogram PlayOneByOne()
        {
            var histogram = new LogLinearHistogram();
            long before = Stopwatch.GetTimestamp();
            for (; next < market.Count; next++)
            {
                pipeline.OnFrame(market[next]);
                long after = Stopwatch.GetTimestamp();
                histogram.Record(ClockCost.Ns(after - before));
                before = after;
            }

            return histogram;
        }
    }
}
