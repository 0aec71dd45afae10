using System.Text;
using Lob.Fast.Engine.Records;
using static Lob.Fast.Baselines.Schemas.Member;
using static Lob.Fast.Baselines.Schemas.Shapes;

namespace Lob.Fast.Baselines.Schemas;

/// <summary>Binance spot, USD-M and COIN-M: combined and bare streams, REST depth answers (documentation as of 2026-07-21).</summary>
public sealed class BinanceSchema(Venue venue, string? defaultSymbol) : VenueSchema
{
    // Symbol, '@' and channel, each as long as a record holds.
    private const int StreamNameBytesMax = 81;
    private const int IntervalBytesMax = 8;

    private static readonly Shape SpotDepth = Object(
        Must("e", Text), Must("E", Time), Must("s", Name), Must("U", Integer(0)), Must("u", Integer(0)), Must("b", Changes), Must("a", Changes));

    private static readonly Shape FuturesDepth = Both(SpotDepth, Object(Must("pu", Integer(0)), Must("T", Time)));

    private static readonly Shape Book = Object(
        Must("lastUpdateId", Integer(0)), Must("bids", Bids), Must("asks", Asks), May("E", Time), May("T", Time), May("symbol", Name));

    private static readonly Shape Ticker = Object(
        May("e", Text), May("E", Time), May("T", Time), Must("s", Name), Must("u", Integer(0)),
        Must("b", Amount), Must("B", Amount), Must("a", Amount), Must("A", Amount));

    private static readonly Shape AnyTrade = Object(
        Must("e", Text), Must("E", Time), Must("s", Name), Must("p", Amount), Must("q", Amount), Must("T", Time), Must("m", Flag));

    private static readonly Shape Trade = Both(AnyTrade, Object(Must("t", Integer(0)), May("X", Text)));

    private static readonly Shape AggregateTrade = Both(AnyTrade, Object(
        Must("p", Positive), May("a", Integer(0)), Must("f", Integer(0)), Must("l", Integer(0))));

    private static readonly Shape Candle = Object(
        Must("t", Time), Must("T", Time), Must("s", Text), Must("i", Interval), Must("f", Integer(-1)), Must("L", Integer(-1)),
        Must("o", Amount), Must("c", Amount), Must("h", Amount), Must("l", Amount), Must("v", Amount), Must("n", Integer(0)), Must("x", Flag),
        Must("q", Amount), Must("V", Amount), Must("Q", Amount));

    private static readonly Shape CandleEvent = Object(Must("e", Text), Must("E", Time), Must("s", Name), Must("k", Candle));

    /// <inheritdoc/>
    protected override SchemaVerdict JudgeRoot(JsonNode root, string? symbol)
    {
        if (!root.IsObject)
        {
            return root.IsArray ? SchemaVerdict.Other : Reject("neither object nor array");
        }

        return root.Has("stream"u8) || root.Has("data"u8) ? JudgeEnvelope(root) : JudgeBare(root, symbol);
    }

    private static bool Interval(JsonNode value, SchemaFault fault) =>
        (value.IsString && value.Raw.Length <= IntervalBytesMax && IsName(value.Raw)) || fault.Expected("an interval", value);

    private SchemaVerdict JudgeEnvelope(JsonNode root)
    {
        if (!Fits(root, Object(Must("stream", Text), Must("data", Any))))
        {
            return SchemaVerdict.Reject;
        }

        root.Has("stream"u8, out JsonNode stream);
        root.Has("data"u8, out JsonNode data);
        string name = Encoding.UTF8.GetString(stream.Text);
        if (stream.Text.Length > StreamNameBytesMax)
        {
            return Reject("a stream name longer than records hold");
        }

        if (!data.IsObject)
        {
            return data.IsArray ? SchemaVerdict.Other : Reject("data is neither object nor array");
        }

        int at = name.StartsWith('!') ? -1 : name.IndexOf('@', StringComparison.Ordinal);
        string symbol = at < 0 ? "" : name[..at];
        string channel = name[(at + 1)..];
        string? expected = channel.Split('@')[0] switch
        {
            "depth" => "depthUpdate",
            "bookTicker" or "!bookTicker" => "bookTicker",
            "trade" => "trade",
            "aggTrade" => "aggTrade",
            string other => other.StartsWith("kline_", StringComparison.Ordinal) ? "kline" : null,
        };
        if (!TryEvent(data, out string? found))
        {
            return SchemaVerdict.Reject;
        }

        // A partial book is not read, whatever it calls itself; spot's bookTicker alone has no event name.
        if (expected is null || (found is not null && found != expected))
        {
            return Other("another event than the channel's");
        }

        if (found is null && expected != "bookTicker")
        {
            return Reject("no event name");
        }

        return AcceptIf(FitsEvent(data, expected)
            && (IsName(Encoding.UTF8.GetBytes(channel)) || Fault.Note("a channel name longer than records hold"))
            && (symbol.Length == 0 || string.Equals(TextOf(data, "s"u8), symbol, StringComparison.OrdinalIgnoreCase) || Fault.Note("not the stream's symbol")));
    }

