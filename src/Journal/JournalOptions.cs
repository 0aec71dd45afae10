using Lob.Fast.Journal.Format;

namespace Lob.Fast.Journal;

/// <summary>How a journal is written. None of it changes how it is read.</summary>
public sealed record JournalOptions
{
    /// <summary>1 Mi records: 64 MiB a segment, so that a reader is at most that far from a checkpoint.</summary>
    public const int SegmentRecordsDefault = 1 << 20;

    /// <summary>Two blocks: a checkpoint and something behind it.</summary>
    public const int SegmentRecordsMin = 2 * SegmentLayout.BlockRecords;

    /// <summary>256 MiB: room for the rest of the machine to say that the disk is full.</summary>
    public const long FreeDiskFloorBytesDefault = 256L << 20;

    /// <summary>
    /// Least capacity of a segment in records, rounded up to whole blocks. A segment is larger when it must be: at least
    /// <see cref="SegmentLayout.CheckpointShare"/> times its checkpoint, and at least its checkpoint plus the reservation that asked for it.
    /// </summary>
    public int SegmentRecords { get; init; } = SegmentRecordsDefault;

    /// <summary>A new segment is refused, and the journal closed, if less than this would stay free on the disk.</summary>
    public long FreeDiskFloorBytes { get; init; } = FreeDiskFloorBytesDefault;

    /// <summary>What a power cut may cost.</summary>
    public Durability Durability { get; init; } = Durability.None;

    /// <summary>
    /// A thread makes pages and the next segment's file ready ahead of the one that appends. Costs one more segment of disk space while the
    /// second half of a segment is written; of no use where the process has one core only.
    /// </summary>
    public bool PrepareAhead { get; init; } = Environment.ProcessorCount > 1;

    /// <summary>Free bytes of the disk that holds a folder. Tests replace it.</summary>
    internal Func<string, long> FreeBytes { get; init; } = static folder => new DriveInfo(folder).AvailableFreeSpace;
}
