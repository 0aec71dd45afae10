using System.Text.Json;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Baselines.Values;

/// <summary>
/// Coinbase Advanced Trade: <c>l2_data</c>, <c>market_trades</c>, <c>ticker</c>, <c>heartbeats</c>; every other frame leaves a message with its number. Channel,
/// time and number stand before the events, and type and product before the list in each, in every recording.
/// </summary>
public sealed class Utf8JsonAdvancedDecoder : Utf8JsonValueDecoder
{
    private IsoDay _day;
    private long _eventTimeNs;

    /// <inheritdoc/>
    protected override bool ReadFrame(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        var fields = new MessageFields();
        MessageType type = MessageType.None;
        bool hasChannel = false;
        bool hasMessage = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> key = reader.ValueSpan;
            reader.Read();
            bool read = true;
            if (key.SequenceEqual("channel"u8))
            {
                hasChannel = true;
                type = TypeOf(reader.ValueSpan);
            }
            else if (key.SequenceEqual("timestamp"u8))
            {
                read = Utf8JsonNumbers.TryIsoTime(ref reader, ref _day, out fields.VenueTimeNs);
            }
            else if (key.SequenceEqual("sequence_num"u8))
            {
                read = Utf8JsonNumbers.TryInteger(ref reader, out fields.LastSequence);
            }
            else if (key.SequenceEqual("events"u8) && type != MessageType.None)
            {
                read = ReadEvents(ref reader, type, fields, ref hasMessage);
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

        if (hasChannel && !hasMessage)
        {
            EndMessage(BeginMessage(), MessageType.Heartbeat, fields);
        }

        return true;
    }

    private static MessageType TypeOf(ReadOnlySpan<byte> channel) =>
        channel.SequenceEqual("l2_data"u8) ? MessageType.BookDelta
        : channel.SequenceEqual("market_trades"u8) ? MessageType.Trades
        : channel.SequenceEqual("ticker"u8) || channel.SequenceEqual("ticker_batch"u8) ? MessageType.Ticker
        : channel.SequenceEqual("heartbeats"u8) ? MessageType.Heartbeat
        : MessageType.None;

    private bool ReadEvents(ref Utf8JsonReader reader, MessageType type, in MessageFields fields, ref bool hasMessage)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            if (!ReadEvent(ref reader, type, fields, ref hasMessage))
            {
                return false;
            }
        }

