using System.Text;
using static Lob.Fast.Baselines.Schemas.Member;
using static Lob.Fast.Baselines.Schemas.Shapes;

namespace Lob.Fast.Baselines.Schemas;

/// <summary>OKX v5: public channels, REST books and instruments, events (documentation as of 2026-08).</summary>
public sealed class OkxSchema(string? defaultSymbol) : VenueSchema
{
    private const int IntervalBytesMax = 8;

    private static readonly Shape BookItem = Object(
        Must("asks", ArrayOf(BookRow)), Must("bids", ArrayOf(BookRow)), Must("ts", TimeText), May("seqId", Any), May("prevSeqId", Any), May("checksum", Any),
        May("instId", Text));

    private static readonly Shape WholeSides = Object(Must("bids", Bids), Must("asks", Asks));

    private static readonly Shape ChangedSides = Object(Must("bids", DistinctChanges), Must("asks", DistinctChanges));

    private static readonly Shape Trade = Object(
        Must("tradeId", IntegerText), Must("px", Positive), Must("sz", Amount), Must("side", OneOf("buy", "sell")), Must("ts", TimeText), May("instId", Text),
        May("count", Any), May("source", Text), May("seqId", Integer(0)));

    private static readonly Shape Ticker = Object(
        Must("askPx", OrEmpty(Amount)), Must("askSz", OrEmpty(Amount)), Must("bidPx", OrEmpty(Amount)), Must("bidSz", OrEmpty(Amount)), Must("ts", TimeText),
        May("instId", Text));

    private static readonly Shape Candle = Row(
        TimeText, Positive, Positive, Positive, Positive, Amount, Any, Amount, OneOf("0", "1"));

    private static readonly Shape Instrument = Object(
        Must("instId", Name), Must("instType", Text), Must("tickSz", OrEmpty(Amount)), Must("lotSz", OrEmpty(Amount)), Must("minSz", OrEmpty(Amount)),
        May("ctVal", OrEmpty(Amount)), May("ctMult", OrEmpty(Amount)), May("ctType", Any));

    /// <inheritdoc/>
    protected override bool IsSignOfLife(ReadOnlySpan<byte> frame) => frame.SequenceEqual("pong"u8) || frame.SequenceEqual("ping"u8);

    /// <inheritdoc/>
    protected override SchemaVerdict JudgeRoot(JsonNode root, string? symbol)
    {
        if (!root.IsObject)
        {
            return root.IsArray ? SchemaVerdict.Other : Reject("neither object nor array");
        }

        if (root.Has("event"u8))
        {
            if (root.Has("arg"u8) && root.Has("data"u8))
            {
                Fault.Note("an event with data of a channel");
            }

            return OtherIf(FitsWord(root, "event"));
        }

        return root.Has("arg"u8) ? JudgePush(root)
            : root.Has("code"u8) && root.Has("data"u8) ? JudgeAnswer(root, symbol)
            : SchemaVerdict.Other;
    }

    // [price, size, "0", orders]; where there are three, the third is the number of orders.
    private static bool BookRow(JsonNode row, SchemaFault fault)
    {
        if (!Row(Positive, Amount, Text)(row, fault))
        {
            return false;
        }

        JsonNode count = row[row.Count > 3 ? 3 : 2];
        return IntegerText(count, fault) && ((IsDigits(count.Raw, out long orders) && orders <= uint.MaxValue) || fault.Expected("a number of orders", count));
    }

    private SchemaVerdict JudgePush(JsonNode root)
    {
        if (!Fits(root, Object(Must("arg", Object(Must("channel", Text))))) || !FitsWord(Of(root, "arg"u8), "channel"))
        {
            return SchemaVerdict.Reject;
        }

        string channel = TextOf(Of(root, "arg"u8), "channel"u8)!;
        bool isCandle = channel.StartsWith("candle", StringComparison.Ordinal)
            && Encoding.UTF8.GetByteCount(channel) - "candle".Length is > 0 and <= IntervalBytesMax;
        bool isIncremental = channel is "books" or "books-l2-tbt" or "books50-l2-tbt";
        bool isBook = isIncremental || channel is "books5" or "bbo-tbt";
        if (!isCandle && !isBook && channel is not ("trades" or "trades-all" or "tickers" or "instruments"))
        {
            return SchemaVerdict.Other;
        }

        if (!Fits(root, Object(Must("data", ArrayOf(Any)))))
        {
            return SchemaVerdict.Reject;
        }

        JsonNode data = Of(root, "data"u8);
        if (channel == "instruments")
        {
            return JudgeInstruments(data);
        }

        if (!Fits(root, Object(Must("arg", Object(Must("channel", Name), Must("instId", Name))))))
        {
            return SchemaVerdict.Reject;
        }

        string symbol = TextOf(Of(root, "arg"u8), "instId"u8)!;
        if (isIncremental && !Fits(root, Object(Must("action", OneOf("snapshot", "update")))))
        {
            return SchemaVerdict.Reject;
        }

        bool whole = !isIncremental || Of(root, "action"u8).TextIs("snapshot"u8);
        return AcceptIf((data.Count > 0 || Fault.Note("no item"))
            && FitsAll(data, item => isCandle ? Fits(item, Candle)
                : isBook ? FitsBook(item, symbol, isIncremental, whole)
                : channel == "tickers" ? Fits(item, Ticker) && FitsSymbol(item, symbol) && FitsQuotes(item)
                : Fits(item, Trade) && FitsSymbol(item, symbol)));
    }

