using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Lob.Fast.Engine.Records;
using Lob.Fast.Venues.Sessions;

namespace Lob.Fast.Venues.Okx;

/// <summary>
/// OKX v5, public (documentation of 2026-08): candles and single trades on <c>/business</c>, the rest on <c>/public</c>; one acknowledgement a stream; the client sends the
/// bare text <c>ping</c> in silence. The announced end of snapshots in the stream is provided for: where the first message is a change, REST is asked.
/// </summary>
internal sealed class OkxProtocol : VenueProtocol
{
    private const string PublicRoute = "public";
    private const string BusinessRoute = "business";
    private const int DepthUsual = 400;
    private const string ServiceUpgrade = "64008";

    private static readonly VenueDefaults Global = new()
    {
        WebSocket = "wss://ws.okx.com:8443",
        WebSocketTest = "wss://wspap.okx.com:8443",
        Rest = "https://www.okx.com",
        RestTest = "https://www.okx.com",
        StreamsPerConnection = 200,
        BooksPerConnection = 25,
        StreamsPerRequest = 100,
        MessagesPerSecond = 10,
        RequestsPerHour = 480,
        ConnectsMax = 3,
        ConnectWindow = TimeSpan.FromSeconds(1),
        PingInterval = TimeSpan.FromSeconds(15),
        PingsInQuietOnly = true,
        SilenceMax = TimeSpan.FromSeconds(30),
        RestWeight = 20,
        RestWindow = TimeSpan.FromSeconds(2),
    };

    private static readonly string[] Intervals =
    [
        "1s", "1m", "3m", "5m", "15m", "30m", "1H", "2H", "4H", "6H", "12H", "1D", "1W", "1M", "6Hutc", "12Hutc", "1Dutc", "1Wutc", "1Mutc",
    ];

    // Too many requests; the service is not there, or busy.
    private static readonly string[] Passing = ["60014", "50001", "50004", "50005", "50011", "50013", "50026", "63999"];

    /// <inheritdoc/>
    public override Venue Venue => Venue.Okx;

    /// <inheritdoc/>
    public override VenueDefaults Defaults => Global;

    /// <inheritdoc/>
    public override string Advice => $"Instruments are named like {VenueProtocols.SymbolExample(Venue.Okx)}; channels are {Channels}";

    private static string Channels => "books, books5, bbo-tbt, trades, trades-all, tickers, candle1m (and other intervals)";

    /// <inheritdoc/>
    public override string BookChannel(int? depth) => (depth ?? DepthUsual) switch
    {
        DepthUsual => "books",
        5 => "books5",
        1 => "bbo-tbt",
        int other => throw UnknownDepth(Venue.Okx, other, "400 (books), 5 (books5), 1 (bbo-tbt)"),
    };

    /// <inheritdoc/>
    public override FeedStream Stream(string symbol, string channel)
    {
        if (channel is "books-l2-tbt" or "books50-l2-tbt")
        {
            throw new FeedException($"okx gives '{channel}' only to accounts of a high tier that have logged in, which is not offered here: take {Channels}");
        }

        BookSource source = channel switch
        {
            "books" => BookSource.StreamOrRest,
            "books5" or "bbo-tbt" => BookSource.Stream,
            _ => BookSource.None,
        };
        return source != BookSource.None || channel is "trades" or "trades-all" or "tickers" || IsCandle(channel)
            ? new FeedStream(symbol, channel, $"\"channel\":\"{channel}\",\"instId\":\"{symbol}\"", source, isAdded: false)
            : throw UnknownChannel(Venue.Okx, channel, Channels);
    }

    /// <inheritdoc/>
    public override string SymbolOf(string symbol) => symbol.ToUpperInvariant();

    /// <inheritdoc/>
    public override string Route(FeedStream stream) => stream.Channel == "trades-all" || IsCandle(stream.Channel) ? BusinessRoute : PublicRoute;

    /// <inheritdoc/>
    public override string Path(string route) => $"/ws/v5/{route}";

    /// <inheritdoc/>
    public override void WriteSubscribe(IBufferWriter<byte> frame, IReadOnlyList<FeedStream> streams, long request) => Write(frame, "subscribe", streams, request);

