namespace Lob.Fast.Baselines.Faults;

/// <summary>What a feed numbers.</summary>
public enum FeedSequence
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The messages of a book, one by one.</summary>
    Messages,

    /// <summary>The messages of a book, each naming the one before.</summary>
    Links,

    /// <summary>The frames of a connection, one by one, whatever they are of.</summary>
    Frames,
}
