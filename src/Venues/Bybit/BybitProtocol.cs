using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Lob.Fast.Engine.Records;
using Lob.Fast.Venues.Sessions;

namespace Lob.Fast.Venues.Bybit;

/// <summary>Bybit v5, public (documentation of 2026-07-24): one category a connection, the client pings in JSON every 20 s, one acknowledgement a request.</summary>
internal sealed class BybitProtocol(Venue venue) : VenueProtocol
{
    private const int DepthUsual = 50;
    private const int SpotTopicsPerRequest = 10;

    // 21,000 characters in all, of which the punctuation of the list is left out of account here.
    private const int TopicCharsMax = 20_000;

    private static readonly int[] Depths = [1, 50, 200, 1000];
    private static readonly string[] Intervals = ["1", "3", "5", "15", "30", "60", "120", "240", "360", "720", "D", "W", "M"];

    private static readonly VenueDefaults Futures = new()
    {
        WebSocket = "wss://stream.bybit.com",
        WebSocketTest = "wss://stream-testnet.bybit.com",
        Rest = "https://api.bybit.com",
        RestTest = "https://api-testnet.bybit.com",
        StreamsPerConnection = 500,
        NameCharsPerConnection = TopicCharsMax,
        StreamsPerRequest = 200,
        MessagesPerSecond = 10,
        ConnectsMax = 500,
        ConnectWindow = TimeSpan.FromMinutes(5),
        PingInterval = TimeSpan.FromSeconds(20),
        SilenceMax = TimeSpan.FromSeconds(45),
        RestWeight = 500,
        RestWindow = TimeSpan.FromSeconds(5),
    };

    private static readonly VenueDefaults Spot = Futures with { StreamsPerRequest = SpotTopicsPerRequest };

    /// <inheritdoc/>
    public override Venue Venue => venue;

    /// <inheritdoc/>
    public override VenueDefaults Defaults => venue == Venue.BybitSpot ? Spot : Futures;

    /// <inheritdoc/>
    public override string Advice =>
        $"Symbols of this category are upper case, such as {VenueProtocols.SymbolExample(venue)}; depths are {string.Join(", ", Depths)}";

    private static string Channels =>
        $"orderbook.{string.Join(", orderbook.", Depths)}, publicTrade, tickers, kline.{string.Join(", kline.", Intervals)}";

    private string Category => venue switch
    {
        Venue.BybitLinear => "linear",
        Venue.BybitSpot => "spot",
        _ => "inverse",
    };

    /// <inheritdoc/>
    public override string BookChannel(int? depth)
    {
        int levels = depth ?? DepthUsual;
        return Depths.Contains(levels) ? $"orderbook.{levels}" : throw UnknownDepth(venue, levels, $"{string.Join(", ", Depths)}");
    }

    /// <inheritdoc/>
    public override FeedStream Stream(string symbol, string channel)
    {
        bool isBook = channel.StartsWith("orderbook.", StringComparison.Ordinal);
        if (isBook)
        {
            string depth = channel["orderbook.".Length..];
            if (!int.TryParse(depth, NumberStyles.None, CultureInfo.InvariantCulture, out int levels))
            {
                throw UnknownChannel(venue, channel, Channels);
            }

            if (!Depths.Contains(levels))
            {
                throw UnknownDepth(venue, levels, $"{string.Join(", ", Depths)}");
            }
        }

        bool isKline = channel.StartsWith("kline.", StringComparison.Ordinal) && Intervals.Contains(channel["kline.".Length..]);
        return isBook || isKline || channel is "publicTrade" or "tickers"
            ? new FeedStream(symbol, channel, $"{channel}.{symbol}", isBook ? BookSource.Stream : BookSource.None, isAdded: false)
            : throw UnknownChannel(venue, channel, Channels);
    }

    /// <inheritdoc/>
    public override string Path(string route) => $"/v5/public/{Category}";

    /// <inheritdoc/>
    public override void WriteSubscribe(IBufferWriter<byte> frame, IReadOnlyList<FeedStream> streams, long request) => Write(frame, "subscribe", streams, request);

    /// <inheritdoc/>
    public override void WriteUnsubscribe(IBufferWriter<byte> frame, IReadOnlyList<FeedStream> streams, long request) => Write(frame, "unsubscribe", streams, request);

    /// <inheritdoc/>
    public override void WritePing(IBufferWriter<byte> frame, long request)
    {
        using Utf8JsonWriter json = new(frame, Plain);
        json.WriteStartObject();
        json.WriteString("req_id"u8, Text(request));
        json.WriteString("op"u8, "ping"u8);
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public override bool MayBeControl(ReadOnlySpan<byte> frame) => !frame.StartsWith("{\"topic\":"u8);

    // {"success":true,"ret_msg":"…","conn_id":"…","req_id":"1","op":"subscribe"}
    /// <inheritdoc/>
    protected override void Read(ReadOnlySpan<byte> frame, ControlFrame control)
    {
        Utf8JsonReader json = new(frame);
        json.Read();
        bool? success = null;
        bool isRequest = false;
        bool isPong = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("success"u8))
            {
                json.Read();
                success = json.GetBoolean();
            }
            else if (json.ValueTextEquals("ret_msg"u8))
            {
                json.Read();
                control.Text = json.GetString() ?? "";
            }
            else if (json.ValueTextEquals("req_id"u8))
            {
                json.Read();
                control.Request = long.TryParse(json.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
            }
            else if (json.ValueTextEquals("op"u8))
            {
                json.Read();
                isRequest = json.ValueTextEquals("subscribe"u8) || json.ValueTextEquals("unsubscribe"u8);
                isPong = json.ValueTextEquals("ping"u8) || json.ValueTextEquals("pong"u8);
            }
            else
            {
                json.Skip();
            }
        }

        if (success is null || isPong)
        {
            return;
        }

        // "already subscribed" is as good as subscribed: the first subscription goes on.
        bool isDone = success.Value || control.Text.StartsWith("error:already subscribed", StringComparison.Ordinal);
        control.Kind = !isDone ? ControlKind.Refused : isRequest ? ControlKind.RequestDone : ControlKind.None;
        const string TopicMark = ",topic:";
        int topic = control.Text.LastIndexOf(TopicMark, StringComparison.Ordinal);
        if (!isDone && topic >= 0)
        {
            string name = control.Text[(topic + TopicMark.Length)..];
            int dot = name.LastIndexOf('.');
            (control.Channel, control.Symbol) = dot > 0 ? (name[..dot], name[(dot + 1)..]) : (null, null);
        }
    }

    private static string Text(long request) => request.ToString(CultureInfo.InvariantCulture);

    private static void Write(IBufferWriter<byte> frame, string operation, IReadOnlyList<FeedStream> streams, long request)
    {
        using Utf8JsonWriter json = new(frame, Plain);
        json.WriteStartObject();
        json.WriteString("req_id"u8, Text(request));
        json.WriteString("op"u8, operation);
        json.WriteStartArray("args"u8);
        foreach (FeedStream stream in streams)
        {
            json.WriteStringValue(stream.Wire);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
