using System.Text.Json;
using Lob.Fast.VenueSim.Recorded;

namespace Lob.Fast.VenueSim.Wire.Bybit;

/// <summary>Recordings of Bybit: messages of topics, and answers with a <c>retCode</c>.</summary>
internal sealed class BybitRecordedFrames : IRecordedFrames
{
    public RecordedFrame Read(long atNs, byte[] text, JsonElement root, string? symbol)
    {
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("topic", out JsonElement topic) && topic.GetString() is { } name)
        {
            int dot = name.LastIndexOf('.');
            return new RecordedFrame(atNs, text, RecordedKind.Data, [(name[..dot], name[(dot + 1)..])]);
        }

        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("result", out JsonElement result) || result.ValueKind != JsonValueKind.Object)
            return new RecordedFrame(atNs, text, RecordedKind.LeftOut, []);

        if (result.TryGetProperty("s", out JsonElement own)) return new RecordedFrame(atNs, text, RecordedKind.Answer, [], new RecordedRequest("orderbook", symbol ?? own.GetString()!));

        return result.TryGetProperty("list", out _)
            ? new RecordedFrame(atNs, text, RecordedKind.Answer, [], new RecordedRequest("instruments-info", symbol ?? ""))
            : new RecordedFrame(atNs, text, RecordedKind.LeftOut, []);
    }
}
