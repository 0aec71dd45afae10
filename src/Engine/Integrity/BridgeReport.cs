namespace Lob.Fast.Engine.Integrity;

/// <summary>How a snapshot was joined to a stream.</summary>
/// <param name="SnapshotSequence">Sequence of the snapshot.</param>
/// <param name="Dropped">Deltas dropped because the snapshot already holds them.</param>
/// <param name="Applied">Deltas applied on top of the snapshot at the moment of the bridge.</param>
public readonly record struct BridgeReport(long SnapshotSequence, uint Dropped, uint Applied);
