using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Journal.Tests.Views;

/// <summary>The checkpoint of another journal.</summary>
internal sealed class CopiedState : ICheckpointSource
{
    public Record[] Checkpoint { get; set; } = [];

    /// <inheritdoc/>
    public void WriteCheckpoint(RecordBuffer target) => target.AddRange(Checkpoint);
}
