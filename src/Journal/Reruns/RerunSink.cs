using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Journal.Reruns;

/// <summary>Keeps what the logic derives, for comparison.</summary>
internal readonly struct RerunSink(ProducedRecords produced) : IRecordSink
{
    public void Reserve(int slots, ICheckpointSource state)
    {
    }

    public void Append(ReadOnlySpan<Record> records) => produced.Add(records);

    public void Commit()
    {
    }

    public void Sealed()
    {
    }
}
