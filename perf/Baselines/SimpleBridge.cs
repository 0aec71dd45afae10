namespace Lob.Fast.Baselines;

/// <summary>A snapshot that was joined to its stream.</summary>
/// <param name="Symbol">Symbol of the book.</param>
/// <param name="Channel">Channel of the book.</param>
/// <param name="SnapshotSequence"><c>lastUpdateId</c>.</param>
/// <param name="Dropped">Deltas left out because the snapshot holds them.</param>
/// <param name="Applied">Buffered deltas applied on top.</param>
/// <param name="IsFirst">Whether the book had never been live before.</param>
public sealed record SimpleBridge(string Symbol, string Channel, long SnapshotSequence, int Dropped, int Applied, bool IsFirst);
