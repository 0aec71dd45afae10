using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>Third slot of a <see cref="Seal"/>: verdicts of that second.</summary>
[StructLayout(LayoutKind.Explicit, Size = Record.SizeInBytes)]
public struct SealProofs : IRecord
{
    /// <summary>Common part.</summary>
    [FieldOffset(0)] public RecordHeader Header;

    /// <summary>Time spent with best bid &gt; best ask, ns on the receive axis.</summary>
    [FieldOffset(24)] public long CrossedNs;

    /// <summary>Time spent with best bid = best ask, ns on the receive axis.</summary>
    [FieldOffset(32)] public long LockedNs;

    /// <summary>Venue checksums that agreed.</summary>
    [FieldOffset(40)] public uint ChecksumMatches;

    /// <summary>Venue checksums that did not.</summary>
    [FieldOffset(44)] public uint ChecksumMismatches;

    /// <summary>Messages whose checksum field offered nothing.</summary>
    [FieldOffset(48)] public uint ChecksumsNotOffered;

    /// <summary>Own best bid and ask compared with the venue's ticker of the same update id.</summary>
    [FieldOffset(52)] public uint BestCompared;

    /// <summary>Of those, equal in price and quantity on both sides.</summary>
    [FieldOffset(56)] public uint BestEqual;

    /// <inheritdoc/>
    public static RecordKind Kind => RecordKind.Seal;
}
