using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Text.Json;
using Lob.Fast.Cli.Output;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Views;

namespace Lob.Fast.Cli.Verbs;

/// <summary><c>convert</c>: the books of a journal as files for other programs.</summary>
internal static class ConvertVerb
{
    private const string NotYet = "parquet";
    private const int FilesShown = 5;

    public static Command Create()
    {
        Argument<string> journal = CommonOptions.Journal();
        Option<string> to = FormatName();
        Option<string> outFolder = new("--out") { Description = "Folder for the files; made if needed.", Required = true, HelpName = "DIR" };
        Option<string> every = EveryText();
        Option<int?> levels = CommonOptions.NotAbove(
            CommonOptions.NotBelow(
                new Option<int?>("--levels") { Description = "Levels a side; without it 400 (jsonl), 10 (csv, npy), all (ndjson).", HelpName = "N" }, 1),
            Engine.Books.L2Book.LevelsMax);
        Option<string?> symbol = CommonOptions.Symbol("Only this symbol, in the venue's own words.");
        Option<string?> venue = CommonOptions.VenueName(required: false);
        Option<string?> channel = new("--channel") { Description = "Only this channel, in the venue's own words.", HelpName = "C" };
        Option<string?> from = new("--from") { Description = "First moment, by receive time; Unix ns or ISO 8601.", HelpName = "T" };
        Option<string?> until = new("--until") { Description = "First moment that is no longer wanted, by receive time; Unix ns or ISO 8601.", HelpName = "T" };
        Option<bool> force = new("--force") { Description = "Replace files that are there and differ." };
        Option<int> workers = CommonOptions.NotBelow(
            new Option<int>("--workers")
            {
                Description = "Threads; the files do not depend on it.",
                DefaultValueFactory = static _ => Environment.ProcessorCount,
                HelpName = "N",
            },
            1);
        var command = new Command("convert", "The books of a journal as files: jsonl, ndjson, csv or npy, at points in time or after every message.")
        {
            journal, to, outFolder, every, levels, symbol, venue, channel, from, until, force, workers,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(outFolder) is { Tokens: [{ Value: "" }] })
            {
                result.AddError("--out needs the name of a folder, not an empty one.");
            }

            if (TimeOf(result, from) > TimeOf(result, until))
            {
                result.AddError("--from lies behind --until: there is nothing between them.");
            }
        });
        return command.WithAction((result, json) =>
        {
            string name = result.GetValue(to)!;
            if (!ViewFormatNames.TryParse(name, out ViewFormat format))
            {
                throw new UserErrorException($"{name} cannot be written yet. What can: {string.Join(", ", ViewFormatNames.All)}.");
            }

            // The option's validator let nothing else through.
            ViewCadence cadence = ViewCadence.TryParse(result.GetValue(every)!, out ViewCadence parsed) ? parsed : ViewCadence.Default;
            using var progress = new ProgressLine("convert");
            var request = new ViewRequest
            {
                JournalFolder = result.GetValue(journal)!,
                OutFolder = result.GetValue(outFolder)!,
                Format = format,
                Cadence = cadence,
                Levels = result.GetValue(levels),
                Symbol = result.GetValue(symbol),
                Venue = result.GetValue(venue) is { } venueName ? CommonOptions.Parse(venueName) : null,
                Channel = result.GetValue(channel),
                FromNs = result.GetValue(from) is { } first ? CommonOptions.ParseTimeNs(first) : long.MinValue,
                UntilNs = result.GetValue(until) is { } last ? CommonOptions.ParseTimeNs(last) : long.MaxValue,
                Force = result.GetValue(force),
                Workers = result.GetValue(workers),
                Progress = share => progress.Show(share, ""),
            };
            long start = Stopwatch.GetTimestamp();
            ViewReport report = ViewConversion.Run(request);
            var elapsedNs = (long)(Stopwatch.GetElapsedTime(start).TotalSeconds * 1e9);
            progress.Dispose();
            if (json)
            {
                JsonOutput.Write(writer => WriteJson(writer, request, report, elapsedNs));
            }
            else
            {
                WriteText(request, report, elapsedNs);
            }

            return ExitCode.Ok;
        });
    }

    private static Option<string> FormatName()
    {
        Option<string> option = new("--to") { Description = $"One of {string.Join(", ", ViewFormatNames.All)}.", Required = true, HelpName = "FORMAT" };
        option.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var name }] && name != NotYet && !ViewFormatNames.TryParse(name, out _))
            {
                result.AddError($"'{name}' is no format. Allowed: {string.Join(", ", ViewFormatNames.All)}.");
            }
        });
        return option;
    }

    private static Option<string> EveryText()
    {
        Option<string> option = new("--every")
        {
            Description = "Interval between the points at which a book that changed is written (500ms, 2s, 1m, 1h), or: message, after every one.",
            DefaultValueFactory = static _ => ViewCadence.Default.ToString(),
            HelpName = "T",
        };
        option.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var text }] && !ViewCadence.TryParse(text, out _))
            {
                result.AddError($"'{text}' is no interval. Give a whole number with ms, s, m or h, from 1ms to 24h, or the word message.");
            }
        });
        return option;
    }

    /// <summary>The time of an option; null where none was given, or where it is none (which the action says).</summary>
    private static long? TimeOf(CommandResult result, Option<string?> option) =>
        result.GetResult(option) is { Tokens: [{ Value: var text }] } && TimeText.TryParse(text, out long unixNs) ? unixNs : null;

    private static void WriteJson(Utf8JsonWriter json, ViewRequest request, ViewReport report, long elapsedNs)
    {
        json.WriteString("journal", request.JournalFolder);
        json.WriteString("format", request.Format.ToName());
        json.WriteString("out", request.OutFolder);
        json.WriteString("every", request.Cadence.ToString());
        json.WriteNumber("rows", report.Rows);
        json.WriteNumber("gaps", report.Gaps);
        json.WriteNumber("files", report.Files);
        json.WriteNumber("bytes", report.Bytes);
        json.WriteNumber("written", report.Written);
        json.WriteNumber("unchanged", report.Unchanged);
        json.WriteStartArray("streams");
        foreach (ViewReport.StreamReport stream in report.Streams)
        {
            json.WriteStartObject();
            json.WriteString("venue", stream.Venue.ToName());
            json.WriteString("symbol", stream.Symbol);
            json.WriteString("channel", stream.Channel);
            json.WriteNumber("rows", stream.Rows);
            json.WriteNumber("gaps", stream.Gaps);
            json.WriteStartArray("files");
            foreach (string file in stream.Files)
            {
                json.WriteStringValue(file);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("elapsed_ns", elapsedNs);
    }

    private static void WriteText(ViewRequest request, ViewReport report, long elapsedNs)
    {
        foreach (ViewReport.StreamReport stream in report.Streams)
        {
            Console.Error.WriteLine($"{stream.Venue.ToName()} {stream.Symbol} {stream.Channel}: {stream.Rows:N0} rows, {stream.Gaps} gaps, {stream.Files.Count} files");
            foreach (string file in stream.Files.Take(FilesShown))
            {
                Console.Error.WriteLine($"  {Path.Combine(request.OutFolder, file)}");
            }

            if (stream.Files.Count > FilesShown)
            {
                Console.Error.WriteLine($"  and {stream.Files.Count - FilesShown} more");
            }
        }

        Console.Error.WriteLine(
            $"{report.Rows:N0} rows, {report.Bytes:N0} bytes in {elapsedNs / 1e9:F2} s; files written {report.Written}, there already {report.Unchanged} (metadata included)");
        if (report.Rows == 0)
        {
            Console.Error.WriteLine("no row: no book was proven at a point in time asked for. --every message writes one after every message.");
        }
    }
}
