using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Binance;

/// <summary>Pieces of Binance's frames: prices and quantities are texts with all their decimals.</summary>
internal static class BinanceText
{
    public static FrameText Price(this FrameText text, Instrument instrument, long ticks) =>
        text.Add('"').Fixed((Int128)ticks * instrument.TickUnits, instrument.PriceDecimals).Add('"');

    public static FrameText Quantity(this FrameText text, Instrument instrument, long lots) =>
        text.Add('"').Fixed((Int128)lots * instrument.LotUnits, instrument.QuantityDecimals).Add('"');

    /// <summary>[["price","quantity"],…] of one side.</summary>
    public static FrameText Side(this FrameText text, Instrument instrument, IReadOnlyList<BookRow> rows, bool isBid)
    {
        text.Add('[');
        bool isFirst = true;
        foreach (BookRow row in rows)
        {
            if (row.IsBid != isBid) continue;

            text.Add(isFirst ? "["u8 : ",["u8).Price(instrument, row.Ticks).Add(',').Quantity(instrument, row.Lots).Add(']');
            isFirst = false;
        }

        return text.Add(']');
    }

    /// <summary>The pair of a COIN-M contract, which its messages name too: BTCUSD of BTCUSD_PERP.</summary>
    public static string Pair(Instrument instrument) => instrument.Symbol.Split('_')[0];
}
