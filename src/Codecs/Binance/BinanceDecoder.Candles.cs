using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Binance;

// kline.
public sealed partial class BinanceDecoder
{
    private const ulong CandleFields = (1UL << BinanceFields.LowerT) | (1UL << BinanceFields.UpperT) | (1UL << BinanceFields.LowerS)
        | (1UL << BinanceFields.LowerI) | (1UL << BinanceFields.LowerF) | (1UL << BinanceFields.UpperL) | (1UL << BinanceFields.LowerO)
        | (1UL << BinanceFields.LowerC) | (1UL << BinanceFields.LowerH) | (1UL << BinanceFields.LowerL) | (1UL << BinanceFields.LowerV)
        | (1UL << BinanceFields.LowerN) | (1UL << BinanceFields.LowerX) | (1UL << BinanceFields.LowerQ) | (1UL << BinanceFields.UpperV)
        | (1UL << BinanceFields.UpperQ);

    private DecodeOutcome ProduceBareCandle(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        if (!CheckCandle(ref scanner, frame, batch, _top))
        {
            return DecodeOutcome.Rejected;
        }

        return SetCandleChannel(frame)
            ? Produce(ref scanner, frame, batch, _top, BinanceChannel.Candle, default, _streamName.Text)
            : Reject(ref scanner, RejectReason.BadName, _candle[BinanceFields.LowerI].Start);
    }

    // A bare candle's channel is the one its stream would have.
    private bool SetCandleChannel(in Frame frame) =>
        _symbol.Set(_candle[BinanceFields.LowerI], frame.Bytes) && _streamName.Set("kline_"u8) && _streamName.Append(_symbol.Text);

    private bool CheckCandle(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, FieldSet fields)
    {
        const ulong Outer = (1UL << BinanceFields.LowerE) | (1UL << BinanceFields.UpperE) | (1UL << BinanceFields.LowerS) | (1UL << BinanceFields.LowerK);
        if (!Fields.Check(ref scanner, fields, Outer, 0) || !Fields.CheckType(ref scanner, fields, BinanceFields.LowerK, JsonToken.Object))
        {
            return false;
        }

        if (_candle.Start != fields[BinanceFields.LowerK].Start)
        {
            JsonScanner again = new(frame.Bytes, fields[BinanceFields.LowerK].Start);
            ReadMembers(ref again, frame, batch, _candle, BinanceScope.Candle);
        }

        return Fields.Check(ref scanner, _candle, CandleFields, 0)
            && Fields.CheckType(ref scanner, _candle, BinanceFields.LowerI, JsonToken.String)
            && Fields.CheckType(ref scanner, _candle, BinanceFields.LowerS, JsonToken.String);
    }

