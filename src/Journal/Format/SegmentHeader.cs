using System.Runtime.InteropServices;

namespace Lob.Fast.Journal.Format;

/// <summary>
/// The constant part of a segment's header, written once before the segment gets its name. The two words that change (committed count and
/// state) stand on cache lines of their own behind it. Nothing comes from the wall clock: equal inputs give equal bytes.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = SizeInBytes)]
public struct SegmentHeader
{
    /// <summary>Bytes of the constant part.</summary>
    public const int SizeInBytes = 128;

    /// <summary>Bytes covered by <see cref="Crc"/>.</summary>
    public const int CrcBytes = 124;

    /// <summary>Where the committed record count stands, u64.</summary>
    public const int CommittedOffset = 128;

    /// <summary>Where the <see cref="SegmentState"/> stands, u32.</summary>
    public const int StateOffset = 192;

    /// <summary><see cref="SegmentLayout.Magic"/>.</summary>
    [FieldOffset(0)] public ulong Magic;

    /// <summary><see cref="SegmentLayout.Version"/>.</summary>
    [FieldOffset(8)] public uint Version;

    /// <summary><see cref="SegmentLayout.HeaderBytes"/>.</summary>
    [FieldOffset(12)] public uint HeaderBytes;

    /// <summary><see cref="SegmentLayout.ByteOrderMark"/>.</summary>
    [FieldOffset(16)] public uint ByteOrderMark;

    /// <summary>Bytes of a record: 64.</summary>
    [FieldOffset(20)] public uint RecordBytes;

    /// <summary><see cref="SegmentLayout.BlockRecords"/>.</summary>
    [FieldOffset(24)] public uint BlockRecords;

    /// <summary>Number of the segment, as in its name.</summary>
    [FieldOffset(28)] public uint SegmentNumber;

    /// <summary>Slots of the record area, a multiple of the block size.</summary>
    [FieldOffset(32)] public ulong CapacityRecords;

    /// <summary>Byte at which the records start.</summary>
    [FieldOffset(40)] public ulong RecordAreaOffset;

    /// <summary>Index of the first slot in the whole journal: the sum of the slots of all segments before, those deleted included.</summary>
    [FieldOffset(48)] public ulong FirstRecordIndex;

    /// <summary>Slots of the checkpoint at the start, padding included.</summary>
    [FieldOffset(56)] public ulong CheckpointRecords;

    /// <summary>CRC-32C of bytes 0–123.</summary>
    [FieldOffset(124)] public uint Crc;
}
