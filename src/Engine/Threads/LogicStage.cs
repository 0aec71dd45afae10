using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Rings;

namespace Lob.Fast.Engine.Threads;

/// <summary>The logic's thread in the split layout: takes messages out of the ring behind the decoder, each as one span.</summary>
/// <typeparam name="TSink">Sink of the logic.</typeparam>
/// <typeparam name="TWait">How the threads wait for each other.</typeparam>
public sealed class LogicStage<TSink, TWait> : IDisposable
    where TSink : struct, IRecordSink
    where TWait : struct, IWaitStrategy
{
    // Given back this often within a long span, so that the writer need not wait for all of it.
    private const int ReleasesPerLap = 8;

    private readonly RecordRing<TWait> _ring;
    private readonly Logic<TSink> _logic;
    private readonly int _releaseSlots;

    /// <summary>The start of a message that came in pieces.</summary>
    private readonly RecordBuffer _begun = new();

    /// <summary>Reads <paramref name="ring"/>, feeds <paramref name="logic"/>.</summary>
    public LogicStage(RecordRing<TWait> ring, Logic<TSink> logic)
    {
        _ring = ring;
        _logic = logic;
        _releaseSlots = ring.Capacity / ReleasesPerLap;
    }

    /// <summary>Runs until the ring's writer has completed and everything was processed.</summary>
    public void Run()
    {
        for (ReadOnlySpan<Record> records = _ring.Read(); !records.IsEmpty; records = _ring.Read())
        {
            int released = 0;
            int start = 0;
            for (int i = 0; i < records.Length; i++)
            {
                if (!records[i].Header.Has(RecordFlags.LastInMessage))
                {
                    continue;
                }

                Process(records[start..(i + 1)]);
                start = i + 1;
                if (start - released >= _releaseSlots)
                {
                    _ring.Release(start - released);
                    released = start;
                }
            }

            _begun.AddRange(records[start..]);
            _ring.Release(records.Length - released);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _begun.Dispose();

    private void Process(ReadOnlySpan<Record> records)
    {
        if (_begun.Count == 0)
        {
            _logic.Process(records);
            return;
        }

        _begun.AddRange(records);
        _logic.Process(_begun.Records);
        _begun.Clear();
    }
}
