using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Pipeline;

/// <summary>State that can be written down so that everything after it can be computed from it.</summary>
public interface ICheckpointSource
{
    /// <summary>Adds the whole state as records, each flagged <see cref="RecordFlags.Checkpoint"/>, the last one LastInMessage.</summary>
    void WriteCheckpoint(RecordBuffer target);
}
