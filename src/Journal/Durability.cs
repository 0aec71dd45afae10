namespace Lob.Fast.Journal;

/// <summary>
/// What a power cut may cost. A killed process costs nothing in any of them: what was committed is in the system's memory.
/// Syncing is done by a thread of the journal's own, but for one thing: before a new segment gets its name, the one that appends waits until header and
/// checkpoint are on the disk (once a segment, and not with <see cref="None"/>).
/// </summary>
public enum Durability
{
    /// <summary>Nothing is synced: the system writes pages back when it likes (usually within 30 s).</summary>
    None = 0,

    /// <summary>The open segment is synced once a second: a power cut costs about a second.</summary>
    Interval = 1,

    /// <summary>A segment is synced when it ends: a power cut costs at most the open segment.</summary>
    Segment = 2,
}
