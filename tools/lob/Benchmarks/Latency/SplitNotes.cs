using Lob.Fast.Cli.Benchmarks.Machine;
using Lob.Fast.Engine.Metrics;

namespace Lob.Fast.Cli.Benchmarks.Latency;

/// <summary>Latencies to decisions that another thread makes: it counts them, and the counts say which frame is done. Called on the logic's thread.</summary>
/// <param name="expected">What each frame leads to.</param>
/// <param name="dueAt">When each frame was due, as the clock shows it; written before the frame is handed on.</param>
internal sealed class SplitNotes(Expectations expected, long[] dueAt)
{
    private int _next;

    /// <summary>Read when the threads have come to rest.</summary>
    public LogLinearHistogram Ns { get; } = new();

    public void Decided(long count, long decidedAt)
    {
        while (_next < dueAt.Length && expected.DecisionEnds[_next] <= count)
        {
            if (expected.Decides(_next))
            {
                Ns.Record(ClockCost.Ns(decidedAt - dueAt[_next]));
            }

            _next++;
        }
    }
}
