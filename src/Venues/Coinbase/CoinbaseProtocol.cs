using System.Buffers;
using System.Text.Json;
using Lob.Fast.Engine.Records;
using Lob.Fast.Venues.Sessions;

namespace Lob.Fast.Venues.Coinbase;

/// <summary>
/// Coinbase Exchange (documentation of 2026-07). Each answer lists all that the connection is subscribed to. <c>heartbeat</c> is subscribed for every product besides,
/// as the sign of life. <c>level2</c> and <c>full</c> need a key; <c>level2_batch</c> is the book that does not.
/// </summary>
internal sealed class CoinbaseProtocol(CoinbaseCredentials? credentials, TimeProvider time) : VenueProtocol
{
    private const string Heartbeat = "heartbeat";

    private static readonly VenueDefaults Exchange = new()
    {
        WebSocket = "wss://ws-feed.exchange.coinbase.com",
        WebSocketTest = "wss://ws-feed-public.sandbox.exchange.coinbase.com",
        Rest = "https://api.exchange.coinbase.com",
        RestTest = "https://api-public.sandbox.exchange.coinbase.com",
        StreamsPerConnection = 200,
        StreamsPerRequest = 100,
        MessagesPerSecond = 9,
        ConnectsMax = 8,
        ConnectWindow = TimeSpan.FromSeconds(1),
        SilenceMax = TimeSpan.FromSeconds(15),
        RestWeight = 9,
        RestWindow = TimeSpan.FromSeconds(1),
    };

    private static readonly string[] Open = ["level2_batch", "ticker", "ticker_batch", "matches", Heartbeat];
    private static readonly string[] Keyed = ["level2", "full"];

    /// <inheritdoc/>
    public override Venue Venue => Venue.Coinbase;

    /// <inheritdoc/>
    public override VenueDefaults Defaults => Exchange;

    /// <inheritdoc/>
    public override string Advice => $"Products are named like {VenueProtocols.SymbolExample(Venue.Coinbase)}; {string.Join(" and ", Keyed)} need a valid key in {CoinbaseCredentials.Variables}";

    /// <inheritdoc/>
    public override string BookChannel(int? depth) =>
        depth is { } levels ? throw UnknownDepth(Venue.Coinbase, levels, "books are always whole, leave the depth out")
        : credentials is null ? "level2_batch"
        : "level2";

    /// <inheritdoc/>
    public override FeedStream Stream(string symbol, string channel)
    {
        if (Keyed.Contains(channel) && credentials is null)
        {
            throw new FeedException($"coinbase gives '{channel}' only with a key: set {CoinbaseCredentials.Variables}, or take one of {string.Join(", ", Open)}");
        }

        BookSource source = channel switch
        {
            "full" => BookSource.Rest,
            "level2" or "level2_batch" => BookSource.Stream,
            _ => BookSource.None,
        };
        return Open.Contains(channel) || Keyed.Contains(channel)
            ? new FeedStream(symbol, channel, $"\"product_id\":\"{symbol}\"", source, isAdded: false)
            : throw UnknownChannel(Venue.Coinbase, channel, string.Join(", ", Open.Concat(Keyed)));
    }

    /// <inheritdoc/>
    public override IEnumerable<FeedStream> Added(IReadOnlyList<FeedStream> streams) => streams
        .GroupBy(static stream => stream.Symbol)
        .Where(static product => !product.Any(static stream => stream.Channel == Heartbeat))
        .Select(static product => new FeedStream(product.Key, Heartbeat, $"\"product_id\":\"{product.Key}\"", BookSource.None, isAdded: true));

    /// <inheritdoc/>
    public override string SymbolOf(string symbol) => symbol.ToUpperInvariant();

    // Frames do not say which of the two they came by.
    /// <inheritdoc/>
    public override string JournalChannel(string channel) => channel switch
    {
        "level2_batch" => "level2",
        "ticker_batch" => "ticker",
        _ => channel,
    };

    /// <inheritdoc/>
    public override string Path(string route) => "/";

    /// <inheritdoc/>
    public override bool MayShareRequest(FeedStream first, FeedStream other) => first.Channel == other.Channel;

