using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Lob.Fast.Cli.Benchmarks;
using Lob.Fast.Cli.Demo;
using Lob.Fast.Cli.Output;
using Lob.Fast.Engine.Metrics;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Cli.Verbs;

/// <summary><c>bench</c>: throughput and latency of a replay from memory on this machine, beside plain alternatives in the same run.</summary>
internal static class BenchVerb
{
    private static readonly (string Name, double Share)[] Percentiles = [("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p99.9", 0.999), ("p99.99", 0.9999)];

    public static Command Create()
    {
        Argument<string[]> recordings = CommonOptions.NoOptions(new Argument<string[]>("RECORDING")
        {
            Description = "VENUE:FILE[,FILE…], each a recording to measure; without any, the ones inside this program.",
            Arity = ArgumentArity.ZeroOrMore,
        });
        Option<int> rounds = CommonOptions.NotBelow(new Option<int>("--rounds")
        {
            Description = "Measured rounds of every variant; medians are shown.",
            DefaultValueFactory = static _ => 5,
            HelpName = "N",
        }, 1);
        Option<string> journalRoot = new("--journal-dir")
        {
            Description = "Folder for the journals written while measuring; they are deleted.",
            DefaultValueFactory = static _ => Path.GetTempPath(),
            HelpName = "DIR",
        };
        Option<string[]> only = new("--only") { Description = $"Measure these alone, each one of: {string.Join("; ", BenchRunner.Names)}.", HelpName = "VARIANT" };
        only.AcceptOnlyFromAmong([.. BenchRunner.Names]);
        var command = new Command("bench", "Throughput and latency on this machine, beside plain alternatives measured in the same run.") { recordings, rounds, journalRoot, only };
        return command.WithAction((result, json) =>
        {
            DirectoryInfo extracted = Directory.CreateTempSubdirectory("lob-bench-");
            try
            {
                string[] named = result.GetValue(recordings) ?? [];
                List<(Venue Venue, string[] Files)> inputs = named.Length > 0
                    ? [.. named.Select(Parse)]
                    : [.. BundledRecordings.All.Select(bundled => (bundled.Venue, new[] { BundledRecordings.Extract(bundled.Name, extracted.FullName) }))];
                using var progress = new ProgressLine("bench");
                var results = new List<BenchResult>();
                foreach ((Venue venue, string[] files) in inputs)
                {
                    BenchRecording recording = BenchRecording.Load(venue, files);
                    results.Add(BenchRunner.Run(recording, result.GetValue(rounds), result.GetValue(journalRoot)!, result.GetValue(only) ?? [], step =>
                    {
                        if (!json)
                        {
                            progress.Show(results.Count / (double)inputs.Count, $"{Path.GetFileName(files[0])}: {step}");
                        }
                    }));
                }

                if (json)
                {
                    JsonOutput.Write(writer => WriteJson(writer, results));
                }
                else
                {
                    progress.Dispose();
                    WriteText(results);
                }

                return ExitCode.Ok;
            }
            finally
            {
                extracted.Delete(recursive: true);
            }
        });
    }

    private static (Venue Venue, string[] Files) Parse(string text)
    {
        string[] parts = text.Split(':', 2);
        if (parts.Length != 2 || !VenueNames.TryParse(parts[0], out Venue venue))
        {
            throw new UserErrorException($"'{text}' is no recording to measure. Give VENUE:FILE[,FILE…], for instance binance-usdm:usdm.rec.gz.") { ExitCode = ExitCode.Usage };
        }

        string[] files = parts[1].Split(',');
        return Array.Find(files, static file => !File.Exists(file)) is { } missing
            ? throw new UserErrorException($"{missing}: no such file.")
            : (venue, files);
    }

