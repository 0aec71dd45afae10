namespace Lob.Fast.Journal.Writing;

/// <summary>What a <see cref="JournalControl"/> says. Zero is none of them, so a zeroed slot is noticed.</summary>
internal enum JournalControlKind : byte
{
    /// <summary>What follows may be published in pieces: nothing is committed before <see cref="Commit"/>.</summary>
    Open = 1,

    /// <summary>What <see cref="Open"/> opened is whole.</summary>
    Commit = 2,

    /// <summary>Seals were committed: the open block gets its checksum.</summary>
    Seal = 3,

    /// <summary>A new segment starts here, with the checkpoint that follows.</summary>
    Roll = 4,
}
