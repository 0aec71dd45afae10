using System.Text;
using System.Text.Json;
using Lob.Fast.VenueSim.Hosting;
using Lob.Fast.VenueSim.Recorded;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Binance;

/// <summary>A connection to Binance.</summary>
internal sealed class BinanceSession(
    BinanceServer venue, ClientConnection connection, BinanceMarket market, BinanceRoute route, bool isCombined, IReadOnlyList<string> streamsOfUrl)
    : Session(venue, connection)
{
    private const int StreamsMax = 1024;

    private static ReadOnlySpan<byte> DataKey => "\"data\":"u8;

    /// <summary>By stream name as the client wrote it; null for one that is acknowledged and silent.</summary>
    private readonly Dictionary<string, Subscription?> _streams = [];

    private bool _isCombined = isCombined;

    /// <summary>Sends data of a stream in the envelope this connection wants.</summary>
    public void SendData(Subscription subscription, byte[] data)
    {
        if (!_isCombined)
        {
            Send(data);
            return;
        }

        Send(Text.Start().Add("{\"stream\":\""u8).Add(StreamName(subscription.Channel)).Add("\",\"data\":"u8).Add(data).Add('}'));
    }

    /// <summary>Recorded are messages of combined connections: others get what is inside.</summary>
    public override void SendRecorded(RecordedFrame frame)
    {
        int data = _isCombined ? -1 : frame.Text.AsSpan().IndexOf(DataKey);
        Send(data < 0 ? frame.Text : frame.Text[(data + DataKey.Length)..^1]);
    }

    protected override void Opened(long nowMs)
    {
        foreach (string stream in streamsOfUrl)
            Subscribe(stream);
    }

    protected override void AgeReached()
    {
        string notice = $"{{\"e\":\"serverShutdown\",\"E\":{venue.NowMs}}}";
        if (market == BinanceMarket.Spot)
            Send(Encoding.UTF8.GetBytes(_isCombined ? $"{{\"stream\":\"!serverShutdown\",\"data\":{notice}}}" : notice));

        base.AgeReached();
    }

    protected override void Received(ReadOnlyMemory<byte> message, long nowMs)
    {
        using JsonDocument? json = Parse(message);
        if (json is null)
        {
            Error(3, "Invalid JSON: expected value at line 1 column 1", "null");
            return;
        }

        JsonElement root = json.RootElement;
        string id = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("id", out JsonElement given) ? given.GetRawText() : "null";
        if (TextOf(root, "method") is not { } method)
        {
            Error(2, $"Invalid request: missing field `method` at line 1 column {message.Length}", id);
            return;
        }

        switch (method)
        {
            case "SUBSCRIBE":
                foreach (string stream in TextsOf(root, "params"))
                    Subscribe(stream);

                Acknowledge("null", id);
                break;
            case "UNSUBSCRIBE":
                foreach (string stream in TextsOf(root, "params"))
                    Unsubscribe(stream);

                Acknowledge("null", id);
                break;
            case "LIST_SUBSCRIPTIONS":
                Acknowledge($"[{string.Join(',', _streams.Keys.Select(Quoted))}]", id);
                break;
            case "GET_PROPERTY" when TextsOf(root, "params").FirstOrDefault() == "combined":
                Acknowledge(_isCombined ? "true" : "false", id);
                break;
            case "SET_PROPERTY" when TextsOf(root, "params").FirstOrDefault() == "combined":
                SetCombined(root.GetProperty("params"), id);
                break;
            case "GET_PROPERTY" or "SET_PROPERTY":
                Error(0, "Unknown property", id);
                break;
            default:
                Error(2, $"Invalid request: unknown variant `{method}`, expected one of `SUBSCRIBE`, `UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`, `SET_PROPERTY`, `GET_PROPERTY` at line 1 column {message.Length}", id);
                break;
        }
    }

    private static string StreamName(MarketChannel channel) => $"{channel.Symbol.ToLowerInvariant()}@{channel.Name}";

    private void SetCombined(JsonElement parameters, string id)
    {
        if (parameters.GetArrayLength() != 2 || parameters[1].ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Error(1, "Invalid value type: expected Boolean", id);
            return;
        }

        _isCombined = parameters[1].GetBoolean();
        Acknowledge("null", id);
    }

    private void Subscribe(string stream)
    {
        if (_streams.ContainsKey(stream)) return;

        if (_streams.Count >= StreamsMax && venue.Options.Limits)
        {
            Refuse("Too many streams");
            return;
        }

        int at = stream.IndexOf('@');
        string name = at < 0 ? "" : stream[(at + 1)..];
        MarketChannel? channel = at > 0 && !stream[..at].Any(char.IsUpper) && BinanceServer.IsOn(route, name)
            ? venue.Channel(name, stream[..at].ToUpperInvariant())
            : null;
        _streams.Add(stream, channel is null ? null : Add(channel));
    }

    private void Unsubscribe(string stream)
    {
        if (_streams.Remove(stream, out Subscription? subscription) && subscription is not null) Remove(subscription);
    }

    private void Acknowledge(string result, string id) => Send(Encoding.UTF8.GetBytes($"{{\"result\":{result},\"id\":{id}}}"));

    /// <summary>Spot says it as documented, futures in an envelope; clients must take both.</summary>
    private void Error(int code, string message, string id)
    {
        string error = $"\"code\":{code},\"msg\":{Quoted(message)}";
        Send(Encoding.UTF8.GetBytes(market == BinanceMarket.Spot ? $"{{{error},\"id\":{id}}}" : $"{{\"error\":{{{error}}},\"id\":{id}}}"));
    }
}