        return reader.TokenType == JsonTokenType.EndArray;
    }

    private bool ReadEvent(ref Utf8JsonReader reader, MessageType type, MessageFields fields, ref bool hasMessage)
    {
        bool isSnapshot = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> key = reader.ValueSpan;
            reader.Read();
            bool read = true;
            if (key.SequenceEqual("type"u8))
            {
                isSnapshot = reader.ValueSpan.SequenceEqual("snapshot"u8);
            }
            else if (key.SequenceEqual("product_id"u8))
            {
                read = fields.SetSymbol(ref reader);
            }
            else if (type == MessageType.BookDelta && key.SequenceEqual("updates"u8))
            {
                int message = BeginMessage();
                read = ReadUpdates(ref reader);
                fields.MatchingTimeNs = _eventTimeNs;
                EndMessage(message, isSnapshot ? MessageType.BookSnapshot : MessageType.BookDelta, fields);
                hasMessage = true;
            }
            else if (type == MessageType.Trades && !isSnapshot && key.SequenceEqual("trades"u8))
            {
                read = ReadTrades(ref reader, fields);
                hasMessage = true;
            }
            else if (type == MessageType.Ticker && key.SequenceEqual("tickers"u8))
            {
                read = ReadTickers(ref reader, fields);
                hasMessage = true;
            }
            else if (type == MessageType.Heartbeat && key.SequenceEqual("heartbeat_counter"u8))
            {
                read = reader.TokenType == JsonTokenType.String
                    ? Utf8JsonNumbers.TryIntegerText(ref reader, out fields.FirstSequence)
                    : Utf8JsonNumbers.TryInteger(ref reader, out fields.FirstSequence);
                EndMessage(BeginMessage(), MessageType.Heartbeat, fields);
                hasMessage = true;
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

    private bool ReadUpdates(ref Utf8JsonReader reader)
    {
        _eventTimeNs = 0;

        // Times of a book are the same in row after row: the text read last.
        ReadOnlySpan<byte> lastTime = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            Side side = Side.None;
            (long price, int priceDecimals, long quantity, int quantityDecimals) = (0, 0, Sequence.None, 0);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                ReadOnlySpan<byte> key = reader.ValueSpan;
                reader.Read();
                bool read = true;
                if (key.SequenceEqual("side"u8))
                {
                    side = reader.ValueSpan.SequenceEqual("bid"u8) ? Side.Bid : reader.ValueSpan.SequenceEqual("offer"u8) ? Side.Ask : Side.None;
                }
                else if (key.SequenceEqual("event_time"u8))
                {
                    if (!reader.ValueSpan.SequenceEqual(lastTime))
                    {
                        lastTime = reader.ValueSpan;
                        read = Utf8JsonNumbers.TryIsoTime(ref reader, ref _day, out _eventTimeNs);
                    }
                }
                else if (key.SequenceEqual("price_level"u8))
                {
                    read = Utf8JsonNumbers.TryDecimalText(ref reader, out price, out priceDecimals);
                }
                else if (key.SequenceEqual("new_quantity"u8))
                {
                    read = Utf8JsonNumbers.TryDecimalText(ref reader, out quantity, out quantityDecimals);
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

            if (side == Side.None || price == 0 || quantity == Sequence.None)
            {
                return false;
            }

            AddLevel(side, price, priceDecimals, quantity, quantityDecimals).Third = _eventTimeNs;
        }

        return reader.TokenType == JsonTokenType.EndArray;
    }

    private bool ReadTrades(ref Utf8JsonReader reader, MessageFields fields)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            int message = BeginMessage();
            var numbers = new PricedQuantity();
            Side maker = Side.None;
            long id = 0;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                ReadOnlySpan<byte> key = reader.ValueSpan;
                reader.Read();
                bool read = true;
                if (key.SequenceEqual("product_id"u8))
                {
                    read = fields.SetSymbol(ref reader);
                }
                else if (key.SequenceEqual("trade_id"u8))
                {
                    read = Utf8JsonNumbers.TryIntegerText(ref reader, out id);
                }
                else if (key.SequenceEqual("price"u8))
                {
                    read = Utf8JsonNumbers.TryDecimalText(ref reader, out numbers.Price, out numbers.PriceDecimals);
                }
                else if (key.SequenceEqual("size"u8))
                {
                    read = Utf8JsonNumbers.TryDecimalText(ref reader, out numbers.Quantity, out numbers.QuantityDecimals);
                }
                else if (key.SequenceEqual("time"u8))
                {
                    read = Utf8JsonNumbers.TryIsoTime(ref reader, ref _day, out fields.MatchingTimeNs);
                }
                else if (key.SequenceEqual("side"u8))
                {
                    maker = reader.ValueSpan.SequenceEqual("BUY"u8) ? Side.Bid : reader.ValueSpan.SequenceEqual("SELL"u8) ? Side.Ask : Side.None;
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

            if (maker == Side.None || !numbers.IsStated)
            {
                return false;
            }

            AddTrade(maker == Side.Bid ? Side.Ask : Side.Bid, numbers, fields.MatchingTimeNs, id, 0, Sequence.None);
            EndMessage(message, MessageType.Trades, fields);
        }

        return reader.TokenType == JsonTokenType.EndArray;
    }

    private bool ReadTickers(ref Utf8JsonReader reader, MessageFields fields)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            int message = BeginMessage();
            var bid = new PricedQuantity();
            var ask = new PricedQuantity();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                ReadOnlySpan<byte> key = reader.ValueSpan;
                reader.Read();
                bool read = true;
                if (key.SequenceEqual("product_id"u8))
                {
                    read = fields.SetSymbol(ref reader);
                }
                else if (key.SequenceEqual("best_bid"u8))
                {
                    read = Utf8JsonNumbers.TryDecimalText(ref reader, out bid.Price, out bid.PriceDecimals);
                }
                else if (key.SequenceEqual("best_bid_quantity"u8))
                {
                    read = Utf8JsonNumbers.TryDecimalText(ref reader, out bid.Quantity, out bid.QuantityDecimals);
                }
                else if (key.SequenceEqual("best_ask"u8))
                {
                    read = Utf8JsonNumbers.TryDecimalText(ref reader, out ask.Price, out ask.PriceDecimals);
                }
                else if (key.SequenceEqual("best_ask_quantity"u8))
                {
                    read = Utf8JsonNumbers.TryDecimalText(ref reader, out ask.Quantity, out ask.QuantityDecimals);
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
            EndMessage(message, MessageType.Ticker, fields);
        }

        return reader.TokenType == JsonTokenType.EndArray;
    }
}
