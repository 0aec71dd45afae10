using System.Runtime.CompilerServices;

namespace Lob.Fast.Engine.Records;

/// <summary>
/// How the venue wrote a price and a quantity: decimals of the price in the high nibble, of the quantity in the low one, 0–14 each.
/// 15 stands for exponent form ("9.1e-7"), which is written back by one canonical rule. Together with the scaled integers it gives the
/// venue's own text back, trailing zeros and all.
/// </summary>
/// <param name="Packed">Both nibbles.</param>
public readonly record struct TextForm(byte Packed)
{
    /// <summary>Most decimals a number may be written with and still be kept.</summary>
    public const int DecimalsMax = 14;

    /// <summary>Nibble value for exponent form.</summary>
    public const int Exponent = 15;

    /// <summary>Packs both counts, each 0–15.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TextForm Of(int priceDecimals, int quantityDecimals) => new((byte)((priceDecimals << 4) | quantityDecimals));

    /// <summary>Decimals of the price as written.</summary>
    public int PriceDecimals => Packed >> 4;

    /// <summary>Decimals of the quantity as written.</summary>
    public int QuantityDecimals => Packed & 15;
}
