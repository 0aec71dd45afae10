using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Bitfinex;

// Trades: rows [ID,MTS,AMOUNT,PRICE], the amount positive when the taker bought.
public sealed partial class BitfinexDecoder
{
    private const int TradeItems = 4;
    private const int ItemsMax = 8;

    // The first items of the row at hand.
    private readonly JsonValue[] _items = new JsonValue[ItemsMax];

    // Time of the trade at hand.
    private long _tradeTimeNs;

    private bool WriteTrade(ref JsonScanner scanner, RecordBuffer batch)
    {
        if (!TryRow(ref scanner, TradeItems)
            || !Fields.TryInteger(ref scanner, _items[0], 0, out long id)
            || !TryMilliseconds(ref scanner, _items[1], out _tradeTimeNs)
            || !BitfinexNumbers.TryAmount(ref scanner, ref _draft.Rows.Need, _items[2], _draft.Rows.QuantityScale, out DecimalNumber amount)
            || !BitfinexNumbers.TryPrice(ref scanner, ref _draft.Rows.Need, _items[3], _draft.Rows.PriceScale, zeroAllowed: false, out DecimalNumber price))
        {
            return false;
        }

        _draft.Rows.PricesMet |= price.Value;
        _draft.Rows.QuantitiesMet |= amount.Value;
        ref Trade trade = ref batch.Add<Trade>();
        _draft.SetHeader(ref trade.Header, amount.Negative ? Side.Ask : Side.Bid, price, amount);
        trade.PriceTicks = price.Value;
        trade.QuantityLots = amount.Value;
        trade.TradeIdLow = id;
        trade.TradeSequence = Sequence.None;
        return true;
    }

    private bool CheckPastTrades(ref JsonScanner scanner)
    {
        scanner.EnterArray();
        while (scanner.NextElement())
        {
            if (!CheckTrade(ref scanner))
            {
                return false;
            }
        }

        return !scanner.Failed;
    }

    // As strict as a trade that is kept, but its numbers make no instrument finer.
    private bool CheckTrade(ref JsonScanner scanner)
    {
        DecimalsNeeded need = default;
        DecimalScale whole = new(0);
        return TryRow(ref scanner, TradeItems)
            && Fields.TryInteger(ref scanner, _items[0], 0, out _)
            && TryMilliseconds(ref scanner, _items[1], out _)
            && BitfinexNumbers.TryAmount(ref scanner, ref need, _items[2], whole, out _)
            && BitfinexNumbers.TryPrice(ref scanner, ref need, _items[3], whole, zeroAllowed: false, out _);
    }

    private static bool TryMilliseconds(ref JsonScanner scanner, in JsonValue value, out long ns)
    {
        ns = 0;
        return Fields.TryInteger(ref scanner, value, 0, out long milliseconds) && Fields.TryTime(ref scanner, milliseconds, value.Start, out ns);
    }

    // The first items of the row the scanner stands at; all of it is validated.
    private bool TryRow(ref JsonScanner scanner, int needed)
    {
        int start = scanner.Position;
        JsonValue further = default;
        if (scanner.Peek() != JsonToken.Array)
        {
            return scanner.ReadValue(ref further) && scanner.Fail(RejectReason.WrongType, further.Start);
        }

        scanner.EnterArray();
        int items = 0;
        for (; scanner.NextElement(); items++)
        {
            if (!scanner.ReadValue(ref items < needed ? ref _items[items] : ref further))
            {
                return false;
            }
        }

        return !scanner.Failed && (items >= needed || Miss(ref scanner, "item of a row", start));
    }
}
