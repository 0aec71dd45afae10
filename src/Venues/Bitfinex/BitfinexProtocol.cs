using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Lob.Fast.Engine.Records;
using Lob.Fast.Venues.Sessions;

namespace Lob.Fast.Venues.Bitfinex;

/// <summary>
/// Bitfinex v2, public (documentation of 2026-09): one subscription a request, each with a channel number of its own, sequence numbers over the whole connection and checksums
/// asked for first. A hole in the numbers breaks every book of the connection, and each is then subscribed anew by itself.
/// </summary>
internal sealed class BitfinexProtocol : VenueProtocol
{
    /// <summary>SEQ_ALL and OB_CHECKSUM.</summary>
    private const int Flags = 65536 + 131072;

    private const int Version = 2;
    private const int DepthUsual = 100;
    private const int Duplicate = 10301;
    private const int NotSubscribed = 10401;
    private const int Restart = 20051;
    private const int MaintenanceBegins = 20060;
    private const int MaintenanceEnds = 20061;
    private const string CandlesUsual = "candles.trade:1m";

    private static readonly int[] Depths = [1, 25, 100, 250];
    private static readonly string[] Precisions = ["P0", "P1", "P2", "P3", "P4", "R0"];
    private static readonly string[] Intervals = ["1m", "5m", "15m", "30m", "1h", "3h", "6h", "12h", "1D", "1W", "14D", "1M"];

    // Channels: 30 on one page of the documentation, 25 on another.
    private static readonly VenueDefaults Public = new()
    {
        WebSocket = "wss://api-pub.bitfinex.com",
        WebSocketTest = null,
        Rest = "https://api-pub.bitfinex.com",
        RestTest = null,
        StreamsPerConnection = 25,
        StreamsPerRequest = 1,
        MessagesPerSecond = 25,
        ConnectsMax = 19,
        ConnectWindow = TimeSpan.FromMinutes(1),
        PingInterval = TimeSpan.FromSeconds(20),
        PingsInQuietOnly = true,
        SilenceMax = TimeSpan.FromSeconds(30),
        RestWeight = 200,
        RestWindow = TimeSpan.FromMinutes(1),
    };

    /// <inheritdoc/>
    public override Venue Venue => Venue.Bitfinex;

    /// <inheritdoc/>
    public override VenueDefaults Defaults => Public;

    /// <inheritdoc/>
    public override string Advice => $"Symbols are named like {VenueProtocols.SymbolExample(Venue.Bitfinex)}; channels are {Channels}";

    private static string Channels => $"book.P0.F0.100 (P0 to P4 or R0, F0 or F1, {string.Join(" or ", Depths)}), trades, ticker, {CandlesUsual} (and other intervals)";

    /// <inheritdoc/>
    public override string BookChannel(int? depth)
    {
        int levels = depth ?? DepthUsual;
        return Depths.Contains(levels) ? $"book.P0.F0.{levels}" : throw UnknownDepth(Venue.Bitfinex, levels, string.Join(", ", Depths));
    }

    /// <inheritdoc/>
    public override FeedStream Stream(string symbol, string channel)
    {
        string name = JournalChannel(channel);
        string[] parts = name.Split('.');
        bool isBook = parts is ["book", _, "F0" or "F1", _] && Precisions.Contains(parts[1]);
        if (isBook && !Depths.Any(depth => parts[3] == depth.ToString(CultureInfo.InvariantCulture)))
        {
            throw new FeedException($"bitfinex does not offer '{channel}': depths are {string.Join(", ", Depths)}");
        }

        bool isCandles = name.StartsWith("candles.trade:", StringComparison.Ordinal) && Intervals.Contains(name["candles.trade:".Length..]);
        return isBook || isCandles || name is "trades" or "ticker"
            ? new FeedStream(symbol, name, $"{symbol} {name}", isBook ? BookSource.Stream : BookSource.None, isAdded: false)
            : throw UnknownChannel(Venue.Bitfinex, channel, Channels);
    }

    // A channel met both with and without sequence numbers has two names in the journal.
    /// <inheritdoc/>
    public override string JournalChannel(string channel) => channel == "candles" ? CandlesUsual : channel.Split('~')[0];

    /// <inheritdoc/>
    public override string Path(string route) => "/ws/2";

    /// <inheritdoc/>
    public override bool WriteGreeting(IBufferWriter<byte> frame)
    {
        using Utf8JsonWriter json = new(frame, Plain);
        json.WriteStartObject();
        json.WriteString("event"u8, "conf"u8);
        json.WriteNumber("flags"u8, Flags);
        json.WriteEndObject();
        return true;
    }

