using System.Text.Json;

namespace Lob.Fast.VenueSim.Tests.Support;

/// <summary>Names what a frame is, the same way for recorded frames and for those of the local exchange; null = not compared.</summary>
internal sealed class FrameKinds(string venue)
{
    private readonly Dictionary<long, string> _channels = [];

    public string? Of(JsonElement frame) => venue switch
    {
        VenueNames.BinanceSpot or VenueNames.BinanceUsdM or VenueNames.BinanceCoinM => Binance(frame),
        VenueNames.BybitLinear or VenueNames.BybitSpot => Bybit(frame),
        VenueNames.Okx => Okx(frame),
        VenueNames.Bitfinex => Bitfinex(frame),
        VenueNames.Coinbase => Text(frame, "type"),
        _ => Text(frame, "channel") is { } channel ? $"{channel} {Text(frame.GetProperty("events")[0], "type")}" : null,
    };

    private static string? Text(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? Binance(JsonElement frame)
    {
        if (frame.TryGetProperty("lastUpdateId", out _)) return "snapshot";

        return Text(frame, "stream") is { } stream ? stream.Split('@')[1] : null;
    }

    private static string? Bybit(JsonElement frame) =>
        Text(frame, "topic") is { } topic ? $"{topic.Split('.')[0]} {Text(frame, "type")}" : null;

    private static string? Okx(JsonElement frame) =>
        frame.TryGetProperty("arg", out JsonElement argument) ? $"{Text(argument, "channel")} {Text(frame, "action")} {Text(frame, "event")}" : null;

    private string? Bitfinex(JsonElement frame)
    {
        if (frame.ValueKind == JsonValueKind.Object)
        {
            string happened = Text(frame, "event")!;
            if (happened != "subscribed") return happened is "info" or "conf" ? happened : null;

            _channels[frame.GetProperty("chanId").GetInt64()] = Text(frame, "channel")!;
            return $"subscribed {Text(frame, "channel")}";
        }

        if (!_channels.TryGetValue(frame[0].GetInt64(), out string? channel)) return null;

        if (frame[1].ValueKind == JsonValueKind.String) return frame[1].GetString();

        if (frame[1].GetArrayLength() == 0) return null;

        return $"{channel} {(frame[1][0].ValueKind == JsonValueKind.Array ? "snapshot" : "update")}";
    }
}
