using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Lob.Fast.Engine.Books;

/// <summary>
/// Multiset hash of a book: the sum modulo 2^128 of one 128-bit hash for each level held. It is kept incrementally, so its cost does not
/// depend on the size of the book, and it does not depend on the order of changes, on exponents, or on how numbers were written ("1.0" = "1").
/// The definition, a test vector and a Python version stand in docs/JOURNAL.md.
/// </summary>
/// <param name="Low">Low 64 bits.</param>
/// <param name="High">High 64 bits.</param>
public readonly record struct Digest128(ulong Low, ulong High)
{
    // The first 64 fractional bits of the square roots of 2, 3, 5, 7, 11, 13, 17 and 19: numbers nobody chose.
    private const ulong C0 = 0x6A09E667F3BCC908;
    private const ulong C1 = 0xBB67AE8584CAA73B;
    private const ulong C2 = 0x3C6EF372FE94F82B;
    private const ulong C3 = 0xA54FF53A5F1D36F1;
    private const ulong C4 = 0x510E527FADE682D1;
    private const ulong C5 = 0x9B05688C2B3E6C1F;
    private const ulong C6 = 0x1F83D9ABFB41BD6B;
    private const ulong C7 = 0x5BE0CD19137E2179;

    /// <summary>Sum modulo 2^128.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Digest128 operator +(Digest128 left, Digest128 right)
    {
        ulong low = left.Low + right.Low;
        ulong carry = low < left.Low ? 1UL : 0UL;
        return new Digest128(low, left.High + right.High + carry);
    }

    /// <summary>Difference modulo 2^128.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Digest128 operator -(Digest128 left, Digest128 right)
    {
        ulong borrow = left.Low < right.Low ? 1UL : 0UL;
        return new Digest128(left.Low - right.Low, left.High - right.High - borrow);
    }

    /// <summary>Hash of one level.</summary>
    /// <param name="side">1 for bids, 2 for asks.</param>
    /// <param name="priceTicks">Price in ticks.</param>
    /// <param name="priceScale">10^(18 − price decimals), so that price × scale is the price × 10^18.</param>
    /// <param name="quantityLots">Quantity in lots.</param>
    /// <param name="quantityScale">10^(18 − quantity decimals).</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Digest128 OfLevel(ulong side, long priceTicks, long priceScale, long quantityLots, long quantityScale)
    {
        ulong priceHigh = Math.BigMul((ulong)priceTicks, (ulong)priceScale, out ulong priceLow);
        return Hash(side, priceHigh, priceLow, quantityLots, (ulong)quantityScale);
    }

    /// <summary>This digest after the quantity at a price has changed; 0 = no level there. Scales as for <see cref="OfLevel"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Digest128 AfterChange(ulong side, long priceTicks, ulong priceScale, long lotsBefore, long lotsAfter, ulong quantityScale)
    {
        ulong priceHigh = Math.BigMul((ulong)priceTicks, priceScale, out ulong priceLow);
        Digest128 digest = this;
        if (lotsBefore != 0)
        {
            digest -= Hash(side, priceHigh, priceLow, lotsBefore, quantityScale);
        }

        if (lotsAfter != 0)
        {
            digest += Hash(side, priceHigh, priceLow, lotsAfter, quantityScale);
        }

        return digest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Digest128 Hash(ulong side, ulong priceHigh, ulong priceLow, long quantityLots, ulong quantityScale)
    {
        ulong quantityHigh = Math.BigMul((ulong)quantityLots, quantityScale, out ulong quantityLow);
        ulong a = Fold(priceLow ^ C0, quantityLow ^ C1);
        ulong b = Fold(priceLow ^ C2, quantityLow ^ C3);
        ulong c = Fold(priceHigh ^ C4 ^ side, quantityHigh ^ C5);
        return new Digest128(Fold(a ^ C6, c ^ C7), Fold(b ^ C7, c ^ C6));
    }

    /// <summary>32 hexadecimal digits, high half first.</summary>
    public override string ToString() => $"{High:x16}{Low:x16}";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong left, ulong right)
    {
        // The instruction gives both halves, but its intrinsic gives the low one through memory: a second multiplication is faster.
        return Bmi2.X64.IsSupported
            ? Bmi2.X64.MultiplyNoFlags(left, right) ^ (left * right)
            : Math.BigMul(left, right, out ulong low) ^ low;
    }
}
