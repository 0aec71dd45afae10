using System.Buffers;
using System.Text.Json;
using Lob.Fast.Engine.Records;
using Lob.Fast.Venues.Sessions;

namespace Lob.Fast.Venues.Binance;

/// <summary>
/// Binance spot, USD-M and COIN-M (documentation of 2026-07; the paths of USD-M of 2026-04). Combined streams; the server pings, and the library answers. When nothing
/// comes for a while the list of subscriptions is asked for: pings are not seen, and a silent connection is otherwise no different from a quiet market.
/// </summary>
internal sealed class BinanceProtocol(Venue venue) : VenueProtocol
{
    private const string PublicRoute = "public";
    private const string MarketRoute = "market";
    private const int SpotMessagesPerSecond = 4;
    private const int FuturesMessagesPerSecond = 9;

    private static readonly VenueDefaults Spot = new()
    {
        WebSocket = "wss://stream.binance.com:9443",
        WebSocketTest = "wss://stream.testnet.binance.vision",
        Rest = "https://api.binance.com",
        RestTest = "https://testnet.binance.vision",
        StreamsPerConnection = 1024,
        StreamsPerRequest = 200,
        MessagesPerSecond = SpotMessagesPerSecond,
        ConnectsMax = 300,
        ConnectWindow = TimeSpan.FromMinutes(5),
        PingInterval = TimeSpan.FromSeconds(20),
        PingsInQuietOnly = true,
        SilenceMax = TimeSpan.FromSeconds(45),
        ConnectionAgeMax = TimeSpan.FromHours(23.5),
        RestWeight = 6000,
        RestWindow = TimeSpan.FromMinutes(1),
    };

    // The test network's form of the routes is not documented: host and prefix can be given.
    private static readonly VenueDefaults UsdM = Spot with
    {
        WebSocket = "wss://fstream.binance.com",
        WebSocketTest = "wss://demo-fstream.binance.com",
        Rest = "https://fapi.binance.com",
        RestTest = "https://demo-fapi.binance.com",
        StreamsPerConnection = 200,
        MessagesPerSecond = FuturesMessagesPerSecond,
        RestWeight = 2400,
    };

    private static readonly VenueDefaults CoinM = UsdM with
    {
        WebSocket = "wss://dstream.binance.com",
        WebSocketTest = "wss://dstream.binancefuture.com",
        Rest = "https://dapi.binance.com",
        RestTest = "https://testnet.binancefuture.com",
    };

    private static readonly string[] Intervals = ["1s", "1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d", "3d", "1w", "1M"];

    /// <inheritdoc/>
    public override Venue Venue => venue;

    /// <inheritdoc/>
    public override VenueDefaults Defaults => venue switch
    {
        Venue.BinanceSpot => Spot,
        Venue.BinanceUsdM => UsdM,
        _ => CoinM,
    };

    /// <inheritdoc/>
    public override string Advice => $"Symbols are those of {venue.ToName()}, such as {VenueProtocols.SymbolExample(venue)}";

    /// <inheritdoc/>
    public override bool IsSilentAboutUnknown => true;

    private string Channels => venue == Venue.BinanceSpot
        ? "depth@100ms, depth, bookTicker, trade, aggTrade, kline_1m (and other intervals)"
        : "depth@100ms, depth@500ms, depth, depth@0ms, bookTicker, aggTrade, trade, kline_1m (and other intervals)";

    // How deep a book is told is a matter of the REST snapshot: the stream has all levels.
    /// <inheritdoc/>
    public override string BookChannel(int? depth) => "depth@100ms";

    /// <inheritdoc/>
    public override FeedStream Stream(string symbol, string channel)
    {
        bool isDepth = channel is "depth" or "depth@100ms" || (venue != Venue.BinanceSpot && channel is "depth@500ms" or "depth@250ms" or "depth@0ms");
        bool isKnown = isDepth || channel is "bookTicker" or "trade" or "aggTrade" || IsKline(channel);
        return isKnown
            ? new FeedStream(symbol, channel, $"{symbol.ToLowerInvariant()}@{channel}", isDepth ? BookSource.Rest : BookSource.None, isAdded: false)
            : throw UnknownChannel(venue, channel, Channels);
    }

    /// <inheritdoc/>
    public override string SymbolOf(string symbol) => symbol.ToUpperInvariant();

    // A stream asked for on the wrong route is acknowledged and never comes. Which one has the raw trades is not documented; a client takes them from /public.
    /// <inheritdoc/>
    public override string Route(FeedStream stream) =>
        venue != Venue.BinanceUsdM ? "" : stream.Channel == "aggTrade" || IsKline(stream.Channel) ? MarketRoute : PublicRoute;

