using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.CoinbaseAdvanced;

/// <summary>Pieces of Advanced Trade's frames: texts without needless zeros.</summary>
internal static class AdvancedText
{
    public static FrameText AdvancedPrice(this FrameText text, Instrument instrument, long ticks) =>
        text.Add('"').Trimmed((Int128)ticks * instrument.TickUnits, instrument.PriceDecimals).Add('"');

    public static FrameText AdvancedSize(this FrameText text, Instrument instrument, long lots) =>
        text.Add('"').Trimmed((Int128)lots * instrument.LotUnits, instrument.QuantityDecimals).Add('"');
}
