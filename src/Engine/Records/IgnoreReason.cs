namespace Lob.Fast.Engine.Records;

/// <summary>Why a well-formed message was not applied.</summary>
public enum IgnoreReason : byte
{
    /// <summary>Not stated.</summary>
    None = 0,

    /// <summary>Its content is already in the book: a harmless repeat.</summary>
    Duplicate = 1,

    /// <summary>A snapshot that does not agree with its own checksum, for a book that was not live; the book is empty now.</summary>
    ChecksumMismatch = 2,

    /// <summary>A snapshot with more levels than a book may hold, for a book that was not live.</summary>
    BookFull = 3,
}
