using System.Text.Json;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Recordings;

/// <summary>
/// Finds the only symbol of a recording whose book it holds: a REST answer that names no symbol belongs to that one. Reads the whole recording with
/// the plain JSON reader; not for the hot path.
/// </summary>
public static class DepthSymbolScan
{
    /// <summary>
    /// The symbol, in upper case, that all depth messages of the Binance recording are about, partial books included; null = there is none, or
    /// more than one, so that a book without a symbol could be either's. Lines that are no frames are passed over.
    /// </summary>
    /// <remarks>A damaged archive is looked at up to the damage, which whoever replays it reports at its place.</remarks>
    public static string? OnlySymbol(IReadOnlyList<string> paths)
    {
        using RecordingReader reader = new(paths);
        string? only = null;
        while (TryRead(reader, out RecordedLine line))
        {
            if (line.Reason != RejectReason.None || SymbolOf(line.Frame.Bytes) is not { } symbol)
            {
                continue;
            }

            only ??= symbol;
            if (only != symbol)
            {
                return null;
            }
        }

        return only;
    }

    private static bool TryRead(RecordingReader reader, out RecordedLine line)
    {
        try
        {
            return reader.TryRead(out line);
        }
        catch (InvalidDataException)
        {
            line = default;
            return false;
        }
    }

    private static string? SymbolOf(ReadOnlySpan<byte> frame)
    {
        // Most frames are trades and tickers: look closer only where the word is, or could be in escapes.
        if (frame.IndexOf("depth"u8) < 0 && !frame.Contains((byte)'\\'))
        {
            return null;
        }

        try
        {
            Utf8JsonReader json = new(frame);
            using JsonDocument document = JsonDocument.ParseValue(ref json);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            if (root.TryGetProperty("stream", out JsonElement stream))
            {
                string[] name = (stream.GetString() ?? "").Split('@');
                return name.Length > 1 && name[1].Contains("depth", StringComparison.OrdinalIgnoreCase) ? name[0].ToUpperInvariant() : null;
            }

            return root.TryGetProperty("e", out JsonElement kind) && kind.GetString() == "depthUpdate" && root.TryGetProperty("s", out JsonElement symbol)
                ? symbol.GetString()?.ToUpperInvariant()
                : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
