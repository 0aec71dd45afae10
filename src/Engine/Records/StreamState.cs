using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>
/// First of six slots with all that a book stream remembers beside its levels: this one, <see cref="StreamStateTimes"/>,
/// <see cref="StreamStateChecksums"/>, and the three slots of a <see cref="Seal"/> that hold the open second's counters so far (kind <see cref="RecordKind.StreamState"/>). Its levels (a BookImage),
/// remembered own bests and waiting messages follow. The header's Code is the <see cref="BookState"/>.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Record.SizeInBytes)]
public struct StreamState : IRecord
{
    /// <summary>Slots of the whole record.</summary>
    public const int Slots = 6;

    /// <summary>Common part; VenueTimeNs is the event time of the last message applied.</summary>
    [FieldOffset(0)] public RecordHeader Header;

    /// <summary>Last message applied (or loaded snapshot): LastSequence.</summary>
    [FieldOffset(24)] public long LastSequence;

    /// <summary>Its FirstSequence.</summary>
    [FieldOffset(32)] public long FirstSequence;

    /// <summary>Its PreviousSequence.</summary>
    [FieldOffset(40)] public long PreviousSequence;

    /// <summary>Sequence of the loaded snapshot; <see cref="Sequence.None"/>.</summary>
    [FieldOffset(48)] public long SnapshotSequence;

    /// <summary>Deltas dropped so far because the snapshot that is being bridged holds them.</summary>
    [FieldOffset(56)] public uint Dropped;

    /// <summary>1 when the book has been live before, else 0.</summary>
    [FieldOffset(60)] public byte WasLive;

    /// <summary>1 when the stream changed in the open second, else 0.</summary>
    [FieldOffset(61)] public byte Changed;

    /// <summary>1 when a loaded snapshot waits for the delta that joins it, else 0.</summary>
    [FieldOffset(62)] public byte SnapshotWaits;

    /// <inheritdoc/>
    public static RecordKind Kind => RecordKind.StreamState;
}
