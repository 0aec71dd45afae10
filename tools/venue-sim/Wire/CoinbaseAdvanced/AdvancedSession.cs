using System.Globalization;
using System.Text;
using System.Text.Json;
using Lob.Fast.VenueSim.Hosting;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.CoinbaseAdvanced;

/// <summary>A connection to Advanced Trade: all its messages, acknowledgements too, are counted together from 0.</summary>
internal sealed class AdvancedSession(AdvancedServer venue, ClientConnection connection) : Session(venue, connection)
{
    private const long SubscribeWithinMs = 5000;
    private const long HeartbeatMs = 1000;
    private const string Heartbeats = "heartbeats";

    private long _sequence;
    private long _heartbeats;
    private long _lastHeartbeatMs;
    private bool _hasSubscribed;
    private bool _wantsHeartbeats;

    public override void Tick(long nowMs)
    {
        base.Tick(nowMs);
        if (venue.Options.Limits && !_hasSubscribed && nowMs - OpenedAtMs > SubscribeWithinMs) Refuse("no subscription within 5 s");
        if (!_wantsHeartbeats || venue.Recording is not null || nowMs - _lastHeartbeatMs < HeartbeatMs) return;

        _lastHeartbeatMs = nowMs;
        string time = DateTimeOffset.FromUnixTimeMilliseconds(nowMs).ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
        SendEvents(Heartbeats, Encoding.UTF8.GetBytes($"{{\"current_time\":\"{time} +0000 UTC m=+{nowMs / 1000.0:0.000000000}\",\"heartbeat_counter\":{_heartbeats++}}}"), nowMs);
    }

    /// <summary>One message with these events.</summary>
    /// <param name="channel">As data name it.</param>
    /// <param name="events">JSON, without the brackets around them.</param>
    /// <param name="nowMs">The clock.</param>
    /// <param name="book">For a message of a book: its subscription.</param>
    /// <param name="ordinal">And the state of the channel's truth it leads to.</param>
    public void SendEvents(string channel, ReadOnlySpan<byte> events, long nowMs, Subscription? book = null, long ordinal = -1)
    {
        book?.Numbers?.Append(_sequence, ordinal);
        Send(Text.Start().Add("{\"channel\":\""u8).Add(channel).Add("\",\"timestamp\":\""u8).Iso(nowMs, fractionDigits: 9).Add("\",\"sequence_num\":"u8).Add(_sequence++)
            .Add(",\"events\":["u8).Add(events).Add("]}"u8));
    }

    protected override void Opened(long nowMs)
    {
    }

    protected override void Received(ReadOnlyMemory<byte> message, long nowMs)
    {
        using JsonDocument? json = Parse(message);
        JsonElement root = json?.RootElement ?? default;
        string? type = TextOf(root, "type");
        string? name = TextOf(root, "channel");
        if (type is not ("subscribe" or "unsubscribe") || name is null)
        {
            Error("failure to subscribe");
            return;
        }

        string[] products = [.. TextsOf(root, "product_ids")];
        if (name == Heartbeats)
        {
            _wantsHeartbeats = type == "subscribe";
        }
        else if (type == "unsubscribe")
        {
            foreach (Subscription held in Subscriptions.FindAll(held => held.Channel.Name == name && (products.Length == 0 || products.Contains(held.Channel.Symbol))))
                Remove(held);
        }
        else if (products.Length == 0 || products.Any(product => venue.Channel(name, product) is null))
        {
            Error("failure to subscribe");
            return;
        }
        else
        {
            foreach (string product in products)
            {
                // The snapshot comes before the acknowledgement, as recorded.
                if (Find(name, product) is null) Add(venue.Channel(name, product)!);
            }

            foreach (Subscription added in Subscriptions.FindAll(held => held.Channel.Name == name && products.Contains(held.Channel.Symbol) && held.Messages == 0))
            {
                added.Messages++;
                added.Channel.Subscribed(added, nowMs);
            }
        }

        _hasSubscribed = true;
        Acknowledge(nowMs);
    }

    private void Acknowledge(long nowMs)
    {
        // A recording has them itself, with the connection's numbers.
        if (venue.Recording is not null) return;

        IEnumerable<string> lists = Subscriptions.GroupBy(static held => held.Channel.Name)
            .Select(static channel => $"\"{channel.Key}\":[{string.Join(',', channel.Select(static held => Quoted(held.Channel.Symbol)))}]");
        if (_wantsHeartbeats) lists = lists.Append($"\"{Heartbeats}\":[\"{Heartbeats}\"]");

        SendEvents("subscriptions", Encoding.UTF8.GetBytes($"{{\"subscriptions\":{{{string.Join(',', lists)}}}}}"), nowMs);
    }

    private void Error(string message) => Send(Encoding.UTF8.GetBytes($"{{\"type\":\"error\",\"message\":{Quoted(message)}}}"));
}
