using Lob.Fast.Engine.Records;

namespace Lob.Fast.Micro.Rings;

/// <summary>One addition: what is measured is the way.</summary>
internal readonly struct AddWork : IStageWork
{
    /// <inheritdoc/>
    public void Apply(ref Record item) => item.Header.ReceivedAtNs++;
}
