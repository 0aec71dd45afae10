using System.Globalization;
using System.Text.Json;
using Lob.Fast.VenueSim.Rest;

namespace Lob.Fast.VenueSim.Hosting;

/// <summary>What no venue has: the truth and the state of the local exchange, over HTTP on each venue's port.</summary>
internal static class SimRequests
{
    private const string Truth = "/sim/truth";
    private const string Status = "/sim/status";

    /// <summary>The answer, or null where it is a request to the venue.</summary>
    public static RestAnswer? Answer(VenueServer venue, RestRequest request) => request.Path switch
    {
        Truth => AnswerTruth(venue, request),
        Status => new RestAnswer(Json(json => WriteStatus(json, venue.Status()))),
        _ => null,
    };

    private static RestAnswer AnswerTruth(VenueServer venue, RestRequest request)
    {
        if (request["channel"] is not { } channel || request["symbol"] is not { } symbol) return new RestAnswer("""{"message":"channel and symbol are needed, n is the number of a message"}""", 400);

        return venue.TruthOf(channel, symbol, request.Number("n", long.MaxValue, long.MinValue, long.MaxValue)) is { } book
            ? new RestAnswer(Json(json => WriteTruth(json, book)))
            : new RestAnswer("""{"message":"not known: no such book channel, not subscribed to yet, or too long ago"}""", 404);
    }

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
            write(json);

        return buffer.ToArray();
    }

    private static void WriteTruth(Utf8JsonWriter json, TrueBook book)
    {
        json.WriteStartObject();
        json.WriteString("digest", book.Digest.ToString("x32", CultureInfo.InvariantCulture));
        json.WriteNumber("number", book.Number);
        json.WriteNumber("previous_number", book.PreviousNumber);
        json.WriteNumber("sent_at_ms", book.SentAtMs);
        WriteLevel(json, "best_bid", book.BestBid);
        WriteLevel(json, "best_ask", book.BestAsk);
        WriteLevels(json, "bids", book.Bids);
        WriteLevels(json, "asks", book.Asks);
        json.WriteEndObject();
    }

    private static void WriteLevel(Utf8JsonWriter json, string name, TrueLevel? level)
    {
        json.WritePropertyName(name);
        if (level is null) json.WriteNullValue();
        else WriteRow(json, level);
    }

    private static void WriteLevels(Utf8JsonWriter json, string name, IReadOnlyList<TrueLevel>? levels)
    {
        if (levels is null) return;

        json.WriteStartArray(name);
        foreach (TrueLevel level in levels)
            WriteRow(json, level);

        json.WriteEndArray();
    }

    private static void WriteRow(Utf8JsonWriter json, TrueLevel level)
    {
        json.WriteStartArray();
        json.WriteStringValue(level.Price);
        json.WriteStringValue(level.Quantity);
        json.WriteEndArray();
    }

    private static void WriteStatus(Utf8JsonWriter json, VenueStatus status)
    {
        json.WriteStartObject();
        json.WriteString("venue", status.Venue);
        json.WriteStartArray("symbols");
        foreach (string symbol in status.Symbols)
            json.WriteStringValue(symbol);

        json.WriteEndArray();
        json.WriteNumber("connections", status.Connections);
        json.WriteNumber("subscriptions", status.Subscriptions);
        json.WriteNumber("opened", status.Opened);
        json.WriteNumber("frames_sent", status.FramesSent);
        json.WriteNumber("frames_received", status.FramesReceived);
        json.WriteNumber("rest_answers", status.RestAnswers);
        json.WriteNumber("limits_exceeded", status.LimitsExceeded);
        json.WriteEndObject();
    }
}
