using System.Text.Json;
using Lob.Fast.VenueSim.Recorded;

namespace Lob.Fast.VenueSim.Wire.Bitfinex;

/// <summary>
/// Recordings of Bitfinex. The numbers of channels are in the recorded acknowledgements and the connection's numbers in all arrays, so that acknowledgements are
/// played as recorded; arrays of channels without acknowledgement so far go to everyone.
/// </summary>
internal sealed class BitfinexRecordedFrames : IRecordedFrames
{
    private readonly Dictionary<long, (string, string)> _channels = [];

    public RecordedFrame Read(long atNs, byte[] text, JsonElement root, string? symbol)
    {
        if (root.ValueKind == JsonValueKind.Array)
        {
            return root.GetArrayLength() > 0 && root[0].TryGetInt64(out long channel) && _channels.TryGetValue(channel, out (string, string) stream)
                ? new RecordedFrame(atNs, text, RecordedKind.Data, [stream])
                : new RecordedFrame(atNs, text, RecordedKind.Control, []);
        }

        if (root.ValueKind != JsonValueKind.Object) return new RecordedFrame(atNs, text, RecordedKind.LeftOut, []);

        string? happened = TextOf(root, "event");
        if (happened is "info" or "conf" or "pong") return new RecordedFrame(atNs, text, RecordedKind.LeftOut, []);

        if (happened != "subscribed") return new RecordedFrame(atNs, text, RecordedKind.Control, []);

        (string, string) subscribed = StreamOf(root);
        _channels[root.GetProperty("chanId").GetInt64()] = subscribed;
        return new RecordedFrame(atNs, text, RecordedKind.Data, [subscribed]);
    }

    private static (string Channel, string Symbol) StreamOf(JsonElement root)
    {
        string channel = TextOf(root, "channel")!;
        string symbol = TextOf(root, "symbol") ?? "";
        if (channel == "book") return ($"book.{TextOf(root, "prec")}.{TextOf(root, "freq")}.{root.GetProperty("len")}", symbol);

        if (TextOf(root, "key") is not { } key || key.LastIndexOf(":t", StringComparison.Ordinal) is not (var at and > 0)) return (channel, symbol);

        return ($"{channel}.{key[..at]}", key[(at + 1)..]);
    }

    private static string? TextOf(JsonElement item, string name) =>
        item.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
