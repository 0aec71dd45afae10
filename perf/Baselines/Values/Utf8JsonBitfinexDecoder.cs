using System.Text.Json;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Baselines.Values;

/// <summary>
/// Bitfinex v2: aggregated books, trades and tickers of pairs, heartbeats and checksums; every numbered frame leaves a message with its number. Remembers what
/// the channel ids stand for and which flags are in force.
/// </summary>
public sealed class Utf8JsonBitfinexDecoder : Utf8JsonValueDecoder
{
    private const long TimestampFlag = 32_768;
    private const long SequenceFlag = 65_536;

    private readonly Dictionary<long, BitfinexValueChannel> _channels = [];
    private bool _isTimed;
    private bool _isSequenced;

    /// <inheritdoc/>
    protected override bool ReadFrame(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartArray => ReadArray(ref reader),
        JsonTokenType.StartObject => ReadEvent(ref reader),
        _ => false,
    };

    private bool ReadArray(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (!Utf8JsonNumbers.TryInteger(ref reader, out long id))
        {
            return false;
        }

        reader.Read();
        _channels.TryGetValue(id, out BitfinexValueChannel? channel);
        var fields = new MessageFields { SymbolStart = id };
        int message = BeginMessage();
        MessageType type = MessageType.Heartbeat;
        bool read = true;
        if (channel is null)
        {
            reader.Skip();
        }
        else if (reader.TokenType == JsonTokenType.StartArray)
        {
            switch (channel.Kind)
            {
                case BitfinexValueKind.Book:
                    read = ReadBook(ref reader, channel, out type);
                    break;
                case BitfinexValueKind.Ticker:
                    type = MessageType.Ticker;
                    read = ReadTicker(ref reader);
                    break;
                default:
                    // Trades of the past.
                    reader.Skip();
                    break;
            }
        }
        else if (reader.TokenType != JsonTokenType.String)
        {
            return false;
        }
        else if (reader.ValueSpan.SequenceEqual("cs"u8) && channel.Kind == BitfinexValueKind.Book)
        {
            type = MessageType.BookChecksum;
            reader.Read();
            read = Utf8JsonNumbers.TryInteger(ref reader, out fields.Checksum);
            fields.HasChecksum = true;
        }
        else if (reader.ValueSpan.SequenceEqual("te"u8) && channel.Kind == BitfinexValueKind.Trades)
        {
            type = MessageType.Trades;
            reader.Read();
            read = ReadTrade(ref reader, ref fields);
        }

        if (!read || !ReadTail(ref reader, ref fields))
        {
            return false;
        }

        if (channel is null && fields.LastSequence == Sequence.None)
        {
            Truncate(message);
        }
        else
        {
            EndMessage(message, type, fields);
        }

        return true;
    }

