using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Baselines;

/// <content>From JSON to fields and numbers.</content>
public sealed partial class Utf8JsonBinanceDecoder
{
    private const char PreviousId = '\u0001';
    private const string PreviousIdText = "\u0001";

    // What the frame said; valid from a successful ReadFrame to the end of Decode.
    private readonly List<(Number Price, Number Quantity)> _bids = [];
    private readonly List<(Number Price, Number Quantity)> _asks = [];
    private readonly Number[] _candle = new Number[8];
    private RejectReason _reason;
    private KnownStream? _stream;
    private MessageType _type;
    private long _first;
    private long _last;
    private long _previous;
    private long _eventTimeNs;
    private long _matchingTimeNs;
    private long _id;
    private Number _price;
    private Number _quantity;
    private bool _flag;
    private bool _isForeign;
    private TradeOrigin _origin;
    private long _startNs;
    private long _closeNs;
    private long _tradeCount;
    private ulong _interval;

    private DecodeOutcome ReadFrame(ref Utf8JsonReader reader, in Frame frame)
    {
        _bids.Clear();
        _asks.Clear();
        _first = _last = _previous = _id = Sequence.None;
        _eventTimeNs = _matchingTimeNs = 0;
        _origin = TradeOrigin.NotStated;
        _isForeign = false;

        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return Reject(RejectReason.WrongType);
        }

        reader.Read();
        DecodeOutcome outcome;
        if (reader.TokenType != JsonTokenType.PropertyName)
        {
            outcome = DecodeOutcome.Control;
        }
        else if (reader.ValueTextEquals("stream"u8))
        {
            outcome = ReadEnvelope(ref reader);
        }
        else if (reader.ValueTextEquals("lastUpdateId"u8))
        {
            outcome = ReadSnapshot(ref reader, frame);
        }
        else
        {
            outcome = ReadOther(ref reader);
        }

        if (outcome != DecodeOutcome.Rejected)
        {
            while (reader.Read())
            {
                // To the end: what follows must be valid too.
            }
        }

