using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Numbers;

/// <summary>Scaled integers as decimal text, in the form a venue wrote them.</summary>
public static class DecimalText
{
    /// <summary>
    /// Most characters that are ever written: sign, 19 digits, point, and zeros up to 14 decimals. More decimals are kept only where the scale
    /// has them (18 at most), and then no zero is added.
    /// </summary>
    public const int CharactersMax = 1 + 19 + 1 + TextForm.DecimalsMax;

    /// <summary>JavaScript writes numbers below 10^−this with an exponent.</summary>
    private const int FixedDecimalsMax = 6;

    /// <summary>Digits that one register holds as text.</summary>
    private const int EightDigits = 8;

    /// <summary>10^8: the first number with more digits.</summary>
    private const ulong EightDigitsEnd = 100_000_000;

    private const ulong EightZeros = 0x3030303030303030;

    private static ReadOnlySpan<byte> Pairs =>
        "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899"u8;

    /// <summary>
    /// Writes <paramref name="value"/> × 10^−<paramref name="decimals"/> in <paramref name="writtenForm"/>: with so many decimals, where zeros are added and
    /// digits left out only if they are zeros; or as JavaScript writes a number (see the other overload).
    /// </summary>
    /// <param name="value">The scaled integer.</param>
    /// <param name="decimals">Its scale, 0–18.</param>
    /// <param name="writtenForm">Decimals wanted, 0–14, or <see cref="TextForm.Exponent"/>.</param>
    /// <exception cref="ArgumentException">A digit that is not zero would be lost.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No such scale or form.</exception>
    public static string Format(long value, int decimals, int writtenForm)
    {
        Span<byte> text = stackalloc byte[CharactersMax];
        return Encoding.ASCII.GetString(text[..Format(text, value, decimals, writtenForm)]);
    }

