namespace Lob.Fast.Engine.Records;

/// <summary>State of a book.</summary>
public enum BookState : byte
{
    /// <summary>Nothing has come yet.</summary>
    Empty = 0,

    /// <summary>Deltas are buffered, or a snapshot waits for the delta that joins it to the stream.</summary>
    Bridging = 1,

    /// <summary>Right as far as its <see cref="Evidence"/> can tell.</summary>
    Live = 2,

    /// <summary>Was live, but no message has come for longer than the venue's quiet time.</summary>
    Stale = 3,

    /// <summary>Lost its proof; frozen at the last proven state until a snapshot is bridged.</summary>
    Broken = 4,
}
