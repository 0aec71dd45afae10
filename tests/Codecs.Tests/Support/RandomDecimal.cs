using Lob.Fast.Engine.Numbers;

namespace Lob.Fast.Codecs.Tests.Support;

/// <summary>Prices and quantities as rows have them.</summary>
internal static class RandomDecimal
{
    /// <summary>Up to eight decimals; up to seven digits before the point, as the fast rows take them, and sometimes more.</summary>
    public static string Next(Random random, bool zeroAllowed = true)
    {
        int decimals = random.Next(9);
        long whole = random.NextInt64((long)Math.Pow(10, random.Next(1, 9)));
        long fraction = random.NextInt64(PowersOfTen.Of(decimals));
        long value = (whole * PowersOfTen.Of(decimals)) + fraction;
        return DecimalText.Format(value + (zeroAllowed || value > 0 ? 0 : 1), decimals, decimals);
    }
}
