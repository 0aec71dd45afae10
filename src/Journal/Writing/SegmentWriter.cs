using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Format;
using Lob.Fast.Journal.Native;

namespace Lob.Fast.Journal.Writing;

/// <summary>
/// One segment being written, by one thread. Records are copied into the mapped pages and checksummed on the way; readers see them when
/// <see cref="Commit"/> has released the committed count. Table entries are written behind the commit, so a checksum never covers a record
/// that is not committed.
/// </summary>
internal sealed unsafe class SegmentWriter : IDisposable
{
    private readonly MappedFile _file;
    private readonly byte* _base;
    private readonly Record* _slots;
    private readonly BlockEntry* _table;

    /// <summary>Blocks that were filled since the last commit, by block number: their entries are written at the commit.</summary>
    private readonly FilledBlock[] _filled;

    private SegmentPreparer? _preparer;
    private readonly bool _inCheckpoint;

    /// <summary>Slots that fit; 0 once the segment has ended, so that nothing can be reserved any more.</summary>
    private int _capacity;

    private int _next;
    private int _committed;
    private int _reservedEnd;

    /// <summary>An append that ends before this slot neither fills the block nor exceeds the reservation.</summary>
    private int _fastEnd;

    private int _publishedBlocks;
    private BlockChecksum _checksum = BlockChecksum.Empty;
    private BlockIndex _index = BlockIndex.Empty;

    /// <summary>Over a file that is mapped and not in use: header, checkpoint, and the commit of both.</summary>
    public SegmentWriter(MappedFile file, int number, int capacity, long firstIndex, ReadOnlySpan<Record> checkpoint, SegmentPreparer? preparer)
    {
        _file = file;
        _base = file.Base;
        _slots = (Record*)(_base + SegmentLayout.RecordAreaOffset(capacity));
        _table = (BlockEntry*)(_base + SegmentLayout.HeaderBytes);
        _filled = new FilledBlock[SegmentLayout.Blocks(capacity)];
        _capacity = capacity;
        _preparer = preparer;
        Capacity = capacity;
        Number = number;
        FirstIndex = firstIndex;

        _inCheckpoint = true;
        SetReservation(capacity);
        Append(checkpoint);
        _inCheckpoint = false;
        WriteHeader(_next);
        Commit();
        SetReservation(_next);
    }

    /// <summary>Number of the segment.</summary>
    public int Number { get; }

    /// <summary>Slots of its record area.</summary>
    public int Capacity { get; }

    /// <summary>Index of its first slot in the whole journal.</summary>
    public long FirstIndex { get; }

    /// <summary>Slots that readers see.</summary>
    public int Committed => _committed;

    /// <summary>Whether records were appended since the last commit.</summary>
    public bool HasUncommitted => _next != _committed;

    /// <summary>The mapped file.</summary>
    public MappedFile File => _file;

    /// <summary>
    /// Builds a segment under a temporary name and gives it its own when header and checkpoint are in it. If that fails nothing stays behind.
    /// </summary>
    /// <param name="folder">The journal's folder.</param>
    /// <param name="number">Number of the segment.</param>
    /// <param name="capacity">Slots of its record area.</param>
    /// <param name="firstIndex">Index of its first slot in the whole journal.</param>
    /// <param name="checkpoint">What it opens with.</param>
    /// <param name="preparer">Where a file may be ready; null = nowhere.</param>
    /// <param name="sync">
    /// Wait for the disk before the file gets its name: otherwise a power cut may keep the name and lose the header, which may reach the disk later.
    /// </param>
    public static SegmentWriter Create(
        string folder, int number, int capacity, long firstIndex, ReadOnlySpan<Record> checkpoint, SegmentPreparer? preparer, bool sync)
    {
        string path = JournalFolder.SegmentPath(folder, number);
        string temporary = path + JournalFolder.TemporaryExtension;
        MappedFile file = preparer?.Take(temporary, capacity) ?? MappedFile.Create(temporary, SegmentLayout.FileBytes(capacity));
        try
        {
            SegmentWriter segment = new(file, number, capacity, firstIndex, checkpoint, preparer);
            if (sync)
            {
                // Only this: the pages behind it that were made ready are zeros, and writing those takes tens of milliseconds.
                file.SyncStart(SegmentLayout.RecordAreaOffset(capacity) + ((long)segment._next * Record.SizeInBytes));
            }

            System.IO.File.Move(temporary, path);
            return segment;
        }
        catch
        {
            file.Dispose();
            System.IO.File.Delete(temporary);
            throw;
        }
    }

