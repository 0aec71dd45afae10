using System.Runtime.InteropServices;
using Lob.Fast.Engine.Numbers;

namespace Lob.Fast.Journal.Format;

/// <summary>
/// A block's checksum and how many of its records it covers, with a checksum of its own. A block has two; the older one is overwritten, so
/// that a writer killed between two stores leaves the other one whole.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = SizeInBytes)]
public struct ChecksumSlot
{
    /// <summary>Bytes of a slot.</summary>
    public const int SizeInBytes = 16;

    private const int CrcBytes = 12;

    /// <summary>See <see cref="BlockChecksum"/>.</summary>
    [FieldOffset(0)] public ulong Checksum;

    /// <summary>Records of the block that it covers.</summary>
    [FieldOffset(8)] public uint Records;

    /// <summary>CRC-32C of the 12 bytes before.</summary>
    [FieldOffset(12)] public uint Crc;

    /// <summary>Never written: 16 zeros.</summary>
    public readonly bool IsEmpty => Checksum == 0 && Records == 0 && Crc == 0;

    /// <summary>Written completely. An empty slot is not valid: the CRC of zeros is not zero.</summary>
    public readonly bool IsValid => Records is > 0 and <= SegmentLayout.BlockRecords && Crc == CrcOf(this);

    /// <summary>A slot with its CRC.</summary>
    public static ChecksumSlot Of(ulong checksum, int records)
    {
        ChecksumSlot slot = new() { Checksum = checksum, Records = (uint)records };
        slot.Crc = CrcOf(slot);
        return slot;
    }

    private static uint CrcOf(in ChecksumSlot slot) =>
        Crc32C.Of(MemoryMarshal.AsBytes(new ReadOnlySpan<ChecksumSlot>(in slot))[..CrcBytes]);
}
