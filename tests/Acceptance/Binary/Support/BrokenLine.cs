namespace Lob.Fast.Acceptance.Binary.Support;

/// <summary>A line that cannot be taken in.</summary>
public enum BrokenLine
{
    /// <summary>A depth message that ends in the middle.</summary>
    TruncatedDepth,

    /// <summary>The same with 700 KiB of it.</summary>
    TruncatedAndLong,

    /// <summary>A ticker that ends in the middle.</summary>
    TruncatedTicker,

    /// <summary>A line that is no frame at all.</summary>
    Garbage,

    /// <summary>A line longer than a frame may be.</summary>
    Oversized,

    /// <summary>A depth message without its last sequence.</summary>
    MissingField,
}
