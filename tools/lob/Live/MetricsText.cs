using System.Globalization;
using System.Text;
using Lob.Fast.Engine.Records;
using Lob.Fast.Venues;
using Lob.Fast.Venues.Live;

namespace Lob.Fast.Cli.Live;

/// <summary>The status of a live engine in the text format of Prometheus (version 0.0.4).</summary>
internal static class MetricsText
{
    private static readonly double[] Shares = [0.5, 0.99, 0.999];

    public static string Of(LiveStatus status)
    {
        var text = new StringBuilder();
        Head(text, "lob_frames_total", "counter", "Frames taken from all connections.");
        Line(text, "lob_frames_total", "", status.Input.Frames);
        Head(text, "lob_frame_bytes_total", "counter", "Their bytes.");
        Line(text, "lob_frame_bytes_total", "", status.Input.Bytes);
        Head(text, "lob_frames_rejected_total", "counter", "Frames not taken in.");
        Line(text, "lob_frames_rejected_total", "", status.Input.Rejected);
        Head(text, "lob_back_pressure_total", "counter", "Times a socket had to wait for the engine.");
        Line(text, "lob_back_pressure_total", "", status.BackPressure);

        Head(text, "lob_frame_latency_seconds", "summary", "From the last byte read off the socket to the records in the journal.");
        foreach (double share in Shares)
        {
            Line(text, "lob_frame_latency_seconds", $"{{quantile=\"{share.ToString(CultureInfo.InvariantCulture)}\"}}", status.Latency.Percentile(share) / 1e9);
        }

        Line(text, "lob_frame_latency_seconds_sum", "", status.Latency.Sum / 1e9);
        Line(text, "lob_frame_latency_seconds_count", "", status.Latency.Count);

        Connections(text, "lob_connection_up", "gauge", "1 = open and all subscriptions acknowledged.", status, static connection => connection.Phase == ConnectionPhase.Running ? 1 : 0);
        Connections(text, "lob_connection_opened_total", "counter", "Times it was opened.", status, static connection => connection.Opened);
        Connections(text, "lob_connection_frames_total", "counter", "Frames read.", status, static connection => connection.Frames);
        Connections(text, "lob_connection_resyncs_total", "counter", "Snapshots asked for again.", status, static connection => connection.Resyncs);

        Books(text, "lob_book_live", "gauge", "1 = proven right and up to date.", status, static book => book.State == BookState.Live ? 1 : 0);
        Books(text, "lob_book_evidence", "gauge", "What proves it: 0 nothing, 1 sequence, 2 checksum.", status, static book => (int)book.Evidence);
        Books(text, "lob_book_messages_total", "counter", "Messages of the stream.", status, static book => book.Totals.Messages);
        Books(text, "lob_book_gaps_total", "counter", "Times it lost its proof for missing or mismatching data.", status, static book => book.Totals.Gaps);
        Books(text, "lob_book_resyncs_total", "counter", "Times it came back.", status, static book => book.Totals.Resyncs);
        Books(text, "lob_book_transitions_total", "counter", "Changes of state.", status, static book => book.Totals.Transitions);
        Books(text, "lob_book_rejected_total", "counter", "Frames of the stream that were rejected.", status, static book => book.Totals.Rejected);
        Books(text, "lob_book_duplicates_total", "counter", "Harmless repeats.", status, static book => book.Totals.Duplicates);
        Books(text, "lob_book_crossed_total", "counter", "Message ends with best bid at or above best ask.", status, static book => book.Totals.Crossed);
        Books(text, "lob_book_checksum_matches_total", "counter", "Checksums of the venue that agreed.", status, static book => book.Totals.ChecksumMatches);
        Books(text, "lob_book_checksum_mismatches_total", "counter", "Those that did not.", status, static book => book.Totals.ChecksumMismatches);
        Books(text, "lob_book_bids", "gauge", "Bid levels held.", status, static book => book.Bids);
        Books(text, "lob_book_asks", "gauge", "Ask levels held.", status, static book => book.Asks);

        Head(text, "process_resident_memory_bytes", "gauge", "Resident memory of the process.");
        Line(text, "process_resident_memory_bytes", "", Environment.WorkingSet);
        return text.ToString();
    }

    private static void Connections(StringBuilder text, string name, string type, string help, LiveStatus status, Func<ConnectionStatus, double> value)
    {
        Head(text, name, type, help);
        foreach (ConnectionStatus connection in status.Connections)
        {
            Line(text, name, $"{{connection=\"{connection.Name}\"}}", value(connection));
        }
    }

    private static void Books(StringBuilder text, string name, string type, string help, LiveStatus status, Func<BookFigures, double> value)
    {
        Head(text, name, type, help);
        foreach (BookFigures book in status.Books)
        {
            Line(text, name, $"{{venue=\"{book.Venue.ToName()}\",symbol=\"{Escaped(book.Symbol)}\",channel=\"{Escaped(book.Channel)}\"}}", value(book));
        }
    }

    private static string Escaped(string label) => label.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static void Head(StringBuilder text, string name, string type, string help) => text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");

    private static void Line(StringBuilder text, string name, string labels, double value) => text.Append(CultureInfo.InvariantCulture, $"{name}{labels} {value:R}\n");
}
