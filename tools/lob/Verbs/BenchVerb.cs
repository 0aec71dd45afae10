using System.CommandLine;
using Lob.Fast.Cli.Benchmarks;
using Lob.Fast.Cli.Benchmarks.Growth;
using Lob.Fast.Cli.Benchmarks.Machine;
using Lob.Fast.Cli.Benchmarks.Report;
using Lob.Fast.Cli.Demo;
using Lob.Fast.Cli.Output;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Cli.Verbs;

/// <summary><c>bench</c>: throughput and latency of a replay from memory on this machine, beside plain alternatives in the same run.</summary>
internal static class BenchVerb
{
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
        Option<bool> growth = new("--growth") { Description = "Measure generated markets instead: 1 to 2,000 instruments, 10 to 50,000 levels." };
        Option<bool> quick = new("--quick") { Description = "Few frames, one round: to see that it runs, not for figures." };
        Option<int> decodePasses = new("--decode-passes") { Hidden = true };
        var command = new Command("bench", "Throughput and latency on this machine, beside plain alternatives measured in the same run.")
        {
            recordings, rounds, journalRoot, only, growth, quick, decodePasses,
        };
        return command.WithAction((result, json) =>
        {
            string[] named = result.GetValue(recordings) ?? [];
            if (result.GetValue(decodePasses) is > 0 and int passes)
            {
                (Venue venue, string[] files) = Parse(named[0]);
                BenchRunner.DecodeOnly(venue, files, passes);
                return ExitCode.Ok;
            }

            var request = new BenchRequest
            {
                Rounds = result.GetValue(quick) ? 1 : result.GetValue(rounds),
                JournalRoot = result.GetValue(journalRoot)!,
                Only = result.GetValue(only) ?? [],
                IsQuick = result.GetValue(quick),
            };
            BenchReport report = Measure(named, result.GetValue(growth), request, showProgress: !json);
            if (json)
            {
                JsonOutput.Write(writer => BenchJson.Write(writer, report));
            }
            else
            {
                BenchText.Write(report);
            }

            return ExitCode.Ok;
        });
    }

    private static BenchReport Measure(string[] named, bool growth, BenchRequest request, bool showProgress)
    {
        DirectoryInfo extracted = Directory.CreateTempSubdirectory("lob-bench-");
        try
        {
            List<(Venue Venue, string[] Files)> inputs = named.Length > 0 || growth
                ? [.. named.Select(Parse)]
                : [.. BundledRecordings.All.Select(bundled => (bundled.Venue, new[] { BundledRecordings.Extract(bundled.Name, extracted.FullName) }))];
            using var progress = new ProgressLine("bench");
            int parts = inputs.Count + (growth ? 1 : 0);
            var results = new List<BenchResult>();
            foreach ((Venue venue, string[] files) in inputs)
            {
                BenchRecording recording = BenchRecording.Load(venue, files, request.FramesMax);
                results.Add(BenchRunner.Run(recording, request, step => Show($"{Path.GetFileName(files[0])}: {step}")));
            }

            return new BenchReport
            {
                Request = request,
                Results = results,
                Growth = growth ? GrowthRunner.Run(request, Show) : [],
                Machine = MachineContext.Read(),
                ClockReadNs = ClockCost.Measure(),
                RoundTripNs = CoreRoundTrip.Measure(),
            };

            void Show(string step)
            {
                if (showProgress)
                {
                    progress.Show(results.Count / (double)parts, step);
                }
            }
        }
        finally
        {
            extracted.Delete(recursive: true);
        }
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
}
