using System.Text;
using static Lob.Fast.Baselines.Schemas.Member;
using static Lob.Fast.Baselines.Schemas.Shapes;

namespace Lob.Fast.Baselines.Schemas;

/// <summary>
/// Bitfinex v2: events, and arrays whose meaning depends on what their channel id was subscribed as and on the connection's flags (documentation as of
/// 2026-07).
/// </summary>
public sealed class BitfinexSchema : VenueSchema
{
    private const long TimestampFlag = 32_768;
    private const long SequenceFlag = 65_536;
    private const long BulkFlag = 536_870_912;
    private const int Version = 2;
    private const int MaintenanceEnded = 20_061;
    private const int IntervalBytesMax = 8;
    private const int CountedNameBytesMax = 81;

    // What a stream's name may be longer when the flags change: "~noseq".
    private const int ChannelNameBytesMax = 34;

    private static readonly Shape TradeRow = Row(Integer(0), Time, NotZero, AboveZero);

    private static readonly Shape CandleRow = Row(Time, AboveZero, AboveZero, AboveZero, AboveZero, FromZero);

    private static readonly Shape TickerRow = Row(OrNull(FromZero), OrNull(AnyNumber), OrNull(FromZero), OrNull(AnyNumber));

    private static readonly Shape Naming = Object(May("symbol", Any), May("prec", Any), May("freq", Any), May("len", Any), May("key", Any));

    private readonly Dictionary<long, Channel> _channels = [];
    private long _flags;

    /// <inheritdoc/>
    public override bool DependsOnRejected => (_flags & BulkFlag) != 0;

    private enum Kind
    {
        Aside,
        Book,
        Orders,
        Trades,
        Ticker,
        Candles,
    }

    /// <inheritdoc/>
    protected override SchemaVerdict JudgeRoot(JsonNode root, string? symbol) => root.IsArray ? JudgeArray(root)
        : root.IsObject ? JudgeEvent(root)
        : Reject("neither object nor array");

    private static bool AnyNumber(JsonNode value, SchemaFault fault) => value.IsNumber || fault.Expected("a number", value);

    // A price level; none is without an amount, and one without orders is gone: its amount tells the side.
    private static Shape LevelRow(bool whole) => (row, fault) =>
        Row(AboveZero, Integer(whole ? 1 : 0), AnyNumber)(row, fault)
        && ((IsInteger(row[1].Raw, out long count) && count <= uint.MaxValue) || fault.Expected("a number of orders", row[1]))
        && (count == 0 ? FitsDeletedSide(row[2], fault) : NotZero(row[2], fault));

    // An order; one with a price of 0 is gone.
    private static Shape OrderRow(bool whole) => (row, fault) =>
        Row(Integer(0), whole ? AboveZero : FromZero, AnyNumber)(row, fault)
        && (NumberOf(row[1].Raw) == 0 ? FitsDeletedSide(row[2], fault) : NotZero(row[2], fault));

    private static bool FitsDeletedSide(JsonNode amount, SchemaFault fault) =>
        (IsInteger(amount.Raw, out long side) && side is 1 or -1) || fault.Expected("1 or -1", amount);

    // A list of rows, or one row that stands alone.
    private bool FitsRows(JsonNode payload, Shape row) => IsList(payload) ? Fits(payload, ArrayOf(row)) : Fits(payload, row);

    private static bool IsList(JsonNode payload) => payload.IsArray && (payload.Count == 0 || payload[0].IsArray);

    // All bids, falling, then all asks, rising.
    private bool IsSorted(JsonNode rows, int priceColumn, bool equalAllowed)
    {
        bool asks = false;
        decimal? last = null;
        foreach (JsonNode row in rows.Items)
        {
            decimal price = NumberOf(row[priceColumn].Raw);
            bool isAsk = NumberOf(row[2].Raw) < 0;
            if (isAsk && !asks)
            {
                (asks, last) = (true, null);
            }

            bool follows = last is not { } before || (equalAllowed && price == before) || (asks ? price > before : price < before);
            if (isAsk != asks || !follows)
            {
                return Fault.Expected("bids falling and asks rising", row);
            }

            last = price;
        }

        return true;
    }

