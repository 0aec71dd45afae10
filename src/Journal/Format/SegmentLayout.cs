using Lob.Fast.Engine.Records;

namespace Lob.Fast.Journal.Format;

/// <summary>Sizes and places in a segment: header page, block table padded to a page, records.</summary>
public static class SegmentLayout
{
    /// <summary>
    /// Version of the format, frozen: what a journal of it holds keeps its meaning for ever (tests/data/journals). New kinds of records and
    /// values of enumerations may be added, and fields where a structure has zeros; nothing may move.
    /// </summary>
    public const uint Version = 1;

    /// <summary>"LOBJFAST" as it stands in the file.</summary>
    public const ulong Magic = 0x5453_4146_4A42_4F4C;

    /// <summary>Reads as this number on a machine with the right byte order.</summary>
    public const uint ByteOrderMark = 0x0102_0304;

    /// <summary>The header page.</summary>
    public const int HeaderBytes = 4096;

    /// <summary>The block table is padded to whole pages of this size.</summary>
    public const int PageBytes = 4096;

    /// <summary>Records of a block: 256 KiB, which fits a level 2 cache twice.</summary>
    public const int BlockRecords = 4096;

    /// <summary>log2 of <see cref="BlockRecords"/>.</summary>
    public const int BlockShift = 12;

    /// <summary>
    /// Most slots of one record. Bounds what padding can cost: at most this less one slot a block. Needed today: 5 (StreamState).
    /// </summary>
    public const int RecordSlotsMax = 16;

    /// <summary>A segment holds at least this many times its checkpoint, so that checkpoints stay below 1/16 of a journal.</summary>
    public const int CheckpointShare = 16;

    /// <summary>2^30 records = 64 GiB a segment, so that every record number and every sum of two fits an int.</summary>
    public const int CapacityMax = 1 << 30;

    /// <summary>Blocks of a segment.</summary>
    public static int Blocks(int capacityRecords) => capacityRecords >> BlockShift;

    /// <summary>Where the records start.</summary>
    public static long RecordAreaOffset(int capacityRecords)
    {
        long tableBytes = (long)Blocks(capacityRecords) * BlockEntry.SizeInBytes;
        return HeaderBytes + ((tableBytes + PageBytes - 1) / PageBytes * PageBytes);
    }

    /// <summary>Size of the file, which never changes.</summary>
    public static long FileBytes(int capacityRecords) => RecordAreaOffset(capacityRecords) + ((long)capacityRecords * Record.SizeInBytes);

    /// <summary>
    /// Slots that <paramref name="slots"/> records may take with padding: they cross at most slots/4096 + 2 borders (the second for what
    /// the padding itself pushes), and lose less than <see cref="RecordSlotsMax"/> slots at each.
    /// </summary>
    public static long WithPadding(long slots) => slots + (((slots >> BlockShift) + 2) * RecordSlotsMax);

    /// <summary>
    /// How many of the records go into the <paramref name="room"/> slots that a block has left: a record's slots are never divided by its border. When not all do, what stays free is padding.
    /// </summary>
    public static int FittingSlots(ReadOnlySpan<Record> records, int room)
    {
        if (records.Length <= room)
        {
            return records.Length;
        }

        int fits = room;
        while (fits > 0 && records[fits].Header.Has(RecordFlags.Continued))
        {
            fits--;
        }

        return room - fits < RecordSlotsMax
            ? fits
            : throw new InvalidOperationException($"A record of kind {records[fits].Header.Kind} has more than {RecordSlotsMax} slots.");
    }

    /// <summary>
    /// Capacity of a segment that opens with a checkpoint of <paramref name="checkpointSlots"/> and then takes a message of <paramref name="slots"/>. May be more than
    /// <see cref="CapacityMax"/>, which no segment can be.
    /// </summary>
    public static long CapacityFor(int segmentRecords, int checkpointSlots, int slots)
    {
        long capacity = Math.Max(segmentRecords, (long)CheckpointShare * checkpointSlots);
        return RoundUpToBlocks(Math.Max(capacity, WithPadding(checkpointSlots) + WithPadding(slots)));
    }

    /// <summary>Rounds up to whole blocks.</summary>
    public static long RoundUpToBlocks(long records) => (records + BlockRecords - 1) / BlockRecords * BlockRecords;
}
