using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Coinbase;

/// <summary>
/// Turns the records of a message back into the frame Coinbase Exchange sent: all fields a journal keeps, numbers in the venue's own text. What is not kept
/// stands in <c>docs/fields/coinbase.md</c>. Not for the hot path.
/// </summary>
public sealed class CoinbaseFrameWriter
{
    private const int TimeDigits = 6;

    private readonly LearntStreams _streams = new();

    /// <summary>Takes the slots of one definition; others are passed over.</summary>
    public void Learn(ReadOnlySpan<Record> definition) => _streams.Learn(definition);

    /// <summary>
    /// The frame of one message, from its MessageBegin to its last record; null for a message of which only the number, or only that its stream has ended, is kept.
    /// </summary>
    /// <exception cref="ArgumentException">Not such a message, or one of a stream that was not learnt.</exception>
    public string? Write(ReadOnlySpan<Record> message)
    {
        LearntStream stream = _streams.StreamOf(message);
        CoinbaseJson json = new CoinbaseJson(stream.Symbol, stream.PriceDecimals, stream.QuantityDecimals).Open('{');
        MessageBegin begin = Record.Read<MessageBegin>(message[0]);
        ReadOnlySpan<Record> records = message[1..];
        switch (begin.Type)
        {
            case MessageType.BookDelta:
                Head(json, begin, "l2update").Open('[', "changes");
                WriteChanges(json, records);
                break;
            case MessageType.BookSnapshot when stream.Channel is "book?level=2":
                json.Number("sequence", begin.LastSequence).Time("time", begin.Header.VenueTimeNs, TimeDigits);
                WriteSides(json, records, WriteCountedLevel);
                break;
            case MessageType.BookSnapshot:
                Head(json, begin, "snapshot");
                WriteSides(json, records, WriteLevel);
                break;
            case MessageType.OrderSnapshot:
                json.Number("sequence", begin.LastSequence).Time("time", begin.Header.VenueTimeNs, TimeDigits);
                WriteSides(json, records, WriteRestingOrder);
                break;
            case MessageType.Ticker:
                Head(json, begin, "ticker").Number("sequence", begin.LastSequence);
                WriteQuote(json, "best_bid", Record.Read<Quote>(records[0]));
                WriteQuote(json, "best_ask", Record.Read<Quote>(records[1]));
                break;
            case MessageType.Trades:
                Trade trade = Record.Read<Trade>(records[0]);
                Head(json, begin, "match").Number("sequence", trade.TradeSequence).Number("trade_id", trade.TradeIdLow)
                    .Text("side", trade.Header.Side == Side.Bid ? "sell" : "buy")
                    .Quantity("size", trade.QuantityLots, trade.Header.TextForm).Price("price", trade.PriceTicks, trade.Header.TextForm);
                break;
            case MessageType.Heartbeat:
                Head(json, begin, "heartbeat").Number("sequence", begin.LastSequence).Number("last_trade_id", begin.FirstSequence);
                break;
            case MessageType.Orders when records.IsEmpty:
            case MessageType.Ended:
                return null;
            case MessageType.Orders:
                WriteOrder(json, begin, records);
                break;
            default:
                throw new ArgumentException($"Coinbase sends no message of type {begin.Type}", nameof(message));
        }

        return json.Close('}').ToString();
    }

    private delegate void RowWriter(CoinbaseJson json, in Record row);

    private static CoinbaseJson Head(CoinbaseJson json, in MessageBegin begin, string type) =>
        json.Text("type", type).Text("product_id", json.Symbol).Time("time", begin.Header.VenueTimeNs, TimeDigits);

    private static void WriteChanges(CoinbaseJson json, ReadOnlySpan<Record> records)
    {
        foreach (ref readonly Record record in records)
        {
            LevelSet level = Record.Read<LevelSet>(record);
            json.Open('[').Text(null, level.Header.Side == Side.Bid ? "buy" : "sell").Price(null, level.PriceTicks, level.Header.TextForm)
                .Quantity(null, level.QuantityLots, level.Header.TextForm).Close(']');
        }

        json.Close(']');
    }

    private static void WriteSides(CoinbaseJson json, ReadOnlySpan<Record> records, RowWriter write)
    {
        foreach ((string key, Side side) in (ReadOnlySpan<(string, Side)>)[("bids", Side.Bid), ("asks", Side.Ask)])
        {
            json.Open('[', key);
            foreach (ref readonly Record record in records)
            {
                if (new OrderCode(record.Header.Code).Side == side)
                {
                    json.Open('[');
                    write(json, in record);
                    json.Close(']');
                }
            }

            json.Close(']');
        }
    }

    private static void WriteLevel(CoinbaseJson json, in Record row)
    {
        LevelSet level = Record.Read<LevelSet>(row);
        json.Price(null, level.PriceTicks, level.Header.TextForm).Quantity(null, level.QuantityLots, level.Header.TextForm);
    }

