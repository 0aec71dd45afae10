using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Binance;

// trade and aggTrade.
public sealed partial class BinanceDecoder
{
    private const ulong TradeFields = (1UL << BinanceFields.LowerE) | (1UL << BinanceFields.UpperE) | (1UL << BinanceFields.LowerS)
        | (1UL << BinanceFields.LowerP) | (1UL << BinanceFields.LowerQ) | (1UL << BinanceFields.UpperT) | (1UL << BinanceFields.LowerM);

    // "b" and "a" of a single trade are ids of orders (spot before 2024) and are not kept.
    private bool WriteTrade(ref JsonScanner scanner, RecordBuffer batch, FieldSet fields) =>
        Fields.Check(ref scanner, fields, TradeFields | (1UL << BinanceFields.LowerT), 1UL << BinanceFields.UpperX)
        && TryOrigin(ref scanner, fields, out TradeOrigin origin)
        && Fields.TryInteger(ref scanner, fields, BinanceFields.LowerT, 0, out long id)
        && AddTrade(ref scanner, batch, fields, id, zeroAllowed: origin == TradeOrigin.NotApplicable);

    // Futures sent aggregates without "a" in 2019 (one is in the recordings); everything else of them is there.
    private bool WriteAggregateTrade(ref JsonScanner scanner, RecordBuffer batch, FieldSet fields)
    {
        long id = Sequence.None;
        return Fields.Check(ref scanner, fields, TradeFields | (1UL << BinanceFields.LowerF) | (1UL << BinanceFields.LowerL), 1UL << BinanceFields.LowerA)
            && (!fields.Has(BinanceFields.LowerA) || Fields.TryInteger(ref scanner, fields, BinanceFields.LowerA, 0, out id))
            && AddTrade(ref scanner, batch, fields, id, zeroAllowed: false);
    }

    private bool AddTrade(ref JsonScanner scanner, RecordBuffer batch, FieldSet fields, long id, bool zeroAllowed)
    {
        if (!_draft.TryPrice(ref scanner, fields[BinanceFields.LowerP], zeroAllowed, out DecimalNumber price)
            || !_draft.TryQuantity(ref scanner, fields[BinanceFields.LowerQ], out DecimalNumber quantity)
            || !Fields.TryFlag(ref scanner, fields, BinanceFields.LowerM, out bool buyerIsMaker))
        {
            return false;
        }

        ref Trade trade = ref batch.Add<Trade>();
        _draft.SetHeader(ref trade.Header, buyerIsMaker ? Side.Ask : Side.Bid, price, quantity);
        trade.PriceTicks = price.Value;
        trade.QuantityLots = quantity.Value;
        trade.TradeIdLow = id;
        trade.TradeSequence = Sequence.None;
        return true;
    }

    private static bool FillTrade(ref JsonScanner scanner, ref MessageBegin begin, FieldSet fields)
    {
        bool good = Fields.TryTime(ref scanner, fields, BinanceFields.UpperT, out begin.MatchingTimeNs)
            & TryOrigin(ref scanner, fields, out TradeOrigin origin);
        begin.Detail = (byte)origin;
        return good;
    }

    private static bool FillAggregateTrade(ref JsonScanner scanner, ref MessageBegin begin, FieldSet fields)
    {
        return Fields.TryTime(ref scanner, fields, BinanceFields.UpperT, out begin.MatchingTimeNs)
            && Fields.TryInteger(ref scanner, fields, BinanceFields.LowerF, 0, out begin.FirstSequence)
            && Fields.TryInteger(ref scanner, fields, BinanceFields.LowerL, 0, out begin.LastSequence)
            && (begin.FirstSequence <= begin.LastSequence || scanner.Fail(RejectReason.SequenceOrder, fields[BinanceFields.LowerF].Start));
    }

    private static bool TryOrigin(ref JsonScanner scanner, FieldSet fields, out TradeOrigin origin)
    {
        origin = TradeOrigin.NotStated;
        if (!fields.Has(BinanceFields.UpperX))
        {
            return true;
        }

        if (!Fields.CheckType(ref scanner, fields, BinanceFields.UpperX, JsonToken.String))
        {
            return false;
        }

        JsonValue value = fields[BinanceFields.UpperX];
        origin = scanner.TextIs(value, "MARKET"u8) ? TradeOrigin.Market
            : scanner.TextIs(value, "INSURANCE_FUND"u8) ? TradeOrigin.InsuranceFund
            : scanner.TextIs(value, "ADL"u8) ? TradeOrigin.AutoDeleveraging
            : scanner.TextIs(value, "NA"u8) ? TradeOrigin.NotApplicable
            : TradeOrigin.Other;
        return true;
    }
}
