using System.Globalization;
using System.Text;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Binance;

/// <summary>
/// Turns the records of a message back into the frame the venue sent, without its envelope: all fields a journal keeps, numbers in the venue's own
/// text. What is not kept stands in <c>docs/fields/binance.md</c>. Not for the hot path.
/// </summary>
public sealed class BinanceFrameWriter
{
    private const long NsPerMs = 1_000_000;
    private const long NsPerUs = 1_000;

    private readonly Venue _venue;
    private readonly LearntStreams _streams = new();

    /// <summary>A writer that knows no stream yet.</summary>
    public BinanceFrameWriter(Venue venue) => _venue = venue;

    /// <summary>Takes the slots of one definition; others are passed over.</summary>
    public void Learn(ReadOnlySpan<Record> definition) => _streams.Learn(definition);

    /// <summary>The frame of one market-data message, from its MessageBegin to its last record.</summary>
    /// <exception cref="ArgumentException">Not such a message, or one of a stream that was not learnt.</exception>
    public string Write(ReadOnlySpan<Record> message)
    {
        (string symbol, int priceDecimals, int quantityDecimals, _, _) = _streams.StreamOf(message);
        MessageBegin begin = Record.Read<MessageBegin>(message[0]);
        ReadOnlySpan<Record> records = message[1..];
        StringBuilder json = new("{");
        switch (begin.Type)
        {
            case MessageType.BookDelta:
                Text(json, "e", "depthUpdate");
                Times(json, begin);
                Text(json, "s", symbol);
                Number(json, "U", begin.FirstSequence);
                Number(json, "u", begin.LastSequence);
                Number(json, "pu", begin.PreviousSequence);
                Rows(json, "b", records, Side.Bid, priceDecimals, quantityDecimals);
                Rows(json, "a", records, Side.Ask, priceDecimals, quantityDecimals);
                break;
            case MessageType.BookSnapshot:
                Number(json, "lastUpdateId", begin.LastSequence);
                Times(json, begin);
                if (_venue == Venue.BinanceCoinM)
                {
                    Text(json, "symbol", symbol);
                }

                Rows(json, "bids", records, Side.Bid, priceDecimals, quantityDecimals);
                Rows(json, "asks", records, Side.Ask, priceDecimals, quantityDecimals);
                break;
            case MessageType.Ticker:
                if (_venue != Venue.BinanceSpot)
                {
                    Text(json, "e", "bookTicker");
                }

                Number(json, "u", begin.LastSequence);
                Text(json, "s", symbol);
                WriteQuote(json, "b", "B", Record.Read<Quote>(records[0]), priceDecimals, quantityDecimals);
                WriteQuote(json, "a", "A", Record.Read<Quote>(records[1]), priceDecimals, quantityDecimals);
                Times(json, begin);
                break;
            case MessageType.Trades or MessageType.AggregateTrades:
                WriteTrade(json, begin, Record.Read<Trade>(records[0]), symbol, priceDecimals, quantityDecimals);
                break;
            case MessageType.Candles:
                WriteCandle(json, begin, records, symbol, priceDecimals, quantityDecimals);
                break;
            default:
                throw new ArgumentException($"Binance sends no message of type {begin.Type}", nameof(message));
        }

        json[^1] = '}';
        return json.ToString();
    }

    private static void WriteQuote(StringBuilder json, string price, string quantity, in Quote quote, int priceDecimals, int quantityDecimals)
    {
        TextForm form = quote.Header.TextForm;
        Text(json, price, DecimalText.Format(quote.PriceTicks, priceDecimals, form.PriceDecimals));
        Text(json, quantity, DecimalText.Format(quote.QuantityLots, quantityDecimals, form.QuantityDecimals));
    }

