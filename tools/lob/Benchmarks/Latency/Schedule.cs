using Lob.Fast.Cli.Benchmarks.Machine;

namespace Lob.Fast.Cli.Benchmarks.Latency;

/// <summary>When each frame of a run is due, in ticks of the clock after the start.</summary>
internal static class Schedule
{
    /// <summary>All at once: as fast as it goes.</summary>
    public static long[] AtOnce(int frames) => new long[frames];

    /// <param name="frames">How many.</param>
    /// <param name="perSecond">Mean rate.</param>
    public static long[] Even(int frames, double perSecond)
    {
        double between = ClockCost.Ticks(1e9 / perSecond);
        return [.. Enumerable.Range(0, frames).Select(i => (long)(i * between))];
    }

    /// <summary>The recording's receive times, never back, sped up or slowed down to a mean rate; null where it has none.</summary>
    public static long[]? Recorded(BenchRecording recording, int frames, double perSecond)
    {
        var ns = new long[frames];
        long latestNs = 0;
        for (int i = 0; i < frames; i++)
        {
            latestNs = Math.Max(latestNs, recording.At(i % recording.Count, i / recording.Count).ReceivedAtNs);
            ns[i] = latestNs;
        }

        long spanNs = ns[^1] - ns[0];
        if (ns[0] == 0 || spanNs == 0)
        {
            return null;
        }

        double ticksPerNs = ClockCost.Ticks(frames / perSecond * 1e9) / spanNs;
        long firstNs = ns[0];
        return [.. ns.Select(at => (long)((at - firstNs) * ticksPerNs))];
    }
}
