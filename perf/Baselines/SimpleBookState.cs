namespace Lob.Fast.Baselines;

/// <summary>State of a replayed book. There is no clock here, so a book never becomes stale.</summary>
public enum SimpleBookState
{
    /// <summary>Nothing has come yet.</summary>
    Empty,

    /// <summary>Deltas are buffered, or a loaded snapshot waits for the delta that joins it.</summary>
    Bridging,

    /// <summary>Joined and unbroken.</summary>
    Live,

    /// <summary>Frozen at the last proven state until a snapshot is joined.</summary>
    Broken,
}
