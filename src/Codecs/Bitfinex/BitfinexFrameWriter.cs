using System.Globalization;
using System.Text;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Bitfinex;

/// <summary>
/// Turns the records of a message back into the array the venue sent, without the channel id in front: all fields a journal keeps, numbers in the
/// venue's own text. What is not kept stands in <c>docs/fields/bitfinex.md</c>. Not for the hot path.
/// </summary>
public sealed class BitfinexFrameWriter
{
    private const long NsPerMs = 1_000_000;

    private readonly LearntStreams _streams = new();

    /// <summary>Takes the slots of one definition; others are passed over.</summary>
    public void Learn(ReadOnlySpan<Record> definition) => _streams.Learn(definition);

    /// <summary>The array of one market-data message, from its MessageBegin to its last record.</summary>
    /// <exception cref="ArgumentException">Not such a message, or one of a stream that was not learnt.</exception>
    public string Write(ReadOnlySpan<Record> message)
    {
        LearntStream stream = _streams.StreamOf(message);
        (int Price, int Quantity) decimals = (stream.PriceDecimals, stream.QuantityDecimals);
        MessageBegin begin = Record.Read<MessageBegin>(message[0]);
        ReadOnlySpan<Record> records = message[1..];
        StringBuilder json = new("[");
        switch (begin.Type)
        {
            case MessageType.Heartbeat:
                json.Append("\"hb\"");
                break;
            case MessageType.BookChecksum:
                json.Append(CultureInfo.InvariantCulture, $"\"cs\",{begin.Checksum}");
                break;
            case MessageType.BookSnapshot or MessageType.BookDelta or MessageType.OrderSnapshot or MessageType.Orders:
                WriteRows(json, records, list: begin.Header.Has(RecordFlags.Snapshot), decimals);
                break;
            case MessageType.Trades:
                WriteTrade(json, begin, Record.Read<Trade>(records[0]), decimals);
                break;
            case MessageType.Ticker:
                WriteTicker(json, records, decimals.Price);
                break;
            case MessageType.Candles:
                WriteCandles(json, records, list: begin.Header.Has(RecordFlags.Snapshot), decimals.Price);
                break;
            default:
                throw new ArgumentException($"Bitfinex sends no message of type {begin.Type}", nameof(message));
        }

        if (begin.LastSequence != Sequence.None)
        {
            json.Append(CultureInfo.InvariantCulture, $",{begin.LastSequence}");
        }

        if (begin.Header.VenueTimeNs != 0)
        {
            json.Append(CultureInfo.InvariantCulture, $",{begin.Header.VenueTimeNs / NsPerMs}");
        }

        return json.Append(']').ToString();
    }

    // A change of one row stands alone, as without bulk updates.
    private static void WriteRows(StringBuilder json, ReadOnlySpan<Record> records, bool list, (int Price, int Quantity) decimals)
    {
        List<string> rows = [];
        foreach (ref readonly Record record in records)
        {
            TextForm form = record.Header.TextForm;
            switch (record.Header.Kind)
            {
                case RecordKind.LevelSet:
                    LevelSet level = Record.Read<LevelSet>(record);
                    string price = DecimalText.Format(level.PriceTicks, decimals.Price, form.PriceDecimals);
                    string amount = level.QuantityLots == 0 ? "1" : DecimalText.Format(level.QuantityLots, decimals.Quantity, form.QuantityDecimals);
                    rows.Add($"[{price},{level.OrderCount},{Sign(level.Header.Side)}{amount}]");
                    break;
                case RecordKind.OrderOpen:
                    OrderOpen open = Record.Read<OrderOpen>(record);
                    rows.Add(OrderRow(open.OrderIdLow, open.PriceTicks, open.QuantityLots, open.Header, decimals));
                    break;
                case RecordKind.OrderChange when !record.Header.Has(RecordFlags.Continued):
                    OrderChange change = Record.Read<OrderChange>(record);
                    rows.Add(OrderRow(change.OrderIdLow, change.PriceTicks, change.QuantityLots, change.Header, decimals));
                    break;
                case RecordKind.OrderDone:
                    OrderDone done = Record.Read<OrderDone>(record);
                    rows.Add($"[{done.OrderIdLow},0,{Sign(new OrderCode(done.Header.Code).Side)}1]");
                    break;
            }
        }

        json.Append(list || rows.Count != 1 ? $"[{string.Join(',', rows)}]" : rows[0]);
    }