    // What the connection's flags have added at the end.
    private bool ReadTail(ref Utf8JsonReader reader, ref MessageFields fields)
    {
        long before = Sequence.None;
        long last = Sequence.None;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            before = last;
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out last))
            {
                last = Sequence.None;
                reader.Skip();
            }
        }

        if (_isTimed)
        {
            fields.VenueTimeNs = last * 1_000_000;
            last = before;
        }

        if (_isSequenced)
        {
            fields.LastSequence = last;
        }

        return (!_isTimed || fields.VenueTimeNs > 0) && (!_isSequenced || last >= 0);
    }

    // One row [price,count,amount], or a list of them.
    private bool ReadBook(ref Utf8JsonReader reader, BitfinexValueChannel channel, out MessageType type)
    {
        type = MessageType.BookDelta;
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number)
        {
            return ReadRow(ref reader);
        }

        if (channel.AwaitsSnapshot)
        {
            type = MessageType.BookSnapshot;
            channel.AwaitsSnapshot = false;
        }

        for (; reader.TokenType == JsonTokenType.StartArray; reader.Read())
        {
            reader.Read();
            if (!ReadRow(ref reader))
            {
                return false;
            }
        }

        return reader.TokenType == JsonTokenType.EndArray;
    }

    // The reader stands at the price, and is left at the end of the row.
    private bool ReadRow(ref Utf8JsonReader reader)
    {
        if (!TryNumber(ref reader, out long price, out int priceDecimals) || price <= 0)
        {
            return false;
        }

        reader.Read();
        if (!Utf8JsonNumbers.TryInteger(ref reader, out long orders) || orders is < 0 or > uint.MaxValue)
        {
            return false;
        }

        reader.Read();
        if (!TryNumber(ref reader, out long amount, out int amountDecimals) || amount == 0)
        {
            return false;
        }

        Side side = amount > 0 ? Side.Bid : Side.Ask;
        AddLevel(side, price, priceDecimals, orders == 0 ? 0 : Math.Abs(amount), amountDecimals).Place = (uint)orders;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            reader.Skip();
        }

        return true;
    }

    // [bid, size, ask, size, …]: the sizes are sums over many orders, not those at the best price.
    private bool ReadTicker(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (!ReadQuote(ref reader, Side.Bid))
        {
            return false;
        }

        reader.Read();
        reader.Read();
        if (!ReadQuote(ref reader, Side.Ask))
        {
            return false;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            reader.Skip();
        }

        return true;
    }

    private bool ReadQuote(ref Utf8JsonReader reader, Side side)
    {
        var numbers = new PricedQuantity { Price = 0 };
        if (reader.TokenType != JsonTokenType.Null && !TryNumber(ref reader, out numbers.Price, out numbers.PriceDecimals))
        {
            return false;
        }

        numbers.Quantity = numbers.Price == 0 ? 0 : Sequence.None;
        AddQuote(side, numbers, Sequence.None);
        return true;
    }

    // [id, time, amount, price].
    private bool ReadTrade(ref Utf8JsonReader reader, ref MessageFields fields)
    {
        var numbers = new PricedQuantity();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        reader.Read();
        if (!Utf8JsonNumbers.TryInteger(ref reader, out long id))
        {
            return false;
        }

        reader.Read();
        if (!Utf8JsonNumbers.TryMilliseconds(ref reader, out fields.MatchingTimeNs))
        {
            return false;
        }

        reader.Read();
        if (!TryNumber(ref reader, out numbers.Quantity, out numbers.QuantityDecimals) || numbers.Quantity == 0)
        {
            return false;
        }

        reader.Read();
        if (!TryNumber(ref reader, out numbers.Price, out numbers.PriceDecimals))
        {
            return false;
        }

        Side taker = numbers.Quantity > 0 ? Side.Bid : Side.Ask;
        numbers.Quantity = Math.Abs(numbers.Quantity);
        AddTrade(taker, numbers, 0, id, 0, Sequence.None);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            reader.Skip();
        }

        return true;
    }

    private static bool TryNumber(ref Utf8JsonReader reader, out long scaled, out int decimals)
    {
        (scaled, decimals) = (0, 0);
        return reader.TokenType == JsonTokenType.Number && Utf8JsonNumbers.TryNumber(reader.ValueSpan, out scaled, out decimals);
    }

    // Rare: a few a connection.
    private bool ReadEvent(ref Utf8JsonReader reader)
    {
        string name = "", kind = "", symbol = "", precision = "";
        long id = 0, flags = 0;
        bool hasVersion = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> key = reader.ValueSpan;
            reader.Read();
            if (key.SequenceEqual("event"u8))
            {
                name = reader.GetString() ?? "";
            }
            else if (key.SequenceEqual("channel"u8))
            {
                kind = reader.GetString() ?? "";
            }
            else if (key.SequenceEqual("symbol"u8))
            {
                symbol = reader.GetString() ?? "";
            }
            else if (key.SequenceEqual("prec"u8))
            {
                precision = reader.GetString() ?? "";
            }
            else if (key.SequenceEqual("chanId"u8))
            {
                id = reader.GetInt64();
            }
            else if (key.SequenceEqual("flags"u8))
            {
                flags = reader.GetInt64();
            }
            else
            {
                hasVersion |= key.SequenceEqual("version"u8);
                reader.Skip();
            }
        }

        switch (name)
        {
            case "info" when hasVersion:
                _channels.Clear();
                _isTimed = _isSequenced = false;
                break;
            case "conf":
                _isTimed = (flags & TimestampFlag) != 0;
                _isSequenced = (flags & SequenceFlag) != 0;
                break;
            case "subscribed":
                BitfinexValueKind found = !symbol.StartsWith('t') ? BitfinexValueKind.None
                    : kind == "trades" ? BitfinexValueKind.Trades
                    : kind == "ticker" ? BitfinexValueKind.Ticker
                    : kind == "book" && precision.StartsWith('P') ? BitfinexValueKind.Book
                    : BitfinexValueKind.None;
                if (found == BitfinexValueKind.None)
                {
                    _channels.Remove(id);
                }
                else
                {
                    _channels[id] = new BitfinexValueChannel { Kind = found, AwaitsSnapshot = found == BitfinexValueKind.Book };
                }

                break;
            case "unsubscribed":
                _channels.Remove(id);
                break;
        }

        return true;
    }
}
