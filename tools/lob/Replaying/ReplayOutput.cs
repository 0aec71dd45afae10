using System.Globalization;
using System.Text.Json;
using Lob.Fast.Cli.Output;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Cli.Replaying;

/// <summary>A replay's report as JSON and as text.</summary>
internal static class ReplayOutput
{
    public static void WriteJson(Utf8JsonWriter json, ReplayRequest request, ReplayReport report)
    {
        json.WriteString("venue", request.Venue.ToName());
        WriteStrings(json, "files", request.Files);
        json.WriteString("journal", request.JournalFolder);
        json.WriteNumber("frames", report.Input.Frames);
        json.WriteNumber("bytes", report.Input.Bytes);
        json.WriteNumber("messages", report.Engine.Messages);
        json.WriteNumber("records", report.Engine.Records);
        json.WriteNumber("rejected", report.Input.Rejected);
        json.WriteNumber("duplicates", report.Sum(static totals => totals.Duplicates));
        json.WriteNumber("gaps", report.Sum(static totals => totals.Gaps));
        json.WriteNumber("resyncs", report.Sum(static totals => totals.Resyncs));
        json.WriteStartArray("bridges");
        foreach (ReplayReport.BookReport book in report.Books)
        {
            foreach (Engine.Integrity.BridgeReport bridge in book.Bridges)
            {
                json.WriteStartObject();
                json.WriteString("symbol", book.Symbol);
                json.WriteString("channel", book.Channel);
                json.WriteNumber("snapshot_sequence", bridge.SnapshotSequence);
                json.WriteNumber("dropped", bridge.Dropped);
                json.WriteNumber("applied", bridge.Applied);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
        json.WriteNumber("crossed", report.Sum(static totals => totals.Crossed));
        json.WriteNumber("locked", report.Sum(static totals => totals.Locked));
        json.WriteStartObject("checksums");
        json.WriteNumber("match", report.Sum(static totals => totals.ChecksumMatches));
        json.WriteNumber("mismatch", report.Sum(static totals => totals.ChecksumMismatches));
        json.WriteNumber("not_offered", report.Sum(static totals => totals.ChecksumsNotOffered));
        json.WriteEndObject();
        json.WriteStartObject("bbo");
        json.WriteNumber("compared", report.Sum(static totals => totals.BestCompared));
        json.WriteNumber("equal", report.Sum(static totals => totals.BestEqual));
        json.WriteEndObject();
        WriteCounts(json, "unknown_events", report.UnknownEvents);
        WriteCounts(json, "control", report.Control);
        WriteCounts(json, "rejected_by_reason", report.RejectedByReason.ToDictionary(static pair => pair.Key.ToString(), static pair => pair.Value));
        WriteStrings(json, "rejections", report.Rejections);
        json.WriteString("build_fail", report.BuildFail);
        WriteStrings(json, "recovery", report.Findings);
        json.WriteStartArray("instruments");
        foreach (ReplayReport.BookReport book in report.Books)
        {
            WriteBook(json, book);
        }

        json.WriteEndArray();
        json.WriteNumber("seals", report.Engine.Seals);
        json.WriteString("chain", report.ChainHead);
        json.WriteNumber("elapsed_ns", report.ElapsedNs);
    }

    public static void WriteText(ReplayRequest request, ReplayReport report)
    {
        foreach (string finding in report.Findings)
        {
            Console.Error.WriteLine($"recovery: {finding}");
        }

        double seconds = report.ElapsedNs / 1e9;
        Line($"{report.Input.Frames:N0} frames, {report.Engine.Messages:N0} messages, {report.Engine.Records:N0} records in {seconds:F2} s "
            + $"({report.ElapsedNs / Math.Max(1, report.Input.Frames):N0} ns a frame, reading and unpacking included)");
        Line($"gaps {report.Sum(static t => t.Gaps)}, resyncs {report.Sum(static t => t.Resyncs)}, duplicates {report.Sum(static t => t.Duplicates)}, "
            + $"crossed {report.Sum(static t => t.Crossed)}, rejected {report.Input.Rejected}");
        if (report.Sum(static t => t.BestCompared) > 0)
        {
            Line($"best bid and ask equal to the venue's ticker at the same update id: {report.Sum(static t => t.BestEqual):N0} "
                + $"of {report.Sum(static t => t.BestCompared):N0}");
        }

        if (report.Sum(static t => t.ChecksumMatches + t.ChecksumMismatches + t.ChecksumsNotOffered) > 0)
        {
            Line($"checksums of the venue: {report.Sum(static t => t.ChecksumMatches):N0} match, "
                + $"{report.Sum(static t => t.ChecksumMismatches):N0} mismatch, {report.Sum(static t => t.ChecksumsNotOffered):N0} not offered");
        }

        foreach (ReplayReport.BookReport book in report.Books)
        {
            foreach (Engine.Integrity.BridgeReport bridge in book.Bridges)
            {
                Line($"snapshot {bridge.SnapshotSequence} of {book.Symbol} bridged: {bridge.Dropped} deltas dropped, {bridge.Applied} applied");
            }
        }

        if (report.UnknownEvents.Count > 0)
        {
            Line($"events without records: {string.Join(", ", report.UnknownEvents.Select(static pair => $"{pair.Key} {pair.Value:N0}"))}");
        }

        foreach (string rejection in report.Rejections)
        {
            Line($"rejected: {rejection}");
        }

        if (report.BuildFail is { } fault)
        {
            Line($"BUILD_FAIL {fault}");
        }

        var table = new Table("venue", "symbol", "channel", "state", "evidence", "bids", "asks", "best bid", "best ask", "last sequence");
        foreach (ReplayReport.BookReport book in report.Books)
        {
            table.Add(
                book.Venue.ToName(), book.Symbol, book.Channel, book.State.ToString(), book.Evidence.ToString(),
                book.Bids.ToString("N0", CultureInfo.InvariantCulture), book.Asks.ToString("N0", CultureInfo.InvariantCulture),
                book.BestBid is { } bid ? $"{bid.Price} x {bid.Quantity}" : "none",
                book.BestAsk is { } ask ? $"{ask.Price} x {ask.Quantity}" : "none",
                book.LastSequence == Sequence.None ? "none" : book.LastSequence.ToString(CultureInfo.InvariantCulture));
        }

        table.Write();
        if (request.JournalFolder != null)
        {
            Line($"journal: {request.JournalFolder}, {report.Engine.Seals:N0} seals, chain {report.ChainHead[..16]}…");
        }

        static void Line(string text) => Console.Error.WriteLine(text);
    }

    private static void WriteBook(Utf8JsonWriter json, ReplayReport.BookReport book)
    {
        json.WriteStartObject();
        json.WriteString("venue", book.Venue.ToName());
        json.WriteString("symbol", book.Symbol);
        json.WriteString("channel", book.Channel);
        json.WriteString("state", book.State.ToString());
        json.WriteString("evidence", book.Evidence.ToString());
        json.WriteNumber("bids", book.Bids);
        json.WriteNumber("asks", book.Asks);
        WriteLevel(json, "best_bid", book.BestBid);
        WriteLevel(json, "best_ask", book.BestAsk);
        json.WriteStartArray("known_range");
        json.WriteStringValue(book.KnownLow);
        json.WriteStringValue(book.KnownHigh);
        json.WriteEndArray();
        if (book.LastSequence == Sequence.None)
        {
            json.WriteNull("last_sequence");
        }
        else
        {
            json.WriteNumber("last_sequence", book.LastSequence);
        }

        json.WriteString("digest", book.Digest.ToString());
        json.WriteNumber("deltas", book.Totals.Messages);
        json.WriteNumber("snapshots", book.Totals.Snapshots);
        json.WriteNumber("gaps", book.Totals.Gaps);
        json.WriteNumber("levels_set", book.Totals.Levels);
        json.WriteNumber("absent_deletes", book.Totals.AbsentDeletes);
        json.WriteEndObject();
    }

    private static void WriteLevel(Utf8JsonWriter json, string name, (string Price, string Quantity)? level)
    {
        if (level is not { } held)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartArray(name);
        json.WriteStringValue(held.Price);
        json.WriteStringValue(held.Quantity);
        json.WriteEndArray();
    }

    private static void WriteCounts(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, long> counts)
    {
        json.WriteStartObject(name);
        foreach ((string key, long count) in counts)
        {
            json.WriteNumber(key, count);
        }

        json.WriteEndObject();
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
