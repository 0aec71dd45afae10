namespace Lob.Fast.Engine.Records;

/// <summary>Byte 1 of every record.</summary>
[Flags]
public enum RecordFlags : byte
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>First slot of a message. A record that stands alone has this and <see cref="LastInMessage"/>.</summary>
    FirstInMessage = 1,

    /// <summary>Last slot of a message. Books are consistent, and the journal is committed, only behind such a slot.</summary>
    LastInMessage = 2,

    /// <summary>Part of a whole book rather than of a change to one.</summary>
    Snapshot = 4,

    /// <summary>Produced by the logic; a rerun produces it again.</summary>
    Derived = 8,

    /// <summary>Continues the slot before it, because the record has more than 40 bytes of its own.</summary>
    Continued = 16,

    /// <summary>No receive time is known: bytes 8–15 hold the venue's time, or the previous time where there is none.</summary>
    TimeFromVenue = 32,

    /// <summary>Part of a checkpoint: state as it stood, not an event.</summary>
    Checkpoint = 64,
}
