using System.Text;
using System.Text.Json;
using Lob.Fast.VenueSim.Hosting;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Bitfinex;

/// <summary>A connection to Bitfinex: channels have numbers, and all arrays of the connection are counted together.</summary>
internal sealed class BitfinexSession(BitfinexServer venue, ClientConnection connection) : Session(venue, connection)
{
    private const int ChannelsMax = 30;
    private const long HeartbeatMs = 15_000;
    private const long ChecksumMs = 2_500;
    private const long SilenceMaxMs = 60_000;
    private const int FirstChannelId = 10_000;

    private static readonly byte[] Heartbeat = "\"hb\""u8.ToArray();
    private static readonly string[] BookKeys = ["prec", "freq", "len"];

    private readonly Dictionary<Subscription, (long HeartbeatMs, long ChecksumMs, long Ordinal)> _sent = [];
    private BitfinexFlags _flags;
    private long _sequence;
    private int _nextChannelId = FirstChannelId;

    public bool WantsBulk => _flags.HasFlag(BitfinexFlags.Bulk);

    public override void Tick(long nowMs)
    {
        base.Tick(nowMs);
        if (venue.Options.Limits && Subscriptions.Count == 0 && nowMs - LastReceivedMs > SilenceMaxMs) Refuse("no subscription");

        if (venue.Recording is not null) return;

        foreach (Subscription subscription in Subscriptions)
        {
            (long heartbeatMs, long checksumMs, long ordinal) = _sent[subscription];
            if (nowMs - heartbeatMs >= HeartbeatMs)
            {
                heartbeatMs = nowMs;
                SendArray(subscription, Heartbeat, nowMs);
            }

            if (nowMs - checksumMs >= ChecksumMs && _flags.HasFlag(BitfinexFlags.Checksum) && subscription.Channel is IBitfinexBook book)
            {
                checksumMs = nowMs;
                if (book.Ordinal != ordinal) SendArray(subscription, Encoding.ASCII.GetBytes($"\"cs\",{book.Checksum()}"), nowMs);
                ordinal = book.Ordinal;
            }

            _sent[subscription] = (heartbeatMs, checksumMs, ordinal);
        }
    }

    /// <summary>[channel,what,(number),(time)]</summary>
    /// <param name="subscription">Whose channel.</param>
    /// <param name="what">What stands between channel and number.</param>
    /// <param name="nowMs">The clock.</param>
    /// <param name="ordinal">For a message of a book: the state of the channel's truth it leads to.</param>
    public void SendArray(Subscription subscription, ReadOnlySpan<byte> what, long nowMs, long ordinal = -1)
    {
        FrameText text = Text.Start().Add('[').Add(subscription.Id).Add(',').Add(what);
        _sequence++;
        if (_flags.HasFlag(BitfinexFlags.Sequence)) text.Add(',').Add(_sequence);
        if (_flags.HasFlag(BitfinexFlags.Timestamp)) text.Add(',').Add(nowMs);
        if (ordinal >= 0) subscription.Numbers?.Append(_flags.HasFlag(BitfinexFlags.Sequence) ? _sequence : ++subscription.Messages, ordinal);

        Send(text.Add(']'));
    }

    protected override void Opened(long nowMs) =>
        Send(venue.Recording?.LeftOut("{\"event\":\"info\"") ?? """{"event":"info","version":2,"serverId":"5ad8d8f2-7c1e-4a51-9f5d-0d9a4e3f1b22","platform":{"status":1}}"""u8.ToArray());

    protected override void AgeReached()
    {
        Send("""{"event":"info","code":20051,"msg":"Stopping. Please try to reconnect"}"""u8.ToArray());
        base.AgeReached();
    }

    protected override void Received(ReadOnlyMemory<byte> message, long nowMs)
    {
        // What is not JSON is ignored in silence.
        using JsonDocument? json = Parse(message);
        if (json is null || json.RootElement.ValueKind != JsonValueKind.Object) return;

        JsonElement root = json.RootElement;
        switch (TextOf(root, "event"))
        {
            case "ping":
                string cid = root.TryGetProperty("cid", out JsonElement given) ? $",\"cid\":{given.GetRawText()}" : "";
                Send(Encoding.UTF8.GetBytes($"{{\"event\":\"pong\",\"ts\":{nowMs}{cid}}}"));
                break;
            case "conf":
                _flags = root.TryGetProperty("flags", out JsonElement flags) && flags.TryGetInt32(out int value) ? (BitfinexFlags)value : BitfinexFlags.None;
                Send(venue.Recording?.LeftOut("{\"event\":\"conf\"") ?? Encoding.UTF8.GetBytes($"{{\"event\":\"conf\",\"status\":\"OK\",\"flags\":{(int)_flags}}}"));
                break;
            case "subscribe":
                Subscribe(root, nowMs);
                break;
            case "unsubscribe":
                if (venue.Recording is null) Unsubscribe(root);
                break;
            default:
                Send("""{"event":"error","msg":"event: unknown","code":10000}"""u8.ToArray());
                break;
        }
    }

