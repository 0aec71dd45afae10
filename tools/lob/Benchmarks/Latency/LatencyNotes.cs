using System.Diagnostics;
using Lob.Fast.Cli.Benchmarks.Machine;
using Lob.Fast.Engine.Metrics;

namespace Lob.Fast.Cli.Benchmarks.Latency;

/// <summary>When each frame was due, and the latencies that follow from when it was done. Due times are written by who feeds, the rest by who completes.</summary>
/// <param name="probe">Where a strategy decides; null = what counts is the journal.</param>
/// <param name="committedEnd">Slots of the journal committed before the first frame.</param>
internal sealed class LatencyNotes(DecisionProbe? probe, long committedEnd)
{
    private readonly LogLinearHistogram _ns = new();
    private long _committedEnd = committedEnd;
    private long _allocatedBefore;
    private int _collectionsBefore;

    /// <summary>The start of the run, as the clock shows it.</summary>
    public long StartedAt { get; private set; }

    public void Start()
    {
        if (probe != null)
        {
            probe.DecidedAt = 0;
            probe.Count = 0;
        }

        _allocatedBefore = GC.GetTotalAllocatedBytes(precise: true);
        _collectionsBefore = GC.CollectionCount(0);
        StartedAt = Stopwatch.GetTimestamp();
    }

    /// <summary>Burns time until a moment, in ticks after the start; one that has passed is not waited for. Returns the moment as the clock shows it.</summary>
    public long WaitUntil(long due)
    {
        long at = StartedAt + due;
        while (Stopwatch.GetTimestamp() < at)
        {
        }

        return at;
    }

    /// <summary>A frame is done: its records are committed, or where a strategy decides, its decision is made; frames that lead to nothing do not count.</summary>
    /// <param name="dueAt">When it was due, as the clock shows it.</param>
    /// <param name="committed">Slots of the journal committed now.</param>
    public void Done(long dueAt, long committed)
    {
        if (probe == null && committed == _committedEnd)
        {
            return;
        }

        _committedEnd = committed;
        if (probe == null)
        {
            _ns.Record(ClockCost.Ns(Stopwatch.GetTimestamp() - dueAt));
        }
        else if (probe.DecidedAt != 0)
        {
            _ns.Record(ClockCost.Ns(probe.DecidedAt - dueAt));
            probe.DecidedAt = 0;
        }
    }

    public LatencyRun End()
    {
        double seconds = Stopwatch.GetElapsedTime(StartedAt).TotalSeconds;
        return new LatencyRun(_ns, seconds, GC.GetTotalAllocatedBytes(precise: true) - _allocatedBefore, GC.CollectionCount(0) - _collectionsBefore);
    }
}
