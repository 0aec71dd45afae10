using System.Globalization;
using System.Text;
using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Bybit;

/// <summary>
/// Turns the messages that one frame became back into the frame the venue sent: all fields a journal keeps, numbers in the venue's own text. What is
/// not kept stands in <c>docs/fields/bybit.md</c>. Not for the hot path.
/// </summary>
public sealed class BybitFrameWriter
{
    private const long NsPerMs = 1_000_000;

    private readonly Dictionary<uint, (string Symbol, int PriceDecimals, int QuantityDecimals)> _instruments = [];
    private readonly Dictionary<uint, (uint InstrumentId, StreamRole Role, string Channel)> _streams = [];

    /// <summary>Takes the slots of one definition; others are passed over.</summary>
    public void Learn(ReadOnlySpan<Record> definition)
    {
        switch (definition[0].Header.Kind)
        {
            case RecordKind.InstrumentDefinition:
                InstrumentDefinition instrument = Record.Read<InstrumentDefinition>(definition[0]);
                InstrumentSymbol symbol = Record.Read<InstrumentSymbol>(definition[1]);
                _instruments[instrument.InstrumentId] = (symbol.Symbol.ToString(), instrument.PriceDecimals, instrument.QuantityDecimals);
                break;
            case RecordKind.StreamDefinition:
                StreamDefinition stream = Record.Read<StreamDefinition>(definition[0]);
                StreamChannel channel = Record.Read<StreamChannel>(definition[1]);
                _streams[stream.Header.StreamId] = (stream.InstrumentId, stream.Role, channel.Channel.ToString());
                break;
        }
    }

    /// <summary>The frame of one message, from its MessageBegin to its last record; of trades, of all messages that the frame became.</summary>
    /// <exception cref="ArgumentException">Not such messages, or of a stream that was not learnt.</exception>
    public string Write(ReadOnlySpan<Record> messages)
    {
        if (messages.IsEmpty || messages[0].Header.Kind != RecordKind.MessageBegin
            || !_streams.TryGetValue(messages[0].Header.StreamId, out (uint InstrumentId, StreamRole Role, string Channel) stream))
        {
            throw new ArgumentException("not a message of a declared stream", nameof(messages));
        }

        (string symbol, int priceDecimals, int quantityDecimals) = _instruments[stream.InstrumentId];
        MessageBegin begin = Record.Read<MessageBegin>(messages[0]);
        StringBuilder json = new("{");
        if (stream.Role == StreamRole.BookSnapshots)
        {
            json.Append("\"retCode\":0,\"retMsg\":\"OK\",\"result\":{");
            Book(json, begin, messages[1..], symbol, priceDecimals, quantityDecimals);
            Time(json, "ts", begin.Header.VenueTimeNs);
            Time(json, "cts", begin.MatchingTimeNs);
            Close(json, '}');
            return Close(json, '}').ToString(0, json.Length - 1);
        }

        Text(json, "topic", $"{stream.Channel}.{symbol}");
        Time(json, "ts", begin.Header.VenueTimeNs);
        switch (begin.Type)
        {
            case MessageType.BookDelta or MessageType.BookSnapshot:
                Text(json, "type", begin.Type == MessageType.BookSnapshot ? "snapshot" : "delta");
                json.Append("\"data\":{");
                Book(json, begin, messages[1..], symbol, priceDecimals, quantityDecimals);
                Close(json, '}');
                Time(json, "cts", begin.MatchingTimeNs);
                break;
            case MessageType.Ticker:
                json.Append("\"data\":{");
                Text(json, "symbol", symbol);
                foreach (ref readonly Record record in messages[1..])
                {
                    Quote(json, Record.Read<Quote>(record), priceDecimals, quantityDecimals);
                }

                Close(json, '}');
                Number(json, "cs", begin.PreviousSequence);
                break;
            case MessageType.Trades:
                Text(json, "type", "snapshot");
                json.Append("\"data\":[");
                Trades(json, messages, symbol, priceDecimals, quantityDecimals);
                Close(json, ']');
                break;
            case MessageType.Candles:
                Text(json, "type", "snapshot");
                json.Append("\"data\":[");
                for (int first = 1; first < messages.Length; first += 3)
                {
                    Candle(json, messages.Slice(first, 3), priceDecimals, quantityDecimals);
                }

                Close(json, ']');
                break;
            default:
                throw new ArgumentException($"Bybit sends no message of type {begin.Type}", nameof(messages));
        }

        return Close(json, '}').ToString(0, json.Length - 1);
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

    private static void Trades(StringBuilder json, ReadOnlySpan<Record> messages, string symbol, int priceDecimals, int quantityDecimals)
    {
        TradeOrigin origin = TradeOrigin.NotStated;
        foreach (ref readonly Record record in messages)
        {
            if (record.Header.Kind == RecordKind.MessageBegin)
            {
                origin = (TradeOrigin)Record.Read<MessageBegin>(record).Detail;
                continue;
            }

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
