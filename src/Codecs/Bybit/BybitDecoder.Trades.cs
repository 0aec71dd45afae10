using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Bybit;

// publicTrade: up to 1024 trades a frame. The origin is a property of a message, so a frame becomes one message for each run of trades of the same.
public sealed partial class BybitDecoder
{
    private DecodeOutcome ProduceTrades(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        if (!Fields.Check(ref scanner, _top, (1UL << BybitFields.Ts) | (1UL << BybitFields.Data), 0)
            || !Fields.CheckType(ref scanner, _top, BybitFields.Data, JsonToken.Array)
            || !Fields.TryTime(ref scanner, _top, BybitFields.Ts, out long venueTimeNs))
        {
            return DecodeOutcome.Rejected;
        }

        batch.Clear();
        JsonScanner rows = new(frame.Bytes, _top[BybitFields.Data].Start);
        rows.EnterArray();
        bool more = rows.NextElement();
        do
        {
            JsonScanner start = rows;
            bool moreAtStart = more;
            BeginMessage(batch, frame, venueTimeNs);
            bool written = WriteRun(ref rows, frame, batch, ref more, out TradeOrigin origin);
            if (written && _draft.NeedsDefinition)
            {
                rows = start;
                more = moreAtStart;
                written = TryDefine(ref rows, frame, batch, BybitChannel.Trades) && WriteRun(ref rows, frame, batch, ref more, out origin);
            }

            if (!written)
            {
                FailAs(ref scanner, rows);
                return DecodeOutcome.Rejected;
            }

            _draft.Finish(batch, frame, MessageType.Trades).Detail = (byte)origin;
            _stream = _draft.Stream;
        }
        while (more);

        return DecodeOutcome.Records;
    }

    // MessageBegin and the trades from here on that have the origin of the first one. The scanner is left at the first that has another.
    private bool WriteRun(ref JsonScanner rows, in Frame frame, RecordBuffer batch, ref bool more, out TradeOrigin origin)
    {
        origin = TradeOrigin.NotStated;
        batch.Add<MessageBegin>();
        for (bool first = true; more; first = false)
        {
            JsonScanner before = rows;
            if (!ReadItem(ref rows, frame, batch) || !TryOrigin(ref rows, out TradeOrigin found))
            {
                return false;
            }

            if (!first && found != origin)
            {
                rows = before;
                return true;
            }

            origin = found;
            if (!AddTrade(ref rows, frame, batch))
            {
                return false;
            }

            more = rows.NextElement();
        }

        return !rows.Failed;
    }

    // The element of a list that the scanner stands at.
    private bool ReadItem(ref JsonScanner rows, in Frame frame, RecordBuffer batch) => rows.Peek() == JsonToken.Object
        ? ReadMembers(ref rows, frame, batch, _item, BybitScope.Other)
        : rows.Fail(RejectReason.WrongType, rows.Position);

    private bool AddTrade(ref JsonScanner rows, in Frame frame, RecordBuffer batch)
    {
        // Frames of 2023 have no seq (recordings).
        const ulong Needed = (1UL << BybitFields.TradeTime) | (1UL << BybitFields.LowerS) | (1UL << BybitFields.TakerSide) | (1UL << BybitFields.TradeSize)
            | (1UL << BybitFields.TradePrice) | (1UL << BybitFields.TradeId);
        long sequence = Sequence.None;
        if (!Fields.Check(ref rows, _item, Needed, 1UL << BybitFields.Seq)
            || !CheckSymbol(ref rows, _item, BybitFields.LowerS)
            || !Fields.TryTime(ref rows, _item, BybitFields.TradeTime, out long tradeTimeNs)
            || !TryTakerSide(ref rows, out Side side)
            || !TryTradeId(ref rows, frame, out ulong high, out ulong low)
            || (_item.Has(BybitFields.Seq) && !Fields.TryInteger(ref rows, _item, BybitFields.Seq, 0, out sequence))
            || !_draft.TryPrice(ref rows, _item[BybitFields.TradePrice], zeroAllowed: false, out DecimalNumber price)
            || !_draft.TryQuantity(ref rows, _item[BybitFields.TradeSize], out DecimalNumber quantity))
        {
            return false;
        }

        ref Trade trade = ref batch.Add<Trade>();
        _draft.SetHeader(ref trade.Header, side, price, quantity);
        trade.Header.VenueTimeNs = tradeTimeNs;
        trade.PriceTicks = price.Value;
        trade.QuantityLots = quantity.Value;
        trade.TradeIdLow = (long)low;
        trade.TradeIdHigh = (long)high;
        trade.TradeSequence = sequence;
        return true;
    }

    private bool TryTakerSide(ref JsonScanner rows, out Side side)
    {
        side = Side.None;
        if (!Fields.CheckType(ref rows, _item, BybitFields.TakerSide, JsonToken.String))
        {
            return false;
        }

        side = rows.TextIs(_item[BybitFields.TakerSide], "Buy"u8) ? Side.Bid
            : rows.TextIs(_item[BybitFields.TakerSide], "Sell"u8) ? Side.Ask
            : Side.None;
        return side != Side.None || rows.Fail(RejectReason.ImpossibleValue, _item[BybitFields.TakerSide].Start);
    }

    // A UUID on futures, on spot a number of 19 digits (recordings of 2023 and 2026): it fits a long.
    private bool TryTradeId(ref JsonScanner rows, in Frame frame, out ulong high, out ulong low)
    {
        (high, low) = (0, 0);
        if (!Fields.CheckType(ref rows, _item, BybitFields.TradeId, JsonToken.String))
        {
            return false;
        }

        ReadOnlySpan<byte> text = _item[BybitFields.TradeId].In(frame.Bytes);
        if (Uuid.TryParse(text, out high, out low))
        {
            return true;
        }

        DecimalNumber number = DecimalParser.Parse(text, 0);
        if (number is { Reason: RejectReason.None, Written: > 0 })
        {
            number.Reason = RejectReason.BadNumber;
        }

        low = (ulong)number.Value;
        return number.Reason == RejectReason.None || rows.Fail(number.Reason, _item[BybitFields.TradeId].Start + number.FaultByte);
    }

    // Both flags false is an ordinary trade. Frames of 2023 have no RPI (recordings): a trade could be either.
    private bool TryOrigin(ref JsonScanner rows, out TradeOrigin origin)
    {
        origin = TradeOrigin.NotStated;
        bool rpi = false;
        if (!Fields.Check(ref rows, _item, 1UL << BybitFields.Block, 1UL << BybitFields.Rpi)
            || !Fields.TryFlag(ref rows, _item, BybitFields.Block, out bool block)
            || (_item.Has(BybitFields.Rpi) && !Fields.TryFlag(ref rows, _item, BybitFields.Rpi, out rpi)))
        {
            return false;
        }

        origin = (block, rpi) switch
        {
            (true, true) => TradeOrigin.BlockAndRetailPriceImprovement,
            (true, false) => TradeOrigin.Block,
            (false, true) => TradeOrigin.RetailPriceImprovement,
            _ => _item.Has(BybitFields.Rpi) ? TradeOrigin.Market : TradeOrigin.NotStated,
        };
        return true;
    }
}
