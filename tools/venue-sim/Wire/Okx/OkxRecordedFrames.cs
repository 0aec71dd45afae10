using System.Text.Json;
using Lob.Fast.VenueSim.Recorded;

namespace Lob.Fast.VenueSim.Wire.Okx;

/// <summary>Recordings of OKX: messages with an <c>arg</c> and data, and answers with a <c>code</c>.</summary>
internal sealed class OkxRecordedFrames : IRecordedFrames
{
    public RecordedFrame Read(long atNs, byte[] text, JsonElement root, string? symbol)
    {
        if (root.ValueKind != JsonValueKind.Object || root.TryGetProperty("event", out _) || !root.TryGetProperty("data", out JsonElement data) || data.ValueKind != JsonValueKind.Array)
            return new RecordedFrame(atNs, text, RecordedKind.LeftOut, []);

        if (root.TryGetProperty("arg", out JsonElement argument) && argument.TryGetProperty("channel", out JsonElement channel))
        {
            string instrument = argument.TryGetProperty("instId", out JsonElement named) ? named.GetString()! : "";
            return new RecordedFrame(atNs, text, RecordedKind.Data, [(channel.GetString()!, instrument)]);
        }

        if (data.GetArrayLength() == 0 || data[0].ValueKind != JsonValueKind.Object) return new RecordedFrame(atNs, text, RecordedKind.LeftOut, []);

        if (data[0].TryGetProperty("asks", out _)) return new RecordedFrame(atNs, text, RecordedKind.Answer, [], new RecordedRequest("books", symbol ?? ""));

        return data[0].TryGetProperty("tickSz", out _)
            ? new RecordedFrame(atNs, text, RecordedKind.Answer, [], new RecordedRequest("instruments", data[0].GetProperty("instType").GetString()!))
            : new RecordedFrame(atNs, text, RecordedKind.LeftOut, []);
    }
}
