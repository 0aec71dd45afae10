using System.Runtime.InteropServices;
using System.Text.Json;
using Lob.Fast.Cli.Benchmarks.Growth;
using Lob.Fast.Cli.Benchmarks.Latency;
using Lob.Fast.Cli.Benchmarks.Machine;
using Lob.Fast.Cli.Benchmarks.Works;
using Lob.Fast.Engine.Metrics;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Threads;
using Lob.Fast.Journal.Writing;

namespace Lob.Fast.Cli.Benchmarks.Report;

/// <summary>A report for programs: the fields of one JSON object.</summary>
internal static class BenchJson
{
    public static void Write(Utf8JsonWriter json, BenchReport report)
    {
        WriteProgram(json);
        WriteMachine(json, report);
        json.WriteNumber("rounds", report.Request.Rounds);
        json.WriteNumber("latency_rounds", report.Request.LatencyRounds);
        json.WriteBoolean("quick", report.Request.IsQuick);
        json.WriteString("warm_up", "one round of every variant, not counted; state is fresh in each round");
        json.WriteStartArray("recordings");
        foreach (BenchResult result in report.Results)
        {
            WriteResult(json, result);
        }

        json.WriteEndArray();
        json.WriteStartArray("growth");
        foreach (GrowthPoint point in report.Growth)
        {
            WriteGrowth(json, point);
        }

        json.WriteEndArray();
    }

    private static void WriteProgram(Utf8JsonWriter json)
    {
        json.WriteString("version", BuildInfo.Version);
        json.WriteString("framework", BuildInfo.Framework);
        json.WriteString("runtime", RuntimeInformation.FrameworkDescription);
        json.WriteBoolean("native", BuildInfo.IsNative);
        json.WriteString("compiled_for", string.Join(' ', BuildInfo.CompiledSets));
        json.WriteString("machine_has", string.Join(' ', BuildInfo.MachineSets ?? []));
        json.WriteNumber("program_bytes", ProgramFacts.Bytes());
        if (ProgramFacts.StartMs() is { } ms)
        {
            json.WriteNumber("start_ms", ms);
        }

        json.WriteNumber("peak_resident_bytes", MachineContext.PeakResidentBytes());
    }

    private static void WriteMachine(Utf8JsonWriter json, BenchReport report)
    {
        MachineContext machine = report.Machine;
        json.WriteStartObject("machine");
        json.WriteString("processor", machine.Processor);
        json.WriteNumber("cores", machine.Cores);
        json.WriteString("caches", machine.Caches);
        json.WriteNumber("memory_bytes", machine.MemoryBytes);
        json.WriteString("kernel", machine.Kernel);
        json.WriteString("governor", machine.Governor);
        json.WriteBoolean("virtual", machine.IsVirtual);
        json.WriteString("clock_source", machine.ClockSource);
        json.WriteString("huge_pages", machine.HugePages);
        json.WriteNumber("load_average", machine.LoadAverage);
        json.WriteEndObject();
        json.WriteString("split_threads", string.Join("; ", [$"wait by {Pipeline<JournalSink>.PlanOf(Layout.Split).Wait}", .. Pipeline<JournalSink>.PlanOf(Layout.Split).Notes]));
        json.WriteNumber("clock_read_ns", report.ClockReadNs);
        if (report.RoundTripNs is { } trip)
        {
            WriteNs(json, "core_round_trip_ns", trip);
        }
    }

