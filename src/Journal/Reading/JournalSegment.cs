using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Format;
using Lob.Fast.Journal.Native;

namespace Lob.Fast.Journal.Reading;

/// <summary>
/// One segment, mapped for reading. Its writer may still be at work, in this process or another. Spans handed out are invalid after
/// <see cref="Dispose"/>.
/// </summary>
public sealed unsafe class JournalSegment : IDisposable
{
    private readonly MappedFile _file;
    private readonly byte* _base;
    private readonly Record* _slots;
    private readonly SegmentHeader _header;

    private JournalSegment(MappedFile file, int number)
    {
        _file = file;
        _base = file.Base;
        _header = *(SegmentHeader*)_base;
        SegmentValidation.Check(file.Path, number, _header, file.Bytes);
        _slots = (Record*)(_base + SegmentLayout.RecordAreaOffset(Capacity));
        Number = number;
    }

    /// <summary>Path of the file.</summary>
    public string Path => _file.Path;

    /// <summary>Number of the segment.</summary>
    public int Number { get; }

    /// <summary>The constant part of its header.</summary>
    public SegmentHeader Header => _header;

    /// <summary>Slots of the record area.</summary>
    public int Capacity => (int)_header.CapacityRecords;

    /// <summary>Index of its first slot in the whole journal.</summary>
    public long FirstIndex => (long)_header.FirstRecordIndex;

    /// <summary>Slots of its checkpoint, padding included.</summary>
    public int CheckpointCount => (int)_header.CheckpointRecords;

    /// <summary>Whether more may come. Read it before <see cref="CommittedCount"/>: once it is not Open, the count is final.</summary>
    public SegmentState State => (SegmentState)Volatile.Read(ref *(uint*)(_base + SegmentHeader.StateOffset));

    /// <summary>Slots committed by now. Everything below it is completely written.</summary>
    /// <exception cref="JournalException">The count cannot be.</exception>
    public int CommittedCount =>
        SegmentValidation.CheckCommitted(Path, _header, Volatile.Read(ref *(ulong*)(_base + SegmentHeader.CommittedOffset)));

    /// <summary>The slots committed by now, checkpoint and padding included.</summary>
    public ReadOnlySpan<Record> Committed => new(_slots, CommittedCount);

    /// <summary>The slots of the checkpoint, padding included.</summary>
    public ReadOnlySpan<Record> Checkpoint => new(_slots, CheckpointCount);

    /// <summary>The block table. The entry of the open block changes while the segment is written.</summary>
    public ReadOnlySpan<BlockEntry> Blocks => new(_base + SegmentLayout.HeaderBytes, SegmentLayout.Blocks(Capacity));

    /// <summary>All bytes before the records.</summary>
    internal ReadOnlySpan<byte> Front => new(_base, (int)SegmentLayout.RecordAreaOffset(Capacity));

    /// <summary>All slots, committed or not.</summary>
    internal ReadOnlySpan<Record> Slots => new(_slots, Capacity);

    /// <summary>Maps the segment <paramref name="number"/> of a folder and checks its header.</summary>
    /// <exception cref="JournalException">It cannot be read, or is no segment of this format; says what was expected and what was found.</exception>
    public static JournalSegment Open(string folder, int number) => Open(folder, number, writable: false);

    /// <summary>Receive time the segment starts from: that of its checkpoint's state, or of its first record; long.MaxValue if it has neither.</summary>
    public long StartTimeNs
    {
        get
        {
            // A checkpoint of an engine that has seen nothing yet has no time: then the first record behind it tells.
            ReadOnlySpan<Record> committed = Committed;
            int first = committed.IsEmpty || committed[0].Header.ReceivedAtNs != 0 ? 0 : CheckpointCount;
            return first < committed.Length ? committed[first].Header.ReceivedAtNs : long.MaxValue;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>Maps it so that recovery can write to it.</summary>
    internal static JournalSegment OpenForRepair(string folder, int number) => Open(folder, number, writable: true);

    internal ref BlockEntry EntryForRepair(int block) => ref ((BlockEntry*)(_base + SegmentLayout.HeaderBytes))[block];

    internal void SetCommitted(int count) => Volatile.Write(ref *(ulong*)(_base + SegmentHeader.CommittedOffset), (ulong)count);

    internal void SetState(SegmentState state) => Volatile.Write(ref *(uint*)(_base + SegmentHeader.StateOffset), (uint)state);

    internal void Sync() => _file.Sync();

    private static JournalSegment Open(string folder, int number, bool writable)
    {
        MappedFile file = MappedFile.OpenExisting(JournalFolder.SegmentPath(folder, number), writable, SegmentValidation.FileBytesMin);
        try
        {
            return new JournalSegment(file, number);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
