using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>Second slot of a <see cref="StreamState"/>.</summary>
[StructLayout(LayoutKind.Explicit, Size = Record.SizeInBytes)]
public struct StreamStateTimes : IRecord
{
    /// <summary>Common part.</summary>
    [FieldOffset(0)] public RecordHeader Header;

    /// <summary>Receive time of the last message applied, ns; 0 = none.</summary>
    [FieldOffset(24)] public long LastAppliedNs;

    /// <summary>When the book lost its proof, ns; 0 = it has it, or never had.</summary>
    [FieldOffset(32)] public long BrokenSinceNs;

    /// <summary>Since when it stands crossed or locked, ns; 0 = it does not.</summary>
    [FieldOffset(40)] public long CrossedSinceNs;

    /// <summary>1 when that is locked (bid = ask), 0 when crossed.</summary>
    [FieldOffset(48)] public byte Locked;

    /// <summary>Connection that brought the last message of the stream.</summary>
    [FieldOffset(50)] public ushort Connection;

    /// <inheritdoc/>
    public static RecordKind Kind => RecordKind.StreamState;
}
