using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Pipeline;

/// <summary>Keeps nothing: for state in memory, and to measure what the rest costs.</summary>
public readonly struct NullSink : IRecordSink
{
    /// <inheritdoc/>
    public void Reserve(int slots, ICheckpointSource state)
    {
    }

    /// <inheritdoc/>
    public void Append(ReadOnlySpan<Record> records)
    {
    }

    /// <inheritdoc/>
    public void Commit()
    {
    }

    /// <inheritdoc/>
    public void Sealed()
    {
    }
}
