namespace Lob.Fast.Venues.Sessions;

/// <summary>How long to wait before the next try: a random part of a span that doubles with each (full jitter), so that clients cut off together do not come back together.</summary>
internal static class BackOff
{
    // 2^30 times the shortest useful wait is beyond any longest one.
    private const int DoublingsMax = 30;

    /// <summary>The wait before try number <paramref name="tries"/>, from 0.</summary>
    public static TimeSpan Of(int tries, FeedLimits limits, Random random)
    {
        double span = Math.Min(limits.BackOffMax.Ticks, limits.BackOffMin.Ticks * (double)(1L << Math.Min(tries, DoublingsMax)));
        return TimeSpan.FromTicks((long)(span * random.NextDouble()));
    }
}