    /// <summary>
    /// Writes <paramref name="value"/> × 10^−<paramref name="decimals"/> as ASCII and gives the bytes written, without allocating. The form
    /// <see cref="TextForm.Exponent"/> is JavaScript's own: below 10^−6 the shortest digits, one of them before the point, and an exponent without leading
    /// zeros (<c>2e-8</c>, <c>9.1e-7</c>); from there on, and for 0, the shortest decimal text, because JavaScript writes no exponent then.
    /// </summary>
    /// <param name="utf8">Takes the text; <see cref="CharactersMax"/> bytes always suffice. What stands behind the text may be written over.</param>
    /// <param name="value">The scaled integer.</param>
    /// <param name="decimals">Its scale, 0–18.</param>
    /// <param name="writtenForm">Decimals wanted, 0–14, or <see cref="TextForm.Exponent"/>.</param>
    /// <exception cref="ArgumentException">A digit that is not zero would be lost, or <paramref name="utf8"/> is too short.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No such scale or form.</exception>
    public static int Format(Span<byte> utf8, long value, int decimals, int writtenForm)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)decimals, (uint)PowersOfTen.ExponentMax, nameof(decimals));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)writtenForm, (uint)TextForm.Exponent, nameof(writtenForm));
        ulong magnitude = Magnitude(value);
        if (writtenForm == TextForm.Exponent)
        {
            return WriteShort(utf8, value < 0, magnitude, decimals, exponentAllowed: true);
        }

        if (writtenForm <= EightDigits && utf8.Length >= CharactersMax)
        {
            (ulong whole, ulong fraction) = Math.DivRem(magnitude, (ulong)PowersOfTen.Of(decimals));
            if (whole < EightDigitsEnd)
            {
                return WriteEights(utf8, value, whole, fraction, decimals, writtenForm);
            }
        }

        if (writtenForm >= decimals)
        {
            return WriteFixed(utf8, value < 0, magnitude, decimals, writtenForm - decimals);
        }

        (magnitude, ulong lost) = Math.DivRem(magnitude, (ulong)PowersOfTen.Of(decimals - writtenForm));
        if (lost != 0)
        {
            ThrowLosesDigits(value, decimals, writtenForm);
        }

        return WriteFixed(utf8, value < 0, magnitude, writtenForm, 0);
    }

    /// <summary>Writes <paramref name="value"/> × 10^−<paramref name="decimals"/> (0–18) without trailing zeros and without an exponent.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such scale.</exception>
    public static string FormatShort(long value, int decimals)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)decimals, (uint)PowersOfTen.ExponentMax, nameof(decimals));
        Span<byte> text = stackalloc byte[CharactersMax];
        return Encoding.ASCII.GetString(text[..WriteShort(text, value < 0, Magnitude(value), decimals, exponentAllowed: false)]);
    }

    // The magnitude of the smallest long is no long, but wrapped around it is the right ulong.
    private static ulong Magnitude(long value) => value < 0 ? (ulong)-value : (ulong)value;

    /// <summary>
    /// The usual number: at most eight digits on each side of the point, written with two stores and no loop. Writes up to seven bytes too many.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int WriteEights(Span<byte> utf8, long value, ulong whole, ulong fraction, int decimals, int writtenForm)
    {
        ref byte text = ref MemoryMarshal.GetReference(utf8);
        text = (byte)'-';
        int length = (int)((ulong)value >> 63);

        // A number below 10^7 begins with zeros that are not written; of 0 the last one is.
        ulong digits = ToDigits(whole);
        int zeros = BitOperations.TrailingZeroCount(digits | (1UL << 56)) & ~7;
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref text, length), (digits | EightZeros) >> zeros);
        length += EightDigits - (zeros / 8);
        if (writtenForm >= decimals)
        {
            fraction *= (ulong)PowersOfTen.Of(writtenForm - decimals);
        }
        else
        {
            (fraction, ulong lost) = Math.DivRem(fraction, (ulong)PowersOfTen.Of(decimals - writtenForm));
            if (lost != 0)
            {
                ThrowLosesDigits(value, decimals, writtenForm);
            }
        }

        if (writtenForm == 0)
        {
            return length;
        }

        Unsafe.Add(ref text, length) = (byte)'.';
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref text, length + 1), (ToDigits(fraction) | EightZeros) >> (8 * (EightDigits - writtenForm)));
        return length + 1 + writtenForm;
    }

    /// <summary>The eight digits of a number below 10^8, one a byte, the most significant lowest.</summary>
    private static ulong ToDigits(ulong number)
    {
        // Halves of four digits, then of two, then digits: each is divided by multiplying, which is exact for so few digits.
        ulong fours = (number / 10_000) | ((number % 10_000) << 32);
        ulong hundreds = ((fours * 10_486) >> 20) & 0x0000_007F_0000_007F;
        ulong twos = hundreds | ((fours - (hundreds * 100)) << 16);
        ulong tens = ((twos * 103) >> 10) & 0x000F_000F_000F_000F;
        return tens | ((twos - (tens * 10)) << 8);
    }

    private static int WriteShort(Span<byte> utf8, bool negative, ulong magnitude, int decimals, bool exponentAllowed)
    {
        while (decimals > 0 && magnitude % 10 == 0)
        {
            magnitude /= 10;
            decimals--;
        }

        return exponentAllowed && decimals > FixedDecimalsMax && magnitude < (ulong)PowersOfTen.Of(decimals - FixedDecimalsMax)
            ? WriteExponent(utf8, negative, magnitude, decimals)
            : WriteFixed(utf8, negative, magnitude, decimals, 0);
    }

    /// <summary>Digits with a point before the last <paramref name="decimals"/> of them, and zeros behind.</summary>
    private static int WriteFixed(Span<byte> utf8, bool negative, ulong magnitude, int decimals, int zerosBehind)
    {
        int signLength = negative ? 1 : 0;
        int wholeLength = Math.Max(DigitCount(magnitude) - decimals, 1);
        int fractionLength = decimals + zerosBehind;
        int length = signLength + wholeLength + (fractionLength > 0 ? 1 + fractionLength : 0);
        if (utf8.Length < length)
        {
            ThrowTooShort(utf8.Length, length);
        }

        utf8[0] = (byte)'-';
        Span<byte> whole = utf8.Slice(signLength, wholeLength);
        if (fractionLength > 0)
        {
            Span<byte> fraction = utf8.Slice(signLength + wholeLength + 1, fractionLength);
            fraction[decimals..].Fill((byte)'0');
            magnitude = WriteLastDigits(fraction[..decimals], magnitude);
            utf8[signLength + wholeLength] = (byte)'.';
        }

        WriteLastDigits(whole, magnitude);
        return length;
    }

    /// <summary>A number that is not 0 and does not end in 0, with one digit before the point.</summary>
    private static int WriteExponent(Span<byte> utf8, bool negative, ulong magnitude, int decimals)
    {
        int digitCount = DigitCount(magnitude);
        int exponent = decimals - digitCount + 1;
        int signLength = negative ? 1 : 0;
        int mantissaLength = digitCount == 1 ? 1 : digitCount + 1;
        int exponentAt = signLength + mantissaLength + 2;
        int length = exponentAt + DigitCount((ulong)exponent);
        if (utf8.Length < length)
        {
            ThrowTooShort(utf8.Length, length);
        }

        utf8[0] = (byte)'-';
        Span<byte> mantissa = utf8.Slice(signLength, mantissaLength);
        if (digitCount > 1)
        {
            magnitude = WriteLastDigits(mantissa[2..], magnitude);
            mantissa[1] = (byte)'.';
        }

        WriteLastDigits(mantissa[..1], magnitude);
        "e-"u8.CopyTo(utf8[(exponentAt - 2)..]);
        WriteLastDigits(utf8[exponentAt..length], (ulong)exponent);
        return length;
    }

    /// <summary>Fills <paramref name="utf8"/> with the last digits of <paramref name="number"/>, zeros in front, and gives what is left of the number.</summary>
    private static ulong WriteLastDigits(Span<byte> utf8, ulong number)
    {
        int at = utf8.Length;
        for (; at >= 2; at -= 2)
        {
            (number, ulong pair) = Math.DivRem(number, 100);
            Pairs.Slice((int)pair * 2, 2).CopyTo(utf8[(at - 2)..]);
        }

        if (at == 1)
        {
            (number, ulong digit) = Math.DivRem(number, 10);
            utf8[0] = (byte)('0' + digit);
        }

        return number;
    }

    /// <summary>Decimal digits of a number up to 2^63; 1 for 0.</summary>
    private static int DigitCount(ulong number)
    {
        // 1233 / 4096 is about the decimal logarithm of 2: bits become digits, at most one too few, which the power tells. Only 2^63 would ask for 10^19.
        int bits = BitOperations.Log2(number | 1) + 1;
        int digits = Math.Min((bits * 1233) >> 12, PowersOfTen.ExponentMax);
        return Math.Max(number >= (ulong)PowersOfTen.Of(digits) ? digits + 1 : digits, 1);
    }

    private static void ThrowLosesDigits(long value, int decimals, int writtenForm) =>
        throw new ArgumentException($"{value} at {decimals} decimals cannot be written with {writtenForm}", nameof(writtenForm));

    private static void ThrowTooShort(int length, int needed) =>
        throw new ArgumentException($"The text needs {needed} bytes and there is room for {length}");
}
