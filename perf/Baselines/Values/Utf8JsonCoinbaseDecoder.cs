using System.Text.Json;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Baselines.Values;

/// <summary>Coinbase Exchange: <c>level2</c>, <c>ticker</c>, <c>matches</c>, <c>heartbeat</c>. The type stands before all that depends on it.</summary>
public sealed class Utf8JsonCoinbaseDecoder : Utf8JsonValueDecoder
{
    private IsoDay _day;

    /// <inheritdoc/>
    protected override bool ReadFrame(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        var fields = new MessageFields();
        var best = new PricedQuantity();
        var bestAsk = new PricedQuantity();
        MessageType type = MessageType.None;
        Side maker = Side.None;
        long tradeId = 0;
        long sequence = Sequence.None;
        int message = BeginMessage();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> key = reader.ValueSpan;
            reader.Read();
            bool read = true;
            if (key.SequenceEqual("type"u8))
            {
                type = TypeOf(reader.ValueSpan);
            }
            else if (key.SequenceEqual("product_id"u8))
            {
                read = fields.SetSymbol(ref reader);
            }
            else if (type == MessageType.None)
            {
                reader.Skip();
            }
            else if (key.SequenceEqual("time"u8))
            {
                read = Utf8JsonNumbers.TryIsoTime(ref reader, ref _day, out fields.VenueTimeNs);
            }
            else if (key.SequenceEqual("sequence"u8))
            {
                read = Utf8JsonNumbers.TryInteger(ref reader, out sequence);
            }
            else if (type == MessageType.BookDelta && key.SequenceEqual("changes"u8))
            {
                read = ReadChanges(ref reader);
            }
            else if (type == MessageType.BookSnapshot && key.SequenceEqual("bids"u8))
            {
                read = ReadLevels(ref reader, Side.Bid);
            }
            else if (type == MessageType.BookSnapshot && key.SequenceEqual("asks"u8))
            {
                read = ReadLevels(ref reader, Side.Ask);
            }
            else if (type == MessageType.Heartbeat && key.SequenceEqual("last_trade_id"u8))
            {
                read = Utf8JsonNumbers.TryInteger(ref reader, out fields.FirstSequence);
            }
            else if (type == MessageType.Ticker)
            {
                read = ReadTickerField(ref reader, key, ref best, ref bestAsk);
            }
            else if (type == MessageType.Trades)
            {
                read = ReadTradeField(ref reader, key, ref best, ref maker, ref tradeId);
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

        if (type == MessageType.None)
        {
            Truncate(message);
            return true;
        }

        fields.LastSequence = sequence;
        if (type == MessageType.Ticker)
        {
            AddQuote(Side.Bid, best, sequence);
            AddQuote(Side.Ask, bestAsk, sequence);
        }
        else if (type == MessageType.Trades)
        {
            // The side is the maker's.
            AddTrade(maker == Side.Bid ? Side.Ask : Side.Bid, best, 0, tradeId, 0, sequence);
        }

        EndMessage(message, type, fields);
        return true;
    }

    private static MessageType TypeOf(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("l2update"u8) ? MessageType.BookDelta
        : type.SequenceEqual("ticker"u8) ? MessageType.Ticker
        : type.SequenceEqual("match"u8) ? MessageType.Trades
        : type.SequenceEqual("snapshot"u8) ? MessageType.BookSnapshot
        : type.SequenceEqual("heartbeat"u8) ? MessageType.Heartbeat
        : MessageType.None;

    // [["buy","22356.27","0.00000000"], …].
    private bool ReadChanges(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            reader.Read();
            Side side = reader.ValueSpan.SequenceEqual("buy"u8) ? Side.Bid : reader.ValueSpan.SequenceEqual("sell"u8) ? Side.Ask : Side.None;
            reader.Read();
            if (side == Side.None || !Utf8JsonNumbers.TryDecimalText(ref reader, out long price, out int priceDecimals) || price == 0)
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

    private static bool ReadTickerField(ref Utf8JsonReader reader, ReadOnlySpan<byte> key, ref PricedQuantity bid, ref PricedQuantity ask)
    {
        if (key.SequenceEqual("best_bid"u8))
        {
            return Utf8JsonNumbers.TryDecimalText(ref reader, out bid.Price, out bid.PriceDecimals);
        }

        if (key.SequenceEqual("best_bid_size"u8))
        {
            return Utf8JsonNumbers.TryDecimalText(ref reader, out bid.Quantity, out bid.QuantityDecimals);
        }

        if (key.SequenceEqual("best_ask"u8))
        {
            return Utf8JsonNumbers.TryDecimalText(ref reader, out ask.Price, out ask.PriceDecimals);
        }

        if (key.SequenceEqual("best_ask_size"u8))
        {
            return Utf8JsonNumbers.TryDecimalText(ref reader, out ask.Quantity, out ask.QuantityDecimals);
        }

        reader.Skip();
        return true;
    }

    private static bool ReadTradeField(ref Utf8JsonReader reader, ReadOnlySpan<byte> key, ref PricedQuantity numbers, ref Side maker, ref long tradeId)
    {
        if (key.SequenceEqual("price"u8))
        {
            return Utf8JsonNumbers.TryDecimalText(ref reader, out numbers.Price, out numbers.PriceDecimals);
        }

        if (key.SequenceEqual("size"u8))
        {
            return Utf8JsonNumbers.TryDecimalText(ref reader, out numbers.Quantity, out numbers.QuantityDecimals);
        }

        if (key.SequenceEqual("trade_id"u8))
        {
            return Utf8JsonNumbers.TryInteger(ref reader, out tradeId);
        }

        if (key.SequenceEqual("side"u8))
        {
            maker = reader.ValueSpan.SequenceEqual("buy"u8) ? Side.Bid : reader.ValueSpan.SequenceEqual("sell"u8) ? Side.Ask : Side.None;
            return maker != Side.None;
        }

        reader.Skip();
        return true;
    }
}