    /// <inheritdoc/>
    public override void WriteUnsubscribe(IBufferWriter<byte> frame, IReadOnlyList<FeedStream> streams, long request) => Write(frame, "unsubscribe", streams, request);

    /// <inheritdoc/>
    public override void WritePing(IBufferWriter<byte> frame, long request) => frame.Write("ping"u8);

    /// <inheritdoc/>
    public override bool MayBeControl(ReadOnlySpan<byte> frame) => !frame.StartsWith("{\"arg\":"u8);

    /// <inheritdoc/>
    public override bool IsOf(ReadOnlySpan<byte> frame, FeedStream stream) =>
        frame.StartsWith("{\"arg\":"u8) && frame[..Math.Min(frame.Length, "{\"arg\":{}".Length + stream.WireBytes.Length)].IndexOf(stream.WireBytes) >= 0;

    // "action" stands between the argument and the data.
    /// <inheritdoc/>
    public override bool IsChange(ReadOnlySpan<byte> frame)
    {
        int data = frame.IndexOf("\"data\":"u8);
        return data >= 0 && frame[..data].IndexOf("\"action\":\"update\""u8) >= 0;
    }

    /// <inheritdoc/>
    protected override void Read(ReadOnlySpan<byte> frame, ControlFrame control)
    {
        if (frame.SequenceEqual("pong"u8))
        {
            return;
        }

        Utf8JsonReader json = new(frame);
        json.Read();
        string code = "";
        string happened = "";
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("event"u8))
            {
                json.Read();
                happened = json.GetString() ?? "";
            }
            else if (json.ValueTextEquals("id"u8))
            {
                json.Read();
                control.Request = long.TryParse(json.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
            }
            else if (json.ValueTextEquals("code"u8))
            {
                json.Read();
                code = json.GetString() ?? "";
            }
            else if (json.ValueTextEquals("msg"u8))
            {
                json.Read();
                control.Text = json.GetString() ?? "";
            }
            else if (json.ValueTextEquals("arg"u8))
            {
                ReadArgument(ref json, control);
            }
            else
            {
                json.Skip();
            }
        }

        control.Kind = happened switch
        {
            "subscribe" => ControlKind.Subscribed,
            "unsubscribe" => ControlKind.Unsubscribed,
            "error" => Passing.Contains(code) ? ControlKind.Busy : ControlKind.Refused,
            "notice" when code == ServiceUpgrade => ControlKind.Reconnect,
            _ => ControlKind.None,
        };
        control.Text = $"{control.Text} (code {code})";
        if (control.Kind == ControlKind.Refused)
        {
            ReadNames(control);
        }
    }

    private static void ReadArgument(ref Utf8JsonReader json, ControlFrame control)
    {
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("channel"u8))
            {
                json.Read();
                control.Channel = json.GetString();
            }
            else if (json.ValueTextEquals("instId"u8))
            {
                json.Read();
                control.Symbol = json.GetString();
            }
            else
            {
                json.Skip();
            }
        }
    }

    // "Wrong URL or channel:books,instId:BTC-USDX doesn't exist. …": the stream is only named in the text.
    private static void ReadNames(ControlFrame control)
    {
        control.Channel ??= After(control.Text, "channel:", ',');
        control.Symbol ??= After(control.Text, "instId:", ' ');
        if (control.Symbol is null)
        {
            control.Channel = null;
        }
    }

    private static string? After(string text, string mark, char end)
    {
        int start = text.IndexOf(mark, StringComparison.Ordinal);
        int stop = start < 0 ? -1 : text.IndexOf(end, start);
        return stop < 0 ? null : text[(start + mark.Length)..stop];
    }

    private static bool IsCandle(string channel) => channel.StartsWith("candle", StringComparison.Ordinal) && Intervals.Contains(channel["candle".Length..]);

    private static void Write(IBufferWriter<byte> frame, string operation, IReadOnlyList<FeedStream> streams, long request)
    {
        using Utf8JsonWriter json = new(frame, Plain);
        json.WriteStartObject();
        json.WriteString("id"u8, request.ToString(CultureInfo.InvariantCulture));
        json.WriteString("op"u8, operation);
        json.WriteStartArray("args"u8);
        foreach (FeedStream stream in streams)
        {
            json.WriteStartObject();
            json.WriteString("channel"u8, stream.Channel);
            json.WriteString("instId"u8, stream.Symbol);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
