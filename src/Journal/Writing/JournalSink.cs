using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Journal.Writing;

/// <summary>
/// The journal as the logic sees it. Until a writer is attached nothing is written: that is how the state of a journal that is to be continued
/// is computed from what it holds.
/// </summary>
public readonly struct JournalSink(JournalSink.Target target) : IRecordSink
{
    /// <inheritdoc/>
    public void Reserve(int slots, ICheckpointSource state) => target.Writer?.Reserve(slots, state);

    /// <inheritdoc/>
    public void Append(ReadOnlySpan<Record> records) => target.Writer?.Append(records);

    /// <inheritdoc/>
    public void Commit() => target.Writer?.Commit();

    /// <inheritdoc/>
    public void Sealed() => target.Writer?.Sealed();

    /// <summary>Where a sink writes to.</summary>
    public sealed class Target
    {
        /// <summary>The writer; null = nowhere yet.</summary>
        public JournalWriter? Writer { get; set; }
    }
}