    private SchemaVerdict JudgeArray(JsonNode root)
    {
        if (root.Count == 0)
        {
            return Reject("no channel");
        }

        if (root[0].IsString || root[0].IsArray)
        {
            return SchemaVerdict.Other;
        }

        if (!Fits(root[0], Integer(0)))
        {
            return SchemaVerdict.Reject;
        }

        if (root.Count == 1)
        {
            return Reject("no payload");
        }

        IsInteger(root[0].Raw, out long id);
        if (!_channels.TryGetValue(id, out Channel? channel) || channel.Kind == Kind.Aside)
        {
            return OtherIf(FitsTail(root, 2));
        }

        return root[1].IsArray ? JudgeRows(root, channel)
            : root[1].IsString ? JudgeWord(root, channel)
            : Reject("a payload that is neither rows nor a word");
    }

    private SchemaVerdict JudgeRows(JsonNode root, Channel channel)
    {
        JsonNode rows = root[1];
        if (channel.Kind == Kind.Trades)
        {
            return OtherIf(Fits(rows, ArrayOf(TradeRow)) && FitsTail(root, 2));
        }

        bool whole = channel.Kind is Kind.Book or Kind.Orders && channel.AwaitsSnapshot && IsList(rows);
        bool fits = channel.Kind switch
        {
            Kind.Book => FitsRows(rows, LevelRow(whole)) && (!whole || IsSorted(rows, 0, equalAllowed: false)),
            Kind.Orders => FitsRows(rows, OrderRow(whole)) && (!whole || IsSorted(rows, 1, equalAllowed: true)),
            Kind.Ticker => Fits(rows, TickerRow),
            _ => FitsRows(rows, CandleRow),
        };
        if (!fits || !FitsTail(root, 2))
        {
            return SchemaVerdict.Reject;
        }

        channel.AwaitsSnapshot &= !whole;
        return SchemaVerdict.Accept;
    }

    private SchemaVerdict JudgeWord(JsonNode root, Channel channel)
    {
        string word = Encoding.UTF8.GetString(root[1].Text);
        bool isTrade = channel.Kind == Kind.Trades && word is "te" or "tu";
        bool isChecksum = channel.Kind is Kind.Book or Kind.Orders && word == "cs";
        if ((isTrade || isChecksum) && root.Count < 3)
        {
            return Reject($"no value of {word}");
        }

        if (isTrade)
        {
            bool fits = Fits(root[2], TradeRow) && FitsTail(root, 3);
            return word == "te" ? AcceptIf(fits) : OtherIf(fits);
        }

        if (isChecksum)
        {
            return AcceptIf(Fits(root[2], Integer(int.MinValue)) && IsInteger(root[2].Raw, out long checksum)
                && (checksum <= int.MaxValue || Fault.Expected("a checksum", root[2])) && FitsTail(root, 3));
        }

        return word == "hb" ? AcceptIf(FitsTail(root, 2))
            : OtherIf((root[1].Text.Length is > 0 and <= CountedNameBytesMax || Fault.Expected("a word", root[1])) && FitsTail(root, 2));
    }

    // The connection's flags put a sequence number and a time at the end of every array.
    private bool FitsTail(JsonNode root, int from)
    {
        bool timed = (_flags & TimestampFlag) != 0;
        bool sequenced = (_flags & SequenceFlag) != 0;
        int count = root.Count;
        if (count - from < (timed ? 1 : 0) + (sequenced ? 1 : 0))
        {
            return Fault.Note("no sequence or no time at the end");
        }

        return (!timed || Fits(root[count - 1], Time)) && (!sequenced || Fits(root[count - (timed ? 2 : 1)], Integer(0)));
    }

    private SchemaVerdict JudgeEvent(JsonNode root)
    {
        if (!root.Has("event"u8))
        {
            return SchemaVerdict.Other;
        }

        return !FitsWord(root, "event") ? SchemaVerdict.Reject : TextOf(root, "event"u8) switch
        {
            "subscribed" => JudgeSubscribed(root),
            "unsubscribed" => JudgeUnsubscribed(root),
            "info" => JudgeInfo(root),
            "conf" => JudgeConf(root),
            _ => SchemaVerdict.Other,
        };
    }

    private SchemaVerdict JudgeInfo(JsonNode root)
    {
        if (!Fits(root, Object(May("version", Integer(0)), May("code", Any))))
        {
            return SchemaVerdict.Reject;
        }

        if (root.Has("version"u8, out JsonNode version))
        {
            if (!IsInteger(version.Raw, out long number) || number != Version)
            {
                return Reject("another version of the protocol");
            }

            _channels.Clear();
            _flags = 0;
            return SchemaVerdict.Other;
        }

        if (!root.Has("code"u8, out JsonNode code))
        {
            return SchemaVerdict.Other;
        }

        if (!Fits(code, Integer(0)))
        {
            return SchemaVerdict.Reject;
        }

        if (IsInteger(code.Raw, out long said) && said == MaintenanceEnded)
        {
            _channels.Clear();
        }

        return SchemaVerdict.Other;
    }

