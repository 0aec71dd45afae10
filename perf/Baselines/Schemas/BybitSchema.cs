using System.Text;
using Lob.Fast.Engine.Records;
using static Lob.Fast.Baselines.Schemas.Member;
using static Lob.Fast.Baselines.Schemas.Shapes;

namespace Lob.Fast.Baselines.Schemas;

/// <summary>Bybit v5: public topics, REST books and instruments, acknowledgements (documentation as of 2026-07-24).</summary>
public sealed class BybitSchema(Venue venue) : VenueSchema
{
    private const int IntervalBytesMax = 8;
    private const int DepthDigitsMax = 6;

    private static readonly Shape BookFrame = Object(
        Must("type", OneOf("snapshot", "delta")), Must("ts", Time), May("cts", Time),
        Must("data", Object(Must("s", Text), Must("b", Any), Must("a", Any), Must("u", Integer(0)), May("seq", Integer(0)))));

    private static readonly Shape WholeSides = Object(Must("b", Bids), Must("a", Asks));

    private static readonly Shape ChangedSides = Object(Must("b", DistinctChanges), Must("a", DistinctChanges));

    private static readonly Shape TradesFrame = Object(
        Must("ts", Time),
        Must("data", ArrayOf(Object(
            Must("T", Time), Must("s", Text), Must("S", OneOf("Buy", "Sell")), Must("v", Amount), Must("p", Positive), Must("i", TradeId),
            Must("BT", Flag), May("RPI", Flag), May("seq", Integer(0))))));

    private static readonly Shape TickerFrame = Object(
        Must("type", OneOf("snapshot", "delta")), Must("ts", Time), May("cs", Integer(0)),
        Must("data", Object(
            Must("symbol", Text), May("bid1Price", OrEmpty(Amount)), May("bid1Size", OrEmpty(Amount)), May("ask1Price", OrEmpty(Amount)),
            May("ask1Size", OrEmpty(Amount)))));

    private static readonly Shape CandlesFrame = Object(
        Must("ts", Time),
        Must("data", ArrayOf(Object(
            Must("start", Time), Must("end", Time), Must("timestamp", Time), Must("interval", Interval), Must("open", Positive), Must("close", Positive),
            Must("high", Positive), Must("low", Positive), Must("volume", Amount), Must("turnover", Amount), Must("confirm", Flag)))));

    private static readonly Shape AnsweredBook = Object(
        Must("s", Name), Must("b", Any), Must("a", Any), Must("u", Any), May("ts", Any), May("cts", Any), May("seq", Any));

    private static readonly Shape AnsweredBookValues = Object(
        Must("b", Bids), Must("a", Asks), Must("u", Integer(0)), May("ts", Time), May("cts", Time), May("seq", Integer(0)));

    private static readonly Shape Control = Object(May("success", Any), May("op", Any), May("ret_msg", Any), May("retCode", Any), May("type", Any));

    private readonly Shape _instruments = ArrayOf(Object(
        Must("symbol", Name),
        Must("priceFilter", Object(Must("tickSize", Positive))),
        Must("lotSizeFilter", venue == Venue.BybitSpot
            ? Object(Must("basePrecision", Positive), May("minOrderAmt", OrEmpty(Amount)))
            : Object(Must("qtyStep", Positive), Must("minOrderQty", Amount), May("minNotionalValue", OrEmpty(Amount))))));

    /// <inheritdoc/>
    protected override SchemaVerdict JudgeRoot(JsonNode root, string? symbol)
    {
        if (!root.IsObject)
        {
            return Reject("no object");
        }

        return root.Has("topic"u8) ? JudgeTopic(root)
            : root.Has("retCode"u8) && root.Has("result"u8) ? JudgeAnswer(root, symbol)
            : OtherIf(Fits(root, Control));
    }

    private static bool Interval(JsonNode value, SchemaFault fault) =>
        (value.IsString && value.Raw.Length <= IntervalBytesMax && IsName(value.Raw)) || fault.Expected("an interval", value);

    // A UUID, or on spot a number.
    private static bool TradeId(JsonNode value, SchemaFault fault) =>
        (value.IsString && !value.Raw.Contains((byte)'.') && IsDecimal(value.Raw)) || Uuid(value, fault);