    private static void WriteResult(Utf8JsonWriter json, BenchResult result)
    {
        json.WriteStartObject();
        json.WriteString("venue", result.Recording.Venue.ToName());
        json.WriteStartArray("files");
        foreach (string file in result.Recording.Files)
        {
            json.WriteStringValue(Path.GetFileName(file));
        }

        json.WriteEndArray();
        json.WriteNumber("frames", result.Recording.Count);
        json.WriteNumber("passes", result.Recording.Passes);
        json.WriteNumber("bytes", result.Recording.FrameBytes);
        json.WriteNumber("book_frames", result.BookFrames);
        json.WriteNumber("levels", result.Levels);
        json.WriteStartArray("variants");
        foreach (BenchRow row in result.Rows)
        {
            WriteRow(json, row);
        }

        json.WriteEndArray();
        json.WriteStartArray("skipped");
        foreach (SkippedVariant skipped in result.Skipped)
        {
            json.WriteStartObject();
            json.WriteString("name", skipped.Name);
            json.WriteString("why", skipped.Why);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("latencies");
        foreach (LatencyRow row in result.Latencies)
        {
            WriteLatency(json, row);
        }

        json.WriteEndArray();
        if (result.Instructions is { } instructions)
        {
            WriteInstructions(json, instructions);
        }

        json.WriteEndObject();
    }

    private static void WriteRow(Utf8JsonWriter json, BenchRow row)
    {
        json.WriteStartObject();
        json.WriteString("name", row.Name);
        json.WriteNumber("ns_per_frame", row.NsPerFrame);
        json.WriteNumber("ns_per_frame_min", row.NsPerFrameMin);
        json.WriteNumber("ns_per_frame_max", row.NsPerFrameMax);
        json.WriteNumber("ns_per_level", row.NsPerLevel);
        json.WriteNumber("ns_per_level_min", row.NsPerLevelMin);
        json.WriteNumber("gigabytes_per_second", row.GigabytesPerSecond);
        json.WriteNumber("allocated_bytes", row.AllocatedBytes);
        json.WriteStartArray("collections");
        json.WriteNumberValue(row.Collections.Gen0);
        json.WriteNumberValue(row.Collections.Gen1);
        json.WriteNumberValue(row.Collections.Gen2);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteLatency(Utf8JsonWriter json, LatencyRow row)
    {
        json.WriteStartObject();
        json.WriteString("path", BenchText.NameOf(row.Path));
        json.WriteString("layout", BenchText.NameOf(row.Layout));
        json.WriteString("load", row.Load.ToString());
        json.WriteNumber("frames_per_second_max", row.FramesPerSecondMax);
        json.WriteNumber("count", row.Ns.Count);
        WriteNs(json, "ns", row.Ns);
        json.WriteNumber("allocated_bytes", row.AllocatedBytes);
        json.WriteNumber("collections", row.Collections);
        json.WriteEndObject();
    }

    private static void WriteInstructions(Utf8JsonWriter json, InstructionCount instructions)
    {
        json.WriteStartObject("decode_instructions");
        if (instructions.WhyNot is { } why)
        {
            json.WriteString("skipped", why);
        }
        else
        {
            json.WriteNumber("per_frame", instructions.PerFrame);
            json.WriteNumber("frames", instructions.Frames);
            json.WriteString("counter", instructions.Counter);
        }

        json.WriteEndObject();
    }

    private static void WriteGrowth(Utf8JsonWriter json, GrowthPoint point)
    {
        json.WriteStartObject();
        json.WriteString("of", point.Of);
        json.WriteNumber("instruments", point.Instruments);
        json.WriteNumber("levels_per_book", point.LevelsPerBook);
        json.WriteNumber("frames", point.Frames);
        json.WriteNumber("ns_per_frame", point.NsPerFrame);
        json.WriteNumber("ns_per_level", point.NsPerLevel);
        WriteNs(json, "ns", point.Ns);
        json.WriteNumber("resident_bytes", point.ResidentBytes);
        json.WriteNumber("allocated_bytes", point.AllocatedBytes);
        json.WriteEndObject();
    }

    private static void WriteNs(Utf8JsonWriter json, string name, LogLinearHistogram ns)
    {
        json.WriteStartObject(name);
        foreach ((string percentile, long value) in Percentiles.Of(ns))
        {
            json.WriteNumber(percentile, value);
        }

        json.WriteEndObject();
    }
}
