namespace Lob.Fast.Engine.Records;

/// <summary>
/// Which sides of a snapshot were cut off at the depth asked for. Beyond the worst price of a cut side the book is unknown, not empty;
/// a side with fewer levels than the depth is complete.
/// </summary>
[Flags]
public enum SnapshotLimits : byte
{
    /// <summary>Both sides are complete.</summary>
    None = 0,

    /// <summary>There may be more bids below the worst one.</summary>
    BidsCut = 1,

    /// <summary>There may be more asks above the worst one.</summary>
    AsksCut = 2,
}
