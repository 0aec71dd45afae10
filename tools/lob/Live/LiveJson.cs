using System.Text;
using System.Text.Json;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;
using Lob.Fast.Venues;
using Lob.Fast.Venues.Live;

namespace Lob.Fast.Cli.Live;

/// <summary>The status of a live engine as JSON: what <c>/status</c> answers and what the verbs print at the end, in the words of <c>replay</c>.</summary>
internal static class LiveJson
{
    public static string Of(LiveStatus status)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            Write(json, status);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static void Write(Utf8JsonWriter json, LiveStatus status)
    {
        json.WriteNumber("at_ns", status.AtNs);
        json.WriteNumber("frames", status.Input.Frames);
        json.WriteNumber("bytes", status.Input.Bytes);
        json.WriteNumber("rejected", status.Input.Rejected);
        json.WriteNumber("duplicates", status.Books.Sum(static book => book.Totals.Duplicates));
        json.WriteNumber("gaps", status.Books.Sum(static book => book.Totals.Gaps));
        json.WriteNumber("resyncs", status.Books.Sum(static book => book.Totals.Resyncs));
        json.WriteNumber("crossed", status.Books.Sum(static book => book.Totals.Crossed));
        json.WriteStartObject("checksums");
        json.WriteNumber("match", status.Books.Sum(static book => book.Totals.ChecksumMatches));
        json.WriteNumber("mismatch", status.Books.Sum(static book => book.Totals.ChecksumMismatches));
        json.WriteNumber("not_offered", status.Books.Sum(static book => book.Totals.ChecksumsNotOffered));
        json.WriteEndObject();
        json.WriteNumber("back_pressure", status.BackPressure);
        json.WriteStartObject("latency_ns");
        json.WriteNumber("p50", status.Latency.Percentile(0.5));
        json.WriteNumber("p99", status.Latency.Percentile(0.99));
        json.WriteNumber("p999", status.Latency.Percentile(0.999));
        json.WriteNumber("max", status.Latency.Max);
        json.WriteEndObject();
        json.WriteStartArray("connections");
        foreach (ConnectionStatus connection in status.Connections)
        {
            json.WriteStartObject();
            json.WriteString("name", connection.Name);
            json.WriteNumber("connection", connection.Connection);
            json.WriteString("phase", connection.Phase.ToString());
            json.WriteNumber("frames", connection.Frames);
            json.WriteNumber("bytes", connection.Bytes);
            json.WriteNumber("opened", connection.Opened);
            json.WriteNumber("resyncs", connection.Resyncs);
            json.WriteNumber("acknowledged", connection.Streams.Acknowledged);
            json.WriteNumber("wanted", connection.Streams.Wanted);
            json.WriteString("last_fault", connection.LastFault);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("instruments");
        foreach (BookFigures book in status.Books)
        {
            Write(json, book);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, in BookFigures book)
    {
        json.WriteStartObject();
        json.WriteString("venue", book.Venue.ToName());
        json.WriteString("symbol", book.Symbol);
        json.WriteString("channel", book.Channel);
        json.WriteString("state", book.State.ToString());
        json.WriteString("evidence", book.Evidence.ToString());
        json.WriteNumber("bids", book.Bids);
        json.WriteNumber("asks", book.Asks);
        json.WriteString("best_bid", book.BestBid.QuantityLots == 0 ? null : DecimalText.FormatShort(book.BestBid.PriceTicks, book.PriceDecimals));
        json.WriteString("best_ask", book.BestAsk.QuantityLots == 0 ? null : DecimalText.FormatShort(book.BestAsk.PriceTicks, book.PriceDecimals));
        if (book.LastSequence == Sequence.None)
        {
            json.WriteNull("last_sequence");
        }
        else
        {
            json.WriteNumber("last_sequence", book.LastSequence);
        }

        json.WriteString("digest", book.Digest.ToString());
        json.WriteNumber("messages", book.Totals.Messages);
        json.WriteNumber("applied", book.Totals.Applied);
        json.WriteNumber("gaps", book.Totals.Gaps);
        json.WriteNumber("resyncs", book.Totals.Resyncs);
        json.WriteEndObject();
    }
}
