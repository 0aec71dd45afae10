using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Coinbase;

// match, and the events of single orders.
public sealed partial class CoinbaseDecoder
{
    // A match as a trade: side is the maker's, the record wants the taker's (documentation, 2026-07; in the recording of 2021 all sells are at the best ask).
    private bool WriteTrade(ref JsonScanner scanner, RecordBuffer batch)
    {
        if (!TrySequence(ref scanner, out long sequence)
            || !Fields.TryInteger(ref scanner, _top, CoinbaseFields.TradeId, 0, out long tradeId)
            || !TrySide(ref scanner, out Side maker)
            || !_draft.TryPrice(ref scanner, _top[CoinbaseFields.Price], zeroAllowed: false, out DecimalNumber price)
            || !_draft.TryQuantity(ref scanner, _top[CoinbaseFields.Size], out DecimalNumber size))
        {
            return false;
        }

        ref Trade trade = ref batch.Add<Trade>();
        _draft.SetHeader(ref trade.Header, maker == Side.Bid ? Side.Ask : Side.Bid, price, size);
        trade.PriceTicks = price.Value;
        trade.QuantityLots = size.Value;
        trade.TradeIdLow = tradeId;
        trade.TradeSequence = sequence;
        return true;
    }

    private bool WriteMatch(ref JsonScanner scanner, RecordBuffer batch)
    {
        const ulong Ids = (1UL << CoinbaseFields.MakerOrderId) | (1UL << CoinbaseFields.TakerOrderId);
        if (!Fields.Check(ref scanner, _top, Ids, 0)
            || !TrySequence(ref scanner, out long sequence)
            || !Fields.TryInteger(ref scanner, _top, CoinbaseFields.TradeId, 0, out long tradeId)
            || !TrySide(ref scanner, out Side maker)
            || !TextFields.TryUuid(ref scanner, _top[CoinbaseFields.MakerOrderId], out long makerHigh, out long makerLow)
            || !TextFields.TryUuid(ref scanner, _top[CoinbaseFields.TakerOrderId], out long takerHigh, out long takerLow)
            || !_draft.TryPrice(ref scanner, _top[CoinbaseFields.Price], zeroAllowed: false, out DecimalNumber price)
            || !_draft.TryQuantity(ref scanner, _top[CoinbaseFields.Size], out DecimalNumber size))
        {
            return false;
        }

        ref OrderMatch match = ref batch.Add<OrderMatch>();
        SetOrderHeader(ref match.Header, OrderCode.Of(maker, OrderReason.None), price, size);
        match.PriceTicks = price.Value;
        match.QuantityLots = size.Value;
        match.MakerIdHigh = makerHigh;
        match.MakerIdLow = makerLow;
        match.TradeId = tradeId;

        ref OrderMatchTaker second = ref batch.Add<OrderMatchTaker>();
        SetOrderHeader(ref second.Header, OrderCode.Of(maker, OrderReason.None), price, size);
        second.Header.Flags |= RecordFlags.Continued;
        second.TakerIdHigh = takerHigh;
        second.TakerIdLow = takerLow;
        second.OrderSequence = sequence;
        return true;
    }

    private bool WriteOrder(ref JsonScanner scanner, RecordBuffer batch, CoinbaseEvent kind)
    {
        return TrySequence(ref scanner, out long sequence)
            && TrySide(ref scanner, out Side side)
            && TextFields.TryUuid(ref scanner, _top[CoinbaseFields.OrderId], out long high, out long low)
            && kind switch
            {
                CoinbaseEvent.Received => WriteReceived(ref scanner, batch, side, high, low, sequence),
                CoinbaseEvent.Open => WriteOpen(ref scanner, batch, side, high, low, sequence),
                CoinbaseEvent.Done => WriteDone(ref scanner, batch, side, high, low, sequence),
                _ => WriteChange(ref scanner, batch, side, high, low, sequence),
            };
    }

