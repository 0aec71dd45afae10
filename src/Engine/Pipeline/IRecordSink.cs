using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Pipeline;

/// <summary>Where the logic puts the records it consumed and produced, in order. Called on the logic thread only.</summary>
public interface IRecordSink
{
    /// <summary>
    /// Called before each input message, when the state is that after the last commit. Makes sure that <paramref name="slots"/> more slots can
    /// be appended before the next commit; a journal starts a new segment here if they would not fit, and asks for a checkpoint.
    /// </summary>
    void Reserve(int slots, ICheckpointSource state);

    /// <summary>Appends records. They are not visible to readers before <see cref="Commit"/>.</summary>
    void Append(ReadOnlySpan<Record> records);

    /// <summary>Everything appended so far is a consistent whole: an input message and all that was derived from it.</summary>
    void Commit();

    /// <summary>Seals were just committed: the open block gets its checksum.</summary>
    void Sealed();
}
