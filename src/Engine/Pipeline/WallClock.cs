using System.Diagnostics;

namespace Lob.Fast.Engine.Pipeline;

/// <summary>
/// Unix time in ns that never steps back: the wall clock as it was at the start, moved on by the monotonic clock. Any thread.
/// </summary>
public sealed class WallClock
{
    private const long NsPerTick = 100;

    private readonly long _startNs = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * NsPerTick;
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Now, Unix ns.</summary>
    public long NowNs => _startNs + (long)((Int128)(Stopwatch.GetTimestamp() - _start) * 1_000_000_000 / Stopwatch.Frequency);
}