    /// <inheritdoc/>
    public override void WriteSubscribe(IBufferWriter<byte> frame, IReadOnlyList<FeedStream> streams, long request) => Write(frame, "subscribe", streams, isSigned: true);

    /// <inheritdoc/>
    public override void WriteUnsubscribe(IBufferWriter<byte> frame, IReadOnlyList<FeedStream> streams, long request) => Write(frame, "unsubscribe", streams, isSigned: false);

    /// <inheritdoc/>
    public override bool MayBeControl(ReadOnlySpan<byte> frame) =>
        frame.StartsWith("{\"type\":\"subscriptions\""u8) || frame.StartsWith("{\"type\":\"error\""u8) || !frame.StartsWith("{\"type\":\""u8);

    // Asked of books by REST only, which is the channel full: what has no place in the sequence of orders does not count.
    /// <inheritdoc/>
    public override bool IsOf(ReadOnlySpan<byte> frame, FeedStream stream) =>
        !frame.StartsWith("{\"type\":\"heartbeat\""u8)
        && !frame.StartsWith("{\"type\":\"ticker\""u8)
        && !frame.StartsWith("{\"type\":\"last_match\""u8)
        && frame.IndexOf(stream.WireBytes) >= 0;

    /// <inheritdoc/>
    protected override void Read(ReadOnlySpan<byte> frame, ControlFrame control)
    {
        Utf8JsonReader json = new(frame);
        json.Read();
        bool isList = false;
        bool isError = false;
        string reason = "";
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("type"u8))
            {
                json.Read();
                isList = json.ValueTextEquals("subscriptions"u8);
                isError = json.ValueTextEquals("error"u8);
            }
            else if (json.ValueTextEquals("channels"u8))
            {
                ReadChannels(ref json, control);
            }
            else if (json.ValueTextEquals("message"u8))
            {
                json.Read();
                control.Text = json.GetString() ?? "";
            }
            else if (json.ValueTextEquals("reason"u8))
            {
                json.Read();
                reason = json.GetString() ?? "";
            }
            else
            {
                json.Skip();
            }
        }

        control.Text = reason.Length > 0 ? $"{control.Text}: {reason}" : control.Text;
        control.Kind = isList ? ControlKind.List : !isError ? ControlKind.None : IsPassing(control.Text) ? ControlKind.Busy : ControlKind.Refused;
    }

    private static bool IsPassing(string words) =>
        words.Contains("rate limit", StringComparison.OrdinalIgnoreCase) || words.Contains("too many", StringComparison.OrdinalIgnoreCase);

    private static void ReadChannels(ref Utf8JsonReader json, ControlFrame control)
    {
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            string name = "";
            List<string> products = [];
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals("name"u8))
                {
                    json.Read();
                    name = json.GetString() ?? "";
                }
                else if (json.ValueTextEquals("product_ids"u8))
                {
                    json.Read();
                    while (json.TokenType != JsonTokenType.Null && json.Read() && json.TokenType == JsonTokenType.String)
                    {
                        products.Add(json.GetString()!);
                    }
                }
                else
                {
                    json.Skip();
                }
            }

            // The batch channels were called by their interval before.
            string channel = name switch
            {
                "level2_50" => "level2_batch",
                "ticker_1000" => "ticker_batch",
                _ => name,
            };
            control.Listed.AddRange(products.Select(product => (channel, product)));
        }
    }

    private void Write(IBufferWriter<byte> frame, string type, IReadOnlyList<FeedStream> streams, bool isSigned)
    {
        using Utf8JsonWriter json = new(frame, Plain);
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        json.WriteStartArray("product_ids"u8);
        foreach (FeedStream stream in streams)
        {
            json.WriteStringValue(stream.Symbol);
        }

        json.WriteEndArray();
        json.WriteStartArray("channels"u8);
        json.WriteStringValue(streams[0].Channel);
        json.WriteEndArray();
        if (isSigned && credentials is not null)
        {
            string timestamp = CoinbaseCredentials.Timestamp(time.GetUtcNow());
            json.WriteString("signature"u8, credentials.Sign(timestamp, "/users/self/verify"));
            json.WriteString("key"u8, credentials.Key);
            json.WriteString("passphrase"u8, credentials.Passphrase);
            json.WriteString("timestamp"u8, timestamp);
        }

        json.WriteEndObject();
    }
}
