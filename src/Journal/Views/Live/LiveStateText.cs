using System.Text.Json;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Journal.Views.Live;

/// <summary>The state of a live view as JSON.</summary>
internal static class LiveStateText
{
    /// <summary>Reads it; null = there is none.</summary>
    /// <exception cref="JournalException">It is not one.</exception>
    public static LiveState? Load(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Read(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new JournalException(
                $"{path}: not the state of a live view ({error.Message}). Delete it: the rows are then compared with the journal from its beginning.", error);
        }
    }

    /// <summary>Writes it.</summary>
    public static void Save(string path, LiveState state)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            Write(json, state);
        }

        WholeFile.Write(path, text.GetBuffer().AsSpan(0, (int)text.Length));
    }

    private static void Write(Utf8JsonWriter json, LiveState state)
    {
        json.WriteStartObject();
        json.WriteString("options", state.Options);
        json.WriteNumber("segment", state.Segment);
        json.WriteNumber("first_index", state.FirstIndex);
        json.WriteNumber("checkpoint_ns", state.CheckpointNs);
        json.WriteNumber("now_ns", state.NowNs);
        json.WriteNumber("compared_until", state.ComparedUntil);
        json.WriteStartArray("streams");
        foreach ((BookTrack track, bool? knownSiblings) in state.Tracks)
        {
            json.WriteStartObject();
            json.WriteNumber("id", track.StreamId);
            json.WriteBoolean("proven", track.IsProven);
            json.WriteBoolean("changed", track.IsChanged);
            json.WriteNumber("previous_sequence", track.PreviousSequence);
            json.WriteNumber("venue_time_ns", track.VenueTimeNs);
            if (track.Checksum is { } checksum)
            {
                json.WriteNumber("checksum", checksum);
            }

            json.WriteNumber("row_venue_time_ms", track.RowVenueTimeMs);
            if (knownSiblings is { } siblings)
            {
                json.WriteBoolean("siblings", siblings);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("files");
        foreach ((ViewPath path, LiveState.FileState file) in state.Files)
        {
            Write(json, path, file);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, in ViewPath path, in LiveState.FileState file)
    {
        RowSummary summary = file.Summary;
        json.WriteStartObject();
        json.WriteString("stem", path.Stem);
        json.WriteString("ending", path.Ending);
        json.WriteNumber("stream", file.StreamId);
        json.WriteNumber("bytes", file.Bytes);
        json.WriteNumber("rows", summary.Rows);
        json.WriteNumber("first_time_ns", summary.FirstTimeNs);
        json.WriteNumber("last_time_ns", summary.LastTimeNs);
        json.WriteNumber("rows_without_venue_time", summary.RowsWithoutVenueTime);
        json.WriteNumber("first_sequence", summary.FirstSequence);
        json.WriteNumber("last_sequence", summary.LastSequence);
        json.WriteStartArray("states");
        foreach (RowSummary.StateSpan span in summary.States)
        {
            WriteNumbers(json, span.Row, span.TimeNs, (long)span.State, (long)span.Evidence);
        }

        json.WriteEndArray();
        json.WriteStartArray("gaps");
        foreach (RowSummary.GapMet gap in summary.Gaps)
        {
            WriteNumbers(json, gap.Row, gap.TimeNs, (long)gap.Reason, gap.LastSequence);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, params ReadOnlySpan<long> numbers)
    {
        json.WriteStartArray();
        foreach (long number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    private static LiveState Read(JsonElement root) => new()
    {
        Options = root.GetProperty("options").GetString()!,
        Segment = root.GetProperty("segment").GetInt32(),
        FirstIndex = Number(root, "first_index"),
        CheckpointNs = Number(root, "checkpoint_ns"),
        NowNs = Number(root, "now_ns"),
        ComparedUntil = root.GetProperty("compared_until").GetInt32(),
        Tracks = [.. root.GetProperty("streams").EnumerateArray().Select(ReadTrack)],
        Files = root.GetProperty("files").EnumerateArray().ToDictionary(
            static file => new ViewPath(file.GetProperty("stem").GetString()!, file.GetProperty("ending").GetString()!), ReadFile),
    };

    private static LiveState.TrackState ReadTrack(JsonElement stream)
    {
        var track = new BookTrack(stream.GetProperty("id").GetUInt32())
        {
            IsProven = stream.GetProperty("proven").GetBoolean(),
            IsChanged = stream.GetProperty("changed").GetBoolean(),
            PreviousSequence = Number(stream, "previous_sequence"),
            VenueTimeNs = Number(stream, "venue_time_ns"),
            Checksum = stream.TryGetProperty("checksum", out JsonElement checksum) ? checksum.GetInt32() : null,
            RowVenueTimeMs = Number(stream, "row_venue_time_ms"),
        };
        return new LiveState.TrackState(track, stream.TryGetProperty("siblings", out JsonElement siblings) ? siblings.GetBoolean() : null);
    }

    private static LiveState.FileState ReadFile(JsonElement file)
    {
        RowSummary summary = RowSummary.Of(
            Number(file, "rows"), Number(file, "first_time_ns"), Number(file, "last_time_ns"), Number(file, "rows_without_venue_time"),
            Number(file, "first_sequence"), Number(file, "last_sequence"),
            file.GetProperty("states").EnumerateArray().Select(static span =>
                new RowSummary.StateSpan(span[0].GetInt64(), span[1].GetInt64(), (BookState)span[2].GetInt32(), (Evidence)span[3].GetInt32())),
            file.GetProperty("gaps").EnumerateArray().Select(static gap =>
                new RowSummary.GapMet(gap[0].GetInt64(), gap[1].GetInt64(), (GapReason)gap[2].GetInt32(), gap[3].GetInt64())));
        return new LiveState.FileState(file.GetProperty("stream").GetUInt32(), Number(file, "bytes"), summary);
    }

    private static long Number(JsonElement of, string name) => of.GetProperty(name).GetInt64();
}
