using System.Diagnostics;
using Lob.Fast.Cli.Benchmarks.Machine;
using Lob.Fast.Cli.Benchmarks.Works;
using Lob.Fast.Engine.Metrics;
using Lob.Fast.Engine.Pipeline;

namespace Lob.Fast.Cli.Benchmarks.Latency;

/// <summary>
/// This thread decodes, others do the rest. While it waits for the next frame it looks at the journal's committed count, as a reader in another process
/// would; so a completion is seen late, never early, while the next frame is being decoded.
/// </summary>
internal sealed class SplitFeed<TSink>(BenchRecording recording, Pipeline<TSink> pipeline, DecisionProbe? probe, Expectations expected)
    where TSink : struct, IRecordSink
{
    private readonly LogLinearHistogram _ns = new();
    private readonly long[] _dueAt = new long[expected.CommittedEnds.Length];
    private int _fed;
    private int _done;

    /// <inheritdoc cref="FusedFeed{TSink}.Play"/>
    public LatencyRun Play(long[] due, bool oneAtATime)
    {
        var decisions = new SplitNotes(expected, _dueAt);
        if (probe != null)
        {
            probe.Listener = decisions;
        }

        var notes = new LatencyNotes(probe, pipeline.CommittedEnd);
        notes.Start();
        for (; _fed < due.Length; _fed++)
        {
            _dueAt[_fed] = oneAtATime ? WaitForAll() : WaitUntil(notes.StartedAt + due[_fed]);
            pipeline.OnFrame(recording.AtInRun(_fed));
            Look();
        }

        WaitForAll();
        LatencyRun run = notes.End();
        return run with { Ns = probe == null ? _ns : decisions.Ns };
    }

    private long WaitForAll()
    {
        while (_done < _fed)
        {
            Look();
        }

        return Stopwatch.GetTimestamp();
    }

    private long WaitUntil(long at)
    {
        while (Stopwatch.GetTimestamp() < at)
        {
            Look();
        }

        return at;
    }

    /// <summary>Frames whose records stand in the journal now are done.</summary>
    private void Look()
    {
        if (_done == _fed || pipeline.CommittedEnd is var committed && expected.CommittedEnds[_done] > committed)
        {
            return;
        }

        long now = Stopwatch.GetTimestamp();
        for (; _done < _fed && expected.CommittedEnds[_done] <= committed; _done++)
        {
            if (expected.Commits(_done))
            {
                _ns.Record(ClockCost.Ns(now - _dueAt[_done]));
            }
        }
    }
}
