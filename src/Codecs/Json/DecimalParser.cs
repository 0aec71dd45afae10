using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Json;

/// <summary>
/// Decimal text to scaled integers, exactly. The grammar of strings is what Binance, Bybit and OKX write: <c>0</c> or digits without a leading zero,
/// then optionally a point and 1–14 digits; no sign, no exponent, no blanks. JSON numbers (<see cref="ParseSigned"/>) are what Bitfinex writes:
/// the same, or with a minus, or in JavaScript's exponent form.
/// </summary>
public static class DecimalParser
{
    /// <summary>
    /// Bytes from the first one of the text that <see cref="TryParseQuoted"/> and <see cref="TryParseNumber"/> may look at: a minus, 7 digits, the point,
    /// 8 digits, what ends them, and the rest of a load; or a minus, 16 bytes, and what ends them.
    /// </summary>
    internal const int LookAhead = 24;

    /// <summary>JavaScript writes an exponent for numbers below 10^−6: from this one on.</summary>
    private const int ExponentMin = 7;

    /// <summary>Reads <paramref name="text"/> at <paramref name="decimals"/> (0–14).</summary>
    public static DecimalNumber Parse(ReadOnlySpan<byte> text, int decimals)
    {
        DecimalNumber number = default;
        int at = 0;
        ulong mantissa = 0;
        bool fits = true;
        for (; at < text.Length && char.IsAsciiDigit((char)text[at]); at++)
        {
            fits &= TryAppend(ref mantissa, text[at]);
        }

        if (at == 0)
        {
            return Fault(RejectReason.BadNumber, 0);
        }

        if (at > 1 && text[0] == (byte)'0')
        {
            return Fault(RejectReason.BadNumber, 1);
        }

        if (at < text.Length)
        {
            if (text[at] != (byte)'.')
            {
                return Fault(RejectReason.BadNumber, at);
            }

            int fraction = at + 1;
            int zeros = 0;
            for (at = fraction; at < text.Length; at++)
            {
                if (!char.IsAsciiDigit((char)text[at]))
                {
                    return Fault(RejectReason.BadNumber, at);
                }

                if (text[at] == (byte)'0')
                {
                    zeros++;
                    continue;
                }

                // Zeros count only when another digit stands behind them.
                for (; zeros > 0; zeros--)
                {
                    fits &= TryAppend(ref mantissa, (byte)'0');
                }

                fits &= TryAppend(ref mantissa, text[at]);
                number.Significant = at + 1 - fraction;
            }

            number.Written = text.Length - fraction;
            if (number.Written == 0)
            {
                return Fault(RejectReason.BadNumber, at);
            }

            if (number.Written > TextForm.DecimalsMax)
            {
                return Fault(RejectReason.NumberOutOfRange, fraction + TextForm.DecimalsMax);
            }
        }

        if (!fits)
        {
            return Fault(RejectReason.NumberOutOfRange, 0);
        }

        if (number.Significant <= decimals)
        {
            UInt128 value = (UInt128)mantissa * (ulong)PowersOfTen.Of(decimals - number.Significant);
            if (value > long.MaxValue)
            {
                return Fault(RejectReason.NumberOutOfRange, 0);
            }

            number.Value = (long)value;
        }

        return number;
    }

    /// <summary>
    /// Reads the text of a JSON number at <paramref name="decimals"/> (0–14): optionally a minus, then what <see cref="Parse"/> reads, or the exponent form
    /// exactly as JavaScript writes it: for numbers below 10^−6 only, one digit other than 0 before the point, no zero at the end, an exponent without
    /// leading zeros (<c>2e-8</c>, <c>9.1e-7</c>). What JavaScript would not write (<c>1e-6</c>, <c>10e-8</c>, <c>1.0e-7</c>, <c>1E-7</c>, <c>-0</c>)
    /// is a <see cref="RejectReason.BadNumber"/>, because it could not be written back.
    /// </summary>
    public static DecimalNumber ParseSigned(ReadOnlySpan<byte> text, int decimals)
    {
        int signLength = text.Length > 0 && text[0] == (byte)'-' ? 1 : 0;
        ReadOnlySpan<byte> magnitude = text[signLength..];
        int exponentAt = magnitude.IndexOf((byte)'e');
        DecimalNumber number = exponentAt < 0 ? Parse(magnitude, decimals) : ParseExponent(magnitude, exponentAt, decimals);
        if (number.Reason != RejectReason.None)
        {
            number.FaultByte += signLength;
            return number;
        }

        if (signLength != 0 && number is { Value: 0, Significant: 0 })
        {
            return Fault(RejectReason.BadNumber, 0);
        }

        number.Negative = signLength != 0;
        return number;
    }

