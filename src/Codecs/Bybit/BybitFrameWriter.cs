using System.Globalization;
using System.Text;
using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Bybit;

/// <summary>
/// Turns what one frame became back into the frame the venue sent: all fields a journal keeps, numbers in the venue's own text. What is not kept
/// stands in <c>docs/fields/bybit.md</c>. Not for the hot path.
/// </summary>
public sealed class BybitFrameWriter
{
    private const long NsPerMs = 1_000_000;
    private const int CandleSlots = 3;

    private readonly LearntStreams _streams = new();

    /// <summary>Takes the slots of one definition; others are passed over.</summary>
    public void Learn(ReadOnlySpan<Record> definition) => _streams.Learn(definition);

    /// <summary>
    /// The frame that became <paramref name="records"/>: its messages, of trades there may be several, and any definitions, which are learnt on the way.
    /// </summary>
    /// <exception cref="ArgumentException">No message among them, or of a stream that was not learnt.</exception>
    public string Write(ReadOnlySpan<Record> records)
    {
        StringBuilder json = new("{");
        bool several = false;
        while (!records.IsEmpty)
        {
            ReadOnlySpan<Record> message = TakeMessage(ref records);
            if (message[0].Header.Kind != RecordKind.MessageBegin)
            {
                Learn(message);
                continue;
            }

            MessageBegin begin = Record.Read<MessageBegin>(message[0]);
            (string symbol, int priceDecimals, int quantityDecimals, StreamRole role, string channel) = _streams.StreamOf(message);
            if (role == StreamRole.BookSnapshots)
            {
                Answer(json, begin, message[1..], symbol, priceDecimals, quantityDecimals);
                break;
            }

            if (!several)
            {
                Text(json, "topic", $"{channel}.{symbol}");
                Time(json, "ts", begin.Header.VenueTimeNs);
            }

            if (begin.Type != MessageType.Trades)
            {
                Body(json, begin, message[1..], symbol, priceDecimals, quantityDecimals);
                break;
            }

            Trades(json, begin, message[1..], several, symbol, priceDecimals, quantityDecimals);
            several = true;
        }

        return json.Length > 1
            ? Close(json, '}').ToString(0, json.Length - 1)
            : throw new ArgumentException("no message", nameof(records));
    }

    private static ReadOnlySpan<Record> TakeMessage(ref ReadOnlySpan<Record> records)
    {
        int slots = 1;
        while (slots < records.Length && !records[slots - 1].Header.Has(RecordFlags.LastInMessage))
        {
            slots++;
        }

        ReadOnlySpan<Record> message = records[..slots];
        records = records[slots..];
        return message;
    }

    private static void Answer(StringBuilder json, in MessageBegin begin, ReadOnlySpan<Record> records, string symbol, int priceDecimals, int quantityDecimals)
    {
        json.Append("\"retCode\":0,\"retMsg\":\"OK\",\"result\":{");
        Book(json, begin, records, symbol, priceDecimals, quantityDecimals);
        Time(json, "ts", begin.Header.VenueTimeNs);
        Time(json, "cts", begin.MatchingTimeNs);
        Close(json, '}');
    }

    private static void Body(StringBuilder json, in MessageBegin begin, ReadOnlySpan<Record> records, string symbol, int priceDecimals, int quantityDecimals)
    {
        switch (begin.Type)
        {
            case MessageType.BookDelta or MessageType.BookSnapshot:
                Text(json, "type", begin.Type == MessageType.BookSnapshot ? "snapshot" : "delta");
                json.Append("\"data\":{");
                Book(json, begin, records, symbol, priceDecimals, quantityDecimals);
                Close(json, '}');
                Time(json, "cts", begin.MatchingTimeNs);
                break;
            case MessageType.Ticker:
                json.Append("\"data\":{");
                Text(json, "symbol", symbol);
                foreach (ref readonly Record record in records)
                {
                    Quote(json, Record.Read<Quote>(record), priceDecimals, quantityDecimals);
                }

                Close(json, '}');
                Number(json, "cs", begin.PreviousSequence);
                break;
            case MessageType.Candles:
                Text(json, "type", "snapshot");
                json.Append("\"data\":[");
                for (int first = 0; first < records.Length; first += CandleSlots)
                {
                    Candle(json, records.Slice(first, CandleSlots), priceDecimals, quantityDecimals);
                }

                Close(json, ']');
                break;
            default:
                throw new ArgumentException($"Bybit sends no message of type {begin.Type}", nameof(begin));
        }
    }

    private static void Book(StringBuilder json, in MessageBegin begin, ReadOnlySpan<Record> records, string symbol, int priceDecimals, int quantityDecimals)
    {
        Text(json, "s", symbol);
        Rows(json, "b", records, Side.Bid, priceDecimals, quantityDecimals);
        Rows(json, "a", records, Side.Ask, priceDecimals, quantityDecimals);
        Number(json, "u", begin.LastSequence);
        Number(json, "seq", begin.PreviousSequence);
    }

    private static void Quote(StringBuilder json, in Quote quote, int priceDecimals, int quantityDecimals)
    {
        string side = quote.Header.Side == Side.Bid ? "bid1" : "ask1";
        TextForm form = quote.Header.TextForm;
        Text(json, side + "Price", DecimalText.Format(quote.PriceTicks, priceDecimals, form.PriceDecimals));
        Text(json, side + "Size", DecimalText.Format(quote.QuantityLots, quantityDecimals, form.QuantityDecimals));
    }

