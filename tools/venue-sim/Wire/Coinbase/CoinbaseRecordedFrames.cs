using System.Text.Json;
using Lob.Fast.VenueSim.Recorded;

namespace Lob.Fast.VenueSim.Wire.Coinbase;

/// <summary>Recordings of Coinbase Exchange. Acknowledgements and errors are played as recorded. A match belongs to <c>matches</c> and to <c>full</c>.</summary>
internal sealed class CoinbaseRecordedFrames : IRecordedFrames
{
    public RecordedFrame Read(long atNs, byte[] text, JsonElement root, string? symbol)
    {
        if (root.ValueKind != JsonValueKind.Object) return new RecordedFrame(atNs, text, RecordedKind.LeftOut, []);

        if (!root.TryGetProperty("type", out JsonElement type))
        {
            return root.TryGetProperty("bids", out _)
                ? new RecordedFrame(atNs, text, RecordedKind.Answer, [], new RecordedRequest("book", symbol ?? ""))
                : new RecordedFrame(atNs, text, RecordedKind.LeftOut, []);
        }

        string[] channels = type.GetString() switch
        {
            "snapshot" or "l2update" => ["level2", "level2_batch"],
            "ticker" => ["ticker"],
            "last_match" => ["matches"],
            "match" => ["matches", "full"],
            "heartbeat" => ["heartbeat"],
            "received" or "open" or "done" or "change" or "activate" => ["full"],
            _ => [],
        };
        return channels.Length > 0 && root.TryGetProperty("product_id", out JsonElement product)
            ? new RecordedFrame(atNs, text, RecordedKind.Data, [.. channels.Select(channel => (channel, product.GetString()!))])
            : new RecordedFrame(atNs, text, RecordedKind.Control, []);
    }
}