    /// <summary>
    /// The fast path for the text of a JSON string: digits, and optionally a point and more of them, up to 16 bytes in all, then the closing quote; digits beyond
    /// <paramref name="scale"/> must be zeros. False = it is something else (which texts are taken depends on the processor), or wrong, and
    /// <see cref="Parse"/> tells.
    /// </summary>
    /// <param name="text">First byte behind the opening quote; <see cref="LookAhead"/> bytes must be readable.</param>
    /// <param name="scale">At most 8 decimals.</param>
    /// <param name="value">The number × 10^decimals.</param>
    /// <param name="written">Decimals as written.</param>
    /// <param name="length">Bytes of the text.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryParseQuoted(ref byte text, in DecimalScale scale, out long value, out int written, out int length) =>
        TryParseDigits(ref text, scale, out value, out written, out length) && Unsafe.Add(ref text, length) == (byte)'"';

    /// <summary>
    /// The fast path for a JSON number in an array: optionally a minus, then as <see cref="TryParseQuoted"/>, up to a comma or a closing bracket.
    /// False = it is something else, or wrong, and <see cref="ParseSigned"/> tells.
    /// </summary>
    /// <param name="text">First byte of the number; <see cref="LookAhead"/> bytes must be readable.</param>
    /// <param name="scale">At most 8 decimals.</param>
    /// <param name="value">The number without its sign × 10^decimals.</param>
    /// <param name="negative">It stands behind a minus.</param>
    /// <param name="written">Decimals as written.</param>
    /// <param name="length">Bytes of the text, with its minus.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryParseNumber(ref byte text, in DecimalScale scale, out long value, out bool negative, out int written, out int length)
    {
        negative = text == (byte)'-';
        int signLength = negative ? 1 : 0;
        bool read = TryParseDigits(ref Unsafe.Add(ref text, signLength), scale, out value, out written, out length);
        length += signLength;
        return read && Unsafe.Add(ref text, length) is (byte)',' or (byte)']' && (!negative || value != 0);
    }

    /// <summary>Digits and a fraction as the fast paths take them; what stands behind is for the caller to check.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryParseDigits(ref byte text, in DecimalScale scale, out long value, out int written, out int length) =>
        VectorDigits.IsSupported
            ? TryParseVector(ref text, scale, out value, out written, out length)
            : TryParseSwar(ref text, scale, out value, out written, out length);

    /// <summary>
    /// The fast path for a string that has been read: all of it is a number as <see cref="TryParseQuoted"/> takes it. Its end is known, so it may stand at the end of the frame.
    /// False = it is something else, or wrong, and <see cref="Parse"/> tells.
    /// </summary>
    /// <param name="frame">The whole frame.</param>
    /// <param name="start">First byte of the text.</param>
    /// <param name="length">Bytes of the text; more of the frame stands behind it.</param>
    /// <param name="scale">At most 8 decimals.</param>
    /// <param name="value">The number × 10^decimals.</param>
    /// <param name="written">Decimals as written.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryParseText(ReadOnlySpan<byte> frame, int start, int length, in DecimalScale scale, out long value, out int written)
    {
        ref byte text = ref Unsafe.AsRef(in frame[start]);
        int read;
        if (frame.Length - start >= LookAhead)
        {
            return TryParseDigits(ref text, scale, out value, out written, out read) && read == length;
        }

        // The 16 bytes that end with the text, brought to the front.
        int end = start + length;
        if (VectorDigits.IsSupported && length <= VectorText.Width && end >= VectorText.Width)
        {
            Vector128<byte> bytes = Vector128.LoadUnsafe(ref Unsafe.Subtract(ref Unsafe.Add(ref text, length), VectorText.Width));
            return TryParseVector(VectorText.ShiftDown(bytes, VectorText.Width - length), ref text, scale, out value, out written, out read) && read == length;
        }

        value = 0;
        written = 0;
        return false;
    }

    /// <summary>Texts of up to 16 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryParseVector(ref byte text, in DecimalScale scale, out long value, out int written, out int length) =>
        TryParseVector(Vector128.LoadUnsafe(ref text), ref text, scale, out value, out written, out length);

    // The same, its bytes loaded.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryParseVector(Vector128<byte> bytes, ref byte text, in DecimalScale scale, out long value, out int written, out int length)
    {
        // A stop behind the last byte, so that there is one.
        uint stops = VectorDigits.NotDigits(bytes) | (1u << VectorDigits.Width);
        int whole = BitOperations.TrailingZeroCount(stops);
        uint points = Unsafe.Add(ref text, whole) == (byte)'.' ? 1u : 0;
        length = BitOperations.TrailingZeroCount(stops & (stops - points));
        written = length - whole - (int)points;
        if (VectorDigits.IsEmpty(stops) || length > VectorDigits.Width || length - whole == 1 || (text == (byte)'0' && whole > 1))
        {
            value = 0;
            return false;
        }

        return VectorDigits.TryRead(bytes, whole, length, scale.Decimals, scale.Places, out value);
    }

