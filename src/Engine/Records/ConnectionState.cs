using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>Where a connection's own count of frames stands, in a checkpoint.</summary>
[StructLayout(LayoutKind.Explicit, Size = Record.SizeInBytes)]
public struct ConnectionState : IRecord
{
    /// <summary>Common part.</summary>
    [FieldOffset(0)] public RecordHeader Header;

    /// <summary>Sequence of the last counted frame; <see cref="Sequence.None"/> = none yet, or it cannot be told.</summary>
    [FieldOffset(24)] public long LastSequence;

    /// <summary>When it came, ns.</summary>
    [FieldOffset(32)] public long LastHeardNs;

    /// <summary>Rejected frames since then, each of which consumed a number.</summary>
    [FieldOffset(40)] public uint RejectedSince;

    /// <summary>The connection.</summary>
    [FieldOffset(44)] public ushort ConnectionId;

    /// <summary>1 when the last frame was an old one, so that its further messages are as well, else 0.</summary>
    [FieldOffset(46)] public byte Repeating;

    /// <inheritdoc/>
    public static RecordKind Kind => RecordKind.ConnectionState;
}