    private bool WriteCandle(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, FieldSet fields)
    {
        if (!CheckCandle(ref scanner, frame, batch, fields)
            || !TryInterval(ref scanner, frame, out ulong interval)
            || !Fields.TryInteger(ref scanner, _candle, BinanceFields.LowerN, 0, out long trades)
            || !Fields.TryFlag(ref scanner, _candle, BinanceFields.LowerX, out bool closed)
            || !Fields.TryTime(ref scanner, _candle, BinanceFields.LowerT, out long startNs)
            || !Fields.TryTime(ref scanner, _candle, BinanceFields.UpperT, out long closeNs))
        {
            return false;
        }

        if (!System.Text.Ascii.EqualsIgnoreCase(_candle[BinanceFields.LowerS].In(frame.Bytes), fields[BinanceFields.LowerS].In(frame.Bytes)))
        {
            return scanner.Fail(RejectReason.SymbolMismatch, _candle[BinanceFields.LowerS].Start);
        }

        // Before the first trade of a new instrument there is no price.
        bool zeroAllowed = trades == 0;
        if (!_draft.TryPrice(ref scanner, _candle[BinanceFields.LowerO], zeroAllowed, out DecimalNumber open)
            || !_draft.TryPrice(ref scanner, _candle[BinanceFields.LowerH], zeroAllowed, out DecimalNumber high)
            || !_draft.TryPrice(ref scanner, _candle[BinanceFields.LowerL], zeroAllowed, out DecimalNumber low)
            || !_draft.TryPrice(ref scanner, _candle[BinanceFields.LowerC], zeroAllowed, out DecimalNumber close)
            || !_draft.TryQuantity(ref scanner, _candle[BinanceFields.LowerV], out DecimalNumber volume)
            || !_draft.TryQuantity(ref scanner, _candle[BinanceFields.UpperV], out DecimalNumber takerVolume)
            || !TryTurnovers(ref scanner, frame, out DecimalNumber turnover, out DecimalNumber takerTurnover, out int turnoverDecimals))
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
            StartNs = startNs,
            CloseNs = closeNs,
            IntervalText = interval,
            IsClosed = closed,
            Turnover = turnover.Value,
            TurnoverDecimals = turnoverDecimals,
            TradeCount = trades,
            TakerVolumeLots = takerVolume.Value,
            TakerTurnover = takerTurnover.Value,
        };
        candle.Write(_draft, batch);
        return true;
    }

    private bool TryInterval(ref JsonScanner scanner, in Frame frame, out ulong interval)
    {
        ReadOnlySpan<byte> text = _candle[BinanceFields.LowerI].In(frame.Bytes);
        interval = 0;
        if (text.Length > sizeof(ulong) || !Fields.IsName(text))
        {
            return scanner.Fail(RejectReason.BadName, _candle[BinanceFields.LowerI].Start);
        }

        interval = JsonText.Word(text, escaped: false);
        return true;
    }

    // Turnovers have decimals of their own: as many as written, so that their text is kept, or as many as needed where the zeros would not fit.
    private bool TryTurnovers(ref JsonScanner scanner, in Frame frame, out DecimalNumber turnover, out DecimalNumber takerTurnover, out int decimals)
    {
        turnover = default;
        takerTurnover = default;
        decimals = 0;
        if (!Fields.CheckType(ref scanner, _candle, BinanceFields.LowerQ, JsonToken.String)
            || !Fields.CheckType(ref scanner, _candle, BinanceFields.UpperQ, JsonToken.String))
        {
            return false;
        }

        ref JsonValue text = ref _candle[BinanceFields.LowerQ];
        ref JsonValue takerText = ref _candle[BinanceFields.UpperQ];
        turnover = DecimalParser.Parse(text.In(frame.Bytes), 0);
        takerTurnover = DecimalParser.Parse(takerText.In(frame.Bytes), 0);
        int significant = Math.Max(turnover.Significant, takerTurnover.Significant);
        decimals = Math.Max(turnover.Written, takerTurnover.Written);
        if (turnover.Reason == RejectReason.None && takerTurnover.Reason == RejectReason.None)
        {
            turnover = DecimalParser.Parse(text.In(frame.Bytes), decimals);
            takerTurnover = DecimalParser.Parse(takerText.In(frame.Bytes), decimals);
            if (turnover.Reason != RejectReason.None || takerTurnover.Reason != RejectReason.None)
            {
                decimals = significant;
                turnover = DecimalParser.Parse(text.In(frame.Bytes), decimals);
                takerTurnover = DecimalParser.Parse(takerText.In(frame.Bytes), decimals);
            }
        }

        return (turnover.Reason == RejectReason.None || scanner.Fail(turnover.Reason, text.Start + turnover.FaultByte))
            && (takerTurnover.Reason == RejectReason.None || scanner.Fail(takerTurnover.Reason, takerText.Start + takerTurnover.FaultByte));
    }

    // Without a trade in it a candle has -1 for both ids.
    private bool FillCandle(ref JsonScanner scanner, ref MessageBegin begin)
    {
        return Fields.TryInteger(ref scanner, _candle, BinanceFields.LowerF, -1, out begin.FirstSequence)
            && Fields.TryInteger(ref scanner, _candle, BinanceFields.UpperL, -1, out begin.LastSequence)
            && (begin.FirstSequence <= begin.LastSequence || scanner.Fail(RejectReason.SequenceOrder, _candle[BinanceFields.LowerF].Start));
    }
}
