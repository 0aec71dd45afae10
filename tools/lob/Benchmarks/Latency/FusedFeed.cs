using System.Diagnostics;
using Lob.Fast.Cli.Benchmarks.Works;
using Lob.Fast.Engine.Pipeline;

namespace Lob.Fast.Cli.Benchmarks.Latency;

/// <summary>The thread that has the frames does everything.</summary>
internal sealed class FusedFeed<TSink>(BenchRecording recording, Pipeline<TSink> pipeline, DecisionProbe? probe) where TSink : struct, IRecordSink
{
    /// <param name="due">When each frame is due, in ticks after the start.</param>
    /// <param name="oneAtATime">Each frame is due when the one before is done, whatever <paramref name="due"/> says.</param>
    public LatencyRun Play(long[] due, bool oneAtATime)
    {
        var notes = new LatencyNotes(probe, pipeline.CommittedEnd);
        notes.Start();
        for (int i = 0; i < due.Length; i++)
        {
            long dueAt = oneAtATime ? Stopwatch.GetTimestamp() : notes.WaitUntil(due[i]);
            pipeline.OnFrame(recording.AtInRun(i));
            notes.Done(dueAt, pipeline.CommittedEnd);
        }

        return notes.End();
    }
}