    // Behind earlier messages of the same frame the list is opened again.
    private static void Trades(
        StringBuilder json, in MessageBegin begin, ReadOnlySpan<Record> records, bool more, string symbol, int priceDecimals, int quantityDecimals)
    {
        var origin = (TradeOrigin)begin.Detail;
        if (more)
        {
            json.Length -= "],".Length;
            json.Append(json[^1] == '[' ? "" : ",");
        }
        else
        {
            Text(json, "type", "snapshot");
            json.Append("\"data\":[");
        }

        foreach (ref readonly Record record in records)
        {
            Trade trade = Record.Read<Trade>(record);
            TextForm form = trade.Header.TextForm;
            json.Append('{');
            Time(json, "T", trade.Header.VenueTimeNs);
            Text(json, "s", symbol);
            Text(json, "S", trade.Header.Side == Side.Bid ? "Buy" : "Sell");
            Text(json, "v", DecimalText.Format(trade.QuantityLots, quantityDecimals, form.QuantityDecimals));
            Text(json, "p", DecimalText.Format(trade.PriceTicks, priceDecimals, form.PriceDecimals));
            Text(json, "i", IdOf(trade));
            Raw(json, "BT", origin is TradeOrigin.Block or TradeOrigin.BlockAndRetailPriceImprovement ? "true" : "false");
            if (origin != TradeOrigin.NotStated)
            {
                Raw(json, "RPI", origin is TradeOrigin.RetailPriceImprovement or TradeOrigin.BlockAndRetailPriceImprovement ? "true" : "false");
            }

            Number(json, "seq", trade.TradeSequence);
            Close(json, '}');
        }

        Close(json, ']');
    }

    private static string IdOf(in Trade trade)
    {
        if (trade.TradeIdHigh == 0)
        {
            return trade.TradeIdLow.ToString(CultureInfo.InvariantCulture);
        }

        Span<byte> text = stackalloc byte[Uuid.Length];
        Uuid.Format(text, (ulong)trade.TradeIdHigh, (ulong)trade.TradeIdLow);
        return Encoding.ASCII.GetString(text);
    }

    private static void Candle(StringBuilder json, ReadOnlySpan<Record> records, int priceDecimals, int quantityDecimals)
    {
        Candle candle = Record.Read<Candle>(records[0]);
        CandleTurnover second = Record.Read<CandleTurnover>(records[1]);
        CandleTaker third = Record.Read<CandleTaker>(records[2]);
        TextForm form = candle.Header.TextForm;
        StringBuilder interval = new();
        for (ulong word = second.IntervalText; word != 0; word >>= 8)
        {
            interval.Append((char)(word & 0xFF));
        }

        json.Append('{');
        Time(json, "start", second.StartNs);
        Time(json, "end", third.CloseNs);
        Text(json, "interval", interval.ToString());
        Text(json, "open", Shortest(candle.OpenTicks, priceDecimals));
        Text(json, "close", DecimalText.Format(candle.CloseTicks, priceDecimals, form.PriceDecimals));
        Text(json, "high", Shortest(candle.HighTicks, priceDecimals));
        Text(json, "low", Shortest(candle.LowTicks, priceDecimals));
        Text(json, "volume", DecimalText.Format(candle.VolumeLots, second.VolumeDecimals, form.QuantityDecimals));
        Text(json, "turnover", DecimalText.Format(second.Turnover, second.TurnoverDecimals, second.TurnoverDecimals));
        Raw(json, "confirm", second.Header.Code == 1 ? "true" : "false");
        Time(json, "timestamp", candle.Header.VenueTimeNs);
        Close(json, '}');
    }

    // A candle keeps the form of its close and its volume; Bybit writes all its numbers without trailing zeros.
    private static string Shortest(long value, int decimals)
    {
        int written = decimals;
        while (written > 0 && value % PowersOfTen.Of(decimals - written + 1) == 0)
        {
            written--;
        }

        return DecimalText.Format(value, decimals, written);
    }

    private static void Rows(StringBuilder json, string key, ReadOnlySpan<Record> records, Side side, int priceDecimals, int quantityDecimals)
    {
        json.Append('"').Append(key).Append("\":[");
        foreach (ref readonly Record record in records)
        {
            if (record.Header.Side == side)
            {
                LevelSet level = Record.Read<LevelSet>(record);
                TextForm form = level.Header.TextForm;
                json.Append("[\"").Append(DecimalText.Format(level.PriceTicks, priceDecimals, form.PriceDecimals))
                    .Append("\",\"").Append(DecimalText.Format(level.QuantityLots, quantityDecimals, form.QuantityDecimals)).Append("\"],");
            }
        }

        Close(json, ']');
    }

    // Ends an object or array, whose last comma goes, and sets one behind it.
    private static StringBuilder Close(StringBuilder json, char closing)
    {
        if (json[^1] == ',')
        {
            json.Length--;
        }

        return json.Append(closing).Append(',');
    }

    // 0 = the message has none.
    private static void Time(StringBuilder json, string key, long ns)
    {
        if (ns != 0)
        {
            Number(json, key, ns / NsPerMs);
        }
    }

    private static void Number(StringBuilder json, string key, long number)
    {
        if (number != Sequence.None)
        {
            Raw(json, key, number.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void Text(StringBuilder json, string key, string text) => Raw(json, key, $"\"{text}\"");

    private static void Raw(StringBuilder json, string key, string value) => json.Append('"').Append(key).Append("\":").Append(value).Append(',');
}