    /// <inheritdoc/>
    public override void WriteSubscribe(IBufferWriter<byte> frame, IReadOnlyList<FeedStream> streams, long request)
    {
        FeedStream stream = streams[0];
        string[] parts = stream.Channel.Split('.');
        using Utf8JsonWriter json = new(frame, Plain);
        json.WriteStartObject();
        json.WriteString("event"u8, "subscribe"u8);
        json.WriteString("channel"u8, parts[0]);
        if (parts[0] == "candles")
        {
            json.WriteString("key"u8, $"{parts[1]}:{stream.Symbol}");
        }
        else
        {
            json.WriteString("symbol"u8, stream.Symbol);
        }

        if (parts[0] == "book")
        {
            json.WriteString("prec"u8, parts[1]);
            json.WriteString("freq"u8, parts[2]);
            json.WriteString("len"u8, parts[3]);
        }

        json.WriteString("subId"u8, request.ToString(CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public override void WriteUnsubscribe(IBufferWriter<byte> frame, IReadOnlyList<FeedStream> streams, long request)
    {
        using Utf8JsonWriter json = new(frame, Plain);
        json.WriteStartObject();
        json.WriteString("event"u8, "unsubscribe"u8);
        json.WriteNumber("chanId"u8, streams[0].VenueChannel);
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public override void WritePing(IBufferWriter<byte> frame, long request)
    {
        using Utf8JsonWriter json = new(frame, Plain);
        json.WriteStartObject();
        json.WriteString("event"u8, "ping"u8);
        json.WriteNumber("cid"u8, request);
        json.WriteEndObject();
    }

    // Channels speak in arrays, the connection in objects.
    /// <inheritdoc/>
    public override bool MayBeControl(ReadOnlySpan<byte> frame) => frame.StartsWith("{"u8);

    /// <inheritdoc/>
    protected override void Read(ReadOnlySpan<byte> frame, ControlFrame control)
    {
        Utf8JsonReader json = new(frame);
        json.Read();
        string happened = "";
        string channel = "";
        string precision = "";
        string frequency = "";
        string length = "";
        string key = "";
        long code = 0;
        long version = Version;
        bool isDown = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string name = json.GetString()!;
            json.Read();
            switch (name)
            {
                case "event":
                    happened = json.GetString() ?? "";
                    break;
                case "channel":
                    channel = json.GetString() ?? "";
                    break;
                case "symbol":
                    control.Symbol = json.GetString();
                    break;
                case "prec":
                    precision = json.GetString() ?? "";
                    break;
                case "freq":
                    frequency = json.GetString() ?? "";
                    break;
                case "len":
                    length = json.TokenType == JsonTokenType.Number ? json.GetInt64().ToString(CultureInfo.InvariantCulture) : json.GetString() ?? "";
                    break;
                case "key":
                    key = json.GetString() ?? "";
                    break;
                case "msg":
                    control.Text = json.GetString() ?? "";
                    break;
                case "chanId":
                    control.VenueChannel = json.GetInt64();
                    break;
                case "code":
                    code = json.GetInt64();
                    break;
                case "version":
                    version = json.GetInt64();
                    break;
                case "subId":
                    control.Request = json.TokenType == JsonTokenType.String && long.TryParse(json.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
                    break;
                case "platform":
                    isDown = IsDown(ref json);
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        NameStream(control, channel, precision, frequency, length, key);
        switch (happened)
        {
            case "subscribed":
            case "error" when code == Duplicate && control.VenueChannel != 0:
                control.Kind = ControlKind.Subscribed;
                break;
            case "unsubscribed":
            case "error" when code == NotSubscribed && control.VenueChannel != 0:
                control.Kind = ControlKind.Unsubscribed;
                break;
            case "error":
                control.Kind = ControlKind.Refused;
                control.Text = $"{control.Text} (code {code})";
                break;
            case "info" when code is Restart or MaintenanceEnds:
                control.Kind = ControlKind.Reconnect;
                control.Text = code == Restart ? "the venue restarts (20051)" : "the venue's maintenance is over (20061)";
                break;
            case "info" when code == MaintenanceBegins || isDown:
                control.Kind = ControlKind.Pause;
                control.Text = "the venue is under maintenance";
                break;
            case "info" when version != Version:
                control.Kind = ControlKind.Busy;
                control.Text = $"the venue speaks version {version} of its protocol, not {Version}";
                break;
            default:
                break;
        }
    }

    // The channel in the words of the journal, from what the venue echoes.
    private static void NameStream(ControlFrame control, string channel, string precision, string frequency, string length, string key)
    {
        switch (channel)
        {
            case "book":
                control.Channel = $"book.{precision}.{frequency}.{length}";
                break;
            case "candles":
                // trade:1m:tDOGE:USD: the symbol may hold a colon, too.
                int second = key.IndexOf(':', key.IndexOf(':', StringComparison.Ordinal) + 1);
                if (second > 0)
                {
                    control.Channel = $"candles.{key[..second]}";
                    control.Symbol = key[(second + 1)..];
                }

                break;
            case "":
                break;
            default:
                control.Channel = channel;
                break;
        }
    }

    private static bool IsDown(ref Utf8JsonReader json)
    {
        bool isDown = false;
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            if (json.ValueTextEquals("status"u8))
            {
                json.Read();
                isDown = json.GetInt64() == 0;
            }
        }

        return isDown;
    }
}