    private void Subscribe(JsonElement root, long nowMs)
    {
        string kind = TextOf(root, "channel") ?? "";
        string? symbol = TextOf(root, "symbol");
        string name = kind;
        string echo = "";
        if (kind == "book")
        {
            string precision = TextOf(root, "prec") ?? "P0";
            string frequency = TextOf(root, "freq") ?? "F0";
            string length = root.TryGetProperty("len", out JsonElement given) ? given.ToString() : "25";
            name = $"book.{precision}.{frequency}.{length}";
            echo = $",\"prec\":{Quoted(precision)},\"freq\":{Quoted(frequency)},\"len\":{Quoted(length)}";
        }
        else if (kind == "candles" && TextOf(root, "key") is { } key)
        {
            int at = key.LastIndexOf(":t", StringComparison.Ordinal);
            symbol = at > 0 ? key[(at + 1)..] : "";
            name = $"candles.{(at > 0 ? key[..at] : key)}";
        }
        else if (kind is not ("trades" or "ticker"))
        {
            Refuse(root, "channel: unknown", 10302);
            return;
        }

        if (symbol is not null && !symbol.StartsWith('t') && !symbol.StartsWith('f')) symbol = $"t{symbol}";
        if (symbol is null || !venue.Knows(symbol))
        {
            Refuse(root, "symbol: invalid", 10300);
            return;
        }

        if (Find(name, symbol) is { } held)
        {
            Refuse(root, "subscribe: dup", 10301, $",\"chanId\":{held.Id}");
            return;
        }

        if (Subscriptions.Count >= ChannelsMax && venue.Options.Limits)
        {
            venue.CountLimit();
            Refuse(root, "subscribe: limit", 10305);
            return;
        }

        if (venue.Channel(name, symbol) is not { } channel)
        {
            string[] parts = name.Split('.');
            Refuse(root, kind != "book" ? "key: invalid" : parts[1] is not ("P0" or "R0") ? "precision: invalid" : parts[2] is not ("F0" or "F1") ? "frequency: invalid" : "length: invalid", 10300);
            return;
        }

        int id = _nextChannelId++;
        if (venue.Recording is not null)
        {
            // The acknowledgement is in the recording, with the number of its channel.
            _sent.Add(Add(channel, id), (nowMs, nowMs, -1));
            return;
        }

        string what = kind == "candles" ? $",\"key\":{Quoted(TextOf(root, "key")!)}" : $",\"symbol\":{Quoted(symbol)}{echo}";
        string subscriptionId = TextOf(root, "subId") is { } named ? $",\"subId\":{Quoted(named)}" : "";
        string pair = kind == "candles" ? "" : $",\"pair\":{Quoted(symbol[1..])}";
        Send(Encoding.UTF8.GetBytes($"{{\"event\":\"subscribed\",\"channel\":\"{kind}\",\"chanId\":{id}{what}{subscriptionId}{pair}}}"));
        Subscription subscription = Add(channel, id);
        _sent.Add(subscription, (nowMs, nowMs, -1));
        channel.Subscribed(subscription, nowMs);
    }

    private void Unsubscribe(JsonElement root)
    {
        if (!root.TryGetProperty("chanId", out JsonElement given) || !int.TryParse(given.ToString(), out int id) || Subscriptions.Find(held => held.Id == id) is not { } subscription)
        {
            Refuse(root, "unsubscribe: invalid", 10400);
            return;
        }

        Remove(subscription);
        _sent.Remove(subscription);
        Send(Encoding.UTF8.GetBytes($"{{\"event\":\"unsubscribed\",\"status\":\"OK\",\"chanId\":{id}}}"));
    }

    /// <summary>An error repeats what was asked for.</summary>
    private void Refuse(JsonElement root, string message, int code, string more = "")
    {
        var echo = new StringBuilder();
        foreach (string key in (string[])["channel", "symbol", "key", .. BookKeys, "subId"])
        {
            if (root.TryGetProperty(key, out JsonElement value)) echo.Append(System.Globalization.CultureInfo.InvariantCulture, $",\"{key}\":{value.GetRawText()}");
        }

        Send(Encoding.UTF8.GetBytes($"{{\"event\":\"error\",\"msg\":{Quoted(message)},\"code\":{code}{more}{echo}}}"));
    }
}
