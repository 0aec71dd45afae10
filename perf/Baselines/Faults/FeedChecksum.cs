namespace Lob.Fast.Baselines.Faults;

/// <summary>When a feed states a checksum of the best 25 levels.</summary>
public enum FeedChecksum
{
    /// <summary>Never.</summary>
    None,

    /// <summary>In each message of the book.</summary>
    InEach,

    /// <summary>Now and then, in a message of its own.</summary>
    Apart,
}