        return outcome;
    }

    // An acknowledgement, unless it has what only an envelope or a book has: then its first field is missing.
    private DecodeOutcome ReadOther(ref Utf8JsonReader reader)
    {
        bool hasEnvelope = false, hasBids = false, hasAsks = false;
        do
        {
            hasEnvelope |= reader.ValueTextEquals("data"u8) || reader.ValueTextEquals("stream"u8);
            hasBids |= reader.ValueTextEquals("bids"u8);
            hasAsks |= reader.ValueTextEquals("asks"u8);
            reader.Skip();
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName);
        return hasEnvelope || (hasBids && hasAsks) ? Reject(RejectReason.MissingField) : DecodeOutcome.Control;
    }

    private DecodeOutcome ReadEnvelope(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.String)
        {
            return Reject(RejectReason.WrongType);
        }

        // Streams of the whole market begin with '!'.
        if (reader.ValueSpan.IndexOf((byte)'@') < 1 || reader.ValueSpan[0] == (byte)'!')
        {
            return DecodeOutcome.UnknownEvent;
        }

        KnownStream? stream = FindStream(reader.ValueSpan);
        if (stream is null)
        {
            return DecodeOutcome.Rejected;
        }

        _stream = stream;
        if (stream.Role == StreamRole.None)
        {
            return DecodeOutcome.UnknownEvent;
        }

        reader.Read();
        if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("data"u8))
        {
            return Reject(RejectReason.MissingField);
        }

        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return Reject(RejectReason.WrongType);
        }

        bool valid = stream.Role switch
        {
            StreamRole.Book => ReadDelta(ref reader),
            StreamRole.Ticker => ReadTicker(ref reader),
            StreamRole.Trades => ReadTrade(ref reader, stream.IsAggregate),
            _ => ReadCandle(ref reader),
        };
        return _isForeign && _reason != RejectReason.DuplicateField ? DecodeOutcome.UnknownEvent : valid ? DecodeOutcome.Records : DecodeOutcome.Rejected;
    }

    private bool ReadDelta(ref Utf8JsonReader reader)
    {
        _type = MessageType.BookDelta;
        string required = _isSpot ? "esEUuba" : "esETUuba" + PreviousIdText;
        uint seen = 0;
        while (NextField(ref reader, out char field))
        {
            bool valid = field switch
            {
                'e' => TextIs(ref reader, "depthUpdate"u8),
                's' => SymbolIs(ref reader),
                'E' => Time(ref reader, out _eventTimeNs),
                'T' => Time(ref reader, out _matchingTimeNs),
                'U' => Integer(ref reader, out _first),
                'u' => Integer(ref reader, out _last),
                PreviousId => AnyInteger(ref reader, out _previous) && (_previous >= 0 || Fail(RejectReason.BadNumber)),
                'b' => Rows(ref reader, _bids),
                'a' => Rows(ref reader, _asks),
                _ => Skip(ref reader),
            };
            if (!valid || !Once(ref seen, field, required))
            {
                return false;
            }
        }

        return All(seen, required) && (_first <= _last || Fail(RejectReason.SequenceOrder));
    }

    private bool ReadTicker(ref Utf8JsonReader reader)
    {
        _type = MessageType.Ticker;
        const string Required = "subBaA";
        const string Known = Required + "eET";
        uint seen = 0;
        Number bid = default, bidQuantity = default, ask = default, askQuantity = default;
        while (NextField(ref reader, out char field))
        {
            bool valid = field switch
            {
                'e' => TextIs(ref reader, "bookTicker"u8),
                's' => SymbolIs(ref reader),
                'E' => Time(ref reader, out _eventTimeNs),
                'T' => Time(ref reader, out _matchingTimeNs),
                'u' => Integer(ref reader, out _last),
                'b' => Decimal(ref reader, out bid),
                'B' => Decimal(ref reader, out bidQuantity),
                'a' => Decimal(ref reader, out ask),
                'A' => Decimal(ref reader, out askQuantity),
                _ => Skip(ref reader),
            };
            if (!valid || !Once(ref seen, field, Known))
            {
                return false;
            }
        }

        if ((bid.Value == 0 && bidQuantity.Value != 0) || (ask.Value == 0 && askQuantity.Value != 0))
        {
            return Fail(RejectReason.ImpossibleValue);
        }

        _bids.Add((bid, bidQuantity));
        _asks.Add((ask, askQuantity));
        return All(seen, Required);
    }

    private bool ReadTrade(ref Utf8JsonReader reader, bool isAggregate)
    {
        _type = isAggregate ? MessageType.AggregateTrades : MessageType.Trades;
        string required = isAggregate ? "esETpqmfl" : "esETpqmt";
        string known = required + (isAggregate ? "a" : "X");
        uint seen = 0;
        while (NextField(ref reader, out char field))
        {
            bool valid = field switch
            {
                'e' => TextIs(ref reader, isAggregate ? "aggTrade"u8 : "trade"u8),
                's' => SymbolIs(ref reader),
                'E' => Time(ref reader, out _eventTimeNs),
                'T' => Time(ref reader, out _matchingTimeNs),
                'p' => Decimal(ref reader, out _price),
                'q' => Decimal(ref reader, out _quantity),
                'm' => Flag(ref reader),
                'X' when !isAggregate => Origin(ref reader),
                'a' when isAggregate => Integer(ref reader, out _id),
                'f' when isAggregate => Integer(ref reader, out _first),
                'l' when isAggregate => Integer(ref reader, out _last),
                't' when !isAggregate => Integer(ref reader, out _id),
                _ => Skip(ref reader),
            };
            if (!valid || !Once(ref seen, field, known))
            {
                return false;
            }
        }

        bool zeroAllowed = _origin == TradeOrigin.NotApplicable;
        return All(seen, required)
            && (_price.Value != 0 || zeroAllowed || Fail(RejectReason.ImpossibleValue))
            && (_first <= _last || Fail(RejectReason.SequenceOrder));
    }

    private bool ReadCandle(ref Utf8JsonReader reader)
    {
        _type = MessageType.Candles;
        const string Required = "esEk";
        uint seen = 0;
        while (NextField(ref reader, out char field))
        {
            bool valid = field switch
            {
                'e' => TextIs(ref reader, "kline"u8),
                's' => SymbolIs(ref reader),
                'E' => Time(ref reader, out _eventTimeNs),
                'k' => Candle(ref reader),
                _ => Skip(ref reader),
            };
            if (!valid || !Once(ref seen, field, Required))
            {
                return false;
            }
        }

        return All(seen, Required);
    }

    // Numbers of a candle in the order o h l c v q V Q.
    private bool Candle(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return Fail(RejectReason.WrongType);
        }

        const string Required = "tTsifLohlcvnxqVQ";
        uint seen = 0;
        while (NextField(ref reader, out char field))
        {
            bool valid = field switch
            {
                't' => Time(ref reader, out _startNs),
                'T' => Time(ref reader, out _closeNs),
                's' => SymbolIs(ref reader),
                'i' => Interval(ref reader),
                'f' => AnyInteger(ref reader, out _first),
                'L' => AnyInteger(ref reader, out _last),
                'o' => Decimal(ref reader, out _candle[0]),
                'h' => Decimal(ref reader, out _candle[1]),
                'l' => Decimal(ref reader, out _candle[2]),
                'c' => Decimal(ref reader, out _candle[3]),
                'v' => Decimal(ref reader, out _candle[4]),
                'q' => Decimal(ref reader, out _candle[5]),
                'V' => Decimal(ref reader, out _candle[6]),
                'Q' => Decimal(ref reader, out _candle[7]),
                'n' => Integer(ref reader, out _tradeCount),
                'x' => Flag(ref reader),
                _ => Skip(ref reader),
            };
            if (!valid || !Once(ref seen, field, Required))
            {
                return false;
            }
        }

        if (!All(seen, Required))
        {
            return false;
        }

        bool hasTrades = _tradeCount > 0;
        foreach (Number price in _candle.AsSpan(0, 4))
        {
            if (hasTrades && price.Value == 0)
            {
                return Fail(RejectReason.ImpossibleValue);
            }
        }

        return (_first >= -1 || Fail(RejectReason.BadNumber)) && (_first <= _last || Fail(RejectReason.SequenceOrder));
    }

    private DecodeOutcome ReadSnapshot(ref Utf8JsonReader reader, in Frame frame)
    {
        _type = MessageType.BookSnapshot;
        _stream = KnownRestStream(default, frame.Symbol);
        reader.Read();
        if (!Integer(ref reader, out _last))
        {
            return DecodeOutcome.Rejected;
        }

        ReadOnlySpan<byte> symbol = default;
        const string Required = "ba";
        const string Known = Required + "sET";
        uint seen = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            char field = reader.ValueTextEquals("bids"u8) ? 'b'
                : reader.ValueTextEquals("asks"u8) ? 'a'
                : reader.ValueTextEquals("symbol"u8) ? 's'
                : reader.ValueTextEquals("E"u8) ? 'E'
                : reader.ValueTextEquals("T"u8) ? 'T' : '\0';
            reader.Read();
            if (field == 's')
            {
                symbol = reader.ValueSpan;
                _stream = KnownRestStream(symbol, frame.Symbol);
            }

            bool valid = field switch
            {
                'b' => Rows(ref reader, _bids),
                'a' => Rows(ref reader, _asks),
                'E' => Time(ref reader, out _eventTimeNs),
                'T' => Time(ref reader, out _matchingTimeNs),
                's' => reader.TokenType == JsonTokenType.String || Fail(RejectReason.WrongType),
                _ => Skip(ref reader),
            };
            if (!valid || !Once(ref seen, field, Known))
            {
                return DecodeOutcome.Rejected;
            }
        }

        if (!All(seen, Required))
        {
            return DecodeOutcome.Rejected;
        }

        if (!symbol.IsEmpty && !frame.Symbol.IsEmpty && !symbol.SequenceEqual(frame.Symbol))
        {
            return Reject(RejectReason.SymbolMismatch);
        }

        if (!InOrder(_bids, descending: true) || !InOrder(_asks, descending: false))
        {
            return Reject(RejectReason.LevelOrder);
        }

        foreach ((Number _, Number quantity) in _bids.Concat(_asks))
        {
            if (quantity.Value == 0)
            {
                return Reject(RejectReason.ImpossibleValue);
            }
        }

        _stream = FindRestStream(symbol, frame.Symbol);
        return _stream is null ? DecodeOutcome.Rejected : DecodeOutcome.Records;
    }

    private static bool InOrder(List<(Number Price, Number Quantity)> rows, bool descending)
    {
        ReadOnlySpan<(Number Price, Number Quantity)> all = CollectionsMarshal.AsSpan(rows);
        for (int i = 1; i < all.Length; i++)
        {
            int order = Compare(all[i - 1].Price, all[i].Price);
            if (descending ? order <= 0 : order >= 0)
            {
                return false;
            }
        }

        return true;
    }

    private static int Compare(Number x, Number y)
    {
        int decimals = Math.Max(x.Decimals, y.Decimals);
        return ((Int128)x.Value * PowersOfTen.Of(decimals - x.Decimals)).CompareTo((Int128)y.Value * PowersOfTen.Of(decimals - y.Decimals));
    }

    // Steps to the value of the next field. Fields of one letter are told apart by it, "pu" is PreviousId, others are '\0'.
    private static bool NextField(ref Utf8JsonReader reader, out char field)
    {
        field = '\0';
        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
        {
            return false;
        }

        ReadOnlySpan<byte> name = reader.ValueSpan;
        if (name.Length == 1)
        {
            field = (char)name[0];
        }
        else if (name.SequenceEqual("pu"u8))
        {
            field = PreviousId;
        }

        reader.Read();
        return true;
    }

    private bool Rows(ref Utf8JsonReader reader, List<(Number Price, Number Quantity)> rows)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return Fail(RejectReason.WrongType);
        }

        // A second list of the same name would add to the first: emptied, and rejected by Once.
        rows.Clear();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                return Fail(RejectReason.WrongType);
            }

            reader.Read();
            if (!Decimal(ref reader, out Number price))
            {
                return false;
            }

            reader.Read();
            if (!Decimal(ref reader, out Number quantity))
            {
                return false;
            }

            if (price.Value == 0)
            {
                return Fail(RejectReason.ImpossibleValue);
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                reader.Skip();
            }

            rows.Add((price, quantity));
        }

        return true;
    }

    // As the venue writes numbers: digits, at most one point with digits on both sides, no sign, no exponent, no needless leading zero.
    private bool Decimal(ref Utf8JsonReader reader, out Number number)
    {
        number = default;
        if (reader.TokenType != JsonTokenType.String)
        {
            return Fail(RejectReason.WrongType);
        }

        ReadOnlySpan<byte> text = reader.ValueSpan;
        if (!StartsWithDigit(text) || (text.Length > 1 && text[0] == '0' && text[1] != '.'))
        {
            return Fail(RejectReason.BadNumber);
        }

        if (!Utf8Parser.TryParse(text, out long whole, out int wholeDigits))
        {
            return Fail(RejectReason.NumberOutOfRange);
        }

        if (wholeDigits == text.Length)
        {
            number = new Number(whole, 0, 0);
            return true;
        }

        ReadOnlySpan<byte> written = text[(wholeDigits + 1)..];
        if (text[wholeDigits] != '.' || !StartsWithDigit(written))
        {
            return Fail(RejectReason.BadNumber);
        }

        if (written.Length > TextForm.DecimalsMax)
        {
            return Fail(written.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 ? RejectReason.NumberOutOfRange : RejectReason.BadNumber);
        }

        ReadOnlySpan<byte> significant = written.TrimEnd((byte)'0');
        long fraction = 0;
        if (significant.Length > 0 && (!Utf8Parser.TryParse(significant, out fraction, out int fractionDigits) || fractionDigits != significant.Length))
        {
            return Fail(RejectReason.BadNumber);
        }

        Int128 value = (Int128)whole * PowersOfTen.Of(significant.Length) + fraction;
        number = new Number((long)value, significant.Length, written.Length);
        return value <= long.MaxValue || Fail(RejectReason.NumberOutOfRange);
    }

    private static bool StartsWithDigit(ReadOnlySpan<byte> text) => text.Length > 0 && text[0] is >= (byte)'0' and <= (byte)'9';

    private bool Integer(ref Utf8JsonReader reader, out long value) =>
        AnyInteger(ref reader, out value) && (value >= 0 || Fail(RejectReason.BadNumber));

    // A candle without a trade has the ids -1.
    private bool AnyInteger(ref Utf8JsonReader reader, out long value)
    {
        value = 0;
        return reader.TokenType == JsonTokenType.Number
            ? reader.TryGetInt64(out value) || Fail(RejectReason.BadNumber)
            : Fail(RejectReason.WrongType);
    }

    // Milliseconds, or microseconds where the connection asked for them: the two ranges do not meet.
    private bool Time(ref Utf8JsonReader reader, out long ns)
    {
        bool valid = Integer(ref reader, out long number);
        bool isMs = number is >= TimeMinMs and < TimeMaxMs;
        bool isUs = number is >= TimeMinMs * 1_000 and < TimeMaxMs * 1_000;
        ns = isMs ? number * 1_000_000 : isUs ? number * 1_000 : 0;
        return valid && (isMs || isUs || Fail(RejectReason.ImpossibleValue));
    }

    private bool Flag(ref Utf8JsonReader reader)
    {
        _flag = reader.TokenType == JsonTokenType.True;
        return reader.TokenType is JsonTokenType.True or JsonTokenType.False || Fail(RejectReason.WrongType);
    }

    private bool Origin(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            return Fail(RejectReason.WrongType);
        }

        _origin = reader.ValueTextEquals("MARKET"u8) ? TradeOrigin.Market
            : reader.ValueTextEquals("INSURANCE_FUND"u8) ? TradeOrigin.InsuranceFund
            : reader.ValueTextEquals("ADL"u8) ? TradeOrigin.AutoDeleveraging
            : reader.ValueTextEquals("NA"u8) ? TradeOrigin.NotApplicable : TradeOrigin.Other;
        return true;
    }

    private bool Interval(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            return Fail(RejectReason.WrongType);
        }

        if (reader.ValueSpan.Length is 0 or > sizeof(ulong))
        {
            return Fail(RejectReason.BadName);
        }

        _interval = 0;
        reader.ValueSpan.CopyTo(MemoryMarshal.AsBytes(new Span<ulong>(ref _interval)));
        return true;
    }

    private bool TextIs(ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            return Fail(RejectReason.WrongType);
        }

        _isForeign |= !reader.ValueTextEquals(text);
        return true;
    }

    private bool SymbolIs(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            return Fail(RejectReason.WrongType);
        }

        return Ascii.EqualsIgnoreCase(reader.ValueSpan, _stream!.Instrument.SymbolBytes) || Fail(RejectReason.SymbolMismatch);
    }

    private static bool Skip(ref Utf8JsonReader reader)
    {
        reader.Skip();
        return true;
    }

    private bool Once(ref uint seen, char field, string known)
    {
        int place = known.IndexOf(field, StringComparison.Ordinal);
        if (place < 0)
        {
            return true;
        }

        uint bit = 1u << place;
        bool again = (seen & bit) != 0;
        seen |= bit;
        return !again || Fail(RejectReason.DuplicateField);
    }

    // Required fields stand first among the known ones.
    private bool All(uint seen, string required)
    {
        uint all = (1u << required.Length) - 1;
        return (seen & all) == all || Fail(RejectReason.MissingField);
    }

    private bool Fail(RejectReason reason)
    {
        _reason = reason;
        return false;
    }

    private DecodeOutcome Reject(RejectReason reason)
    {
        _reason = reason;
        return DecodeOutcome.Rejected;
    }
}
