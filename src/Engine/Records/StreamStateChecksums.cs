using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>Third slot of a <see cref="StreamState"/>: what the venue's checksums have said.</summary>
[StructLayout(LayoutKind.Explicit, Size = Record.SizeInBytes)]
public struct StreamStateChecksums : IRecord
{
    /// <summary>Common part.</summary>
    [FieldOffset(0)] public RecordHeader Header;

    /// <summary>When the last mismatch came, ns; 0 = none.</summary>
    [FieldOffset(24)] public long LastMismatchNs;

    /// <summary>When the one before it came, ns; 0 = none.</summary>
    [FieldOffset(32)] public long EarlierMismatchNs;

    /// <summary>Checksum last sent with a message that was applied.</summary>
    [FieldOffset(40)] public int LastChecksum;

    /// <summary>Whether that one said anything.</summary>
    [FieldOffset(44)] public ChecksumPresence LastPresence;

    /// <summary>1 when a checksum has matched since the book was loaded, else 0.</summary>
    [FieldOffset(45)] public byte Verified;

    /// <summary>1 when too many mismatches came and they break the book no longer, else 0.</summary>
    [FieldOffset(46)] public byte Distrusted;

    /// <inheritdoc/>
    public static RecordKind Kind => RecordKind.StreamState;
}
