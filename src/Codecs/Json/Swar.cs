using System.Numerics;
using System.Runtime.CompilerServices;

namespace Lob.Fast.Codecs.Json;

/// <summary>
/// Eight bytes at a time in one register, first byte lowest. A mask has the high bit of each byte that was hit; bytes above the lowest hit may be
/// hit falsely (a borrow or carry runs upwards), so only the lowest hit counts.
/// </summary>
internal static class Swar
{
    public const int Width = sizeof(ulong);
    public const ulong HighBits = 0x8080808080808080;

    private const ulong Ones = 0x0101010101010101;
    private const ulong Quotes = 0x2222222222222222;
    private const ulong Backslashes = 0x5C5C5C5C5C5C5C5C;
    private const ulong Blanks = 0x2020202020202020;
    private const ulong Zeros = 0x3030303030303030;

    // 0x80 - 10: what carries a byte of 10 or more into its high bit.
    private const ulong AboveNine = 0x7676767676767676;

    // Brings bit 0 of byte n to bit n of the top byte.
    private const ulong HighBitsToTop = 0x0102_0408_1020_4080;

    /// <summary>Hits quotes, backslashes and control characters: whatever is not plain text in a string.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong NotPlain(ulong word)
    {
        ulong quote = word ^ Quotes;
        ulong backslash = word ^ Backslashes;
        return (((quote - Ones) & ~quote) | ((backslash - Ones) & ~backslash) | ((word - Blanks) & ~word)) & HighBits;
    }

    /// <summary>ASCII digits become their values, anything else a byte of 10 or more. XOR, so that no borrow crosses bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ToDigits(ulong word) => word ^ Zeros;

    /// <summary>Hits bytes that are not digit values 0–9.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong NotDigits(ulong digits) => ((digits + AboveNine) | digits) & HighBits;

    /// <summary>The same, and every hit is one: for more than the lowest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong AllNotDigits(ulong digits) => (((digits & ~HighBits) + AboveNine) | digits) & HighBits;

    /// <summary>Hits bytes that are zero, and every hit is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong AllZeros(ulong word) => ~(((word & ~HighBits) + ~HighBits) | word) & HighBits;

    /// <summary>The hits as eight bits, first byte lowest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Gather(ulong hits) => ((hits >> 7) * HighBitsToTop) >> 56;

    /// <summary>Index of the lowest hit, 8 when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int FirstHit(ulong mask) => BitOperations.TrailingZeroCount(mask) >> 3;

    /// <summary>Eight digit values, the most significant lowest, as a number. A shorter number is shifted up, which puts zeros in front.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long ToNumber(ulong digits)
    {
        digits = (digits * ((10UL << 8) + 1)) >> 8;
        digits = ((digits & 0x00FF00FF00FF00FF) * ((100UL << 16) + 1)) >> 16;
        return (uint)(((digits & 0x0000FFFF0000FFFF) * ((10000UL << 32) + 1)) >> 32);
    }
}