    private static void WriteTrade(StringBuilder json, in MessageBegin begin, in Trade trade, string symbol, int priceDecimals, int quantityDecimals)
    {
        bool aggregate = begin.Type == MessageType.AggregateTrades;
        TextForm form = trade.Header.TextForm;
        Text(json, "e", aggregate ? "aggTrade" : "trade");
        Times(json, begin);
        Text(json, "s", symbol);
        Number(json, aggregate ? "a" : "t", trade.TradeIdLow);
        Text(json, "p", DecimalText.Format(trade.PriceTicks, priceDecimals, form.PriceDecimals));
        Text(json, "q", DecimalText.Format(trade.QuantityLots, quantityDecimals, form.QuantityDecimals));
        Number(json, "f", begin.FirstSequence);
        Number(json, "l", begin.LastSequence);
        string? origin = (TradeOrigin)begin.Detail switch
        {
            TradeOrigin.Market => "MARKET",
            TradeOrigin.InsuranceFund => "INSURANCE_FUND",
            TradeOrigin.AutoDeleveraging => "ADL",
            TradeOrigin.NotApplicable => "NA",
            _ => null,
        };
        if (origin is not null)
        {
            Text(json, "X", origin);
        }

        Raw(json, "m", trade.Header.Side == Side.Ask ? "true" : "false");
    }

    private static void WriteCandle(StringBuilder json, in MessageBegin begin, ReadOnlySpan<Record> records, string symbol, int priceDecimals, int quantityDecimals)
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

        Text(json, "e", "kline");
        Times(json, begin);
        Text(json, "s", symbol);
        json.Append("\"k\":{");
        Time(json, "t", second.StartNs);
        Time(json, "T", third.CloseNs);
        Text(json, "s", symbol);
        Text(json, "i", interval.ToString());
        Number(json, "f", begin.FirstSequence);
        Number(json, "L", begin.LastSequence);
        Text(json, "o", DecimalText.Format(candle.OpenTicks, priceDecimals, Written(candle.OpenTicks, priceDecimals, form.PriceDecimals)));
        Text(json, "c", DecimalText.Format(candle.CloseTicks, priceDecimals, form.PriceDecimals));
        Text(json, "h", DecimalText.Format(candle.HighTicks, priceDecimals, Written(candle.HighTicks, priceDecimals, form.PriceDecimals)));
        Text(json, "l", DecimalText.Format(candle.LowTicks, priceDecimals, Written(candle.LowTicks, priceDecimals, form.PriceDecimals)));
        Text(json, "v", DecimalText.Format(candle.VolumeLots, quantityDecimals, form.QuantityDecimals));
        Number(json, "n", second.TradeCount);
        Raw(json, "x", second.Header.Code == 1 ? "true" : "false");
        Text(json, "q", DecimalText.Format(second.Turnover, second.TurnoverDecimals, second.TurnoverDecimals));
        Text(json, "V", DecimalText.Format(third.TakerVolumeLots, quantityDecimals, Written(third.TakerVolumeLots, quantityDecimals, form.QuantityDecimals)));
        Text(json, "Q", DecimalText.Format(third.TakerTurnover, second.TurnoverDecimals, second.TurnoverDecimals));
        json[^1] = '}';
        json.Append(',');
    }

    // A candle keeps the form of its close and its volume; its other numbers are written alike unless they need more decimals.
    private static int Written(long value, int decimals, int written)
    {
        while (written < decimals && value % PowersOfTen.Of(decimals - written) != 0)
        {
            written++;
        }

        return written;
    }

    private static void Times(StringBuilder json, in MessageBegin begin)
    {
        Time(json, "E", begin.Header.VenueTimeNs);
        Time(json, "T", begin.MatchingTimeNs);
    }

    // Milliseconds, or microseconds for a time that is not whole milliseconds; 0 = the message has none.
    private static void Time(StringBuilder json, string key, long ns)
    {
        if (ns != 0)
        {
            Number(json, key, ns % NsPerMs == 0 ? ns / NsPerMs : ns / NsPerUs);
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

        if (json[^1] == ',')
        {
            json.Length--;
        }

        json.Append("],");
    }
}
