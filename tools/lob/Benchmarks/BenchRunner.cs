using System.Diagnostics;
using Lob.Fast.Baselines;
using Lob.Fast.Baselines.Values;
using Lob.Fast.Cli.Benchmarks.Latency;
using Lob.Fast.Cli.Benchmarks.Machine;
using Lob.Fast.Cli.Benchmarks.Works;
using Lob.Fast.Codecs;
using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Threads;

namespace Lob.Fast.Cli.Benchmarks;

/// <summary>
/// Runs all variants of a recording in turn, round after round, so that a machine whose speed drifts drifts for all of them alike; medians are reported. One
/// round before the first is not counted.
/// </summary>
internal static class BenchRunner
{
    public const string PipelineName = "pipeline";
    public const string JournalName = "pipeline and journal";
    public const string FreshName = "pipeline and journal, fresh";
    public const string SplitName = "pipeline and journal, split";
    public const string DecodeName = "decode";
    public const string ReaderName = "decode, Utf8JsonReader";
    public const string SimdjsonName = "decode, simdjson";
    public const string TokensName = "Utf8JsonReader, tokens only";
    public const string SimpleName = "simple implementation";
    public const string LatencyName = "latency";
    public const string InstructionsName = "instructions";

    /// <summary>What can be measured.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [PipelineName, JournalName, FreshName, SplitName, DecodeName, ReaderName, SimdjsonName, TokensName, SimpleName, LatencyName, InstructionsName];

    public static BenchResult Run(BenchRecording all, BenchRequest request, Action<string> progress)
    {
        string? symbol = DepthSymbolScan.OnlySymbol(all.Files);
        string journalFolder = Path.Combine(request.JournalRoot, $"lob-bench-{Environment.ProcessId}");
        (BenchRecording books, int bookFrames, long levels) = all.OnlyBooks(Decoder());
        (BenchVariant OnAll, BenchVariant OnBooks)[] variants = [.. Variants(all).Zip(Variants(books)).Where(pair => request.Wants(pair.First.Name))];
        return new BenchResult
        {
            Recording = all,
            BookFrames = bookFrames,
            Levels = levels,
            Rows = Measure(variants, all.Count, request.Rounds, progress),
            Skipped = [.. Skipped().Where(variant => request.Wants(variant.Name))],
            Latencies = request.Wants(LatencyName)
                ? new LatencyRunner(all, Decoder, journalFolder, request.LatencyFrames, request.LatencyRounds).Run(progress)
                : [],
            Instructions = !request.Wants(InstructionsName) ? null : Instructions(),
        };

        IVenueDecoder Decoder() => CodecFactory.Create(all.Venue, new DecoderOptions { DefaultSymbol = symbol });

        IEnumerable<BenchVariant> Variants(BenchRecording recording)
        {
            RecordedFrame[] simple = recording.ToBaseline();
            yield return new BenchVariant(PipelineName, recording.BehindLead, () => new PipelineWork(recording, Decoder(), Layout.Fused, null));
            yield return new BenchVariant(JournalName, recording.BehindLead, () => new PipelineWork(recording, Decoder(), Layout.Fused, journalFolder));
            yield return new BenchVariant(FreshName, recording.Once, () => new PipelineWork(recording, Decoder(), Layout.Fused, journalFolder, isFresh: true));
            yield return new BenchVariant(SplitName, recording.BehindLead, () => new PipelineWork(recording, Decoder(), Layout.Split, journalFolder));
            yield return new BenchVariant(DecodeName, recording.AllPasses, () => new DecodeWork<IVenueDecoder>(recording, Decoder()));
            yield return new BenchVariant(ReaderName, recording.AllPasses, () => new ValueWork(recording, ValueDecoders.Utf8Json(recording.Venue)));
            if (SimdjsonLibrary.IsPresent)
            {
                yield return new BenchVariant(SimdjsonName, recording.AllPasses, () => new ValueWork(recording, new SimdjsonDecoder(recording.Venue)));
            }

            yield return new BenchVariant(TokensName, recording.AllPasses, () => new TokensWork(recording));
            yield return new BenchVariant(SimpleName, recording.BehindLead, () => new SimpleWork(recording, simple, symbol));
        }

        IEnumerable<SkippedVariant> Skipped()
        {
            if (!SimdjsonLibrary.IsPresent)
            {
                yield return new SkippedVariant(SimdjsonName, SimdjsonLibrary.WhyAbsent);
            }
        }

        InstructionCount Instructions()
        {
            progress(InstructionsName);
            return request.IsQuick && request.Only.Count == 0
                ? InstructionCount.Skipped("a quick run does not count them")
                : InstructionCounter.Count(all.Venue, all.Files, Math.Min(all.Count, InstructionCounter.FramesMax));
        }
    }