    private static void WriteText(List<BenchResult> results)
    {
        foreach (string line in BuildInfo.Lines())
        {
            Console.Error.WriteLine(line);
        }

        Console.Error.WriteLine(MachineLine.Processor());
        if (BuildInfo.Warning is { } warning)
        {
            Console.Error.WriteLine(warning);
        }

        string start = MachineLine.StartMs() is { } ms ? ms.ToString("F1", CultureInfo.InvariantCulture) + " ms to start" : "start time not measured under the JIT";
        Console.Error.WriteLine(
            $"program {MachineLine.ProgramBytes() / 1e6:F1} MB, {start}, peak resident {MachineLine.PeakResidentBytes() / 1e6:F0} MB "
            + "(all recordings and alternatives of this run in memory)");
        foreach (BenchResult result in results)
        {
            Console.Error.WriteLine();
            Console.Error.WriteLine(
                $"{result.Venue.ToName()} {string.Join(", ", result.Files.Select(Path.GetFileName))}: {result.Frames:N0} frames, "
                + $"{result.Bytes / 1e6:F1} MB, {result.Levels:N0} levels in {result.BookFrames:N0} book frames"
                + (result.Passes == 1 ? "" : $", played {result.Passes:N0} times in a measurement"));
            BenchRow first = result.Rows[0];
            var table = new Table("variant", "ns/frame", "min", "max", "ns/level", "GB/s", "B/frame", "GC 0/1/2", "against the first");
            foreach (BenchRow row in result.Rows)
            {
                table.Add(
                    row.Name, Number(row.NsPerFrame, "F0"), Number(row.NsPerFrameMin, "F0"), Number(row.NsPerFrameMax, "F0"), Number(row.NsPerLevel, "F1"),
                    Number(row.GigabytesPerSecond, "F3"), Number((double)row.AllocatedBytes / result.Frames, "F1"),
                    $"{row.Collections.Gen0}/{row.Collections.Gen1}/{row.Collections.Gen2}", Number(row.NsPerFrame / first.NsPerFrame, "F2") + "x");
            }

            table.Write();
            LogLinearHistogram latency = result.PipelineNs;
            Console.Error.WriteLine("  pipeline, one frame at a time, clock included, ns: "
                + string.Join(", ", Percentiles.Select(p => $"{p.Name} {latency.Percentile(p.Share).ToString("N0", CultureInfo.InvariantCulture)}"))
                + $", max {latency.Max.ToString("N0", CultureInfo.InvariantCulture)}");
        }

        static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
    }

    private static void WriteJson(Utf8JsonWriter json, List<BenchResult> results)
    {
        json.WriteString("version", BuildInfo.Version);
        json.WriteString("framework", BuildInfo.Framework);
        json.WriteBoolean("native", BuildInfo.IsNative);
        json.WriteString("processor", MachineLine.Processor());
        json.WriteString("compiled_for", string.Join(' ', BuildInfo.CompiledSets));
        json.WriteNumber("program_bytes", MachineLine.ProgramBytes());
        if (MachineLine.StartMs() is { } ms)
        {
            json.WriteNumber("start_ms", ms);
        }

        json.WriteNumber("peak_resident_bytes", MachineLine.PeakResidentBytes());
        json.WriteStartArray("recordings");
        foreach (BenchResult result in results)
        {
            json.WriteStartObject();
            json.WriteString("venue", result.Venue.ToName());
            json.WriteStartArray("files");
            foreach (string file in result.Files)
            {
                json.WriteStringValue(file);
            }

            json.WriteEndArray();
            json.WriteNumber("frames", result.Frames);
            json.WriteNumber("passes", result.Passes);
            json.WriteNumber("bytes", result.Bytes);
            json.WriteNumber("book_frames", result.BookFrames);
            json.WriteNumber("levels", result.Levels);
            json.WriteStartArray("variants");
            foreach (BenchRow row in result.Rows)
            {
                json.WriteStartObject();
                json.WriteString("name", row.Name);
                json.WriteNumber("ns_per_frame", row.NsPerFrame);
                json.WriteNumber("ns_per_frame_min", row.NsPerFrameMin);
                json.WriteNumber("ns_per_frame_max", row.NsPerFrameMax);
                json.WriteNumber("ns_per_level", row.NsPerLevel);
                json.WriteNumber("gigabytes_per_second", row.GigabytesPerSecond);
                json.WriteNumber("allocated_bytes", row.AllocatedBytes);
                json.WriteStartArray("collections");
                json.WriteNumberValue(row.Collections.Gen0);
                json.WriteNumberValue(row.Collections.Gen1);
                json.WriteNumberValue(row.Collections.Gen2);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartObject("pipeline_latency_ns");
            foreach ((string name, double share) in Percentiles)
            {
                json.WriteNumber(name, result.PipelineNs.Percentile(share));
            }

            json.WriteNumber("max", result.PipelineNs.Max);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
