using System.CommandLine;
using Lob.Fast.Cli.Output;
using Lob.Fast.Cli.Replaying;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Threads;
using Lob.Fast.Journal;

namespace Lob.Fast.Cli.Verbs;

/// <summary><c>replay</c>: recorded raw frames through the pipeline, into a journal or into books in memory.</summary>
internal static class ReplayVerb
{
    public static Command Create()
    {
        Argument<string[]> files = CommonOptions.NoOptions(new Argument<string[]>("FILE")
        {
            Description = "Recorded frames (.rec, .ndjson, also .gz); several files in their order are one recording.",
            Arity = ArgumentArity.OneOrMore,
        });
        Option<string?> venue = CommonOptions.VenueName(required: true);
        Option<string?> journal = new("--journal") { Description = "Folder to write the journal to; without it books are kept in memory only.", HelpName = "DIR" };
        Option<bool> append = new("--append") { Description = "Continue the journal that is there." };
        Option<bool> strict = new("--strict")
        {
            Description = "Stop with BUILD_FAIL at a frame whose fields are not the documented ones; exit code 1 also for gaps, rejected frames, crossed books, or a book that is not live at the end.",
        };
        Option<string> onMismatch = CommonOptions.OnChecksumMismatch();
        Option<string?> symbol = CommonOptions.Symbol("Symbol of REST book answers that name none; without it the only depth symbol of the files.");
        Option<bool> quiet = new("--quiet") { Description = "No line for each change of a book's state." };
        Option<string> durability = CommonOptions.DurabilityName();
        Option<int> segmentRecords = CommonOptions.SegmentRecords();
        Option<int> freeDiskFloor = CommonOptions.FreeDiskFloor();
        Option<string> layout = CommonOptions.LayoutName();
        Option<string> wait = CommonOptions.WaitName();
        Option<string?> pin = CommonOptions.Pin();
        var command = new Command("replay", "Recorded raw frames through the same pipeline as live ones: books, proofs and a journal.")
        {
            files, venue, journal, append, strict, onMismatch, symbol, quiet, durability, segmentRecords, freeDiskFloor,
            layout, wait, pin,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(journal) is { Tokens: [{ Value: "" }] })
            {
                result.AddError("--journal needs the name of a folder, not an empty one.");
            }

            if (result.IsGiven(append) && !result.IsGiven(journal))
            {
                result.AddError("--append continues a journal: name it with --journal DIR.");
            }
        });
        return command.WithAction((result, json) =>
        {
            Venue parsedVenue = CommonOptions.Parse(result.GetValue(venue)!);
            LayoutPlan plan = CommonOptions.ParsePlan(result.GetValue(layout)!, result.GetValue(wait)!, result.GetValue(pin));
            foreach (string note in plan.Notes)
            {
                Console.Error.WriteLine(note);
            }

            var request = new ReplayRequest
            {
                Files = result.GetValue(files)!,
                Venue = parsedVenue,
                Symbol = result.GetValue(symbol),
                JournalFolder = result.GetValue(journal),
                Append = result.GetValue(append),
                Strict = result.GetValue(strict),
                OnChecksumMismatch = result.GetValue(onMismatch) == "warn" ? MismatchPolicy.Warn : MismatchPolicy.Resync,
                JournalOptions = new JournalOptions
                {
                    Durability = CommonOptions.ParseDurability(result.GetValue(durability)!),
                    SegmentRecords = result.GetValue(segmentRecords),
                    FreeDiskFloorBytes = CommonOptions.ParseFreeDiskFloor(result.GetValue(freeDiskFloor)),
                },
                Plan = plan,
                OnTransition = result.GetValue(quiet) || json ? null : Transitions.Log,
            };
            ReplayReport report = ReplayRun.Run(request);
            if (json)
            {
                JsonOutput.Write(writer => ReplayOutput.WriteJson(writer, request, report));
            }
            else
            {
                ReplayOutput.WriteText(request, report);
            }

            return result.GetValue(strict) && !IsClean(report) ? ExitCode.Failed : ExitCode.Ok;
        });
    }

    private static bool IsClean(ReplayReport report) =>
        report.Input.Rejected == 0
        && report.Sum(static totals => totals.Gaps) == 0
        && report.Sum(static totals => totals.Crossed) == 0
        && report.Sum(static totals => totals.BestCompared - totals.BestEqual) == 0
        && report.Books.All(static book => book.State == BookState.Live);
}