    private static bool FitsAll(JsonNode items, Func<JsonNode, bool> fits)
    {
        foreach (JsonNode item in items.Items)
        {
            if (!fits(item))
            {
                return false;
            }
        }

        return true;
    }

    private bool FitsSymbol(JsonNode item, string symbol) =>
        !item.Has("instId"u8) || TextOf(item, "instId"u8) == symbol || Fault.Note("not the instrument of arg");

    // An empty side is two empty texts, or zeros.
    private bool FitsQuotes(JsonNode item) =>
        FitsQuoteTexts(Of(item, "bidPx"u8), Of(item, "bidSz"u8)) && FitsQuoteTexts(Of(item, "askPx"u8), Of(item, "askSz"u8));

    private bool FitsQuoteTexts(JsonNode price, JsonNode quantity) =>
        price.Raw.IsEmpty ? quantity.Raw.IsEmpty || Fault.Expected("a price", price)
            : !quantity.Raw.IsEmpty ? FitsQuote(price, quantity) : Fault.Expected("a quantity", quantity);

    private bool FitsBook(JsonNode item, string symbol, bool isIncremental, bool whole)
    {
        if (!Fits(item, BookItem) || !FitsSymbol(item, symbol) || !Fits(item, whole ? WholeSides : ChangedSides))
        {
            return false;
        }

        if (!isIncremental)
        {
            return Fits(item, Object(May("seqId", Integer(0))));
        }

        // Both ids; or, as until 2022, neither and a checksum.
        long checksum = 0;
        bool hasChecksum = item.Has("checksum"u8, out JsonNode value);
        if (hasChecksum && !(Fits(value, Integer(int.MinValue)) && IsInteger(value.Raw, out checksum) && checksum <= int.MaxValue))
        {
            return Fault.Expected("a checksum", value);
        }

        return !item.Has("seqId"u8) && !item.Has("prevSeqId"u8)
            ? checksum != 0 || Fault.Note("neither ids nor a checksum")
            : Fits(item, Object(Must("seqId", Integer(0)), Must("prevSeqId", Integer(-1))));
    }

    private SchemaVerdict JudgeAnswer(JsonNode root, string? recorded)
    {
        if (!Fits(root, Object(Must("code", Text), Must("data", ArrayOf(Any)))))
        {
            return SchemaVerdict.Reject;
        }

        JsonNode data = Of(root, "data"u8);
        if (!Of(root, "code"u8).TextIs("0"u8) || data.Count == 0 || !data[0].IsObject)
        {
            return SchemaVerdict.Other;
        }

        if (data[0].Has("asks"u8) || data[0].Has("bids"u8))
        {
            string? symbol = (recorded ?? defaultSymbol)?.ToUpperInvariant();
            return symbol is null || !IsName(Encoding.UTF8.GetBytes(symbol))
                ? Reject("a book of an unknown instrument")
                : AcceptIf(FitsAll(data, item => FitsBook(item, symbol, isIncremental: false, whole: true)));
        }

        return data[0].Has("instType"u8) && data[0].Has("tickSz"u8) ? JudgeInstruments(data) : SchemaVerdict.Other;
    }

    private SchemaVerdict JudgeInstruments(JsonNode data)
    {
        // What a spot instrument says of contracts does not matter.
        bool fits = FitsAll(data, item => Fits(item, Instrument)
            && (TextOf(item, "instType"u8) is "SPOT" or "MARGIN" || Fits(item, Object(May("ctType", Text)))));
        return fits ? SchemaVerdict.List : SchemaVerdict.Reject;
    }
}
