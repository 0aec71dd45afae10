using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>A snapshot was joined to the stream and the book is live. The header's Code is a <see cref="ResyncKind"/>.</summary>
[StructLayout(LayoutKind.Explicit, Size = Record.SizeInBytes)]
public struct Resync : IRecord
{
    /// <summary>Common part.</summary>
    [FieldOffset(0)] public RecordHeader Header;

    /// <summary>Sequence of the snapshot.</summary>
    [FieldOffset(24)] public long SnapshotSequence;

    /// <summary>Sequence of the book now.</summary>
    [FieldOffset(32)] public long LastSequence;

    /// <summary>Deltas dropped because the snapshot already holds them.</summary>
    [FieldOffset(40)] public uint Dropped;

    /// <summary>Deltas applied on top of the snapshot.</summary>
    [FieldOffset(44)] public uint Applied;

    /// <summary>Time since the book lost its proof, ns; 0 for a first bridge.</summary>
    [FieldOffset(48)] public long DownNs;

    /// <inheritdoc/>
    public static RecordKind Kind => RecordKind.Resync;
}
