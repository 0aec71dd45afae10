using System.Text.Json;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Baselines.Values;

/// <summary>
/// Binance, all three markets: <c>depth</c>, <c>bookTicker</c>, <c>trade</c>, <c>aggTrade</c> of combined streams, and bare REST books. The stream stands
/// before the data in every recording. <see cref="Utf8JsonBinanceDecoder"/> goes all the way to records; this one leaves values, as those of the other venues.
/// </summary>
public sealed class Utf8JsonBinanceValueDecoder : Utf8JsonValueDecoder
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
        int message = BeginMessage();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> key = reader.ValueSpan;
            reader.Read();
            bool read = true;
            if (key.SequenceEqual("stream"u8))
            {
                ReadOnlySpan<byte> name = reader.ValueSpan;
                ReadOnlySpan<byte> channel = name[(name.IndexOf((byte)'@') + 1)..];
                type = channel.StartsWith("depth"u8) ? MessageType.BookDelta
                    : channel.SequenceEqual("bookTicker"u8) ? MessageType.Ticker
                    : channel.SequenceEqual("trade"u8) ? MessageType.Trades
                    : channel.SequenceEqual("aggTrade"u8) ? MessageType.AggregateTrades
                    : MessageType.None;
            }
            else if (key.SequenceEqual("data"u8) && type != MessageType.None)
            {
                read = type switch
                {
                    MessageType.BookDelta => ReadDelta(ref reader, ref fields),
                    MessageType.Ticker => ReadTicker(ref reader, ref fields),
                    _ => ReadTrade(ref reader, ref fields, type == MessageType.AggregateTrades),
                };
            }
            else if (key.SequenceEqual("lastUpdateId"u8))
            {
                type = MessageType.BookSnapshot;
                read = Utf8JsonNumbers.TryInteger(ref reader, out fields.LastSequence);
            }
            else if (type == MessageType.BookSnapshot)
            {
                read = ReadSnapshotField(ref reader, key, ref fields);
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
            EndMessage(message, type, fields);
        }

        return true;
    }

    private bool ReadSnapshotField(ref Utf8JsonReader reader, ReadOnlySpan<byte> key, ref MessageFields fields)
    {
        if (key.SequenceEqual("bids"u8))
        {
            return ReadLevels(ref reader, Side.Bid);
        }

        if (key.SequenceEqual("asks"u8))
        {
            return ReadLevels(ref reader, Side.Ask);
        }

        if (key.SequenceEqual("symbol"u8))
        {
            return fields.SetSymbol(ref reader);
        }

        if (key.SequenceEqual("E"u8))
        {
            return Utf8JsonNumbers.TryMilliseconds(ref reader, out fields.VenueTimeNs);
        }

        if (key.SequenceEqual("T"u8))
        {
            return Utf8JsonNumbers.TryMilliseconds(ref reader, out fields.MatchingTimeNs);
        }

        reader.Skip();
        return true;
    }

    private bool ReadDelta(ref Utf8JsonReader reader, ref MessageFields fields)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> key = reader.ValueSpan;
            reader.Read();
            bool read = true;
            switch (key.Length == 1 ? key[0] : 0)
            {
                case (byte)'E':
                    read = Utf8JsonNumbers.TryMilliseconds(ref reader, out fields.VenueTimeNs);
                    break;
                case (byte)'T':
                    read = Utf8JsonNumbers.TryMilliseconds(ref reader, out fields.MatchingTimeNs);
                    break;
                case (byte)'s':
                    read = fields.SetSymbol(ref reader);
                    break;
                case (byte)'U':
                    read = Utf8JsonNumbers.TryInteger(ref reader, out fields.FirstSequence);
                    break;
                case (byte)'u':
                    read = Utf8JsonNumbers.TryInteger(ref reader, out fields.LastSequence);
                    break;
                case (byte)'b':
                    read = ReadLevels(ref reader, Side.Bid);
                    break;
                case (byte)'a':
                    read = ReadLevels(ref reader, Side.Ask);
                    break;
                default:
                    if (key.SequenceEqual("pu"u8))
                    {
                        read = Utf8JsonNumbers.TryInteger(ref reader, out fields.PreviousSequence);
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

        return reader.TokenType == JsonTokenType.EndObject;
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
            switch (key.Length == 1 ? key[0] : 0)
            {
                case (byte)'E':
                    read = Utf8JsonNumbers.TryMilliseconds(ref reader, out fields.VenueTimeNs);
                    break;
                case (byte)'T':
                    read = Utf8JsonNumbers.TryMilliseconds(ref reader, out fields.MatchingTimeNs);
                    break;
                case (byte)'s':
                    read = fields.SetSymbol(ref reader);
                    break;
                case (byte)'u':
                    read = Utf8JsonNumbers.TryInteger(ref reader, out fields.LastSequence);
                    break;
                case (byte)'b':
                    read = Utf8JsonNumbers.TryDecimalText(ref reader, out bid.Price, out bid.PriceDecimals);
                    break;
                case (byte)'B':
                    read = Utf8JsonNumbers.TryDecimalText(ref reader, out bid.Quantity, out bid.QuantityDecimals);
                    break;
                case (byte)'a':
                    read = Utf8JsonNumbers.TryDecimalText(ref reader, out ask.Price, out ask.PriceDecimals);
                    break;
                case (byte)'A':
                    read = Utf8JsonNumbers.TryDecimalText(ref reader, out ask.Quantity, out ask.QuantityDecimals);
                    break;
                default:
                    reader.Skip();
                    break;
            }

            if (!read)
            {
                return false;
            }
        }

        AddQuote(Side.Bid, bid, fields.LastSequence);
        AddQuote(Side.Ask, ask, fields.LastSequence);
        return reader.TokenType == JsonTokenType.EndObject && bid.IsStated && ask.IsStated;
    }

    private bool ReadTrade(ref Utf8JsonReader reader, ref MessageFields fields, bool isAggregate)
    {
        var numbers = new PricedQuantity();
        long id = Sequence.None;
        bool isBuyerMaker = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> key = reader.ValueSpan;
            reader.Read();
            bool read = true;
            switch (key.Length == 1 ? key[0] : 0)
            {
                case (byte)'E':
                    read = Utf8JsonNumbers.TryMilliseconds(ref reader, out fields.VenueTimeNs);
                    break;
                case (byte)'T':
                    read = Utf8JsonNumbers.TryMilliseconds(ref reader, out fields.MatchingTimeNs);
                    break;
                case (byte)'s':
                    read = fields.SetSymbol(ref reader);
                    break;
                case (byte)'p':
                    read = Utf8JsonNumbers.TryDecimalText(ref reader, out numbers.Price, out numbers.PriceDecimals);
                    break;
                case (byte)'q':
                    read = Utf8JsonNumbers.TryDecimalText(ref reader, out numbers.Quantity, out numbers.QuantityDecimals);
                    break;
                case (byte)'m':
                    isBuyerMaker = reader.TokenType == JsonTokenType.True;
                    read = isBuyerMaker || reader.TokenType == JsonTokenType.False;
                    break;
                case (byte)'t' when !isAggregate:
                case (byte)'a' when isAggregate:
                    read = Utf8JsonNumbers.TryInteger(ref reader, out id);
                    break;
                case (byte)'f' when isAggregate:
                    read = Utf8JsonNumbers.TryInteger(ref reader, out fields.FirstSequence);
                    break;
                case (byte)'l' when isAggregate:
                    read = Utf8JsonNumbers.TryInteger(ref reader, out fields.LastSequence);
                    break;
                default:
                    reader.Skip();
                    break;
            }

            if (!read)
            {
                return false;
            }
        }

        AddTrade(isBuyerMaker ? Side.Ask : Side.Bid, numbers, 0, id, 0, Sequence.None);
        return reader.TokenType == JsonTokenType.EndObject && numbers.IsStated;
    }
}
