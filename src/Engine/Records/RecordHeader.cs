using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>The 24 bytes that all records share.</summary>
[StructLayout(LayoutKind.Explicit, Size = SizeInBytes)]
public struct RecordHeader
{
    /// <summary>Bytes of the common part.</summary>
    public const int SizeInBytes = 24;

    /// <summary>What the slot holds.</summary>
    [FieldOffset(0)] public RecordKind Kind;

    /// <summary>Place in the message, origin.</summary>
    [FieldOffset(1)] public RecordFlags Flags;

    /// <summary>A <see cref="Records.Side"/>, or the kind's own small enum (message type, reason, state).</summary>
    [FieldOffset(2)] public byte Code;

    /// <summary>Decimals of price and quantity as the venue wrote them; see <see cref="Records.TextForm"/>.</summary>
    [FieldOffset(3)] public TextForm TextForm;

    /// <summary>Stream the record belongs to, from 1; 0 = none.</summary>
    [FieldOffset(4)] public uint StreamId;

    /// <summary>Receive time, Unix ns. Never steps back within a journal. See <see cref="RecordFlags.TimeFromVenue"/>.</summary>
    [FieldOffset(8)] public long ReceivedAtNs;

    /// <summary>The venue's event time, Unix ns; 0 = none.</summary>
    [FieldOffset(16)] public long VenueTimeNs;

    /// <summary><see cref="Code"/> of level, trade and quote records.</summary>
    public readonly Side Side => (Side)Code;

    /// <summary>Whether any of <paramref name="flags"/> is set.</summary>
    public readonly bool Has(RecordFlags flags) => (Flags & flags) != 0;
}
