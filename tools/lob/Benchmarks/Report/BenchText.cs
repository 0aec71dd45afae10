using System.Globalization;
using Lob.Fast.Cli.Benchmarks.Growth;
using Lob.Fast.Cli.Benchmarks.Latency;
using Lob.Fast.Cli.Benchmarks.Machine;
using Lob.Fast.Cli.Benchmarks.Works;
using Lob.Fast.Cli.Output;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Threads;
using Lob.Fast.Journal.Writing;

namespace Lob.Fast.Cli.Benchmarks.Report;

/// <summary>A report for people, on stderr.</summary>
internal static class BenchText
{
    public static void Write(BenchReport report)
    {
        WriteContext(report);
        foreach (BenchResult result in report.Results)
        {
            WriteResult(result);
        }

        if (report.Growth.Count > 0)
        {
            WriteGrowth(report.Growth);
        }
    }

    private static void WriteContext(BenchReport report)
    {
        foreach (string line in BuildInfo.Lines().Concat(report.Machine.Lines()))
        {
            Say(line);
        }

        if (BuildInfo.Warning is { } warning)
        {
            Say(warning);
        }

        string start = ProgramFacts.StartMs() is { } ms ? $"{Number(ms, "F1")} ms to start" : "start time not measured under the JIT";
        Say($"program {Number(ProgramFacts.Bytes() / 1e6, "F1")} MB, {start}, peak resident {Number(MachineContext.PeakResidentBytes() / 1e6, "F0")} MB "
            + "(all recordings and alternatives of this run in memory)");
        Say(report.RoundTripNs is { } trip
            ? $"core to core and back, ns: {string.Join(", ", Percentiles.Of(trip).Select(item => $"{item.Name} {Count(item.Value)}"))}; reading the clock {Number(report.ClockReadNs, "F0")} ns, included"
            : "core to core and back: not measured, there is one core, or another program has the second");
        foreach (string note in Pipeline<JournalSink>.PlanOf(Layout.Split).Notes)
        {
            Say($"split layout: {note}");
        }

        if (report.Results.Count > 0)
        {
            Say($"Every variant does the same frames, in turn with the others, on fresh state: medians of {report.Request.Rounds} rounds behind one for warm-up; ratio is against the first line.");
        }
    }

    private static void WriteResult(BenchResult result)
    {
        BenchRecording recording = result.Recording;
        Say("");
        Say($"{recording.Venue.ToName()} {string.Join(", ", recording.Files.Select(Path.GetFileName))}: {recording.Count:N0} frames, "
            + $"{recording.FrameBytes / 1e6:F1} MB, {result.Levels:N0} levels in {result.BookFrames:N0} book frames"
            + (recording.Passes == 1 ? "" : $", played {recording.Passes:N0} times in a round"));
        if (result.Rows.Count > 0)
        {
            var table = new Table("variant", "ns/frame", "min-max", "ns/level", "GB/s", "B/frame", "GC 0/1/2", "ratio");
            foreach (BenchRow row in result.Rows)
            {
                table.Add(
                    row.Name, Number(row.NsPerFrame, "F0"), $"{Number(row.NsPerFrameMin, "F0")}-{Number(row.NsPerFrameMax, "F0")}", Number(row.NsPerLevel, "F1"),
                    Number(row.GigabytesPerSecond, "F3"), Number((double)row.AllocatedBytes / recording.Count, "F1"),
                    $"{row.Collections.Gen0}/{row.Collections.Gen1}/{row.Collections.Gen2}", Number(row.NsPerFrame / result.Rows[0].NsPerFrame, "F2"));
            }

            table.Write();
        }

        foreach (SkippedVariant skipped in result.Skipped)
        {
            Say($"  {skipped.Name}: {skipped.Why}");
        }

        if (result.Latencies.Count > 0)
        {
            WriteLatencies(result.Latencies);
        }

        if (result.Instructions is { } instructions)
        {
            Say(instructions.WhyNot is { } why
                ? $"  instructions not counted: {why}"
                : $"  decode: {Number(instructions.PerFrame, "F0")} instructions a frame over the first {Count(instructions.Frames)} ({instructions.Counter})");
        }
    }

    private static void WriteLatencies(IReadOnlyList<LatencyRow> rows)
    {
        Say("  latency in ns, from the moment a frame is due to its completion (in the open loops waiting counts):");
        foreach (LatencyRow[] group in rows.GroupBy(static row => (row.Path, row.Layout)).Select(static group => group.ToArray()))
        {
            LatencyRow first = group[0];
            Say($"  {NameOf(first.Path)}, {NameOf(first.Layout)}: {Count((long)first.FramesPerSecondMax)} frames/s at most");
            var table = new Table(["  load", .. Percentiles.Of(first.Ns).Select(static item => item.Name), "B", "GC"]);
            foreach (LatencyRow row in group)
            {
                table.Add([$"  {row.Load}", .. Percentiles.Of(row.Ns).Select(static item => Count(item.Value)), Count(row.AllocatedBytes), Count(row.Collections)]);
            }

            table.Write();
        }
    }

    private static void WriteGrowth(IReadOnlyList<GrowthPoint> points)
    {
        Say("");
        Say("growth: generated frames through pipeline and journal, fused; medians of rounds on books that go on");
        var table = new Table("instruments", "levels a book", "frames", "ns/frame", "ns/level", "p99, ns", "resident, MB");
        foreach (GrowthPoint point in points)
        {
            table.Add(
                Count(point.Instruments), Count(point.LevelsPerBook), Count(point.Frames), Number(point.NsPerFrame, "F0"), Number(point.NsPerLevel, "F1"),
                Count(point.Ns.Percentile(0.99)), Number(point.ResidentBytes / 1e6, "F0"));
        }

        table.Write();
    }

    public static string NameOf(LatencyPath path) => path == LatencyPath.FrameToJournal ? "frame to journal" : "frame to decision";

    public static string NameOf(LatencyLayout layout) => layout switch
    {
        LatencyLayout.Fused => "fused",
        LatencyLayout.FusedBehindRing => "fused behind the frame ring",
        LatencyLayout.Split => "split",
        _ => throw new ArgumentOutOfRangeException(nameof(layout), layout, "no layout"),
    };

    private static void Say(string line) => Console.Error.WriteLine(line);

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
