using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Bybit;

// kline.{interval}: one or more candles a frame, such as the one just closed and the one just begun.
public sealed partial class BybitDecoder
{
    private const ulong CandleFields = (1UL << BybitFields.Start) | (1UL << BybitFields.End) | (1UL << BybitFields.Interval) | (1UL << BybitFields.Open)
        | (1UL << BybitFields.Close) | (1UL << BybitFields.High) | (1UL << BybitFields.Low) | (1UL << BybitFields.Volume) | (1UL << BybitFields.Turnover)
        | (1UL << BybitFields.Confirm) | (1UL << BybitFields.Timestamp);

    private DecodeOutcome ProduceCandles(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        if (!Fields.Check(ref scanner, _top, (1UL << BybitFields.Ts) | (1UL << BybitFields.Data), 0)
            || !Fields.CheckType(ref scanner, _top, BybitFields.Data, JsonToken.Array)
            || !Fields.TryTime(ref scanner, _top, BybitFields.Ts, out long venueTimeNs))
        {
            return DecodeOutcome.Rejected;
        }

        batch.Clear();
        BeginMessage(batch, frame, venueTimeNs);
        if (!WriteCandles(ref scanner, frame, batch)
            || (_draft.NeedsDefinition
                && !(TryDefine(ref scanner, frame, batch, BybitChannel.Candles) && WriteCandles(ref scanner, frame, batch))))
        {
            return DecodeOutcome.Rejected;
        }

        _draft.Finish(batch, frame, MessageType.Candles);
        return DecodeOutcome.Records;
    }

    private bool WriteCandles(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        batch.Add<MessageBegin>();
        JsonScanner rows = new(frame.Bytes, _top[BybitFields.Data].Start);
        rows.EnterArray();
        while (rows.NextElement())
        {
            if (!ReadItem(ref rows, frame, batch) || !AddCandle(ref rows, frame, batch))
            {
                return FailAs(ref scanner, rows);
            }
        }

        return true;
    }

    private bool AddCandle(ref JsonScanner rows, in Frame frame, RecordBuffer batch)
    {
        if (!Fields.Check(ref rows, _item, CandleFields, 0)
            || !TryInterval(ref rows, frame, out ulong interval)
            || !Fields.TryFlag(ref rows, _item, BybitFields.Confirm, out bool closed)
            || !Fields.TryTime(ref rows, _item, BybitFields.Start, out long startNs)
            || !Fields.TryTime(ref rows, _item, BybitFields.End, out long closeNs)
            || !Fields.TryTime(ref rows, _item, BybitFields.Timestamp, out long timeNs)
            || !_draft.TryQuantity(ref rows, _item[BybitFields.Volume], out DecimalNumber volume)
            || !_draft.TryPrice(ref rows, _item[BybitFields.Open], zeroAllowed: false, out DecimalNumber open)
            || !_draft.TryPrice(ref rows, _item[BybitFields.High], zeroAllowed: false, out DecimalNumber high)
            || !_draft.TryPrice(ref rows, _item[BybitFields.Low], zeroAllowed: false, out DecimalNumber low)
            || !_draft.TryPrice(ref rows, _item[BybitFields.Close], zeroAllowed: false, out DecimalNumber close)
            || !TryTurnover(ref rows, frame, out long turnover, out int turnoverDecimals))
        {
            return false;
        }

        ref Candle candle = ref batch.Add<Candle>();
        SetCandleHeader(ref candle.Header, close, volume, timeNs);
        candle.OpenTicks = open.Value;
        candle.HighTicks = high.Value;
        candle.LowTicks = low.Value;
        candle.CloseTicks = close.Value;
        candle.VolumeLots = volume.Value;

        ref CandleTurnover second = ref batch.Add<CandleTurnover>();
        SetCandleHeader(ref second.Header, close, volume, timeNs);
        second.Header.Flags |= RecordFlags.Continued;
        second.Header.Code = closed ? (byte)1 : (byte)0;
        second.Turnover = turnover;
        second.TurnoverDecimals = (byte)turnoverDecimals;
        second.VolumeDecimals = (byte)_draft.Rows.QuantityScale.Decimals;
        second.StartNs = startNs;
        second.IntervalText = interval;
        second.TradeCount = Sequence.None;

        ref CandleTaker third = ref batch.Add<CandleTaker>();
        SetCandleHeader(ref third.Header, close, volume, timeNs);
        third.Header.Flags |= RecordFlags.Continued;
        third.TakerVolumeLots = Sequence.None;
        third.TakerTurnover = Sequence.None;
        third.CloseNs = closeNs;
        return true;
    }

    private void SetCandleHeader(ref RecordHeader header, in DecimalNumber close, in DecimalNumber volume, long timeNs)
    {
        _draft.SetHeader(ref header, Side.None, close, volume);
        header.VenueTimeNs = timeNs;
    }

    private bool TryInterval(ref JsonScanner rows, in Frame frame, out ulong interval)
    {
        interval = 0;
        if (!Fields.CheckType(ref rows, _item, BybitFields.Interval, JsonToken.String))
        {
            return false;
        }

        ReadOnlySpan<byte> text = _item[BybitFields.Interval].In(frame.Bytes);
        if (text.Length > sizeof(ulong) || !Fields.IsName(text))
        {
            return rows.Fail(RejectReason.BadName, _item[BybitFields.Interval].Start);
        }

        interval = JsonText.Word(text, escaped: false);
        return true;
    }

    // The turnover has decimals of its own: as many as written, so that its text is kept, or as many as needed where the zeros would not fit.
    private bool TryTurnover(ref JsonScanner rows, in Frame frame, out long turnover, out int decimals)
    {
        (turnover, decimals) = (0, 0);
        if (!Fields.CheckType(ref rows, _item, BybitFields.Turnover, JsonToken.String))
        {
            return false;
        }

        ReadOnlySpan<byte> text = _item[BybitFields.Turnover].In(frame.Bytes);
        DecimalNumber shape = DecimalParser.Parse(text, 0);
        DecimalNumber number = shape;
        if (shape.Reason == RejectReason.None)
        {
            decimals = shape.Written;
            number = DecimalParser.Parse(text, decimals);
            if (number.Reason != RejectReason.None)
            {
                decimals = shape.Significant;
                number = DecimalParser.Parse(text, decimals);
            }
        }

        turnover = number.Value;
        return number.Reason == RejectReason.None || rows.Fail(number.Reason, _item[BybitFields.Turnover].Start + number.FaultByte);
    }
}
