using System.Text.Json;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Baselines.Values;

/// <summary>
/// What the decoders on <see cref="Utf8JsonReader"/> share. They are what a good engineer writes on the platform's reader: one forward pass, keys compared as
/// bytes, digits straight to scaled integers, nothing allocated after the list of values has its size. The reader checks the syntax of the whole
/// frame; UTF-8 and escapes in texts nobody reads, duplicate fields, the order of levels and symbols that contradict each other are not looked at.
/// </summary>
public abstract class Utf8JsonValueDecoder : IValueDecoder
{
    private const int ValuesAtFirst = 4096;

    private FrameValue[] _values = new FrameValue[ValuesAtFirst];
    private int _count;

    /// <inheritdoc/>
    public ReadOnlySpan<FrameValue> Values => _values.AsSpan(0, _count);

    /// <inheritdoc/>
    public bool TryDecode(ReadOnlySpan<byte> frame)
    {
        _count = 0;
        var reader = new Utf8JsonReader(frame);
        try
        {
            reader.Read();
            if (!ReadFrame(ref reader))
            {
                _count = 0;
                return false;
            }

            while (reader.Read())
            {
                // To the end: what follows must be valid too.
            }

            return true;
        }
        catch (JsonException)
        {
            _count = 0;
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads the frame; the reader stands at its first token. False = not valid.</summary>
    protected abstract bool ReadFrame(ref Utf8JsonReader reader);

    /// <summary>A new value at the end of the list; its fields are those of an older frame.</summary>
    protected ref FrameValue Add(FrameValueKind kind)
    {
        if (_count == _values.Length)
        {
            Array.Resize(ref _values, 2 * _count);
        }

        ref FrameValue value = ref _values[_count++];
        value.Kind = kind;
        return ref value;
    }

    /// <summary>Opens a message: room for its two values, which <see cref="EndMessage"/> fills. Returns its place.</summary>
    protected int BeginMessage()
    {
        int at = _count;
        Add(FrameValueKind.Message);
        Add(FrameValueKind.Times);
        return at;
    }

    /// <summary>Fills what <see cref="BeginMessage"/> made room for.</summary>
    protected void EndMessage(int at, MessageType type, in MessageFields fields)
    {
        ref FrameValue message = ref _values[at];
        message.Code = (byte)type;
        message.Length = (ushort)fields.SymbolLength;
        message.Place = (uint)fields.SymbolStart;
        message.First = fields.LastSequence;
        message.Second = fields.FirstSequence;
        message.Third = fields.PreviousSequence;
        ref FrameValue times = ref _values[at + 1];
        times.Code = (byte)(fields.HasChecksum ? 1 : 0);
        times.First = fields.VenueTimeNs;
        times.Second = fields.MatchingTimeNs;
        times.Third = fields.Checksum;
    }

    /// <summary>Takes back all values from a place on.</summary>
    protected void Truncate(int at) => _count = at;

    /// <summary>Rows <c>["price","quantity", …]</c>; the reader stands at the list.</summary>
    protected bool ReadLevels(ref Utf8JsonReader reader, Side side)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            reader.Read();
            if (!Utf8JsonNumbers.TryDecimalText(ref reader, out long price, out int priceDecimals) || price == 0)
            {
                return false;
            }

            reader.Read();
            if (!Utf8JsonNumbers.TryDecimalText(ref reader, out long quantity, out int quantityDecimals))
            {
                return false;
            }

            AddLevel(side, price, priceDecimals, quantity, quantityDecimals);
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                reader.Skip();
            }
        }

        return reader.TokenType == JsonTokenType.EndArray;
    }

    /// <summary>Adds a level without a time of its own and without a count of orders.</summary>
    protected ref FrameValue AddLevel(Side side, long price, int priceDecimals, long quantity, int quantityDecimals)
    {
        ref FrameValue level = ref Add(FrameValueKind.Level);
        level.Code = (byte)side;
        level.TextForm = TextForm.Of(priceDecimals, quantityDecimals);
        level.Place = 0;
        level.First = price;
        level.Second = quantity;
        level.Third = 0;
        return ref level;
    }

    /// <summary>Adds a trade and its id.</summary>
    protected void AddTrade(Side taker, in PricedQuantity numbers, long timeNs, long idLow, long idHigh, long sequence)
    {
        ref FrameValue trade = ref Add(FrameValueKind.Trade);
        trade.Code = (byte)taker;
        trade.TextForm = TextForm.Of(numbers.PriceDecimals, numbers.QuantityDecimals);
        trade.Place = 0;
        trade.First = numbers.Price;
        trade.Second = numbers.Quantity;
        trade.Third = timeNs;
        ref FrameValue id = ref Add(FrameValueKind.TradeId);
        id.First = idLow;
        id.Second = idHigh;
        id.Third = sequence;
    }

    /// <summary>Adds one side of a ticker.</summary>
    protected void AddQuote(Side side, in PricedQuantity numbers, long updateId)
    {
        ref FrameValue quote = ref Add(FrameValueKind.Quote);
        quote.Code = (byte)side;
        quote.TextForm = TextForm.Of(numbers.PriceDecimals, numbers.QuantityDecimals);
        quote.Place = 0;
        quote.First = numbers.Price;
        quote.Second = numbers.Quantity;
        quote.Third = updateId;
    }
}