    private static void WriteCountedLevel(CoinbaseJson json, in Record row)
    {
        WriteLevel(json, in row);
        json.Number(null, Record.Read<LevelSet>(row).OrderCount);
    }

    private static void WriteRestingOrder(CoinbaseJson json, in Record row)
    {
        OrderOpen order = Record.Read<OrderOpen>(row);
        json.Price(null, order.PriceTicks, order.Header.TextForm).Quantity(null, order.QuantityLots, order.Header.TextForm)
            .Id(null, order.OrderIdHigh, order.OrderIdLow);
    }

    private static void WriteQuote(CoinbaseJson json, string key, in Quote quote) =>
        json.PriceOrZero(key, quote.PriceTicks, quote.Header.TextForm).Quantity(key + "_size", quote.QuantityLots, quote.Header.TextForm);

    private static void WriteOrder(CoinbaseJson json, in MessageBegin begin, ReadOnlySpan<Record> records)
    {
        OrderCode code = new(records[0].Header.Code);
        TextForm form = records[0].Header.TextForm;
        string type = records[0].Header.Kind switch
        {
            RecordKind.OrderReceived => "received",
            RecordKind.OrderOpen => "open",
            RecordKind.OrderChange => "change",
            RecordKind.OrderDone => "done",
            _ => "match",
        };
        Head(json, begin, type).Number("sequence", begin.LastSequence).Text("side", code.Side == Side.Bid ? "buy" : "sell");
        switch (records[0].Header.Kind)
        {
            case RecordKind.OrderReceived:
                OrderReceived received = Record.Read<OrderReceived>(records[0]);
                json.Id("order_id", received.OrderIdHigh, received.OrderIdLow).Price("price", received.PriceTicks, form).Quantity("size", received.QuantityLots, form);
                WriteTerms(json, code, Record.Read<OrderReceivedTerms>(records[1]));
                break;
            case RecordKind.OrderOpen:
                OrderOpen open = Record.Read<OrderOpen>(records[0]);
                json.Id("order_id", open.OrderIdHigh, open.OrderIdLow).Price("price", open.PriceTicks, form).Quantity("remaining_size", open.QuantityLots, form);
                break;
            case RecordKind.OrderDone:
                OrderDone done = Record.Read<OrderDone>(records[0]);
                json.Id("order_id", done.OrderIdHigh, done.OrderIdLow).Price("price", done.PriceTicks, form).Quantity("remaining_size", done.QuantityLots, form);
                WriteReason(json, code.Reason);
                break;
            case RecordKind.OrderChange:
                OrderChange change = Record.Read<OrderChange>(records[0]);
                OrderBefore before = Record.Read<OrderBefore>(records[1]);
                json.Id("order_id", change.OrderIdHigh, change.OrderIdLow).Price(before.PriceTicks == 0 ? "price" : "new_price", change.PriceTicks, form)
                    .Quantity("new_size", change.QuantityLots, form).Price("old_price", before.PriceTicks, before.Header.TextForm)
                    .Quantity("old_size", before.QuantityLots, before.Header.TextForm);
                WriteReason(json, code.Reason);
                break;
            default:
                OrderMatch match = Record.Read<OrderMatch>(records[0]);
                OrderMatchTaker taker = Record.Read<OrderMatchTaker>(records[1]);
                json.Number("trade_id", match.TradeId).Id("maker_order_id", match.MakerIdHigh, match.MakerIdLow)
                    .Id("taker_order_id", taker.TakerIdHigh, taker.TakerIdLow).Quantity("size", match.QuantityLots, form).Price("price", match.PriceTicks, form);
                break;
        }
    }

    private static void WriteTerms(CoinbaseJson json, OrderCode code, in OrderReceivedTerms terms)
    {
        if (code.Reason is OrderReason.Limit or OrderReason.Market)
        {
            json.Text("order_type", code.Reason == OrderReason.Limit ? "limit" : "market");
        }

        if (terms.Funds != Sequence.None)
        {
            json.Text("funds", DecimalText.Format(terms.Funds, terms.FundsDecimals, terms.FundsDecimals));
        }

        if ((terms.ClientIdHigh | terms.ClientIdLow) != 0)
        {
            json.Id("client_oid", terms.ClientIdHigh, terms.ClientIdLow);
        }
    }

    private static void WriteReason(CoinbaseJson json, OrderReason reason)
    {
        string? text = reason switch
        {
            OrderReason.Filled => "filled",
            OrderReason.Canceled => "canceled",
            OrderReason.SelfTradePrevention => "STP",
            OrderReason.Modified => "modify_order",
            _ => null,
        };
        if (text is not null)
        {
            json.Text("reason", text);
        }
    }
}
