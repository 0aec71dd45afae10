using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Lob.Fast.Cli.Demo;
using Lob.Fast.Cli.Live;
using Lob.Fast.Cli.Output;
using Lob.Fast.Cli.Replaying;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Books;
using Lob.Fast.Journal.Reading;
using Lob.Fast.Journal.Reruns;
using Lob.Fast.Journal.Verification;

namespace Lob.Fast.Cli.Verbs;

/// <summary><c>demo</c>: the main job on this machine with nothing installed: recordings in, proven books and journals out, every claim checked.</summary>
internal static class DemoVerb
{
    private const string Marker = ".lob-demo";

    // Connections, snapshots by REST, and a few rows in the files.
    private static readonly TimeSpan LiveMin = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        Option<string> duration = new("--duration")
        {
            Description = "Time for all of it: half for the live part (5 s at least), then recordings, the first one and more as long as there is time left.",
            DefaultValueFactory = static _ => "30s",
            HelpName = "T",
        };
        Option<string> folder = new("--out")
        {
            Description = "Folder for recordings and journals; made anew each time.",
            DefaultValueFactory = static _ => Path.Combine(Path.GetTempPath(), "lob-demo"),
            HelpName = "DIR",
        };
        var command = new Command("demo", "Five exchanges live from a local one, and recorded market data, through the whole pipeline, checked in every way there is; ends by itself.") { duration, folder };
        return command.WithAction((result, json) =>
        {
            TimeSpan limit = DurationText.Parse(result.GetValue(duration)!);
            string root = result.GetValue(folder)!;
            Prepare(root);
            long start = Stopwatch.GetTimestamp();
            if (!json)
            {
                Console.Error.WriteLine("== five exchanges, SYNTHETIC markets of the local exchange: over WebSockets into one journal, and into hourly files beside it");
            }

            using var shutdown = new Shutdown();
            LiveDemo live = LiveDemo.RunAsync(Path.Combine(root, "live"), limit / 2 > LiveMin ? limit / 2 : LiveMin, isQuiet: json, shutdown.Token).GetAwaiter().GetResult();
            if (!json)
            {
                live.WriteText();
            }

            var steps = new List<Step>();
            foreach (BundledRecording recording in BundledRecordings.All)
            {
                if (steps.Count > 0 && Stopwatch.GetElapsedTime(start) > limit)
                {
                    Console.Error.WriteLine($"{limit.TotalSeconds.ToString("N0", CultureInfo.InvariantCulture)} s are over: {recording.Name} is left out");
                    continue;
                }

                steps.Add(Run(recording, root, json));
            }

            bool allGood = live.IsGood && steps.All(static step => step.IsGood);
            if (json)
            {
                WriteJson(root, live, steps, allGood);
            }
            else
            {
                WriteSummary(root, live, steps, allGood, Stopwatch.GetElapsedTime(start));
            }

            return allGood ? ExitCode.Ok : ExitCode.Failed;
        });
    }

    private static Step Run(BundledRecording bundled, string root, bool json)
    {
        string recording = BundledRecordings.Extract(bundled.Name, root);
        string journal = Path.Combine(root, bundled.Name.Split('.')[0]);
        if (!json)
        {
            string origin = bundled.IsSynthetic ? "SYNTHETIC, made from the exchange's documents" : "as the exchange sent it";
            Console.Error.WriteLine($"== {bundled.Venue.ToName()} {bundled.Name}: {origin}; through decoder, book, proofs and journal");
        }

        var request = new ReplayRequest { Files = [recording], Venue = bundled.Venue, JournalFolder = journal, OnTransition = json ? null : Transitions.Log };
        ReplayReport report = ReplayRun.Run(request);
        VerifyReport verified = JournalVerifier.Run(journal);
        using JournalReader reader = JournalReader.Open(journal);
        SealVerification seals = SealVerifier.Verify(reader);
        RerunResult rerun = JournalRerun.Run(reader);
        var step = new Step(bundled, request, report, verified, seals, rerun);
        if (!json)
        {
            ReplayOutput.WriteText(request, report);
            Console.Error.WriteLine(
                $"verified: {verified.Blocks} blocks by their checksums, {seals.Seals} seals and {seals.ChainLinks} links of the hash chain derived again; "
                + (verified.FirstDamage?.ToString() ?? seals.Difference ?? "no difference"));
            Console.Error.WriteLine(
                $"rerun: {rerun.InputRecords:N0} input records through the logic again, {rerun.DerivedRecords:N0} derived ones compared; "
                + (rerun.Difference ?? "no difference"));
            Console.Error.WriteLine();
        }

        return step;
    }

    private static void WriteSummary(string root, LiveDemo live, List<Step> steps, bool allGood, TimeSpan elapsed)
    {
        long frames = steps.Sum(static step => step.Report.Input.Frames);
        long equal = steps.Sum(static step => step.Report.Sum(static totals => totals.BestEqual));
        long compared = steps.Sum(static step => step.Report.Sum(static totals => totals.BestCompared));
        long matches = steps.Sum(static step => step.Report.Sum(static totals => totals.ChecksumMatches));
        long mismatches = steps.Sum(static step => step.Report.Sum(static totals => totals.ChecksumMismatches));
        Console.Error.WriteLine(
            $"{steps.Count} recordings, {frames:N0} frames, {elapsed.TotalSeconds:F1} s: {(allGood ? "every book is live with the proof its exchange offers" : "NOT everything held, see above")}; "
            + $"best prices equal to the exchange's ticker {equal:N0} of {compared:N0} times, "
            + $"checksums equal to the exchange's {matches:N0} of {matches + mismatches:N0} times");
        foreach (IGrouping<string, (Step Step, ReplayReport.BookReport Book)> venue in steps
            .SelectMany(static step => step.Report.Books, static (step, book) => (Step: step, Book: book))
            .GroupBy(static pair => pair.Step.Report.Books[0].Venue.ToName()))
        {
            string evidence = string.Join(", ", venue.GroupBy(static pair => pair.Book.Evidence).OrderByDescending(static group => group.Key)
                .Select(static group => $"{group.Count()} by {Proof(group.Key)}"));
            string synthetic = venue.Any(static pair => pair.Step.Recording.IsSynthetic) ? " (synthetic)" : "";
            Console.Error.WriteLine($"  {venue.Key,-18}{venue.Count(),3} books live: {evidence}{synthetic}");
        }

        Step first = steps[0];
        ReplayReport.BookReport book = first.Report.Books[0];
        string journal = first.Request.JournalFolder!;
        Console.Error.WriteLine();
        Console.Error.WriteLine("Next:");
        (string Command, string What)[] next =
        [
            ($"./lob book {journal} --symbol {book.Symbol}", "the book, in the exchange's own text"),
            ($"./lob book {journal} --symbol {book.Symbol} --at-time 2024-08-08T23:57:00Z --json", "the same at any moment"),
            ($"./lob inspect {live.Journal}", "what is in the live journal"),
            ("./lob sim", "the local exchange, for clients of your own"),
            ("./lob collect --venue okx --symbol BTC-USDT-SWAP --view jsonl", "the real exchange, where it can be reached"),
            ($"python3 examples/python/lob_journal.py {journal}", "the same from Python, as NumPy arrays"),
            ($"./lob replay FILE --venue {first.Request.Venue.ToName()} --journal DIR", "your own recordings"),
        ];
        int width = next.Max(static step => step.Command.Length);
        foreach ((string command, string what) in next)
        {
            Console.Error.WriteLine($"  {command.PadRight(width)}  {what}");
        }

        Console.Error.WriteLine($"Recordings and journals are in {root}.");
    }

    private static string Proof(Evidence evidence) => evidence switch
    {
        Evidence.Checksum => "the exchange's checksum",
        Evidence.Sequence => "an unbroken sequence",
        _ => "nothing (the exchange offers neither sequence nor checksum)",
    };

    private static void WriteJson(string root, LiveDemo live, List<Step> steps, bool allGood) =>
        JsonOutput.Write(writer =>
        {
            writer.WriteBoolean("ok", allGood);
            writer.WriteString("folder", root);
            writer.WriteStartObject("live");
            live.WriteJson(writer);
            writer.WriteEndObject();
            writer.WriteStartArray("recordings");
            foreach (Step step in steps)
            {
                writer.WriteStartObject();
                writer.WriteBoolean("synthetic", step.Recording.IsSynthetic);
                ReplayOutput.WriteJson(writer, step.Request, step.Report);
                writer.WriteString("verify_difference", step.Verified.FirstDamage?.ToString() ?? step.Seals.Difference);
                writer.WriteString("rerun_difference", step.Rerun.Difference);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });

    /// <summary>Empties the folder, but only one that an earlier demo made.</summary>
    private static void Prepare(string root)
    {
        if (Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any())
        {
            if (!File.Exists(Path.Combine(root, Marker)))
            {
                throw new UserErrorException($"{root}: the folder is not empty and was not made by a demo. Name another with --out DIR.");
            }

            Directory.Delete(root, recursive: true);
        }

        Directory.CreateDirectory(root);
        File.WriteAllText(Path.Combine(root, Marker), "made by lob demo; emptied by the next one\n");
    }

    private sealed record Step(BundledRecording Recording, ReplayRequest Request, ReplayReport Report, VerifyReport Verified, SealVerification Seals, RerunResult Rerun)
    {
        /// <summary>Everything that the demo claims. A connection that ends (a synthetic recording has one) breaks its books until their next snapshots.</summary>
        public bool IsGood =>
            Report.Input.Rejected == 0
            && Report.Books.All(static book => book.State == BookState.Live && book.Totals.Gaps == book.Totals.Resyncs && book.Totals.Crossed == 0
                && book.Totals.BestEqual == book.Totals.BestCompared && book.Totals.ChecksumMismatches == 0)
            && Verified.IsSound && Seals.Difference == null && Rerun.Difference == null;
    }
}
