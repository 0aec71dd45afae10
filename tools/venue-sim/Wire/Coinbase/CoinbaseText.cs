using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Coinbase;

/// <summary>Pieces of Coinbase's frames: texts with all decimals of the product.</summary>
internal static class CoinbaseText
{
    public static FrameText CoinbasePrice(this FrameText text, Instrument instrument, long ticks) =>
        text.Add('"').Fixed((Int128)ticks * instrument.TickUnits, instrument.PriceDecimals).Add('"');

    public static FrameText CoinbaseSize(this FrameText text, Instrument instrument, long lots) =>
        text.Add('"').Fixed((Int128)lots * instrument.LotUnits, instrument.QuantityDecimals).Add('"');

    /// <summary>[["price","size"],…]</summary>
    public static FrameText CoinbaseSide(this FrameText text, Instrument instrument, IReadOnlyList<BookRow> rows)
    {
        text.Add('[');
        for (int i = 0; i < rows.Count; i++)
            text.Add(i == 0 ? "["u8 : ",["u8).CoinbasePrice(instrument, rows[i].Ticks).Add(',').CoinbaseSize(instrument, rows[i].Lots).Add(']');

        return text.Add(']');
    }
}
