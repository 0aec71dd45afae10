using Lob.Fast.Codecs.Coinbase;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.CoinbaseAdvanced;

/// <summary>
/// Turns the records of a message back into a frame as Coinbase Advanced Trade sends it, with the one event or item that the message holds: all fields a journal
/// keeps, numbers in the venue's own text. What is not kept stands in <c>docs/fields/coinbase-advanced.md</c>. Not for the hot path.
/// </summary>
public sealed class AdvancedFrameWriter
{
    private const long NsPerSecond = 1_000_000_000;

    private readonly LearntStreams _streams = new();

    /// <summary>Takes the slots of one definition; others are passed over.</summary>
    public void Learn(ReadOnlySpan<Record> definition) => _streams.Learn(definition);

    /// <summary>
    /// The frame of one message, from its MessageBegin to its last record; null for one of which only the number, or only that its stream has ended, is kept.
    /// </summary>
    /// <exception cref="ArgumentException">Not such a message, or one of a stream that was not learnt.</exception>
    public string? Write(ReadOnlySpan<Record> message)
    {
        LearntStream stream = _streams.StreamOf(message);
        CoinbaseJson json = new CoinbaseJson(stream.Symbol, stream.PriceDecimals, stream.QuantityDecimals).Open('{');
        MessageBegin begin = Record.Read<MessageBegin>(message[0]);
        ReadOnlySpan<Record> records = message[1..];
        if (begin.Type == MessageType.Ended || (begin.Type == MessageType.Heartbeat && begin.FirstSequence == Sequence.None))
        {
            return null;
        }

        json.Text("channel", stream.Channel).Time("timestamp", begin.Header.VenueTimeNs, 0).Number("sequence_num", begin.LastSequence).Open('[', "events").Open('{');
        switch (begin.Type)
        {
            case MessageType.BookDelta:
            case MessageType.BookSnapshot:
                json.Text("type", begin.Type == MessageType.BookDelta ? "update" : "snapshot").Text("product_id", json.Symbol).Open('[', "updates");
                WriteLevels(json, records);
                json.Close(']');
                break;
            case MessageType.Trades:
                json.Text("type", "update").Open('[', "trades").Open('{');
                WriteTrade(json, Record.Read<Trade>(records[0]));
                json.Close('}').Close(']');
                break;
            case MessageType.Ticker:
                json.Open('[', "tickers").Open('{').Text("product_id", json.Symbol);
                WriteQuote(json, "best_bid", Record.Read<Quote>(records[0]));
                WriteQuote(json, "best_ask", Record.Read<Quote>(records[1]));
                json.Close('}').Close(']');
                break;
            case MessageType.Candles:
                json.Open('[', "candles").Open('{');
                WriteCandle(json, records);
                json.Close('}').Close(']');
                break;
            case MessageType.Heartbeat:
                json.Number("heartbeat_counter", begin.FirstSequence);
                break;
            default:
                throw new ArgumentException($"Coinbase Advanced Trade sends no message of type {begin.Type}", nameof(message));
        }

        return json.Close('}').Close(']').Close('}').ToString();
    }

    private static void WriteLevels(CoinbaseJson json, ReadOnlySpan<Record> records)
    {
        foreach (ref readonly Record record in records)
        {
            LevelSet level = Record.Read<LevelSet>(record);
            json.Open('{').Text("side", level.Header.Side == Side.Bid ? "bid" : "offer");
            if (level.Header.VenueTimeNs == 0)
            {
                json.Text("event_time", "1970-01-01T00:00:00Z");
            }

            json.Time("event_time", level.Header.VenueTimeNs, 0).Price("price_level", level.PriceTicks, level.Header.TextForm)
                .Quantity("new_quantity", level.QuantityLots, level.Header.TextForm).Close('}');
        }
    }

    private static void WriteTrade(CoinbaseJson json, in Trade trade) =>
        json.Text("product_id", json.Symbol).Text("trade_id", DecimalText.Format(trade.TradeIdLow, 0, 0))
            .Price("price", trade.PriceTicks, trade.Header.TextForm).Quantity("size", trade.QuantityLots, trade.Header.TextForm)
            .Time("time", trade.Header.VenueTimeNs, 0).Text("side", trade.Header.Side == Side.Bid ? "SELL" : "BUY");

    private static void WriteQuote(CoinbaseJson json, string key, in Quote quote) =>
        json.PriceOrZero(key, quote.PriceTicks, quote.Header.TextForm).Quantity(key + "_quantity", quote.QuantityLots, quote.Header.TextForm);

    private static void WriteCandle(CoinbaseJson json, ReadOnlySpan<Record> records)
    {
        Candle candle = Record.Read<Candle>(records[0]);
        TextForm form = candle.Header.TextForm;
        json.Text("start", DecimalText.Format(Record.Read<CandleTurnover>(records[1]).StartNs / NsPerSecond, 0, 0))
            .ShortPrice("high", candle.HighTicks).ShortPrice("low", candle.LowTicks).ShortPrice("open", candle.OpenTicks)
            .Price("close", candle.CloseTicks, form).Quantity("volume", candle.VolumeLots, form).Text("product_id", json.Symbol);
    }
}
