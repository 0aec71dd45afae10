using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text.Json;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Baselines.Values;

/// <summary>Texts and numbers of JSON to integers: prices and quantities × 10^8, times in ns. False = not of the form, or it does not fit.</summary>
public static class Utf8JsonNumbers
{
    private const long NsPerMs = 1_000_000;
    private const long NsPerSecond = 1_000_000_000;
    private const int IsoDateLength = 10;
    private const int IsoSecondsLength = 19;
    private const int IsoFractionMax = 9;

    // 18 digits always fit a long.
    private const int DigitsMax = 18;

    private static ReadOnlySpan<long> PowersOfTen =>
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000, 1_000_000_000_000,
        10_000_000_000_000, 100_000_000_000_000,
    ];

    /// <summary>A decimal in a text, such as <c>"61837.63000000"</c>.</summary>
    public static bool TryDecimalText(ref Utf8JsonReader reader, out long scaled, out int decimals)
    {
        (scaled, decimals) = (0, 0);
        return reader.TokenType == JsonTokenType.String && TryDecimal(reader.ValueSpan, out scaled, out decimals);
    }

    /// <summary>Digits, at most one point with digits on both sides, no needless leading zero, no sign.</summary>
    public static bool TryDecimal(ReadOnlySpan<byte> text, out long scaled, out int decimals)
    {
        (scaled, decimals) = (0, 0);
        long digits = 0;
        int point = -1;
        for (int i = 0; i < text.Length; i++)
        {
            uint digit = (uint)text[i] - '0';
            if (digit <= 9)
            {
                digits = (digits * 10) + digit;
            }
            else if (text[i] == '.' && point < 0)
            {
                point = i;
            }
            else
            {
                return false;
            }
        }

        if (text.Length > (point < 0 ? DigitsMax : DigitsMax + 1))
        {
            return TryLongDecimal(text, point, out scaled, out decimals);
        }

        decimals = point < 0 ? 0 : text.Length - point - 1;
        int whole = point < 0 ? text.Length : point;
        if (whole == 0 || (point >= 0 && decimals == 0) || (whole > 1 && text[0] == '0'))
        {
            return false;
        }

        return TryScale(digits, decimals, out scaled);
    }

    /// <summary>A JSON number as JavaScript writes it, perhaps with a minus, perhaps in exponent form (which counts as 15 decimals).</summary>
    public static bool TryNumber(ReadOnlySpan<byte> text, out long scaled, out int decimals)
    {
        bool negative = text.Length > 0 && text[0] == '-';
        text = text[(negative ? 1 : 0)..];
        int exponentAt = text.IndexOf((byte)'e');
        bool read = exponentAt < 0 ? TryDecimal(text, out scaled, out decimals) : TryExponent(text, exponentAt, out scaled, out decimals);
        scaled = negative ? -scaled : scaled;
        return read;
    }

    /// <summary>Milliseconds, as a number, to ns.</summary>
    public static bool TryMilliseconds(ref Utf8JsonReader reader, out long ns)
    {
        ns = 0;
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long ms))
        {
            return false;
        }

        ns = ms * NsPerMs;
        return true;
    }

    /// <summary>Milliseconds, as a text, to ns.</summary>
    public static bool TryMillisecondsText(ref Utf8JsonReader reader, out long ns)
    {
        bool read = TryIntegerText(ref reader, out long ms);
        ns = ms * NsPerMs;
        return read;
    }

    /// <summary>A whole number.</summary>
    public static bool TryInteger(ref Utf8JsonReader reader, out long value)
    {
        value = 0;
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out value);
    }

    /// <summary>A whole number in a text.</summary>
    public static bool TryIntegerText(ref Utf8JsonReader reader, out long value)
    {
        value = 0;
        return reader.TokenType == JsonTokenType.String && Utf8Parser.TryParse(reader.ValueSpan, out value, out int used) && used == reader.ValueSpan.Length;
    }

    /// <summary>A trade id: a UUID, or a number in a text.</summary>
    public static bool TryIdText(ref Utf8JsonReader reader, out long low, out long high)
    {
        high = 0;
        if (reader.TokenType == JsonTokenType.String && Utf8Parser.TryParse(reader.ValueSpan, out Guid id, out int used, 'D') && used == reader.ValueSpan.Length)
        {
            Span<byte> bytes = stackalloc byte[16];
            id.TryWriteBytes(bytes, bigEndian: true, out _);
            high = BinaryPrimitives.ReadInt64BigEndian(bytes);
            low = BinaryPrimitives.ReadInt64BigEndian(bytes[8..]);
            return true;
        }

        return TryIntegerText(ref reader, out low);
    }

    /// <summary>
    /// <c>YYYY-MM-DDTHH:MM:SS[.f]Z</c> to ns. The platform's own parser has no more than 100 ns; the date is as good as always that of the time before.
    /// </summary>
    /// <param name="reader">Stands at the text.</param>
    /// <param name="day">The day read last, kept by the caller.</param>
    /// <param name="ns">Unix ns.</param>
    public static bool TryIsoTime(ref Utf8JsonReader reader, ref IsoDay day, out long ns)
    {
        ns = 0;
        ReadOnlySpan<byte> text = reader.ValueSpan;
        if (reader.TokenType != JsonTokenType.String || text.Length <= IsoSecondsLength || text[^1] != 'Z' || text[10] != 'T' || text[13] != ':' || text[16] != ':'
            || !day.TrySet(text[..IsoDateLength])
            || !TryTwo(text, 11, out int hour) || !TryTwo(text, 14, out int minute) || !TryTwo(text, 17, out int second)
            || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        ReadOnlySpan<byte> fraction = text[IsoSecondsLength..^1];
        long fractionNs = 0;
        if (fraction.Length > 0)
        {
            if (fraction[0] != '.' || fraction.Length is 1 or > IsoFractionMax + 1)
            {
                return false;
            }

            foreach (byte letter in fraction[1..])
            {
                uint digit = (uint)letter - '0';
                if (digit > 9)
                {
                    return false;
                }

                fractionNs = (fractionNs * 10) + digit;
            }

            fractionNs *= PowersOfTen[IsoFractionMax + 1 - fraction.Length];
        }

        ns = day.StartNs + (((((hour * 60) + minute) * 60L) + second) * NsPerSecond) + fractionNs;
        return true;
    }

    private static bool TryTwo(ReadOnlySpan<byte> text, int at, out int value)
    {
        uint tens = (uint)text[at] - '0';
        uint ones = (uint)text[at + 1] - '0';
        value = (int)((tens * 10) + ones);
        return tens <= 9 && ones <= 9;
    }

    private static bool TryScale(long digits, int decimals, out long scaled)
    {
        scaled = 0;
        if (decimals > FrameValue.Decimals)
        {
            (scaled, long lost) = Math.DivRem(digits, PowersOfTen[Math.Min(decimals - FrameValue.Decimals, PowersOfTen.Length - 1)]);
            return lost == 0;
        }

        long power = PowersOfTen[FrameValue.Decimals - decimals];
        scaled = digits * power;
        return digits <= long.MaxValue / power;
    }

    // More than 18 digits: only zeros behind the eighth decimal can save it.
    private static bool TryLongDecimal(ReadOnlySpan<byte> text, int point, out long scaled, out int decimals)
    {
        (scaled, decimals) = (0, 0);
        int end = point + 1 + FrameValue.Decimals;
        if (point < 0 || end >= text.Length || end > DigitsMax + 1 || text[end..].ContainsAnyExcept((byte)'0'))
        {
            return false;
        }

        bool read = TryDecimal(text[..end], out scaled, out _);
        decimals = text.Length - point - 1;
        return read;
    }

    // One digit before the point, then e and a negative exponent: 2e-8, 9.1e-7.
    private static bool TryExponent(ReadOnlySpan<byte> text, int exponentAt, out long scaled, out int decimals)
    {
        decimals = TextForm.Exponent;
        scaled = 0;
        if (!TryDecimal(text[..exponentAt], out long mantissa, out _)
            || !Utf8Parser.TryParse(text[(exponentAt + 1)..], out int exponent, out int used)
            || used != text.Length - exponentAt - 1
            || exponent is > 0 or < -14)
        {
            return false;
        }

        (scaled, long lost) = Math.DivRem(mantissa, PowersOfTen[-exponent]);
        return lost == 0;
    }
}
