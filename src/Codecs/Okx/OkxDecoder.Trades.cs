using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Okx;

// trades, trades-all and tickers.
public sealed partial class OkxDecoder
{
    private bool WriteTrade(ref JsonScanner scanner, RecordBuffer batch)
    {
        long sequence = Sequence.None;
        if (!TryTakerSide(ref scanner, out Side side)
            || !Fields.TryIntegerText(ref scanner, _item[OkxFields.TradeId], out long id)
            || (_item.Has(OkxFields.SequenceId) && !Fields.TryInteger(ref scanner, _item, OkxFields.SequenceId, 0, out sequence))
            || !_draft.TryPrice(ref scanner, _item[OkxFields.Price], zeroAllowed: false, out DecimalNumber price)
            || !_draft.TryQuantity(ref scanner, _item[OkxFields.Size], out DecimalNumber quantity))
        {
            return false;
        }

        ref Trade trade = ref batch.Add<Trade>();
        _draft.SetHeader(ref trade.Header, side, price, quantity);
        trade.PriceTicks = price.Value;
        trade.QuantityLots = quantity.Value;
        trade.TradeIdLow = id;
        trade.TradeSequence = sequence;
        return true;
    }

    // The id of trades put together is that of the last of them; the ids of the others need not follow each other.
    private bool FillTrade(ref JsonScanner scanner, ref MessageBegin begin)
    {
        if (begin.Type == MessageType.AggregateTrades
            && !Fields.TryIntegerText(ref scanner, _item[OkxFields.TradeId], out begin.LastSequence))
        {
            return false;
        }

        bool good = TryOrigin(ref scanner, out TradeOrigin origin);
        begin.Detail = (byte)origin;
        return good;
    }

    private bool TryTakerSide(ref JsonScanner scanner, out Side side)
    {
        JsonValue value = _item[OkxFields.Side];
        side = Side.None;
        if (!Fields.CheckType(ref scanner, _item, OkxFields.Side, JsonToken.String))
        {
            return false;
        }

        side = scanner.TextIs(value, "buy"u8) ? Side.Bid : scanner.TextIs(value, "sell"u8) ? Side.Ask : Side.None;
        return side != Side.None || scanner.Fail(RejectReason.WrongType, value.Start);
    }

    // 0 = against a normal order, 1 = against one of the enhanced liquidity programme, since 2026-07 called retail price improvement
    // (documentation, 2026-07).
    private bool TryOrigin(ref JsonScanner scanner, out TradeOrigin origin)
    {
        origin = TradeOrigin.NotStated;
        if (!_item.Has(OkxFields.Source))
        {
            return true;
        }

        if (!Fields.CheckType(ref scanner, _item, OkxFields.Source, JsonToken.String))
        {
            return false;
        }

        JsonValue value = _item[OkxFields.Source];
        origin = scanner.TextIs(value, "0"u8) ? TradeOrigin.Market
            : scanner.TextIs(value, "1"u8) ? TradeOrigin.RetailPriceImprovement
            : TradeOrigin.Other;
        return true;
    }

    private bool WriteTicker(ref JsonScanner scanner, RecordBuffer batch) =>
        WriteQuote(ref scanner, batch, OkxFields.BidPrice, OkxFields.BidSize, Side.Bid)
        && WriteQuote(ref scanner, batch, OkxFields.AskPrice, OkxFields.AskSize, Side.Ask);

    // An empty side is two empty texts (an option of 2021 in the recordings), or zeros. A ticker names no sequence of the book.
    private bool WriteQuote(ref JsonScanner scanner, RecordBuffer batch, int priceSlot, int quantitySlot, Side side)
    {
        DecimalNumber price = default;
        DecimalNumber quantity = default;
        bool isEmpty = _item[priceSlot] is { Token: JsonToken.String, Length: 0 } && _item[quantitySlot] is { Token: JsonToken.String, Length: 0 };
        if (!isEmpty
            && (!_draft.TryQuantity(ref scanner, _item[quantitySlot], out quantity)
                || !_draft.TryPrice(ref scanner, _item[priceSlot], zeroAllowed: quantity is { Value: 0, Significant: 0 }, out price)))
        {
            return false;
        }

        ref Quote quote = ref batch.Add<Quote>();
        _draft.SetHeader(ref quote.Header, side, price, quantity);
        quote.PriceTicks = price.Value;
        quote.QuantityLots = quantity.Value;
        quote.UpdateId = Sequence.None;
        return true;
    }
}
