using System.Globalization;

namespace Lob.Fast.Engine.Numbers;

/// <summary>Scaled integers as decimal text.</summary>
public static class DecimalText
{
    /// <summary>Most characters <see cref="Format"/> writes: sign, 19 digits, point, and zeros up to 18 decimals.</summary>
    public const int CharactersMax = 40;

    /// <summary>
    /// Writes <paramref name="value"/> × 10^−<paramref name="decimals"/> with <paramref name="writtenDecimals"/> decimals: zeros are added, and digits left
    /// out only if they are zeros.
    /// </summary>
    /// <param name="value">The scaled integer.</param>
    /// <param name="decimals">Its scale, 0–18.</param>
    /// <param name="writtenDecimals">Decimals wanted, 0–18.</param>
    /// <exception cref="ArgumentException">A digit that is not zero would be lost.</exception>
    public static string Format(long value, int decimals, int writtenDecimals)
    {
        Int128 scaled = value;
        if (writtenDecimals >= decimals)
        {
            scaled *= PowersOfTen.Of(writtenDecimals - decimals);
        }
        else
        {
            (scaled, Int128 rest) = Int128.DivRem(scaled, PowersOfTen.Of(decimals - writtenDecimals));
            if (rest != 0)
            {
                throw new ArgumentException($"{value} at {decimals} decimals cannot be written with {writtenDecimals}", nameof(writtenDecimals));
            }
        }

        string digits = Int128.Abs(scaled).ToString(CultureInfo.InvariantCulture).PadLeft(writtenDecimals + 1, '0');
        string sign = scaled < 0 ? "-" : "";
        return writtenDecimals == 0 ? sign + digits : $"{sign}{digits[..^writtenDecimals]}.{digits[^writtenDecimals..]}";
    }

    /// <summary>Writes <paramref name="value"/> × 10^−<paramref name="decimals"/> without trailing zeros.</summary>
    public static string FormatShort(long value, int decimals)
    {
        while (decimals > 0 && value % 10 == 0)
        {
            value /= 10;
            decimals--;
        }

        return Format(value, decimals, decimals);
    }
}
