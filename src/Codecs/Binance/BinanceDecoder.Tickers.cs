using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Binance;

// bookTicker: best bid and ask at an update id of the book.
public sealed partial class BinanceDecoder
{
    private bool WriteTicker(ref JsonScanner scanner, RecordBuffer batch, FieldSet fields)
    {
        // Spot has neither e, E nor T; futures have all three (documentation, 2026-07), in any order.
        const ulong Needed = (1UL << BinanceFields.LowerU) | (1UL << BinanceFields.LowerS) | (1UL << BinanceFields.LowerB) | (1UL << BinanceFields.UpperB)
            | (1UL << BinanceFields.LowerA) | (1UL << BinanceFields.UpperA);
        const ulong Optional = (1UL << BinanceFields.UpperE) | (1UL << BinanceFields.UpperT);
        return Fields.Check(ref scanner, fields, Needed, Optional)
            && Fields.TryInteger(ref scanner, fields, BinanceFields.LowerU, 0, out long updateId)
            && WriteQuote(ref scanner, batch, fields, BinanceFields.LowerB, BinanceFields.UpperB, Side.Bid, updateId)
            && WriteQuote(ref scanner, batch, fields, BinanceFields.LowerA, BinanceFields.UpperA, Side.Ask, updateId);
    }

    private bool WriteQuote(ref JsonScanner scanner, RecordBuffer batch, FieldSet fields, int priceSlot, int quantitySlot, Side side, long updateId)
    {
        // An empty side is price 0 with quantity 0.
        if (!_draft.TryQuantity(ref scanner, fields[quantitySlot], out DecimalNumber quantity)
            || !_draft.TryPrice(ref scanner, fields[priceSlot], zeroAllowed: quantity is { Value: 0, Significant: 0 }, out DecimalNumber price))
        {
            return false;
        }

        ref Quote quote = ref batch.Add<Quote>();
        _draft.SetHeader(ref quote.Header, side, price, quantity);
        quote.PriceTicks = price.Value;
        quote.QuantityLots = quantity.Value;
        quote.UpdateId = updateId;
        return true;
    }

    private static bool FillTicker(ref JsonScanner scanner, ref MessageBegin begin, FieldSet fields)
    {
        return Fields.TryInteger(ref scanner, fields, BinanceFields.LowerU, 0, out begin.LastSequence)
            && Fields.TryOptionalTime(ref scanner, fields, BinanceFields.UpperT, out begin.MatchingTimeNs);
    }
}
