using System.Numerics;
using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Tests.Books;

/// <summary>
/// The digest written down a second time, from its definition and in the slowest and plainest way: big integers, no operators of the product. Prices and
/// quantities come as decimals, so exponents do not even exist here.
/// </summary>
internal static class DigestOracle
{
    private static readonly BigInteger Mask64 = (BigInteger.One << 64) - 1;
    private static readonly BigInteger Mask128 = (BigInteger.One << 128) - 1;
    private static readonly BigInteger[] C = [.. new[] { 2, 3, 5, 7, 11, 13, 17, 19 }.Select(SquareRootFraction)];

    public static Digest128 OfBook(IEnumerable<(Side Side, decimal Price, decimal Quantity)> levels)
    {
        BigInteger sum = 0;
        foreach ((Side side, decimal price, decimal quantity) in levels)
        {
            sum += OfLevel(side, price, quantity);
        }

        sum &= Mask128;
        return new Digest128((ulong)(sum & Mask64), (ulong)(sum >> 64));
    }

    private static BigInteger OfLevel(Side side, decimal price, decimal quantity)
    {
        BigInteger p = Scaled(price);
        BigInteger q = Scaled(quantity);
        (BigInteger pLow, BigInteger pHigh) = (p & Mask64, p >> 64);
        (BigInteger qLow, BigInteger qHigh) = (q & Mask64, q >> 64);
        BigInteger a = Fold(pLow ^ C[0], qLow ^ C[1]);
        BigInteger b = Fold(pLow ^ C[2], qLow ^ C[3]);
        BigInteger c = Fold(pHigh ^ C[4] ^ (int)side, qHigh ^ C[5]);
        return Fold(a ^ C[6], c ^ C[7]) + (Fold(b ^ C[7], c ^ C[6]) << 64);
    }

    private static BigInteger Fold(BigInteger left, BigInteger right)
    {
        BigInteger product = left * right;
        return (product >> 64) ^ (product & Mask64);
    }

    /// <summary>value × 10^18, exactly.</summary>
    private static BigInteger Scaled(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        BigInteger digits = (uint)bits[0] + ((BigInteger)(uint)bits[1] << 32) + ((BigInteger)(uint)bits[2] << 64);
        int decimals = (bits[3] >> 16) & 255;
        return digits * BigInteger.Pow(10, 18 - decimals);
    }

    /// <summary>The first 64 bits behind the point of the square root of a small number.</summary>
    private static BigInteger SquareRootFraction(int number)
    {
        // floor(sqrt(n) × 2^64) = floor(sqrt(n × 2^128)), by bisection.
        BigInteger target = (BigInteger)number << 128;
        BigInteger low = 0;
        BigInteger high = (BigInteger)number << 64;
        while (high - low > 1)
        {
            BigInteger middle = (low + high) / 2;
            (low, high) = middle * middle <= target ? (middle, high) : (low, middle);
        }

        return low & Mask64;
    }
}