    private bool WriteReceived(ref JsonScanner scanner, RecordBuffer batch, Side side, long high, long low, long sequence)
    {
        JsonValue orderType = _top[CoinbaseFields.OrderType];
        if (orderType.Token != JsonToken.String)
        {
            return scanner.Fail(RejectReason.WrongType, orderType.Start);
        }

        OrderReason reason = scanner.TextIs(orderType, "limit"u8) ? OrderReason.Limit
            : scanner.TextIs(orderType, "market"u8) ? OrderReason.Market
            : OrderReason.Other;
        const ulong LimitTerms = (1UL << CoinbaseFields.Price) | (1UL << CoinbaseFields.Size);
        if ((reason == OrderReason.Limit && !Fields.Check(ref scanner, _top, LimitTerms, 0))
            || !TryOptionalPrice(ref scanner, CoinbaseFields.Price, out DecimalNumber price)
            || !TryOptionalSize(ref scanner, CoinbaseFields.Size, out DecimalNumber size, out long lots)
            || !TryFunds(ref scanner, out long funds, out int fundsDecimals))
        {
            return false;
        }

        ref OrderReceived received = ref batch.Add<OrderReceived>();
        SetOrderHeader(ref received.Header, OrderCode.Of(side, reason), price, size);
        received.PriceTicks = price.Value;
        received.QuantityLots = lots;
        received.OrderIdHigh = high;
        received.OrderIdLow = low;
        received.OrderSequence = sequence;

        ref OrderReceivedTerms terms = ref batch.Add<OrderReceivedTerms>();
        SetOrderHeader(ref terms.Header, OrderCode.Of(side, reason), price, size);
        terms.Header.Flags |= RecordFlags.Continued;
        int clientSlot = _top.Has(CoinbaseFields.ClientOid) ? CoinbaseFields.ClientOid : CoinbaseFields.ClientOidHyphen;

        // Not every one is a UUID (the documentation's own example lacks a group); such a one is not kept.
        if (_top.Has(clientSlot, JsonToken.String) && Uuid.TryParse(_top[clientSlot].In(scanner.Frame), out ulong clientHigh, out ulong clientLow))
        {
            terms.ClientIdHigh = (long)clientHigh;
            terms.ClientIdLow = (long)clientLow;
        }

        terms.Funds = funds;
        terms.FundsDecimals = (byte)fundsDecimals;
        return true;
    }

    private bool WriteOpen(ref JsonScanner scanner, RecordBuffer batch, Side side, long high, long low, long sequence)
    {
        if (!_draft.TryPrice(ref scanner, _top[CoinbaseFields.Price], zeroAllowed: false, out DecimalNumber price)
            || !_draft.TryQuantity(ref scanner, _top[CoinbaseFields.RemainingSize], out DecimalNumber size))
        {
            return false;
        }

        ref OrderOpen open = ref batch.Add<OrderOpen>();
        SetOrderHeader(ref open.Header, OrderCode.Of(side, OrderReason.None), price, size);
        open.PriceTicks = price.Value;
        open.QuantityLots = size.Value;
        open.OrderIdHigh = high;
        open.OrderIdLow = low;
        open.OrderSequence = sequence;
        return true;
    }

    private bool WriteDone(ref JsonScanner scanner, RecordBuffer batch, Side side, long high, long low, long sequence)
    {
        JsonValue text = _top[CoinbaseFields.Reason];
        if (text.Token != JsonToken.String)
        {
            return scanner.Fail(RejectReason.WrongType, text.Start);
        }

        OrderReason reason = scanner.TextIs(text, "filled"u8) ? OrderReason.Filled
            : scanner.TextIs(text, "canceled"u8) ? OrderReason.Canceled
            : OrderReason.Other;
        if (!TryOptionalPrice(ref scanner, CoinbaseFields.Price, out DecimalNumber price)
            || !TryOptionalSize(ref scanner, CoinbaseFields.RemainingSize, out DecimalNumber size, out long lots))
        {
            return false;
        }

        ref OrderDone done = ref batch.Add<OrderDone>();
        SetOrderHeader(ref done.Header, OrderCode.Of(side, reason), price, size);
        done.PriceTicks = price.Value;
        done.QuantityLots = lots;
        done.OrderIdHigh = high;
        done.OrderIdLow = low;
        done.OrderSequence = sequence;
        return true;
    }

