using System.Diagnostics;

namespace Lob.Fast.Cli.Benchmarks.Machine;

/// <summary>The clock that measures, and what reading it costs: part of every latency.</summary>
internal static class ClockCost
{
    private const int Reads = 1_000_000;
    private static readonly double NsPerTick = 1e9 / Stopwatch.Frequency;

    public static long Ns(long ticks) => (long)(ticks * NsPerTick);

    public static double Ticks(double ns) => ns / NsPerTick;

    /// <summary>Mean cost of one reading, ns.</summary>
    public static double Measure()
    {
        long start = Stopwatch.GetTimestamp();
        long last = start;
        for (int i = 0; i < Reads; i++)
        {
            last = Stopwatch.GetTimestamp();
        }

        return (last - start) * NsPerTick / Reads;
    }
}
