namespace Lob.Fast.Engine.Records;

/// <summary>What proves that a live book is right.</summary>
public enum Evidence : byte
{
    /// <summary>Nothing: the venue offers neither sequence nor checksum.</summary>
    None = 0,

    /// <summary>An unbroken sequence since a snapshot.</summary>
    Sequence = 1,

    /// <summary>A checksum of the venue over the book itself.</summary>
    Checksum = 2,
}
