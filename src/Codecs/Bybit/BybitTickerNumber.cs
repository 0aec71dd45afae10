using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Numbers;

namespace Lob.Fast.Codecs.Bybit;

/// <summary>A price or quantity of a ticker. The default has not been stated.</summary>
/// <param name="Value">The number × 10^<paramref name="Decimals"/>; 0 = none: the side is empty.</param>
/// <param name="Decimals">Decimals of the instrument when it was read.</param>
/// <param name="Written">Decimals as written.</param>
/// <param name="IsKnown">It has been stated.</param>
internal readonly record struct BybitTickerNumber(long Value, int Decimals, int Written, bool IsKnown)
{
    /// <summary>
    /// The number at <paramref name="decimals"/>, not fewer than those it was read at. It fits: an instrument grows finer only where all numbers met do.
    /// </summary>
    public DecimalNumber At(int decimals) => new() { Value = Value * PowersOfTen.Of(decimals - Decimals), Written = Written };
}
