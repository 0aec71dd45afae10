using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Bitfinex;

// Candles: rows [MTS,OPEN,CLOSE,HIGH,LOW,VOLUME], close before high; on subscribing a list of those before, newest first.
public sealed partial class BitfinexDecoder
{
    private const int CandleItems = 6;

    private bool WriteCandles(ref JsonScanner scanner, RecordBuffer batch, BitfinexSubscription subscription)
    {
        if (!BitfinexRows.IsList(scanner))
        {
            return WriteCandle(ref scanner, batch, subscription);
        }

        _draft.Rows.Header.Flags = RecordFlags.Snapshot;
        scanner.EnterArray();
        while (scanner.NextElement())
        {
            if (!WriteCandle(ref scanner, batch, subscription))
            {
                return false;
            }
        }

        return !scanner.Failed;
    }

    private bool WriteCandle(ref JsonScanner scanner, RecordBuffer batch, BitfinexSubscription subscription)
    {
        if (!TryRow(ref scanner, CandleItems)
            || !TryMilliseconds(ref scanner, _items[0], out long startNs)
            || !TryCandlePrice(ref scanner, _items[1], out DecimalNumber open)
            || !TryCandlePrice(ref scanner, _items[2], out DecimalNumber close)
            || !TryCandlePrice(ref scanner, _items[3], out DecimalNumber high)
            || !TryCandlePrice(ref scanner, _items[4], out DecimalNumber low)
            || !TryVolume(ref scanner, _items[5], out DecimalNumber volume))
        {
            return false;
        }

        // Neither turnover nor trades nor takers are told, and no frame says that a candle is closed.
        CandleValues candle = new()
        {
            Open = open,
            High = high,
            Low = low,
            Close = close,
            Volume = volume,
            VolumeDecimals = volume.Significant,
            StartNs = startNs,
            IntervalText = subscription.IntervalText,
        };
        candle.Write(_draft, batch);
        return true;
    }

    private bool TryCandlePrice(ref JsonScanner scanner, in JsonValue value, out DecimalNumber price)
    {
        bool read = BitfinexNumbers.TryPrice(ref scanner, ref _draft.Rows.Need, value, _draft.Rows.PriceScale, zeroAllowed: false, out price);
        _draft.Rows.PricesMet |= price.Value;
        return read;
    }

    // A sum with binary rounding noise: it has decimals of its own, as many as it needs, and makes no instrument finer.
    private static bool TryVolume(ref JsonScanner scanner, in JsonValue value, out DecimalNumber volume)
    {
        if (!BitfinexNumbers.TryNumber(ref scanner, value, 0, out volume))
        {
            return false;
        }

        if (volume.Negative)
        {
            return scanner.Fail(RejectReason.ImpossibleValue, value.Start);
        }

        return volume.Significant == 0 || BitfinexNumbers.TryNumber(ref scanner, value, volume.Significant, out volume);
    }
}
