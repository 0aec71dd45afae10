using System.Text.Json;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Baselines.Values;

/// <summary>OKX v5 pushes: books of all depths, <c>trades</c>, <c>tickers</c>. <c>arg</c> and <c>action</c> stand before the data in every recording.</summary>
public sealed class Utf8JsonOkxDecoder : Utf8JsonValueDecoder
{
    private bool _isSnapshot;

    /// <inheritdoc/>
    protected override bool ReadFrame(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        var fields = new MessageFields();
        MessageType type = MessageType.None;
        _isSnapshot = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> key = reader.ValueSpan;
            reader.Read();
            bool read = true;
            if (key.SequenceEqual("arg"u8))
            {
                read = ReadArgument(ref reader, ref fields, out type);
            }
            else if (key.SequenceEqual("action"u8))
            {
                _isSnapshot |= reader.ValueSpan.SequenceEqual("snapshot"u8);
            }
            else if (key.SequenceEqual("data"u8) && type != MessageType.None)
            {
                read = ReadItems(ref reader, type, fields);
            }
            else
            {
                reader.Skip();
            }

            if (!read)
            {
                return false;
            }
        }

        return true;
    }

    private bool ReadArgument(ref Utf8JsonReader reader, ref MessageFields fields, out MessageType type)
    {
        type = MessageType.None;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> key = reader.ValueSpan;
            reader.Read();
            if (key.SequenceEqual("channel"u8))
            {
                ReadOnlySpan<byte> channel = reader.ValueSpan;
                bool isWhole = channel.SequenceEqual("books5"u8) || channel.SequenceEqual("bbo-tbt"u8);
                _isSnapshot |= isWhole;
                type = isWhole || channel.SequenceEqual("books"u8) || channel.SequenceEqual("books-l2-tbt"u8) || channel.SequenceEqual("books50-l2-tbt"u8)
                        ? MessageType.BookDelta
                    : channel.SequenceEqual("trades"u8) || channel.SequenceEqual("trades-all"u8) ? MessageType.Trades
                    : channel.SequenceEqual("tickers"u8) ? MessageType.Ticker
                    : MessageType.None;
            }
            else if (key.SequenceEqual("instId"u8))
            {
                if (!fields.SetSymbol(ref reader))
                {
                    return false;
                }
            }
            else
            {
                reader.Skip();
            }
        }

        return true;
    }

    // Each item is a message of its own.
    private bool ReadItems(ref Utf8JsonReader reader, MessageType type, MessageFields fields)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            int message = BeginMessage();
            MessageFields item = fields;
            MessageType found = type;
            bool read = type switch
            {
                MessageType.BookDelta => ReadBook(ref reader, ref item),
                MessageType.Trades => ReadTrade(ref reader, ref item, out found),
                _ => ReadTicker(ref reader, ref item),
            };
            if (!read)
            {
                return false;
            }

            EndMessage(message, type == MessageType.BookDelta && _isSnapshot ? MessageType.BookSnapshot : found, item);
        }

        return reader.TokenType == JsonTokenType.EndArray;
    }

    private bool ReadBook(ref Utf8JsonReader reader, ref MessageFields fields)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> key = reader.ValueSpan;
            reader.Read();
            bool read = true;
            if (key.SequenceEqual("asks"u8))
            {
                read = ReadCountedLevels(ref reader, Side.Ask);
            }
            else if (key.SequenceEqual("bids"u8))
            {
                read = ReadCountedLevels(ref reader, Side.Bid);
            }
            else if (key.SequenceEqual("ts"u8))
            {
                read = Utf8JsonNumbers.TryMillisecondsText(ref reader, out fields.VenueTimeNs);
            }
            else if (key.SequenceEqual("checksum"u8))
            {
                read = Utf8JsonNumbers.TryInteger(ref reader, out fields.Checksum);
                fields.HasChecksum = true;
            }
            else if (key.SequenceEqual("seqId"u8))
            {
                read = Utf8JsonNumbers.TryInteger(ref reader, out fields.LastSequence);
            }
            else if (key.SequenceEqual("prevSeqId"u8))
            {
                read = Utf8JsonNumbers.TryInteger(ref reader, out fields.PreviousSequence);
            }
            else
            {
                reader.Skip();
            }

            if (!read)
            {
                return false;
            }
        }

        return reader.TokenType == JsonTokenType.EndObject;
    }

    // Rows ["price","quantity","0","orders"].
    private bool ReadCountedLevels(ref Utf8JsonReader reader, Side side)
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

            reader.Read();
            reader.Read();
            if (!Utf8JsonNumbers.TryIntegerText(ref reader, out long orders))
            {
                return false;
            }

            AddLevel(side, price, priceDecimals, quantity, quantityDecimals).Place = (uint)orders;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                reader.Skip();
            }
        }

        return reader.TokenType == JsonTokenType.EndArray;
    }

    private bool ReadTrade(ref Utf8JsonReader reader, ref MessageFields fields, out MessageType type)
    {
        type = MessageType.Trades;
        var numbers = new PricedQuantity();
        Side side = Side.None;
        (long id, long sequence) = (0, Sequence.None);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> key = reader.ValueSpan;
            reader.Read();
            bool read = true;
            if (key.SequenceEqual("tradeId"u8))
            {
                read = Utf8JsonNumbers.TryIntegerText(ref reader, out id);
            }
            else if (key.SequenceEqual("px"u8))
            {
                read = Utf8JsonNumbers.TryDecimalText(ref reader, out numbers.Price, out numbers.PriceDecimals);
            }
            else if (key.SequenceEqual("sz"u8))
            {
                read = Utf8JsonNumbers.TryDecimalText(ref reader, out numbers.Quantity, out numbers.QuantityDecimals);
            }
            else if (key.SequenceEqual("side"u8))
            {
                side = reader.ValueSpan.SequenceEqual("buy"u8) ? Side.Bid : reader.ValueSpan.SequenceEqual("sell"u8) ? Side.Ask : Side.None;
            }
            else if (key.SequenceEqual("ts"u8))
            {
                read = Utf8JsonNumbers.TryMillisecondsText(ref reader, out fields.VenueTimeNs);
            }
            else if (key.SequenceEqual("count"u8))
            {
                type = MessageType.AggregateTrades;
            }
            else if (key.SequenceEqual("seqId"u8))
            {
                read = Utf8JsonNumbers.TryInteger(ref reader, out sequence);
            }
            else
            {
                reader.Skip();
            }

            if (!read)
            {
                return false;
            }
        }

        if (side == Side.None || !numbers.IsStated)
        {
            return false;
        }

        // The id of trades put together is that of the last of them.
        fields.LastSequence = type == MessageType.AggregateTrades ? id : Sequence.None;
        AddTrade(side, numbers, 0, id, 0, sequence);
        return true;
    }

    private bool ReadTicker(ref Utf8JsonReader reader, ref MessageFields fields)
    {
        var bid = new PricedQuantity();
        var ask = new PricedQuantity();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> key = reader.ValueSpan;
            reader.Read();
            bool read = true;
            if (key.SequenceEqual("bidPx"u8))
            {
                read = TryStated(ref reader, out bid.Price, out bid.PriceDecimals);
            }
            else if (key.SequenceEqual("bidSz"u8))
            {
                read = TryStated(ref reader, out bid.Quantity, out bid.QuantityDecimals);
            }
            else if (key.SequenceEqual("askPx"u8))
            {
                read = TryStated(ref reader, out ask.Price, out ask.PriceDecimals);
            }
            else if (key.SequenceEqual("askSz"u8))
            {
                read = TryStated(ref reader, out ask.Quantity, out ask.QuantityDecimals);
            }
            else if (key.SequenceEqual("ts"u8))
            {
                read = Utf8JsonNumbers.TryMillisecondsText(ref reader, out fields.VenueTimeNs);
            }
            else
            {
                reader.Skip();
            }

            if (!read)
            {
                return false;
            }
        }

        AddQuote(Side.Bid, bid, Sequence.None);
        AddQuote(Side.Ask, ask, Sequence.None);
        return reader.TokenType == JsonTokenType.EndObject;
    }

    // Two empty texts are an empty side (an option of 2021 in the recordings).
    private static bool TryStated(ref Utf8JsonReader reader, out long scaled, out int decimals)
    {
        (scaled, decimals) = (0, 0);
        return (reader.TokenType == JsonTokenType.String && reader.ValueSpan.IsEmpty) || Utf8JsonNumbers.TryDecimalText(ref reader, out scaled, out decimals);
    }
}
