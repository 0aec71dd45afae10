using System.Text.Json;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Baselines.Values;

/// <summary>Bybit v5: <c>orderbook</c>, <c>publicTrade</c>, <c>tickers</c>. The topic stands before the data in every recording.</summary>
public sealed class Utf8JsonBybitDecoder : Utf8JsonValueDecoder
{
    /// <inheritdoc/>
    protected override bool ReadFrame(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        var fields = new MessageFields();
        MessageType type = MessageType.None;
        bool isSnapshot = false;
        int message = BeginMessage();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> key = reader.ValueSpan;
            reader.Read();
            bool read = true;
            if (key.SequenceEqual("topic"u8))
            {
                type = reader.ValueSpan.StartsWith("orderbook."u8) ? MessageType.BookDelta
                    : reader.ValueSpan.StartsWith("publicTrade."u8) ? MessageType.Trades
                    : reader.ValueSpan.StartsWith("tickers."u8) ? MessageType.Ticker
                    : MessageType.None;
            }
            else if (key.SequenceEqual("type"u8))
            {
                isSnapshot = reader.ValueSpan.SequenceEqual("snapshot"u8);
            }
            else if (key.SequenceEqual("ts"u8))
            {
                read = Utf8JsonNumbers.TryMilliseconds(ref reader, out fields.VenueTimeNs);
            }
            else if (key.SequenceEqual("cts"u8))
            {
                read = Utf8JsonNumbers.TryMilliseconds(ref reader, out fields.MatchingTimeNs);
            }
            else if (key.SequenceEqual("cs"u8))
            {
                read = Utf8JsonNumbers.TryInteger(ref reader, out fields.PreviousSequence);
            }
            else if (key.SequenceEqual("data"u8))
            {
                read = type switch
                {
                    MessageType.BookDelta => ReadBook(ref reader, ref fields),
                    MessageType.Trades => ReadTrades(ref reader, ref fields),
                    MessageType.Ticker => ReadTicker(ref reader, ref fields),
                    _ => Skip(ref reader),
                };
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
        }
        else
        {
            // Update id 1 is a book begun anew, whatever the frame calls it.
            bool isWhole = type == MessageType.BookDelta && (isSnapshot || fields.LastSequence == 1);
            EndMessage(message, isWhole ? MessageType.BookSnapshot : type, fields);
        }

        return true;
    }

    private static bool Skip(ref Utf8JsonReader reader)
    {
        reader.Skip();
        return true;
    }

    private bool ReadBook(ref Utf8JsonReader reader, ref MessageFields fields)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> key = reader.ValueSpan;
            reader.Read();
            bool read = true;
            if (key.SequenceEqual("b"u8))
            {
                read = ReadLevels(ref reader, Side.Bid);
            }
            else if (key.SequenceEqual("a"u8))
            {
                read = ReadLevels(ref reader, Side.Ask);
            }
            else if (key.SequenceEqual("u"u8))
            {
                read = Utf8JsonNumbers.TryInteger(ref reader, out fields.LastSequence);
                fields.FirstSequence = fields.LastSequence;
            }
            else if (key.SequenceEqual("seq"u8))
            {
                read = Utf8JsonNumbers.TryInteger(ref reader, out fields.PreviousSequence);
            }
            else if (key.SequenceEqual("s"u8))
            {
                read = fields.SetSymbol(ref reader);
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

    private bool ReadTrades(ref Utf8JsonReader reader, ref MessageFields fields)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var numbers = new PricedQuantity();
            Side side = Side.None;
            (long timeNs, long idLow, long idHigh, long sequence) = (0, 0, 0, Sequence.None);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                ReadOnlySpan<byte> key = reader.ValueSpan;
                reader.Read();
                bool read = true;
                switch (key.Length == 1 ? key[0] : 0)
                {
                    case (byte)'T':
                        read = Utf8JsonNumbers.TryMilliseconds(ref reader, out timeNs);
                        break;
                    case (byte)'s':
                        read = fields.SetSymbol(ref reader);
                        break;
                    case (byte)'S':
                        side = reader.ValueSpan.SequenceEqual("Buy"u8) ? Side.Bid : reader.ValueSpan.SequenceEqual("Sell"u8) ? Side.Ask : Side.None;
                        break;
                    case (byte)'v':
                        read = Utf8JsonNumbers.TryDecimalText(ref reader, out numbers.Quantity, out numbers.QuantityDecimals);
                        break;
                    case (byte)'p':
                        read = Utf8JsonNumbers.TryDecimalText(ref reader, out numbers.Price, out numbers.PriceDecimals);
                        break;
                    case (byte)'i':
                        read = Utf8JsonNumbers.TryIdText(ref reader, out idLow, out idHigh);
                        break;
                    default:
                        if (key.SequenceEqual("seq"u8))
                        {
                            read = Utf8JsonNumbers.TryInteger(ref reader, out sequence);
                        }
                        else
                        {
                            reader.Skip();
                        }

                        break;
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

            AddTrade(side, numbers, timeNs, idLow, idHigh, sequence);
        }

        return reader.TokenType == JsonTokenType.EndArray;
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
            if (key.SequenceEqual("symbol"u8))
            {
                read = fields.SetSymbol(ref reader);
            }
            else if (key.SequenceEqual("bid1Price"u8))
            {
                read = TryStated(ref reader, out bid.Price, out bid.PriceDecimals);
            }
            else if (key.SequenceEqual("bid1Size"u8))
            {
                read = TryStated(ref reader, out bid.Quantity, out bid.QuantityDecimals);
            }
            else if (key.SequenceEqual("ask1Price"u8))
            {
                read = TryStated(ref reader, out ask.Price, out ask.PriceDecimals);
            }
            else if (key.SequenceEqual("ask1Size"u8))
            {
                read = TryStated(ref reader, out ask.Quantity, out ask.QuantityDecimals);
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

        if (bid.IsStated)
        {
            AddQuote(Side.Bid, bid, Sequence.None);
        }

        if (ask.IsStated)
        {
            AddQuote(Side.Ask, ask, Sequence.None);
        }

        return reader.TokenType == JsonTokenType.EndObject;
    }

    // An empty text is a value: there is no such price.
    private static bool TryStated(ref Utf8JsonReader reader, out long scaled, out int decimals)
    {
        (scaled, decimals) = (0, 0);
        return (reader.TokenType == JsonTokenType.String && reader.ValueSpan.IsEmpty) || Utf8JsonNumbers.TryDecimalText(ref reader, out scaled, out decimals);
    }
}
