using System.Diagnostics;
using Lob.Fast.Cli.Benchmarks.Works;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Rings;
using Lob.Fast.Engine.Threads;

namespace Lob.Fast.Cli.Benchmarks.Latency;

/// <summary>One thread writes the frames into the frame ring when they are due, this one does everything behind it.</summary>
internal sealed class RingFeed<TSink>(BenchRecording recording, Pipeline<TSink> pipeline, DecisionProbe? probe) where TSink : struct, IRecordSink
{
    private PaddedSequence _done;
    private volatile bool _go;

    /// <inheritdoc cref="FusedFeed{TSink}.Play"/>
    public LatencyRun Play(long[] due, bool oneAtATime)
    {
        using var ring = new FrameRing<NamedWaitStrategy>(new NamedWaitStrategy(Pipeline<TSink>.PlanOf(Layout.Fused).Wait));
        var dueAt = new long[due.Length];
        var notes = new LatencyNotes(probe, pipeline.CommittedEnd);
        var thread = new Thread(() => Write(ring, notes, due, dueAt, oneAtATime)) { Name = "wire", IsBackground = true };
        thread.Start();
        notes.Start();
        _go = true;
        while (ring.Read(out Frame frame, out _, out _))
        {
            pipeline.OnFrame(frame);
            notes.Done(dueAt[frame.StartByte], pipeline.CommittedEnd);
            _done.Publish(frame.StartByte + 1);
        }

        LatencyRun run = notes.End();
        thread.Join();
        return run;
    }

    private void Write(FrameRing<NamedWaitStrategy> ring, LatencyNotes notes, long[] due, long[] dueAt, bool oneAtATime)
    {
        while (!_go)
        {
        }

        for (int i = 0; i < due.Length; i++)
        {
            if (oneAtATime)
            {
                while (_done.Read() != i)
                {
                }

                dueAt[i] = Stopwatch.GetTimestamp();
            }
            else
            {
                dueAt[i] = notes.WaitUntil(due[i]);
            }

            // Nothing reads the byte at which a frame starts in a recording, so it carries the frame's number.
            Frame frame = recording.AtInRun(i);
            ring.Write(new Frame { Bytes = frame.Bytes, ReceivedAtNs = frame.ReceivedAtNs, Line = frame.Line, StartByte = i }, RejectReason.None);
        }

        ring.Complete();
    }
}