    /// <summary>For the first segment, which is there before the thread that prepares.</summary>
    public void UsePreparer(SegmentPreparer preparer)
    {
        _preparer = preparer;
        preparer.Started(this);
    }

    /// <summary>Makes sure that <paramref name="slots"/> slots fit, whatever padding they need.</summary>
    /// <returns>False if they do not.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReserve(int slots)
    {
        long end = _next + SegmentLayout.WithPadding(slots);
        if (end > _capacity)
        {
            return false;
        }

        SetReservation((int)end);
        return true;
    }

    /// <summary>Lets everything be appended that the segment holds: for records whose reservations were made on another thread.</summary>
    public void ReserveAll() => SetReservation(_capacity);

    /// <summary>Copies records behind those appended so far.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(ReadOnlySpan<Record> records)
    {
        if (records.Length < _fastEnd - _next)
        {
            if (!records.IsEmpty)
            {
                Copy(records);
            }
        }
        else
        {
            AppendAtBorder(records);
        }
    }

    /// <summary>Makes everything appended visible.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Commit()
    {
        int next = _next;
        if (next == _committed)
        {
            return;
        }

        _committed = next;
        Volatile.Write(ref *(ulong*)(_base + SegmentHeader.CommittedOffset), (ulong)next);
        if (next >> SegmentLayout.BlockShift != _publishedBlocks)
        {
            PublishFilledBlocks();
        }
    }

    /// <summary>Gives the committed records of the open block their checksum.</summary>
    public void Seal()
    {
        int block = _committed >> SegmentLayout.BlockShift;
        int records = _committed & (SegmentLayout.BlockRecords - 1);
        if (_capacity == 0 || records == 0 || _table[block].Newest.Records == records)
        {
            return;
        }

        BlockChecksum checksum = _checksum;
        BlockIndex index = _index;
        if (HasUncommitted)
        {
            // The running values are ahead of the commit (closed in the middle of a message): compute those of the committed records.
            ReadOnlySpan<Record> committed = new(_slots + ((long)block << SegmentLayout.BlockShift), records);
            checksum = BlockChecksum.Empty;
            checksum.Add(committed);
            index = BlockIndex.Empty;
            foreach (ref readonly Record record in committed)
            {
                index.Add(record);
            }
        }

        _table[block].Publish(checksum.Value, records, index);
    }

    /// <summary>No more will be appended: the last checksum, then the state.</summary>
    public void End(SegmentState state)
    {
        Seal();
        _next = _committed;
        _capacity = 0;
        _reservedEnd = 0;
        _fastEnd = 0;
        Volatile.Write(ref *(uint*)(_base + SegmentHeader.StateOffset), (uint)state);
    }

    /// <summary>Unmaps the file. Records that were not committed stay in it and are not read by anyone.</summary>
    public void Dispose() => _file.Dispose();

