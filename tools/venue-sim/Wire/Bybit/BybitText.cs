using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Bybit;

/// <summary>Pieces of Bybit's frames: contracts write all decimals of a price, spot only those that say something.</summary>
internal static class BybitText
{
    public static FrameText BybitPrice(this FrameText text, Instrument instrument, long ticks)
    {
        Int128 units = (Int128)ticks * instrument.TickUnits;
        text.Add('"');
        return (instrument.IsContract ? text.Fixed(units, instrument.PriceDecimals) : text.Trimmed(units, instrument.PriceDecimals)).Add('"');
    }

    /// <summary>None = "0".</summary>
    public static FrameText BybitQuantity(this FrameText text, Instrument instrument, Int128 lots)
    {
        Int128 units = lots * instrument.LotUnits;
        text.Add('"');
        return (instrument.IsContract && lots != 0 ? text.Fixed(units, instrument.QuantityDecimals) : text.Trimmed(units, instrument.QuantityDecimals)).Add('"');
    }

    public static FrameText BybitSide(this FrameText text, Instrument instrument, IReadOnlyList<BookRow> rows, bool isBid)
    {
        text.Add('[');
        bool isFirst = true;
        foreach (BookRow row in rows)
        {
            if (row.IsBid != isBid) continue;

            text.Add(isFirst ? "["u8 : ",["u8).BybitPrice(instrument, row.Ticks).Add(',').BybitQuantity(instrument, row.Lots).Add(']');
            isFirst = false;
        }

        return text.Add(']');
    }

    /// <summary>Price × quantity, without needless zeros.</summary>
    public static FrameText Turnover(this FrameText text, Instrument instrument, Int128 units)
    {
        const int DecimalsMax = 8;
        int decimals = instrument.PriceDecimals + instrument.QuantityDecimals;
        for (; decimals > DecimalsMax; decimals--)
            units /= 10;

        return text.Add('"').Trimmed(units, decimals).Add('"');
    }
}
