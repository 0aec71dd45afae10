using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>A connection changed. The header's Code is a <see cref="ConnectionEvent"/>. Every book of a connection that closed starts over.</summary>
[StructLayout(LayoutKind.Explicit, Size = Record.SizeInBytes)]
public struct Connection : IRecord
{
    /// <summary>Common part; the stream id is 0.</summary>
    [FieldOffset(0)] public RecordHeader Header;

    /// <summary>Which one, from 0.</summary>
    [FieldOffset(24)] public ushort ConnectionId;

    /// <inheritdoc/>
    public static RecordKind Kind => RecordKind.Connection;
}
