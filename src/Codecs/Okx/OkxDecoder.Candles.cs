using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Okx;

// candle1m and the like: rows [start, open, high, low, close, volume, volume in currency, turnover, closed].
public sealed partial class OkxDecoder
{
    private const int CandleStart = 0;
    private const int CandleOpen = 1;
    private const int CandleHigh = 2;
    private const int CandleLow = 3;
    private const int CandleClose = 4;
    private const int CandleVolume = 5;
    private const int CandleTurnoverItem = 7;
    private const int CandleConfirm = 8;
    private const int CandleItems = 9;

    private readonly JsonValue[] _candle = new JsonValue[CandleItems];

    // Reads one row; further items of it are passed over.
    private bool ReadCandleRow(ref JsonScanner scanner)
    {
        if (!Expect(ref scanner, JsonToken.Array))
        {
            return false;
        }

        int start = scanner.Position;
        int items = 0;
        scanner.EnterArray();
        while (scanner.NextElement())
        {
            bool read = items < CandleItems ? scanner.ReadValue(ref _candle[items]) : scanner.SkipValue();
            if (!read)
            {
                return false;
            }

            items++;
        }

        return !scanner.Failed && (items >= CandleItems || scanner.Fail(RejectReason.MissingField, start));
    }

    private bool WriteCandle(ref JsonScanner scanner, RecordBuffer batch)
    {
        if (!Fields.TryTimeText(ref scanner, _candle[CandleStart], out long startNs)
            || !_draft.TryPrice(ref scanner, _candle[CandleOpen], zeroAllowed: false, out DecimalNumber open)
            || !_draft.TryPrice(ref scanner, _candle[CandleHigh], zeroAllowed: false, out DecimalNumber high)
            || !_draft.TryPrice(ref scanner, _candle[CandleLow], zeroAllowed: false, out DecimalNumber low)
            || !_draft.TryPrice(ref scanner, _candle[CandleClose], zeroAllowed: false, out DecimalNumber close)
            || !_draft.TryQuantity(ref scanner, _candle[CandleVolume], out DecimalNumber volume)
            || !TryTurnover(ref scanner, _candle[CandleTurnoverItem], out DecimalNumber turnover, out int turnoverDecimals)
            || !TryConfirm(ref scanner, _candle[CandleConfirm], out bool closed))
        {
            return false;
        }

        ref Candle candle = ref batch.Add<Candle>();
        _draft.SetHeader(ref candle.Header, Side.None, close, volume);
        candle.OpenTicks = open.Value;
        candle.HighTicks = high.Value;
        candle.LowTicks = low.Value;
        candle.CloseTicks = close.Value;
        candle.VolumeLots = volume.Value;

        ref CandleTurnover second = ref batch.Add<CandleTurnover>();
        _draft.SetHeader(ref second.Header, Side.None, close, volume);
        second.Header.Flags |= RecordFlags.Continued;
        second.Header.Code = closed ? (byte)1 : (byte)0;
        second.Turnover = turnover.Value;
        second.StartNs = startNs;
        second.IntervalText = JsonText.Word(_channelName.Text[OkxChannels.CandlePrefix.Length..], escaped: false);
        second.TradeCount = Sequence.None;
        second.TurnoverDecimals = (byte)turnoverDecimals;
        second.VolumeDecimals = (byte)_draft.Rows.QuantityScale.Decimals;

        ref CandleTaker third = ref batch.Add<CandleTaker>();
        _draft.SetHeader(ref third.Header, Side.None, close, volume);
        third.Header.Flags |= RecordFlags.Continued;
        third.TakerVolumeLots = Sequence.None;
        third.TakerTurnover = Sequence.None;
        return true;
    }

    // A turnover has decimals of its own: as many as written, so that its text is kept, or as many as needed where the zeros would not fit.
    private static bool TryTurnover(ref JsonScanner scanner, in JsonValue value, out DecimalNumber turnover, out int decimals)
    {
        turnover = default;
        decimals = 0;
        if (value.Token != JsonToken.String)
        {
            return scanner.Fail(RejectReason.WrongType, value.Start);
        }

        ReadOnlySpan<byte> text = value.In(scanner.Frame);
        turnover = DecimalParser.Parse(text, 0);
        if (turnover.Reason == RejectReason.None)
        {
            int significant = turnover.Significant;
            decimals = turnover.Written;
            turnover = DecimalParser.Parse(text, decimals);
            if (turnover.Reason != RejectReason.None)
            {
                decimals = significant;
                turnover = DecimalParser.Parse(text, decimals);
            }
        }

        return turnover.Reason == RejectReason.None || scanner.Fail(turnover.Reason, value.Start + turnover.FaultByte);
    }

    private static bool TryConfirm(ref JsonScanner scanner, in JsonValue value, out bool closed)
    {
        closed = value.Token == JsonToken.String && scanner.TextIs(value, "1"u8);
        return closed || (value.Token == JsonToken.String && scanner.TextIs(value, "0"u8)) || scanner.Fail(RejectReason.WrongType, value.Start);
    }
}
