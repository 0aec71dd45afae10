using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Writing;

namespace Lob.Fast.Cli.Benchmarks.Latency;

/// <summary>A journal with a strategy in front: it decides at a message's end, before the message is committed, as its decision would be part of it.</summary>
internal readonly struct DecisionSink(JournalSink journal, DecisionProbe probe) : IRecordSink
{
    public void Reserve(int slots, ICheckpointSource state) => journal.Reserve(slots, state);

    public void Append(ReadOnlySpan<Record> records)
    {
        journal.Append(records);
        probe.OnInput(records);
    }

    public void Commit()
    {
        probe.OnMessageEnd();
        journal.Commit();
    }

    public void Sealed() => journal.Sealed();
}