    private static string OrderRow(long id, long priceTicks, long quantityLots, in RecordHeader header, (int Price, int Quantity) decimals)
    {
        string price = DecimalText.Format(priceTicks, decimals.Price, header.TextForm.PriceDecimals);
        string amount = DecimalText.Format(quantityLots, decimals.Quantity, header.TextForm.QuantityDecimals);
        return $"[{id},{price},{Sign(new OrderCode(header.Code).Side)}{amount}]";
    }

    private static void WriteTrade(StringBuilder json, in MessageBegin begin, in Trade trade, (int Price, int Quantity) decimals)
    {
        TextForm form = trade.Header.TextForm;
        string amount = DecimalText.Format(trade.QuantityLots, decimals.Quantity, form.QuantityDecimals);
        string price = DecimalText.Format(trade.PriceTicks, decimals.Price, form.PriceDecimals);
        json.Append(CultureInfo.InvariantCulture,
            $"\"te\",[{trade.TradeIdLow},{begin.MatchingTimeNs / NsPerMs},{Sign(trade.Header.Side)}{amount},{price}]");
    }

    // The sizes are not kept.
    private static void WriteTicker(StringBuilder json, ReadOnlySpan<Record> records, int priceDecimals)
    {
        Quote bid = Record.Read<Quote>(records[0]);
        Quote ask = Record.Read<Quote>(records[1]);
        json.Append('[').Append(DecimalText.Format(bid.PriceTicks, priceDecimals, bid.Header.TextForm.PriceDecimals)).Append(",null,")
            .Append(DecimalText.Format(ask.PriceTicks, priceDecimals, ask.Header.TextForm.PriceDecimals)).Append(",null]");
    }

    private static void WriteCandles(StringBuilder json, ReadOnlySpan<Record> records, bool list, int priceDecimals)
    {
        const int Slots = 3;
        List<string> rows = [];
        for (int index = 0; index < records.Length; index += Slots)
        {
            Candle candle = Record.Read<Candle>(records[index]);
            CandleTurnover second = Record.Read<CandleTurnover>(records[index + 1]);
            TextForm form = candle.Header.TextForm;
            string open = Shortest(candle.OpenTicks, priceDecimals);
            string close = DecimalText.Format(candle.CloseTicks, priceDecimals, form.PriceDecimals);
            string high = Shortest(candle.HighTicks, priceDecimals);
            string low = Shortest(candle.LowTicks, priceDecimals);
            string volume = DecimalText.Format(candle.VolumeLots, second.VolumeDecimals, form.QuantityDecimals);
            rows.Add(string.Create(CultureInfo.InvariantCulture, $"[{second.StartNs / NsPerMs},{open},{close},{high},{low},{volume}]"));
        }

        json.Append(list || rows.Count != 1 ? $"[{string.Join(',', rows)}]" : rows[0]);
    }

    // As JavaScript writes it: no zeros at the end, and an exponent below 10^-6.
    private static string Shortest(long value, int decimals)
    {
        const int FixedDecimals = 6;
        int written = decimals;
        while (written > 0 && value % PowersOfTen.Of(decimals - written + 1) == 0)
        {
            written--;
        }

        bool tiny = decimals > FixedDecimals && value < PowersOfTen.Of(decimals - FixedDecimals);
        return DecimalText.Format(value, decimals, tiny ? TextForm.Exponent : written);
    }

    private static string Sign(Side side) => side == Side.Ask ? "-" : "";
}
