using System.Buffers;
using System.Text.Json;
using Lob.Fast.Engine.Records;
using Lob.Fast.Venues.Sessions;

namespace Lob.Fast.Venues.CoinbaseAdvanced;

/// <summary>
/// Coinbase Advanced Trade, market data (documentation of 2026-07): open to all, one channel a request, each answer lists all that the connection is subscribed to.
/// <c>heartbeats</c> is always subscribed besides: quiet channels are closed without it, and it is the sign of life.
/// </summary>
internal sealed class AdvancedProtocol : VenueProtocol
{
    private const string Heartbeats = "heartbeats";

    private static readonly VenueDefaults Market = new()
    {
        WebSocket = "wss://advanced-trade-ws.coinbase.com",
        WebSocketTest = null,
        Rest = "https://api.coinbase.com",
        RestTest = null,
        StreamsPerConnection = 200,
        StreamsPerRequest = 100,
        MessagesPerSecond = 7,
        ConnectsMax = 8,
        ConnectWindow = TimeSpan.FromSeconds(1),
        SilenceMax = TimeSpan.FromSeconds(15),
        RestWeight = 9,
        RestWindow = TimeSpan.FromSeconds(1),
    };

    private static readonly string[] Channels = ["level2", "market_trades", "ticker", "ticker_batch", "candles", Heartbeats];

    /// <inheritdoc/>
    public override Venue Venue => Venue.CoinbaseAdvanced;

    /// <inheritdoc/>
    public override VenueDefaults Defaults => Market;

    /// <inheritdoc/>
    public override string Advice => $"Products are named like {VenueProtocols.SymbolExample(Venue.CoinbaseAdvanced)}; channels are {string.Join(", ", Channels)}";

    /// <inheritdoc/>
    public override string BookChannel(int? depth) =>
        depth is { } levels ? throw UnknownDepth(Venue.CoinbaseAdvanced, levels, "books are always whole, leave the depth out") : "level2";

    /// <inheritdoc/>
    public override FeedStream Stream(string symbol, string channel)
    {
        string name = channel == "l2_data" ? "level2" : channel;
        return Channels.Contains(name)
            ? new FeedStream(name == Heartbeats ? Heartbeats : symbol, name, symbol, name == "level2" ? BookSource.Stream : BookSource.None, isAdded: name == Heartbeats)
            : throw UnknownChannel(Venue.CoinbaseAdvanced, channel, string.Join(", ", Channels));
    }

    /// <inheritdoc/>
    public override IEnumerable<FeedStream> Added(IReadOnlyList<FeedStream> streams) =>
        streams.Any(static stream => stream.Channel == Heartbeats) ? [] : [Stream(Heartbeats, Heartbeats)];

    /// <inheritdoc/>
    public override string SymbolOf(string symbol) => symbol.ToUpperInvariant();

    /// <inheritdoc/>
    public override string JournalChannel(string channel) => channel == "level2" ? "l2_data" : channel;

    /// <inheritdoc/>
    public override string Path(string route) => "/";

    /// <inheritdoc/>
    public override bool MayShareRequest(FeedStream first, FeedStream other) => first.Channel == other.Channel;

    /// <inheritdoc/>
    public override void WriteSubscribe(IBufferWriter<byte> frame, IReadOnlyList<FeedStream> streams, long request) => Write(frame, "subscribe", streams);

    /// <inheritdoc/>
    public override void WriteUnsubscribe(IBufferWriter<byte> frame, IReadOnlyList<FeedStream> streams, long request) => Write(frame, "unsubscribe", streams);

    /// <inheritdoc/>
    public override bool MayBeControl(ReadOnlySpan<byte> frame) =>
        frame.StartsWith("{\"channel\":\"subscriptions\""u8) || !frame.StartsWith("{\"channel\":\""u8);

    // {"channel":"subscriptions",…,"events":[{"subscriptions":{"level2":["BTC-USD"],"heartbeats":["heartbeats"]}}]}
    /// <inheritdoc/>
    protected override void Read(ReadOnlySpan<byte> frame, ControlFrame control)
    {
        Utf8JsonReader json = new(frame);
        json.Read();
        bool isList = false;
        bool isError = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("type"u8))
            {
                json.Read();
                isError = json.ValueTextEquals("error"u8);
            }
            else if (json.ValueTextEquals("message"u8))
            {
                json.Read();
                control.Text = json.GetString() ?? "";
            }
            else if (json.ValueTextEquals("events"u8))
            {
                isList |= IsList(ref json, control);
            }
            else
            {
                json.Skip();
            }
        }

        bool isPassing = control.Text.Contains("rate limit", StringComparison.OrdinalIgnoreCase) || control.Text.Contains("too many", StringComparison.OrdinalIgnoreCase);
        control.Kind = isError ? (isPassing ? ControlKind.Busy : ControlKind.Refused) : isList ? ControlKind.List : ControlKind.None;
    }

    private static bool IsList(ref Utf8JsonReader json, ControlFrame control)
    {
        bool isList = false;
        int depth = json.CurrentDepth;
        string channel = "";
        json.Read();
        while (json.Read() && json.CurrentDepth > depth)
        {
            if (json.TokenType == JsonTokenType.PropertyName && json.CurrentDepth == depth + 2)
            {
                isList |= json.ValueTextEquals("subscriptions"u8);
            }
            else if (json.TokenType == JsonTokenType.PropertyName)
            {
                channel = json.GetString()!;
            }
            else if (json.TokenType == JsonTokenType.String)
            {
                control.Listed.Add((channel, channel == Heartbeats ? Heartbeats : json.GetString()!));
            }
        }

        return isList;
    }

    private static void Write(IBufferWriter<byte> frame, string type, IReadOnlyList<FeedStream> streams)
    {
        using Utf8JsonWriter json = new(frame, Plain);
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        if (streams[0].Channel != Heartbeats)
        {
            json.WriteStartArray("product_ids"u8);
            foreach (FeedStream stream in streams)
            {
                json.WriteStringValue(stream.Symbol);
            }

            json.WriteEndArray();
        }

        json.WriteString("channel"u8, streams[0].Channel);
        json.WriteEndObject();
    }
}