    /// <summary>Decodes a recording's first frames again and again, for whoever counts what that takes.</summary>
    public static void DecodeOnly(Venue venue, IReadOnlyList<string> files, int passes)
    {
        BenchRecording recording = BenchRecording.Load(venue, files, InstructionCounter.FramesMax);
        using var work = new DecodeWork<IVenueDecoder>(recording, CodecFactory.Create(venue, new DecoderOptions { DefaultSymbol = DepthSymbolScan.OnlySymbol(files) }));
        for (int pass = 0; pass < passes; pass++)
        {
            work.RunOnce();
        }
    }

    private static BenchRow[] Measure(
        (BenchVariant OnAll, BenchVariant OnBooks)[] variants, int framesOfPass, int rounds, Action<string> progress)
    {
        double[][] nsAll = [.. variants.Select(_ => new double[rounds])];
        double[][] nsBooks = [.. variants.Select(_ => new double[rounds])];
        var allocated = new long[variants.Length];
        var collections = new (int, int, int)[variants.Length];
        for (int round = -1; round < rounds; round++)
        {
            for (int i = 0; i < variants.Length; i++)
            {
                progress($"{variants[i].OnAll.Name}, {(round < 0 ? "warm-up" : $"round {round + 1} of {rounds}")}");
                (double all, long bytes, (int, int, int) gcs) onAll = Measure(variants[i].OnAll);
                (double all, long, (int, int, int)) onBooks = Measure(variants[i].OnBooks);
                if (round >= 0)
                {
                    nsAll[i][round] = onAll.all;
                    nsBooks[i][round] = onBooks.all;
                    allocated[i] = onAll.bytes;
                    collections[i] = Add(collections[i], onAll.gcs);
                }
            }
        }

        return
        [
            .. variants.Select((variant, i) => new BenchRow
            {
                Name = variant.OnAll.Name,
                NsPerFrame = Median(nsAll[i]) / variant.OnAll.Part.Frames,
                NsPerFrameMin = nsAll[i].Min() / variant.OnAll.Part.Frames,
                NsPerFrameMax = nsAll[i].Max() / variant.OnAll.Part.Frames,
                NsPerLevel = PerLevel(Median(nsBooks[i]), variant.OnBooks.Part),
                NsPerLevelMin = PerLevel(nsBooks[i].Min(), variant.OnBooks.Part),
                GigabytesPerSecond = variant.OnAll.Part.Bytes / Median(nsAll[i]),

                // Rounded up: a byte in many passes is one too many.
                AllocatedBytes = ((allocated[i] * framesOfPass) + variant.OnAll.Part.Frames - 1) / variant.OnAll.Part.Frames,
                Collections = collections[i],
            }),
        ];
    }

    private static double PerLevel(double ns, BenchPart part) => part.Levels == 0 ? 0 : ns / part.Levels;

    private static (double Ns, long AllocatedBytes, (int, int, int) Collections) Measure(BenchVariant variant)
    {
        using IBenchWork work = variant.Prepare();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        (int, int, int) gcBefore = Counts();
        long bytesBefore = GC.GetTotalAllocatedBytes(precise: true);
        long start = Stopwatch.GetTimestamp();
        work.Run();
        double ns = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        long bytes = GC.GetTotalAllocatedBytes(precise: true) - bytesBefore - work.StartBytes;
        (int Gen0, int Gen1, int Gen2) gcAfter = Counts();
        return (ns, bytes, (gcAfter.Gen0 - gcBefore.Item1, gcAfter.Gen1 - gcBefore.Item2, gcAfter.Gen2 - gcBefore.Item3));

        static (int, int, int) Counts() => (GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2));
    }

    private static (int, int, int) Add((int, int, int) left, (int, int, int) right) =>
        (left.Item1 + right.Item1, left.Item2 + right.Item2, left.Item3 + right.Item3);

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
