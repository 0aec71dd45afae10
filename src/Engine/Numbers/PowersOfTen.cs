using System.Runtime.CompilerServices;

namespace Lob.Fast.Engine.Numbers;

/// <summary>10^n as integers.</summary>
public static class PowersOfTen
{
    /// <summary>Largest n for which 10^n fits a long.</summary>
    public const int ExponentMax = 18;

    // An array and no span over constant data: a build without optimisation allocates to get at such a span, and would fail every test of allocation.
    private static readonly long[] Table =
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000,
        1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000,
        100_000_000_000_000_000, 1_000_000_000_000_000_000,
    ];

    /// <summary>10^<paramref name="exponent"/>, exponent 0–18.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Of(int exponent) => Table[exponent];
}
