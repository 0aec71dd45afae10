using System.CommandLine;
using Lob.Fast.Cli.Output;
using Lob.Fast.Cli.Replaying;
using Lob.Fast.Codecs.Imports;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal;

namespace Lob.Fast.Cli.Verbs;

/// <summary><c>import</c>: snapshots that another program collected, into a journal.</summary>
internal static class ImportVerb
{
    public static Command Create()
    {
        Argument<string[]> files = CommonOptions.NoOptions(new Argument<string[]>("FILE")
        {
            Description = "Snapshots, one JSON object a line (.ndjson, also .gz), as the Bybit collectors write them; several files in their order.",
            Arity = ArgumentArity.OneOrMore,
        });
        Option<string?> venue = CommonOptions.VenueName(required: true);
        Option<string> journal = new("--journal") { Description = "Folder to write the journal to.", Required = true, HelpName = "DIR" };
        Option<bool> append = new("--append") { Description = "Continue the journal that is there." };
        Option<bool> strict = new("--strict") { Description = "Stop with BUILD_FAIL at a line whose fields are not those of a snapshot; exit code 1 also for any other line that is rejected." };
        Option<string?> symbol = CommonOptions.Symbol("Symbol of lines that name none.");
        Option<string> durability = CommonOptions.DurabilityName();
        Option<int> segmentRecords = CommonOptions.SegmentRecords();
        Option<int> freeDiskFloor = CommonOptions.FreeDiskFloor();
        var command = new Command("import", "Order-book snapshots in NDJSON into a journal: book, verify, rerun and convert then work on them.")
        {
            files, venue, journal, append, strict, symbol, durability, segmentRecords, freeDiskFloor,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(journal) is { Tokens: [{ Value: "" }] })
            {
                result.AddError("--journal needs the name of a folder, not an empty one.");
            }
        });
        return command.WithAction((result, json) =>
        {
            Venue parsedVenue = CommonOptions.Parse(result.GetValue(venue)!);
            var request = new ReplayRequest
            {
                Files = result.GetValue(files)!,
                Venue = parsedVenue,
                Symbol = result.GetValue(symbol),
                JournalFolder = result.GetValue(journal),
                Append = result.GetValue(append),
                Strict = result.GetValue(strict),
                Decoder = options => new NdjsonSnapshotDecoder(parsedVenue, options),
                JournalOptions = new JournalOptions
                {
                    Durability = CommonOptions.ParseDurability(result.GetValue(durability)!),
                    SegmentRecords = result.GetValue(segmentRecords),
                    FreeDiskFloorBytes = CommonOptions.ParseFreeDiskFloor(result.GetValue(freeDiskFloor)),
                },
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

            return request.Strict && report.Input.Rejected > 0 ? ExitCode.Failed : ExitCode.Ok;
        });
    }
}
