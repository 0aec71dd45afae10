using System.Text.Json;
using Lob.Fast.VenueSim.Recorded;

namespace Lob.Fast.VenueSim.Wire.CoinbaseAdvanced;

/// <summary>Recordings of Advanced Trade. Acknowledgements and heartbeats are played as recorded, as the connection's numbers run through all of them.</summary>
internal sealed class AdvancedRecordedFrames : IRecordedFrames
{
    public RecordedFrame Read(long atNs, byte[] text, JsonElement root, string? symbol)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("channel", out JsonElement channel)) return new RecordedFrame(atNs, text, RecordedKind.LeftOut, []);

        string name = channel.GetString() == "l2_data" ? "level2" : channel.GetString()!;
        HashSet<(string, string)> streams = [];
        foreach (JsonElement happened in root.GetProperty("events").EnumerateArray())
        {
            AddProduct(happened);
            foreach (JsonProperty list in happened.EnumerateObject().Where(static property => property.Value.ValueKind == JsonValueKind.Array))
            {
                foreach (JsonElement item in list.Value.EnumerateArray())
                    AddProduct(item);
            }
        }

        return new RecordedFrame(atNs, text, streams.Count > 0 ? RecordedKind.Data : RecordedKind.Control, [.. streams]);

        void AddProduct(JsonElement item)
        {
            if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty("product_id", out JsonElement product)) streams.Add((name, product.GetString()!));
        }
    }
}
