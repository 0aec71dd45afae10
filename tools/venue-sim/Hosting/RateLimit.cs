namespace Lob.Fast.VenueSim.Hosting;

/// <summary>So much in a window of time; windows begin at multiples of their length, as a venue's do.</summary>
internal sealed class RateLimit(long max, long windowMs)
{
    private long _window = -1;

    /// <summary>What has been used in the current window.</summary>
    public long Used { get; private set; }

    public long Max => max;

    /// <summary>Uses some; false when that is more than the window allows.</summary>
    public bool Use(long amount, long nowMs)
    {
        long window = nowMs / windowMs;
        if (window != _window) (_window, Used) = (window, 0);
        Used += amount;
        return Used <= max;
    }

    /// <summary>Seconds until the next window, at least 1.</summary>
    public long RetryAfterSeconds(long nowMs) => Math.Max(1, (windowMs - (nowMs % windowMs) + 999) / 1000);
}
