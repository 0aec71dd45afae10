namespace Lob.Fast.Baselines.Feeds;

/// <summary>What the venue gives to prove that a book is complete.</summary>
[Flags]
public enum SimpleEvidence
{
    /// <summary>Nothing: what is missing cannot be noticed.</summary>
    None = 0,

    /// <summary>Sequence numbers that link each message to the one before.</summary>
    Sequence = 1,

    /// <summary>A checksum of the book that was equal when last stated.</summary>
    Checksum = 2,
}
