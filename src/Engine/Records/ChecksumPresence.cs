namespace Lob.Fast.Engine.Records;

/// <summary>Whether a message carried a book checksum.</summary>
public enum ChecksumPresence : byte
{
    /// <summary>The channel has no such field.</summary>
    NoField = 0,

    /// <summary>The field is there and offers nothing (OKX: 0 in every message since 2026-06-23).</summary>
    NotOffered = 1,

    /// <summary>A checksum to verify.</summary>
    Offered = 2,
}