    private bool WriteChange(ref JsonScanner scanner, RecordBuffer batch, Side side, long high, long low, long sequence)
    {
        OrderReason reason = OrderReason.None;
        if (IsTold(CoinbaseFields.Reason))
        {
            JsonValue text = _top[CoinbaseFields.Reason];
            if (text.Token != JsonToken.String)
            {
                return scanner.Fail(RejectReason.WrongType, text.Start);
            }

            reason = scanner.TextIs(text, "STP"u8) ? OrderReason.SelfTradePrevention
                : scanner.TextIs(text, "modify_order"u8) ? OrderReason.Modified
                : OrderReason.Other;
        }

        // A market order that is measured in funds rests in no book: only its number counts.
        if (!IsTold(CoinbaseFields.NewSize) && IsTold(CoinbaseFields.NewFunds))
        {
            return true;
        }

        int priceSlot = IsTold(CoinbaseFields.NewPrice) ? CoinbaseFields.NewPrice : CoinbaseFields.Price;
        if (!Fields.Check(ref scanner, _top, 1UL << CoinbaseFields.NewSize, 0)
            || !TryOptionalPrice(ref scanner, priceSlot, out DecimalNumber price)
            || !_draft.TryQuantity(ref scanner, _top[CoinbaseFields.NewSize], out DecimalNumber size)
            || !TryOptionalPrice(ref scanner, CoinbaseFields.OldPrice, out DecimalNumber oldPrice)
            || !TryOptionalSize(ref scanner, CoinbaseFields.OldSize, out DecimalNumber oldSize, out long oldLots))
        {
            return false;
        }

        ref OrderChange change = ref batch.Add<OrderChange>();
        SetOrderHeader(ref change.Header, OrderCode.Of(side, reason), price, size);
        change.PriceTicks = price.Value;
        change.QuantityLots = size.Value;
        change.OrderIdHigh = high;
        change.OrderIdLow = low;
        change.OrderSequence = sequence;

        ref OrderBefore before = ref batch.Add<OrderBefore>();
        SetOrderHeader(ref before.Header, OrderCode.Of(side, reason), oldPrice, oldSize);
        before.Header.Flags |= RecordFlags.Continued;
        before.PriceTicks = oldPrice.Value;
        before.QuantityLots = oldLots;
        return true;
    }

    private bool TrySide(ref JsonScanner scanner, out Side side)
    {
        bool read = TextFields.TryChoice(ref scanner, _top[CoinbaseFields.Side], "buy"u8, "sell"u8, out bool isBuy);
        side = isBuy ? Side.Bid : Side.Ask;
        return read;
    }

    // Present, and not null: how the venue writes the price of a market order.
    private bool IsTold(int slot) => _top.Has(slot) && _top[slot].Token != JsonToken.Null;

    private bool TryOptionalPrice(ref JsonScanner scanner, int slot, out DecimalNumber price)
    {
        price = default;
        return !IsTold(slot) || _draft.TryPrice(ref scanner, _top[slot], zeroAllowed: false, out price);
    }

    private bool TryOptionalSize(ref JsonScanner scanner, int slot, out DecimalNumber size, out long lots)
    {
        size = default;
        lots = Sequence.None;
        if (!IsTold(slot))
        {
            return true;
        }

        bool read = _draft.TryQuantity(ref scanner, _top[slot], out size);
        lots = size.Value;
        return read;
    }

    // Funds have decimals of their own.
    private bool TryFunds(ref JsonScanner scanner, out long funds, out int decimals)
    {
        funds = Sequence.None;
        decimals = 0;
        if (!IsTold(CoinbaseFields.Funds))
        {
            return true;
        }

        JsonValue text = _top[CoinbaseFields.Funds];
        if (text.Token != JsonToken.String)
        {
            return scanner.Fail(RejectReason.WrongType, text.Start);
        }

        DecimalNumber number = DecimalParser.Parse(text.In(scanner.Frame), 0);
        decimals = number.Significant;
        number = DecimalParser.Parse(text.In(scanner.Frame), decimals);
        funds = number.Value;
        return number.Reason == RejectReason.None || scanner.Fail(number.Reason, text.Start + number.FaultByte);
    }

    private void SetOrderHeader(ref RecordHeader header, OrderCode code, in DecimalNumber price, in DecimalNumber size)
    {
        _draft.SetHeader(ref header, Side.None, price, size);
        header.Code = code.Packed;
    }
}
