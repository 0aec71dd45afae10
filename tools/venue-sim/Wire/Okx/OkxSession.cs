using System.Globalization;
using System.Text;
using System.Text.Json;
using Lob.Fast.VenueSim.Hosting;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Okx;

/// <summary>A connection to OKX's public or business path.</summary>
internal sealed class OkxSession(OkxServer venue, ClientConnection connection, bool isBusiness) : Session(venue, connection)
{
    /// <summary>A connection on which nothing goes either way for this long is closed.</summary>
    private const long SilenceMaxMs = 30_000;

    private const int RequestsMax = 480;
    private const long RequestWindowMs = 3_600_000;

    private static readonly byte[] Pong = "pong"u8.ToArray();

    private readonly RateLimit _requests = new(RequestsMax, RequestWindowMs);
    private readonly string _connectionId = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture)[..8];

    public override void Tick(long nowMs)
    {
        base.Tick(nowMs);
        if (venue.Options.Limits && nowMs - Math.Max(LastReceivedMs, LastSentMs) > SilenceMaxMs) Refuse("no ping");
    }

    protected override void Opened(long nowMs)
    {
    }

    protected override void Received(ReadOnlyMemory<byte> message, long nowMs)
    {
        if (message.Span.SequenceEqual("ping"u8))
        {
            Send(Pong);
            return;
        }

        using JsonDocument? json = Parse(message);
        JsonElement root = json?.RootElement ?? default;
        string? id = TextOf(root, "id");
        string? operation = TextOf(root, "op");
        if (operation is not ("subscribe" or "unsubscribe") || !root.TryGetProperty("args", out JsonElement arguments) || arguments.ValueKind != JsonValueKind.Array)
        {
            Error(id, "60012", $"Invalid request: {AsText(message)}");
            return;
        }

        if (!_requests.Use(1, nowMs) && venue.Options.Limits)
        {
            venue.CountLimit();
            Error(id, "60014", "Requests too frequent. Please try again later.");
            return;
        }

        foreach (JsonElement argument in arguments.EnumerateArray())
        {
            string? channel = TextOf(argument, "channel");
            string? symbol = TextOf(argument, "instId");
            if (channel is null || symbol is null) Error(id, "60013", "Invalid args");
            else if (operation == "subscribe") Subscribe(id, channel, symbol, nowMs);
            else Unsubscribe(id, channel, symbol);
        }
    }

    private void Subscribe(string? id, string name, string symbol, long nowMs)
    {
        bool isHere = name.StartsWith("candle", StringComparison.Ordinal) == isBusiness;
        if (isHere && name is "books-l2-tbt" or "books50-l2-tbt")
        {
            Error(id, "60011", "Please log in");
            return;
        }

        MarketChannel? channel = isHere ? venue.Channel(name, symbol) : null;
        if (channel is null)
        {
            Error(id, "60018", $"Wrong URL or channel:{name},instId:{symbol} doesn't exist. Please use the correct URL, channel and parameters referring to API document.");
            return;
        }

        Acknowledge(id, "subscribe", name, symbol);
        if (Find(name, symbol) is null) channel.Subscribed(Add(channel), nowMs);
    }

    private void Unsubscribe(string? id, string name, string symbol)
    {
        if (Find(name, symbol) is { } held) Remove(held);
        Acknowledge(id, "unsubscribe", name, symbol);
    }

    private void Acknowledge(string? id, string operation, string channel, string symbol) =>
        Send(Encoding.UTF8.GetBytes($"{{{IdText(id)}\"event\":\"{operation}\",\"arg\":{{\"channel\":{Quoted(channel)},\"instId\":{Quoted(symbol)}}},\"connId\":\"{_connectionId}\"}}"));

    private void Error(string? id, string code, string message) =>
        Send(Encoding.UTF8.GetBytes($"{{{IdText(id)}\"event\":\"error\",\"code\":\"{code}\",\"msg\":{Quoted(message)},\"connId\":\"{_connectionId}\"}}"));

    private static string IdText(string? id) => id is null ? "" : $"\"id\":{Quoted(id)},";
}
