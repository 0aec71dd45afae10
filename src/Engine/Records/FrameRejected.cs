using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>
/// A frame that was not taken in: it changed no level and no sequence. The header's Code is a <see cref="RejectReason"/>; the stream id is
/// that of the stream it belongs to, 0 if that cannot be told (then every book of its connection breaks).
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Record.SizeInBytes)]
public struct FrameRejected : IRecord
{
    /// <summary>Common part.</summary>
    [FieldOffset(0)] public RecordHeader Header;

    /// <summary>Line in the recording, from 1; 0 = live.</summary>
    [FieldOffset(24)] public long Line;

    /// <summary>Byte in the (uncompressed) recording at which the frame starts; 0 = live.</summary>
    [FieldOffset(32)] public long FrameStartByte;

    /// <summary>Byte in the frame at which the fault was seen.</summary>
    [FieldOffset(40)] public uint FaultByte;

    /// <summary>Length of the frame, bytes.</summary>
    [FieldOffset(44)] public uint FrameBytes;

    /// <summary>CRC-32C of the frame, so that the quarantined text can be found.</summary>
    [FieldOffset(48)] public uint FrameCrc;

    /// <summary>Connection the frame came by.</summary>
    [FieldOffset(52)] public ushort ConnectionId;

    /// <summary>File of the recording, in the order given, from 0.</summary>
    [FieldOffset(54)] public ushort FileIndex;

    /// <inheritdoc/>
    public static RecordKind Kind => RecordKind.FrameRejected;
}
