namespace Lob.Fast.Engine.Integrity;

/// <summary>Counts of one book stream since the engine started. Read by reports; nothing that is journaled depends on them.</summary>
public struct StreamTotals
{
    /// <summary>Messages of the stream, applied or not.</summary>
    public long Messages;

    /// <summary>Messages applied to the book.</summary>
    public long Applied;

    /// <summary>Snapshots loaded, from the stream itself or by a bridge.</summary>
    public long Snapshots;

    /// <summary>Levels set or deleted.</summary>
    public long Levels;

    /// <summary>Deletes of levels the book did not hold.</summary>
    public long AbsentDeletes;

    /// <summary>Live → Broken for missing or mismatching data.</summary>
    public long Gaps;

    /// <summary>Live again after a break.</summary>
    public long Resyncs;

    /// <summary>Frames of the stream that were rejected.</summary>
    public long Rejected;

    /// <summary>Harmless repeats.</summary>
    public long Duplicates;

    /// <summary>Message ends with best bid ≥ best ask.</summary>
    public long Crossed;

    /// <summary>Of those, with best bid = best ask.</summary>
    public long Locked;

    /// <summary>Own best bid and ask compared with the venue's ticker.</summary>
    public long BestCompared;

    /// <summary>Of those, equal.</summary>
    public long BestEqual;

    /// <summary>Checksums that agreed.</summary>
    public long ChecksumMatches;

    /// <summary>Checksums that did not.</summary>
    public long ChecksumMismatches;

    /// <summary>Checksum fields that offered nothing.</summary>
    public long ChecksumsNotOffered;

    /// <summary>Snapshots older than the buffered deltas, or not needed.</summary>
    public long SnapshotsUnused;

    /// <summary>Messages pushed out of the waiting room because it was full.</summary>
    public long WaitingDropped;

    /// <summary>State transitions.</summary>
    public long Transitions;
}
