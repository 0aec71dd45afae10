using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
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
            || !TextFields.TryOwnDecimals(ref rows, _item[BybitFields.Turnover], out DecimalNumber turnover, out int turnoverDecimals))
        {
            return false;
        }

        CandleValues candle = new()
        {
            Open = open,
            High = high,
            Low = low,
            Close = close,
            Volume = volume,
            VolumeDecimals = _draft.Rows.QuantityScale.Decimals,
            VenueTimeNs = timeNs,
            StartNs = startNs,
            CloseNs = closeNs,
            IntervalText = interval,
            IsClosed = closed,
            Turnover = turnover.Value,
            TurnoverDecimals = turnoverDecimals,
        };
        candle.Write(_draft, batch);
        return true;
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
}