    private void WriteHeader(int checkpointRecords)
    {
        SegmentHeader header = new()
        {
            Magic = SegmentLayout.Magic,
            Version = SegmentLayout.Version,
            HeaderBytes = SegmentLayout.HeaderBytes,
            ByteOrderMark = SegmentLayout.ByteOrderMark,
            RecordBytes = Record.SizeInBytes,
            BlockRecords = SegmentLayout.BlockRecords,
            SegmentNumber = (uint)Number,
            CapacityRecords = (ulong)_capacity,
            RecordAreaOffset = (ulong)SegmentLayout.RecordAreaOffset(_capacity),
            FirstRecordIndex = (ulong)FirstIndex,
            CheckpointRecords = (ulong)checkpointRecords,
        };
        header.Crc = Crc32C.Of(MemoryMarshal.AsBytes(new ReadOnlySpan<SegmentHeader>(in header))[..SegmentHeader.CrcBytes]);
        *(SegmentHeader*)_base = header;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SetReservation(int end)
    {
        _reservedEnd = end;
        _fastEnd = Math.Min(end + 1, (_next & ~(SegmentLayout.BlockRecords - 1)) + SegmentLayout.BlockRecords);
    }

    /// <summary>
    /// Copies records that fit into the open block, checksums them and keeps the block's index: one pass, so that the checksum's latency
    /// hides behind the stores into fresh pages.
    /// </summary>
    private void Copy(ReadOnlySpan<Record> records)
    {
        const ulong checkpointFlag = (ulong)RecordFlags.Checkpoint << 8;
        const ulong kindOfEvent = 0xFF | checkpointFlag;

        if (records[0].Header.Has(RecordFlags.Continued))
        {
            ThrowSplitRecord();
        }

        ref byte source = ref Unsafe.As<Record, byte>(ref MemoryMarshal.GetReference(records));
        ref byte end = ref Unsafe.Add(ref source, (nint)records.Length * Record.SizeInBytes);
        byte* target = (byte*)(_slots + _next);
        uint low = _checksum.Low;
        uint high = _checksum.High;
        do
        {
            Vector256<byte> front = Vector256.LoadUnsafe(ref source);
            Vector256<byte> back = Vector256.LoadUnsafe(ref source, (nuint)Vector256<byte>.Count);
            front.Store(target);
            back.Store(target + Vector256<byte>.Count);

            ref ulong words = ref Unsafe.As<byte, ulong>(ref source);
            ulong head = words;
            low = BitOperations.Crc32C(low, head);
            high = BitOperations.Crc32C(high, Unsafe.Add(ref words, 1));
            low = BitOperations.Crc32C(low, Unsafe.Add(ref words, 2));
            high = BitOperations.Crc32C(high, Unsafe.Add(ref words, 3));
            low = BitOperations.Crc32C(low, Unsafe.Add(ref words, 4));
            high = BitOperations.Crc32C(high, Unsafe.Add(ref words, 5));
            low = BitOperations.Crc32C(low, Unsafe.Add(ref words, 6));
            high = BitOperations.Crc32C(high, Unsafe.Add(ref words, 7));

            if ((head & kindOfEvent) == (ulong)RecordKind.MessageBegin)
            {
                _index.AddSequence((long)Unsafe.Add(ref words, 3));
            }

            target += Record.SizeInBytes;
            source = ref Unsafe.Add(ref source, Record.SizeInBytes);
        }
        while (Unsafe.IsAddressLessThan(ref source, ref end));

        _checksum.Low = low;
        _checksum.High = high;
        _next += records.Length;
        if (!_inCheckpoint)
        {
            // Receive times never step back, so the first and the last record of a run say enough.
            _index.AddTimes(records[0].Header.ReceivedAtNs, records[^1].Header.ReceivedAtNs);
        }
    }

    /// <summary>Appends records of which some reach the end of the block: a record's slots are never divided by it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AppendAtBorder(ReadOnlySpan<Record> records)
    {
        if (records.Length > _reservedEnd - _next)
        {
            throw new InvalidOperationException(
                $"{_file.Path}: {records.Length} slots were to be appended at slot {_next}, but the reservation ends at slot {_reservedEnd}. Reserve "
                    + "more before the message.");
        }

        while (!records.IsEmpty)
        {
            int room = SegmentLayout.BlockRecords - (_next & (SegmentLayout.BlockRecords - 1));
            int fits = SegmentLayout.FittingSlots(records, room);
            int padding = fits < records.Length ? room - fits : 0;

            if (fits > 0)
            {
                Copy(records[..fits]);
                records = records[fits..];
            }

            if (padding > 0)
            {
                Pad(padding);
            }

            if (fits + padding == room)
            {
                BlockFilled();
            }
        }

        SetReservation(_reservedEnd);
    }

    private void Pad(int slots)
    {
        Record filler = default;
        filler.Header.Kind = RecordKind.Padding;
        Span<Record> target = new(_slots + _next, slots);
        target.Fill(filler);
        _checksum.Add(target);
        _next += slots;
    }

    private void BlockFilled()
    {
        _filled[(_next - 1) >> SegmentLayout.BlockShift] = new FilledBlock(_checksum.Value, _index);
        _checksum = BlockChecksum.Empty;
        _index = BlockIndex.Empty;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void PublishFilledBlocks()
    {
        int filled = _committed >> SegmentLayout.BlockShift;
        Debug.Assert(filled > _publishedBlocks, "the committed count went back");
        for (; _publishedBlocks < filled; _publishedBlocks++)
        {
            FilledBlock block = _filled[_publishedBlocks];
            _table[_publishedBlocks].Publish(block.Checksum, SegmentLayout.BlockRecords, block.Index);
        }

        _preparer?.Reached(filled);
    }

    private static void ThrowSplitRecord() =>
        throw new InvalidOperationException("An append starts with a continued slot: all slots of a record must be appended in one call.");

    private readonly record struct FilledBlock(ulong Checksum, BlockIndex Index);
}
