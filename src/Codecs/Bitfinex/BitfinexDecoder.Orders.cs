using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Bitfinex;

// Single orders, R0: rows [ORDER_ID,PRICE,AMOUNT].
public sealed partial class BitfinexDecoder
{
    // Of the snapshot at hand.
    private Side _orderSide;
    private int _bidOrders;
    private int _askOrders;

    private bool WriteOrders(ref JsonScanner scanner, RecordBuffer batch, BitfinexSubscription subscription)
    {
        bool snapshot = IsSnapshot(scanner, subscription);
        _draft.Rows.LastPrice = -1;
        _orderSide = Side.Bid;
        _bidOrders = 0;
        _askOrders = 0;
        if (!BitfinexRows.IsList(scanner))
        {
            return WriteOrder(ref scanner, batch, snapshot);
        }

        scanner.EnterArray();
        while (scanner.NextElement())
        {
            if (!WriteOrder(ref scanner, batch, snapshot))
            {
                return false;
            }
        }

        SetLimits(_bidOrders, _askOrders, subscription);
        return !scanner.Failed;
    }

    private bool WriteOrder(ref JsonScanner scanner, RecordBuffer batch, bool snapshot)
    {
        JsonValue idValue = default;
        JsonValue priceValue = default;
        JsonValue amountValue = default;
        if (!BitfinexRows.TryItems(ref scanner, ref idValue, ref priceValue, ref amountValue)
            || !Fields.TryInteger(ref scanner, idValue, 0, out long id)
            || !BitfinexNumbers.TryPrice(
                ref scanner, ref _draft.Rows.Need, priceValue, _draft.Rows.PriceScale, zeroAllowed: !snapshot, out DecimalNumber price))
        {
            return false;
        }

        if (BitfinexNumbers.IsZero(price))
        {
            if (!BitfinexNumbers.TryDeletedSide(ref scanner, amountValue, out Side deleted))
            {
                return false;
            }

            AddDone(batch, id, deleted);
            return true;
        }

        if (!BitfinexNumbers.TryAmount(ref scanner, ref _draft.Rows.Need, amountValue, _draft.Rows.QuantityScale, out DecimalNumber amount))
        {
            return false;
        }

        Side side = amount.Negative ? Side.Ask : Side.Bid;
        if (snapshot && _draft.Rows.Need.IsNone && !InOrder(side, price.Value))
        {
            return scanner.Fail(RejectReason.LevelOrder, priceValue.Start);
        }

        _draft.Rows.PricesMet |= price.Value;
        _draft.Rows.QuantitiesMet |= amount.Value;
        _draft.Rows.LastPrice = price.Value;
        _orderSide = side;
        if (!snapshot)
        {
            AddChange(batch, id, side, price, amount);
            return true;
        }

        _bidOrders += side == Side.Bid ? 1 : 0;
        _askOrders += side == Side.Ask ? 1 : 0;
        ref OrderOpen open = ref batch.Add<OrderOpen>();
        _draft.SetHeader(ref open.Header, side, price, amount);
        open.Header.Code = OrderCode.Of(side, OrderReason.None).Packed;
        open.PriceTicks = price.Value;
        open.QuantityLots = amount.Value;
        open.OrderIdLow = id;
        open.OrderSequence = Sequence.None;
        return true;
    }

    // A row of an id that is not known is a new order; only the book can tell.
    private void AddChange(RecordBuffer batch, long id, Side side, in DecimalNumber price, in DecimalNumber amount)
    {
        ref OrderChange change = ref batch.Add<OrderChange>();
        _draft.SetHeader(ref change.Header, side, price, amount);
        change.Header.Code = OrderCode.Of(side, OrderReason.None).Packed;
        change.PriceTicks = price.Value;
        change.QuantityLots = amount.Value;
        change.OrderIdLow = id;
        change.OrderSequence = Sequence.None;
        RecordHeader header = change.Header;

        ref OrderBefore before = ref batch.Add<OrderBefore>();
        before.Header = header;
        before.Header.Flags |= RecordFlags.Continued;
        before.QuantityLots = Sequence.None;
    }

    // Whether it was traded, cancelled or has left the window is not told.
    private void AddDone(RecordBuffer batch, long id, Side side)
    {
        ref OrderDone done = ref batch.Add<OrderDone>();
        _draft.SetHeader(ref done.Header, side, default, default);
        done.Header.Code = OrderCode.Of(side, OrderReason.Canceled).Packed;
        done.QuantityLots = Sequence.None;
        done.OrderIdLow = id;
        done.OrderSequence = Sequence.None;
    }

    // Bids, falling, then asks, rising; orders at one price follow each other.
    private bool InOrder(Side side, long price)
    {
        if (side != _orderSide)
        {
            return side == Side.Ask;
        }

        long last = _draft.Rows.LastPrice;
        return last < 0 || (side == Side.Bid ? price <= last : price >= last);
    }
}