    private SchemaVerdict JudgeTopic(JsonNode root)
    {
        if (!FitsWord(root, "topic"))
        {
            return SchemaVerdict.Reject;
        }

        string topic = TextOf(root, "topic"u8)!;
        int dot = topic.LastIndexOf('.');
        string channel = dot < 0 ? topic : topic[..dot];
        string symbol = topic[(dot + 1)..];
        string depth = channel.StartsWith("orderbook.", StringComparison.Ordinal) ? channel["orderbook.".Length..] : "";
        bool isBook = depth == "full" || (depth.Length is > 0 and <= DepthDigitsMax && depth[0] != '0' && depth.All(char.IsAsciiDigit));
        bool isRead = isBook || channel is "publicTrade" or "tickers" || channel.StartsWith("kline.", StringComparison.Ordinal);
        if (dot < 0 || symbol.Length == 0 || !isRead)
        {
            return SchemaVerdict.Other;
        }

        if (!IsName(Encoding.UTF8.GetBytes(channel)) || !IsName(Encoding.UTF8.GetBytes(symbol)))
        {
            return Reject("a topic longer than records hold");
        }

        return AcceptIf(isBook ? FitsBook(root, symbol, depth == "full")
            : channel == "publicTrade" ? Fits(root, TradesFrame) && FitsTrades(Of(root, "data"u8), symbol)
            : channel == "tickers" ? Fits(root, TickerFrame) && FitsSymbol(Of(root, "data"u8), "symbol"u8, symbol)
            : Fits(root, CandlesFrame));
    }

    private bool FitsSymbol(JsonNode root, ReadOnlySpan<byte> name, string symbol) => TextOf(root, name) == symbol || Fault.Note("not the symbol of the topic");

    private bool FitsBook(JsonNode root, string symbol, bool isFullDepth)
    {
        if (!Fits(root, BookFrame))
        {
            return false;
        }

        // An update id of 1 is a restart, and the frame a whole book whatever it calls itself; full depth has no whole books of its own.
        JsonNode data = Of(root, "data"u8);
        IsInteger(Of(data, "u"u8).Raw, out long id);
        bool whole = Of(root, "type"u8).TextIs("snapshot"u8) || (id == 1 && !isFullDepth);
        return FitsSymbol(data, "s"u8, symbol) && Fits(data, whole ? WholeSides : ChangedSides);
    }

    private bool FitsTrades(JsonNode trades, string symbol)
    {
        foreach (JsonNode trade in trades.Items)
        {
            if (!FitsSymbol(trade, "s"u8, symbol))
            {
                return false;
            }
        }

        return true;
    }

    private SchemaVerdict JudgeAnswer(JsonNode root, string? symbol)
    {
        if (!Fits(root, Object(Must("retCode", Integer(long.MinValue)), Must("result", Any))))
        {
            return SchemaVerdict.Reject;
        }

        JsonNode result = Of(root, "result"u8);
        IsInteger(Of(root, "retCode"u8).Raw, out long code);
        if (code != 0 || !result.IsObject)
        {
            return SchemaVerdict.Other;
        }

        if ((result.Has("s"u8) && result.Has("u"u8)) || (result.Has("b"u8) && result.Has("a"u8)))
        {
            return JudgeAnsweredBook(result, symbol);
        }

        return result.Has("list"u8) ? JudgeList(result) : SchemaVerdict.Other;
    }

    private SchemaVerdict JudgeAnsweredBook(JsonNode result, string? symbol)
    {
        if (!Fits(result, AnsweredBook))
        {
            return SchemaVerdict.Reject;
        }

        if (symbol is not null && symbol != TextOf(result, "s"u8))
        {
            return Reject("another symbol than the recording says");
        }

        // With a third item it is the book with RPI orders, which is not read.
        return HasThirdItem(Of(result, "b"u8)) || HasThirdItem(Of(result, "a"u8)) ? SchemaVerdict.Other : AcceptIf(Fits(result, AnsweredBookValues));
    }

    private static bool HasThirdItem(JsonNode side) => side.IsArray && side.Count > 0 && side[0].IsArray && side[0].Count > 2;

    private SchemaVerdict JudgeList(JsonNode result)
    {
        if (!Fits(result, Object(Must("list", ArrayOf(Any)), May("category", Any))))
        {
            return SchemaVerdict.Reject;
        }

        JsonNode list = Of(result, "list"u8);
        if (list.Count == 0 || list[0].IsArray)
        {
            return SchemaVerdict.Other;
        }

        if (!list[0].IsObject)
        {
            return Reject("a list of neither objects nor rows");
        }

        if (!list[0].Has("lotSizeFilter"u8) && !list[0].Has("priceFilter"u8))
        {
            return SchemaVerdict.Other;
        }

        string own = venue switch
        {
            Venue.BybitSpot => "spot",
            Venue.BybitInverse => "inverse",
            _ => "linear",
        };
        if (!Fits(result, Object(Must("category", Text))))
        {
            return SchemaVerdict.Reject;
        }

        return TextOf(result, "category"u8) != own ? SchemaVerdict.Other : Fits(list, _instruments) ? SchemaVerdict.List : SchemaVerdict.Reject;
    }
}
