using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Okx;

/// <summary>Pieces of OKX's frames: texts without needless zeros.</summary>
internal static class OkxText
{
    public static FrameText OkxPrice(this FrameText text, Instrument instrument, long ticks) =>
        text.Add('"').Trimmed((Int128)ticks * instrument.TickUnits, instrument.PriceDecimals).Add('"');

    public static FrameText OkxSize(this FrameText text, Instrument instrument, Int128 lots) =>
        text.Add('"').Trimmed(lots * instrument.LotUnits, instrument.QuantityDecimals).Add('"');

    /// <summary>[["price","size","0","orders"],…] of one side.</summary>
    public static FrameText OkxSide(this FrameText text, Instrument instrument, IReadOnlyList<BookRow> rows, bool isBid)
    {
        text.Add('[');
        bool isFirst = true;
        foreach (BookRow row in rows)
        {
            if (row.IsBid != isBid) continue;

            text.Add(isFirst ? "["u8 : ",["u8).OkxPrice(instrument, row.Ticks).Add(',').OkxSize(instrument, row.Lots).Add(",\"0\",\""u8).Add(row.Orders).Add("\"]"u8);
            isFirst = false;
        }

        return text.Add(']');
    }

    /// <summary>{"arg":{"channel":…,"instId":…}, without what follows.</summary>
    public static FrameText OkxBegin(this FrameText text, MarketChannel channel) =>
        text.Start().Add("{\"arg\":{\"channel\":\""u8).Add(channel.Name).Add("\",\"instId\":\""u8).Add(channel.Symbol).Add("\"}"u8);

    /// <summary>SPOT, SWAP or FUTURES, by the symbol's form.</summary>
    public static string InstrumentType(string symbol) =>
        symbol.EndsWith("-SWAP", StringComparison.Ordinal) ? "SWAP" : symbol.Split('-').Length > 2 ? "FUTURES" : "SPOT";
}