    private SchemaVerdict JudgeBare(JsonNode root, string? symbol)
    {
        if (!TryEvent(root, out string? name))
        {
            return SchemaVerdict.Reject;
        }

        if (name is not null)
        {
            return name is "depthUpdate" or "bookTicker" or "trade" or "aggTrade" or "kline" ? AcceptIf(FitsEvent(root, name)) : SchemaVerdict.Other;
        }

        if (root.Has("lastUpdateId"u8) || (root.Has("bids"u8) && root.Has("asks"u8)))
        {
            return AcceptIf(Fits(root, Book) && FitsSymbol(root.Has("symbol"u8) ? TextOf(root, "symbol"u8) : null, symbol));
        }

        bool control = root.Has("result"u8) || root.Has("error"u8) || root.Has("code"u8);
        bool ticker = root.Has("u"u8) && root.Has("s"u8) && root.Has("b"u8) && root.Has("B"u8) && root.Has("a"u8) && root.Has("A"u8);
        return control || !ticker ? SchemaVerdict.Other : AcceptIf(FitsEvent(root, "bookTicker"));
    }

    // The symbol of a REST book: its own, which must be the recording's where both say one; else the recording's, else the one given.
    private bool FitsSymbol(string? own, string? recorded)
    {
        string? symbol = own ?? recorded ?? defaultSymbol;
        return ((symbol is not null && IsName(Encoding.UTF8.GetBytes(symbol))) || Fault.Note("a book of an unknown symbol"))
            && (own is null || recorded is null || string.Equals(own, recorded, StringComparison.OrdinalIgnoreCase)
                || Fault.Note("another symbol than the recording says"));
    }

    private bool TryEvent(JsonNode root, out string? name)
    {
        name = null;
        if (!root.Has("e"u8, out JsonNode value))
        {
            return true;
        }

        name = value.IsString ? Encoding.UTF8.GetString(value.Text) : null;
        return Fits(root, Object(Must("e", Text))) && (value.Text.Length is > 0 and <= StreamNameBytesMax || Fault.Expected("an event name", value));
    }

    private bool FitsEvent(JsonNode root, string name) => name switch
    {
        "depthUpdate" => Fits(root, venue == Venue.BinanceSpot ? SpotDepth : FuturesDepth) && InOrder(Of(root, "U"u8), Of(root, "u"u8)),
        "bookTicker" => Fits(root, Ticker) && FitsQuote(Of(root, "b"u8), Of(root, "B"u8)) && FitsQuote(Of(root, "a"u8), Of(root, "A"u8)),
        "trade" => Fits(root, Trade) && (TextOf(root, "X"u8) == "NA" || Fits(Of(root, "p"u8), Positive)),
        "aggTrade" => Fits(root, AggregateTrade) && InOrder(Of(root, "f"u8), Of(root, "l"u8)),
        _ => Fits(root, CandleEvent) && FitsCandle(root, Of(root, "k"u8)),
    };

    private bool FitsCandle(JsonNode root, JsonNode candle)
    {
        // Before the first trade of a new instrument there is no price.
        IsInteger(Of(candle, "n"u8).Raw, out long trades);
        bool priced = trades == 0
            || Fits(candle, Object(Must("o", Positive), Must("h", Positive), Must("l", Positive), Must("c", Positive)));
        if (Of(candle, "s"u8).Raw.Contains((byte)'\\') || Of(root, "s"u8).Raw.Contains((byte)'\\'))
        {
            Fault.Note("a candle's symbol with an escape");
        }

        return priced && InOrder(Of(candle, "f"u8), Of(candle, "L"u8))
            && (string.Equals(TextOf(candle, "s"u8), TextOf(root, "s"u8), StringComparison.OrdinalIgnoreCase) || Fault.Note("a candle of another symbol"));
    }
}
