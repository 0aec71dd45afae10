using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
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
            || !TextFields.TryOwnDecimals(ref scanner, _candle[CandleTurnoverItem], out DecimalNumber turnover, out int turnoverDecimals)
            || !TryConfirm(ref scanner, _candle[CandleConfirm], out bool closed))
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
            IntervalText = JsonText.Word(_channelName.Text[OkxChannels.CandlePrefix.Length..], escaped: false),
            IsClosed = closed,
            Turnover = turnover.Value,
            TurnoverDecimals = turnoverDecimals,
        };
        candle.Write(_draft, batch);
        return true;
    }

    private static bool TryConfirm(ref JsonScanner scanner, in JsonValue value, out bool closed)
    {
        closed = value.Token == JsonToken.String && scanner.TextIs(value, "1"u8);
        return closed || (value.Token == JsonToken.String && scanner.TextIs(value, "0"u8)) || scanner.Fail(RejectReason.WrongType, value.Start);
    }
}
