using System.Runtime.CompilerServices;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Json;

/// <summary>
/// Decimal text to scaled integers, exactly. The grammar is what Binance, Bybit and OKX write: <c>0</c> or digits without a leading zero,
/// then optionally a point and 1–14 digits. No sign, no exponent, no blanks.
/// </summary>
public static class DecimalParser
{
    /// <summary>Bytes behind the opening quote that <see cref="TryParseQuoted"/> may look at: 7 digits, the point, 8 digits, the quote, and the rest of a load.</summary>
    internal const int LookAhead = 24;

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
    /// The fast path for the text of a JSON string: up to 7 digits, and optionally a point and up to 8 digits, then the closing quote; digits beyond
    /// <paramref name="scale"/> must be zeros. False = it is something else, or wrong, and <see cref="Parse"/> tells.
    /// </summary>
    /// <param name="text">First byte behind the opening quote; <see cref="LookAhead"/> bytes must be readable.</param>
    /// <param name="scale">At most 8 decimals.</param>
    /// <param name="value">The number × 10^decimals.</param>
    /// <param name="written">Decimals as written.</param>
    /// <param name="length">Bytes of the text.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryParseQuoted(ref byte text, in DecimalScale scale, out long value, out int written, out int length)
    {
        ulong whole = Swar.ToDigits(Unsafe.ReadUnaligned<ulong>(ref text));
        int wholeLength = Swar.FirstHit(Swar.NotDigits(whole));
        byte stop = Unsafe.Add(ref text, wholeLength);
        length = wholeLength;
        written = 0;
        value = 0;

        // 7 digits × 10^8 stay below 10^15.
        if ((uint)(wholeLength - 1) >= Swar.Width - 1 || ((byte)whole == 0 && wholeLength > 1))
        {
            return false;
        }

        value = Swar.ToNumber(whole << (64 - (8 * wholeLength))) * scale.Power;
        if (stop == (byte)'"')
        {
            return true;
        }

        ulong fraction = Swar.ToDigits(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, wholeLength + 1)));
        written = Swar.FirstHit(Swar.NotDigits(fraction));
        length = wholeLength + 1 + written;
        if (stop != (byte)'.' || written == 0 || Unsafe.Add(ref text, length) != (byte)'"')
        {
            return false;
        }

        fraction &= ulong.MaxValue >> (64 - (8 * written));
        if ((fraction & ~scale.FractionMask) != 0)
        {
            return false;
        }

        // The digits kept, with zeros behind a shorter text. A scale of 0 shifts by 64, that is not at all, and then there is no digit left.
        value += Swar.ToNumber(fraction << (64 - (8 * scale.Decimals)));
        return true;
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
