using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Bitfinex;

/// <summary>Pieces of Bitfinex's frames: numbers as JavaScript writes them; asks have negative amounts.</summary>
internal static class BitfinexText
{
    public static FrameText BitfinexPrice(this FrameText text, Instrument instrument, long ticks) => text.JavaScript(ticks * instrument.TickUnits, instrument.PriceDecimals);

    public static FrameText BitfinexAmount(this FrameText text, Instrument instrument, bool isBid, long lots) =>
        text.JavaScript((isBid ? lots : -lots) * instrument.LotUnits, instrument.QuantityDecimals);

    /// <summary>[price,count,amount]; a level that is gone has count 0 and says its side.</summary>
    public static FrameText BitfinexRow(this FrameText text, Instrument instrument, in BookRow row)
    {
        text.Add('[').BitfinexPrice(instrument, row.Ticks).Add(',').Add(row.Orders).Add(',');
        return (row.Lots == 0 ? text.Add(row.IsBid ? "1"u8 : "-1"u8) : text.BitfinexAmount(instrument, row.IsBid, row.Lots)).Add(']');
    }
}