    /// <inheritdoc/>
    public override string Path(string route) => route.Length > 0 ? $"/{route}/stream" : "/stream";

    /// <inheritdoc/>
    public override void WriteSubscribe(IBufferWriter<byte> frame, IReadOnlyList<FeedStream> streams, long request) => Write(frame, "SUBSCRIBE", streams, request);

    /// <inheritdoc/>
    public override void WriteUnsubscribe(IBufferWriter<byte> frame, IReadOnlyList<FeedStream> streams, long request) => Write(frame, "UNSUBSCRIBE", streams, request);

    /// <inheritdoc/>
    public override void WritePing(IBufferWriter<byte> frame, long request)
    {
        using Utf8JsonWriter json = new(frame, Plain);
        json.WriteStartObject();
        json.WriteString("method"u8, "LIST_SUBSCRIPTIONS"u8);
        json.WriteNumber("id"u8, request);
        json.WriteEndObject();
    }

    // Data is {"stream":"btcusdt@…; what begins otherwise, or with the stream "!…", is about the connection.
    /// <inheritdoc/>
    public override bool MayBeControl(ReadOnlySpan<byte> frame) =>
        !frame.StartsWith("{\"stream\":\""u8) || frame["{\"stream\":\"".Length..].StartsWith("!"u8);

    /// <inheritdoc/>
    public override bool IsOf(ReadOnlySpan<byte> frame, FeedStream stream)
    {
        int start = "{\"stream\":\"".Length;
        int end = start + stream.WireBytes.Length;
        return frame.Length > end && frame[end] == (byte)'"' && frame[start..end].SequenceEqual(stream.WireBytes);
    }

    /// <inheritdoc/>
    protected override void Read(ReadOnlySpan<byte> frame, ControlFrame control)
    {
        Utf8JsonReader json = new(frame);
        json.Read();
        bool isResult = false;
        bool isError = false;
        bool isShutdown = false;
        long code = 0;
        string text = "";
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            if (json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals("error"u8))
            {
                // {"error":{"code":…,"msg":…},"id":…}: its members are read like those of the plain form.
                json.Read();
                isError = true;
                while (json.Read() && json.TokenType != JsonTokenType.EndObject)
                {
                    ReadError(ref json, ref code, ref text);
                }
            }
            else if (json.ValueTextEquals("id"u8))
            {
                json.Read();
                control.Request = json.TokenType == JsonTokenType.Number ? json.GetInt64() : null;
            }
            else if (json.ValueTextEquals("result"u8))
            {
                json.Read();
                json.Skip();
                isResult = true;
            }
            else if (json.ValueTextEquals("stream"u8) || json.ValueTextEquals("e"u8))
            {
                json.Read();
                isShutdown |= json.ValueTextEquals("serverShutdown"u8) || json.ValueTextEquals("!serverShutdown"u8);
            }
            else
            {
                isError |= json.ValueTextEquals("msg"u8);
                ReadError(ref json, ref code, ref text);
            }
        }

        control.Kind = isShutdown ? ControlKind.Reconnect : isError ? ControlKind.Refused : isResult && control.Request is not null ? ControlKind.RequestDone : ControlKind.None;
        control.Text = isShutdown ? "the server is about to shut down (serverShutdown)" : $"{text} (code {code})";
    }

    private static void ReadError(ref Utf8JsonReader json, ref long code, ref string text)
    {
        bool isCode = json.ValueTextEquals("code"u8);
        bool isText = json.ValueTextEquals("msg"u8);
        json.Read();
        if (isCode)
        {
            code = json.GetInt64();
        }
        else if (isText)
        {
            text = json.GetString() ?? "";
        }
        else
        {
            json.Skip();
        }
    }

    private static bool IsKline(string channel) => channel.StartsWith("kline_", StringComparison.Ordinal) && Intervals.Contains(channel["kline_".Length..]);

    private static void Write(IBufferWriter<byte> frame, string method, IReadOnlyList<FeedStream> streams, long request)
    {
        using Utf8JsonWriter json = new(frame, Plain);
        json.WriteStartObject();
        json.WriteString("method"u8, method);
        json.WriteStartArray("params"u8);
        foreach (FeedStream stream in streams)
        {
            json.WriteStringValue(stream.Wire);
        }

        json.WriteEndArray();
        json.WriteNumber("id"u8, request);
        json.WriteEndObject();
    }
}