    /// <summary>Texts of up to 7 digits, and up to 8 behind the point: for processors without the vectors.</summary>
    internal static bool TryParseSwar(ref byte text, in DecimalScale scale, out long value, out int written, out int length)
    {
        ulong digits = Swar.ToDigits(Unsafe.ReadUnaligned<ulong>(ref text));
        int whole = Swar.FirstHit(Swar.NotDigits(digits));
        length = whole;
        written = 0;
        value = 0;
        if ((uint)(whole - 1) >= Swar.Width - 1 || (text == (byte)'0' && whole > 1))
        {
            return false;
        }

        if (Unsafe.Add(ref text, whole) == (byte)'.')
        {
            ulong fraction = Swar.ToDigits(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, whole + 1)));
            written = Swar.FirstHit(Swar.NotDigits(fraction));
            length += 1 + written;
        }

        return length - whole != 1 && TryReadSwar(ref text, whole, length, scale, out value);
    }

    /// <summary>
    /// The number in the first <paramref name="length"/> bytes: <paramref name="whole"/> digits (1–7), and if there is more, a point and up to 8 digits. False = longer, or
    /// digits beyond the scale are not zeros.
    /// </summary>
    /// <param name="text">First digit; 8 bytes behind the point must be readable.</param>
    /// <param name="whole">Digits before the point.</param>
    /// <param name="length">Bytes of the number.</param>
    /// <param name="scale">At most 8 decimals.</param>
    /// <param name="value">The number × 10^decimals.</param>
    internal static bool TryReadSwar(ref byte text, int whole, int length, in DecimalScale scale, out long value)
    {
        value = 0;

        // 7 digits × 10^8 stay below 10^15.
        int written = length - whole - 1;
        if (whole >= Swar.Width || written > Swar.Width)
        {
            return false;
        }

        ulong digits = Swar.ToDigits(Unsafe.ReadUnaligned<ulong>(ref text));
        value = Swar.ToNumber(digits << (64 - (8 * whole))) * scale.Power;
        if (written <= 0)
        {
            return true;
        }

        ulong fraction = Swar.ToDigits(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, whole + 1)));
        fraction &= ulong.MaxValue >> (64 - (8 * written));

        // The digits kept, with zeros behind a shorter text. A scale of 0 shifts by 64, that is not at all, and then there is no digit left.
        value += Swar.ToNumber(fraction << (64 - (8 * scale.Decimals)));
        return (fraction & ~scale.FractionMask) == 0;
    }

    /// <summary>A number in exponent form, its <c>e</c> at <paramref name="exponentAt"/>.</summary>
    private static DecimalNumber ParseExponent(ReadOnlySpan<byte> text, int exponentAt, int decimals)
    {
        // One digit before the point, not 0, and no zero at the end.
        if (exponentAt == 0 || text[0] == (byte)'0' || (exponentAt > 1 && text[1] != (byte)'.'))
        {
            return Fault(RejectReason.BadNumber, 0);
        }

        DecimalNumber mantissa = Parse(text[..exponentAt], TextForm.DecimalsMax);
        if (mantissa.Reason != RejectReason.None)
        {
            return mantissa;
        }

        if (mantissa.Significant != mantissa.Written)
        {
            return Fault(RejectReason.BadNumber, exponentAt - 1);
        }

        int at = exponentAt + 1;
        if (at == text.Length || text[at] != (byte)'-')
        {
            return Fault(RejectReason.BadNumber, at);
        }

        int exponent = 0;
        int digits = ++at;
        for (; at < text.Length; at++)
        {
            if (!char.IsAsciiDigit((char)text[at]) || text[digits] == (byte)'0')
            {
                return Fault(RejectReason.BadNumber, at);
            }

            // Far more than can be held is all that need be known of a longer one.
            exponent = Math.Min((exponent * 10) + text[at] - '0', 1000);
        }

        if (exponent < ExponentMin)
        {
            return Fault(RejectReason.BadNumber, digits);
        }

        int needed = exponent + mantissa.Written;
        if (needed > TextForm.DecimalsMax)
        {
            return Fault(RejectReason.NumberOutOfRange, digits);
        }

        // The mantissa is below 10 and was read at 14 decimals: m × 10^14 / 10^exponent × 10^(decimals - 14), in which nothing is lost.
        return new DecimalNumber
        {
            Value = needed <= decimals ? mantissa.Value / PowersOfTen.Of(exponent + TextForm.DecimalsMax - decimals) : 0,
            Written = TextForm.Exponent,
            Significant = needed,
        };
    }

    private static bool TryAppend(ref ulong mantissa, byte digit)
    {
        uint value = (uint)digit - '0';
        if (mantissa > ((ulong)long.MaxValue - value) / 10)
        {
            return false;
        }

        mantissa = (mantissa * 10) + value;
        return true;
    }

    private static DecimalNumber Fault(RejectReason reason, int faultByte) => new() { Reason = reason, FaultByte = faultByte };
}
