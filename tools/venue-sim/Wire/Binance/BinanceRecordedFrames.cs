using System.Text.Json;
using Lob.Fast.VenueSim.Recorded;

namespace Lob.Fast.VenueSim.Wire.Binance;

/// <summary>Recordings of Binance: messages of combined connections, and snapshots of books.</summary>
internal sealed class BinanceRecordedFrames : IRecordedFrames
{
    private string _lastSymbol = "";
    private bool _hasSymbol;

    public RecordedFrame Read(long atNs, byte[] text, JsonElement root, string? symbol)
    {
        if (root.ValueKind != JsonValueKind.Object) return new RecordedFrame(atNs, text, RecordedKind.LeftOut, []);

        if (root.TryGetProperty("stream", out JsonElement stream) && stream.GetString() is { } name && name.IndexOf('@') is var at and > 0)
        {
            _lastSymbol = name[..at].ToUpperInvariant();
            _hasSymbol = true;
            return new RecordedFrame(atNs, text, RecordedKind.Data, [(name[(at + 1)..], _lastSymbol)]);
        }

        if (!root.TryGetProperty("lastUpdateId", out _)) return new RecordedFrame(atNs, text, RecordedKind.LeftOut, []);

        // A snapshot names no symbol: it is that of the messages around it.
        string asked = symbol ?? (root.TryGetProperty("symbol", out JsonElement own) ? own.GetString()! : _hasSymbol ? _lastSymbol : "");
        return new RecordedFrame(atNs, text, RecordedKind.Answer, [], new RecordedRequest("depth", asked));
    }
}
