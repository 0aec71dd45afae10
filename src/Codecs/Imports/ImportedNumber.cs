using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Imports;

/// <summary>
/// Any JSON number (RFC 8259) as an exact decimal. Other programs write numbers their own way: Python writes 0.00001 as <c>1e-05</c>. What
/// <see cref="DecimalParser"/> reads keeps its text form; any other exponent is resolved, and the number is then written without one.
/// </summary>
internal static class ImportedNumber
{
    /// <summary>Digits of a mantissa; more than twice what fits a long is no price.</summary>
    private const int DigitsMax = 40;

    /// <summary>Larger ones leave what can be held, whatever the mantissa.</summary>
    private const int ExponentMax = 60;

    /// <summary>Reads the text of a JSON number, which the scanner has validated, at <paramref name="decimals"/> (0–14).</summary>
    public static DecimalNumber Parse(ReadOnlySpan<byte> text, int decimals)
    {
        DecimalNumber number = DecimalParser.ParseSigned(text, decimals);
        return number.Reason != RejectReason.None && text.IndexOfAny((byte)'e', (byte)'E') >= 0 ? ParseExponent(text, decimals) : number;
    }

    private static DecimalNumber ParseExponent(ReadOnlySpan<byte> text, int decimals)
    {
        bool negative = text[0] == (byte)'-';
        int exponentAt = text.IndexOfAny((byte)'e', (byte)'E');
        ReadOnlySpan<byte> mantissa = text[(negative ? 1 : 0)..exponentAt];
        if (mantissa.Length > DigitsMax || !TryExponent(text[(exponentAt + 1)..], out int exponent))
        {
            return new DecimalNumber { Reason = RejectReason.NumberOutOfRange };
        }

        // All digits in a row, and where among them the point stands once it has been moved.
        Span<byte> digits = stackalloc byte[DigitsMax];
        int count = 0;
        int point = 0;
        bool behindPoint = false;
        foreach (byte letter in mantissa)
        {
            if (letter == (byte)'.')
            {
                behindPoint = true;
                continue;
            }

            digits[count++] = letter;
            point += behindPoint ? 0 : 1;
        }

        point += exponent;
        int first = digits[..count].IndexOfAnyExcept((byte)'0');
        if (first < 0)
        {
            return default;
        }

        int last = digits[..count].LastIndexOfAnyExcept((byte)'0');
        ReadOnlySpan<byte> significant = digits[first..(last + 1)];
        point -= first;

        Span<byte> plain = stackalloc byte[DigitsMax + (2 * ExponentMax) + 2];
        DecimalNumber number = DecimalParser.Parse(plain[..WritePlain(plain, significant, point)], decimals);
        number.Negative = negative;
        number.FaultByte = 0;
        return number;
    }

    /// <summary>Digits without zeros at either end, the point behind so many of them; the bytes written.</summary>
    private static int WritePlain(Span<byte> plain, ReadOnlySpan<byte> digits, int point)
    {
        int at = 0;
        if (point <= 0)
        {
            plain[at++] = (byte)'0';
            plain[at++] = (byte)'.';
            plain.Slice(at, -point).Fill((byte)'0');
            at -= point;
            digits.CopyTo(plain[at..]);
            return at + digits.Length;
        }

        int whole = Math.Min(point, digits.Length);
        digits[..whole].CopyTo(plain);
        plain[whole..point].Fill((byte)'0');
        at = point;
        if (whole < digits.Length)
        {
            plain[at++] = (byte)'.';
            digits[whole..].CopyTo(plain[at..]);
            at += digits.Length - whole;
        }

        return at;
    }

    private static bool TryExponent(ReadOnlySpan<byte> text, out int exponent)
    {
        int sign = text[0] == (byte)'-' ? -1 : 1;
        exponent = 0;
        foreach (byte digit in text[(text[0] is (byte)'-' or (byte)'+' ? 1 : 0)..])
        {
            exponent = (exponent * 10) + digit - '0';
            if (exponent > ExponentMax)
            {
                return false;
            }
        }

        exponent *= sign;
        return true;
    }
}