    private SchemaVerdict JudgeConf(JsonNode root)
    {
        if (!Fits(root, Object(Must("status", Text), May("flags", Any))))
        {
            return SchemaVerdict.Reject;
        }

        if (TextOf(root, "status"u8) != "OK")
        {
            return SchemaVerdict.Other;
        }

        if (!Fits(root, Object(Must("flags", Integer(0)))))
        {
            return SchemaVerdict.Reject;
        }

        IsInteger(Of(root, "flags"u8).Raw, out _flags);
        return SchemaVerdict.Other;
    }

    private SchemaVerdict JudgeUnsubscribed(JsonNode root)
    {
        if (!Fits(root, Object(Must("chanId", Integer(0)), May("status", Any))))
        {
            return SchemaVerdict.Reject;
        }

        if (!root.Has("status"u8) || TextOf(root, "status"u8) == "OK")
        {
            IsInteger(Of(root, "chanId"u8).Raw, out long id);
            _channels.Remove(id);
        }

        return SchemaVerdict.Other;
    }

    private SchemaVerdict JudgeSubscribed(JsonNode root)
    {
        if (!Fits(root, Object(Must("channel", Name), Must("chanId", Integer(0)))) || !Fits(root, Naming) || !TryKind(root, out Kind kind))
        {
            return SchemaVerdict.Reject;
        }

        IsInteger(Of(root, "chanId"u8).Raw, out long id);
        _channels[id] = new Channel { Kind = kind };
        return SchemaVerdict.Other;
    }

    // Pairs begin with t. Funding, and what is not known, is set aside.
    private bool TryKind(JsonNode root, out Kind kind)
    {
        kind = Kind.Aside;
        string channel = TextOf(root, "channel"u8)!;
        if (channel == "candles")
        {
            return Fits(root, Object(Must("key", Name))) && TryCandles(TextOf(root, "key"u8)!, out kind);
        }

        if (channel is not ("book" or "trades" or "ticker"))
        {
            return true;
        }

        if (!Fits(root, Object(Must("symbol", Name))))
        {
            return false;
        }

        if (!IsPair(TextOf(root, "symbol"u8)!))
        {
            return true;
        }

        kind = channel == "trades" ? Kind.Trades : Kind.Ticker;
        return channel != "book" || TryBook(root, out kind);
    }

    private static bool IsPair(string symbol) => symbol.Length > 1 && symbol[0] == 't';

    private bool TryBook(JsonNode root, out Kind kind)
    {
        kind = Kind.Aside;
        if (!Fits(root, Object(Must("prec", Name), Must("freq", Any), Must("len", Any))))
        {
            return false;
        }

        string precision = TextOf(root, "prec"u8)!;
        if (precision is not ("P0" or "P1" or "P2" or "P3" or "P4" or "R0"))
        {
            return true;
        }

        JsonNode length = Of(root, "len"u8);
        bool isLength = length.IsString || length.IsNumber;
        if (!isLength || !uint.TryParse(length.Raw, System.Globalization.NumberStyles.None, null, out uint rows) || rows == 0 || length.Raw[0] == (byte)'0')
        {
            return Fault.Expected("a number of rows", length);
        }

        kind = precision == "R0" ? Kind.Orders : Kind.Book;
        return Fits(root, Object(Must("freq", Name)))
            && FitsChannelName($"book.{precision}.{TextOf(root, "freq"u8)}.{rows}");
    }

    // trade:1m:tBTCUSD; the symbol may hold colons.
    private bool TryCandles(string key, out Kind kind)
    {
        kind = Kind.Aside;
        string[] parts = key.Split(':', 3);
        if (parts.Length < 3 || !IsPair(parts[2]))
        {
            return true;
        }

        kind = Kind.Candles;
        return (parts[1].Length is > 0 and <= IntervalBytesMax || Fault.Note("no interval")) && FitsChannelName($"candles.{parts[0]}:{parts[1]}");
    }

    private bool FitsChannelName(string name) => name.Length <= ChannelNameBytesMax || Fault.Note("a channel name longer than records hold");

    private sealed class Channel
    {
        public required Kind Kind { get; init; }

        // The first list behind the subscription is the whole book.
        public bool AwaitsSnapshot { get; set; } = true;
    }
}
