using System.Globalization;
using System.Text;
using System.Text.Json;
using Lob.Fast.VenueSim.Hosting;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Bybit;

/// <summary>A connection to one category of Bybit.</summary>
internal sealed class BybitSession(BybitServer venue, ClientConnection connection) : Session(venue, connection)
{
    private const int SpotArgsMax = 10;
    private const int ArgsLengthMax = 21_000;

    /// <summary>A connection without subscriptions and pings is closed after about this time.</summary>
    private const long SilenceMaxMs = 61_000;

    private readonly string _connectionId = $"d9avsh3fo0jvsls9d82g-{Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture)[..5]}";

    public override void Tick(long nowMs)
    {
        base.Tick(nowMs);
        if (venue.Options.Limits && Subscriptions.Count == 0 && nowMs - LastReceivedMs > SilenceMaxMs) Refuse("no ping");
    }

    protected override void Opened(long nowMs)
    {
    }

    protected override void Received(ReadOnlyMemory<byte> message, long nowMs)
    {
        using JsonDocument? json = Parse(message);
        if (json is null || json.RootElement.ValueKind != JsonValueKind.Object)
        {
            Answer(isSuccess: false, "Failed to decode incoming data: invalid JSON", null, "");
            return;
        }

        JsonElement root = json.RootElement;
        string? requestId = root.TryGetProperty("req_id", out JsonElement given) ? given.ToString() : null;
        string operation = TextOf(root, "op") ?? "";
        string[] arguments = [.. TextsOf(root, "args")];
        switch (operation)
        {
            case "ping":
                Answer(isSuccess: true, "pong", requestId, "ping");
                break;
            case "subscribe":
                Subscribe(arguments, requestId, nowMs);
                break;
            case "unsubscribe":
                foreach (string topic in arguments)
                {
                    if (FindTopic(topic) is { } held) Remove(held);
                }

                Answer(isSuccess: true, venue.IsSpot ? "unsubscribe" : "", requestId, operation);
                break;
            default:
                Answer(isSuccess: false, "error:invalid op", requestId, operation);
                break;
        }
    }

    /// <summary>Everything or nothing: one wrong topic and none of the request is subscribed.</summary>
    private void Subscribe(string[] topics, string? requestId, long nowMs)
    {
        string? fault = null;
        if (venue.IsSpot && topics.Length > SpotArgsMax) fault = $"error:args size >{SpotArgsMax}";
        else if (Subscriptions.Sum(static held => held.Channel.Name.Length + held.Channel.Symbol.Length + 1) + topics.Sum(static topic => topic.Length) > ArgsLengthMax)
            fault = "error:args length exceeded";

        List<MarketChannel> channels = [];
        foreach (string topic in topics)
        {
            if (fault is not null) break;

            int dot = topic.LastIndexOf('.');
            MarketChannel? channel = dot > 0 ? venue.Channel(topic[..dot], topic[(dot + 1)..]) : null;
            if (channel is null) fault = $"error:handler not found,topic:{topic}";
            else if (FindTopic(topic) is not null || channels.Contains(channel)) fault = $"error:already subscribed,topic:{topic}";
            else channels.Add(channel);
        }

        if (fault is not null)
        {
            Answer(isSuccess: false, fault, requestId, "subscribe");
            return;
        }

        // The first data may come before the acknowledgement or behind it, and clients must take both: both happen here, in turns.
        bool dataFirst = (Subscriptions.Count & 1) == 1;
        if (!dataFirst) Answer(isSuccess: true, venue.IsSpot ? "subscribe" : "", requestId, "subscribe");
        foreach (MarketChannel channel in channels)
            channel.Subscribed(Add(channel), nowMs);

        if (dataFirst) Answer(isSuccess: true, venue.IsSpot ? "subscribe" : "", requestId, "subscribe");
    }

    private Subscription? FindTopic(string topic)
    {
        int dot = topic.LastIndexOf('.');
        return dot > 0 ? Find(topic[..dot], topic[(dot + 1)..]) : null;
    }

    private void Answer(bool isSuccess, string message, string? requestId, string operation)
    {
        string id = requestId is null ? (venue.IsSpot ? "" : "\"req_id\":\"\",") : $"\"req_id\":{Quoted(requestId)},";
        Send(Encoding.UTF8.GetBytes(
            $"{{\"success\":{(isSuccess ? "true" : "false")},\"ret_msg\":{Quoted(message)},\"conn_id\":\"{_connectionId}\",{id}\"op\":{Quoted(operation)}}}"));
    }
}
