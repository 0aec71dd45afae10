using System.Runtime.InteropServices;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Format;
using Lob.Fast.Journal.Reading;

namespace Lob.Fast.Journal.Verification;

/// <summary>Verification of one segment whose header is valid.</summary>
internal sealed class SegmentVerification
{
    /// <summary>A live writer is between two stores for nanoseconds; a kill there lasts.</summary>
    private const int ReadAttempts = 20;

    private readonly JournalSegment _segment;
    private readonly StructureCheck _structure;
    private readonly List<JournalFinding> _findings = [];
    private readonly Action<int> _progress;
    private readonly SegmentState _state;
    private readonly int _committed;
    private bool _structureFailed;

    /// <summary>First block that its checksum does not cover completely, in an open segment; only the last may be one.</summary>
    private int _uncoveredBlock = -1;

    /// <param name="segment">The segment.</param>
    /// <param name="latestNs">Latest receive time of the segments before; long.MinValue where that is not known yet.</param>
    /// <param name="progress">Told after each block how many records it had.</param>
    public SegmentVerification(JournalSegment segment, long latestNs, Action<int> progress)
    {
        _segment = segment;
        _structure = new StructureCheck(onlyForm: false, latestNs);
        _progress = progress;
        Report = new VerifyReport(_findings);

        // The state first: if it says that no more will come, the count read after it is final.
        _state = segment.State;
        _committed = segment.CommittedCount;
    }

    /// <summary>What was read and found.</summary>
    public VerifyReport Report { get; }

    /// <summary>Receive time of the first record that is not the checkpoint's; long.MaxValue = none.</summary>
    public long FirstNs => _structure.FirstNs;

    /// <summary>Latest receive time; that of the segments before if there is none.</summary>
    public long LatestNs => _structure.LatestNs;

    private bool IsOpen => _state == SegmentState.Open;

    public void Run(JournalSegment? before, bool isLast)
    {
        CheckPlace(before, isLast);
        CheckZero(SegmentHeader.CommittedOffset + sizeof(ulong), SegmentHeader.StateOffset, "header");
        CheckZero(SegmentHeader.StateOffset + sizeof(uint), SegmentLayout.HeaderBytes, "header");
        int blocks = SegmentLayout.Blocks(_segment.Capacity);
        CheckZero(SegmentLayout.HeaderBytes + (blocks * BlockEntry.SizeInBytes), _segment.Front.Length, "page of the block table");

        _structure.StartSegment(_segment.CheckpointCount);
        for (int block = 0; block < blocks && _findings.Count < JournalVerifier.FindingsMax; block++)
        {
            CheckBlock(block);
        }

        if (_structure.InMessage && !_structureFailed)
        {
            Say(FindingKind.Note, (_committed - 1) >> SegmentLayout.BlockShift, _structure.LastMessageEnd, _committed - 1, "an unfinished message at "
                + "the end: ignored by every reader.");
        }

        Report.Segments = 1;
        Report.Messages = _structure.Messages;
    }

    private void CheckPlace(JournalSegment? before, bool isLast)
    {
        if (before is not null && before.Number == _segment.Number - 1 && before.State != SegmentState.Open)
        {
            long expected = before.FirstIndex + before.CommittedCount;
            if (_segment.FirstIndex != expected)
            {
                Say(FindingKind.Damage, -1, -1, -1, $"byte 48, first record index: expected {expected}, the end of the segment before, found "
                    + $"{_segment.FirstIndex}");
            }
        }

        switch (_state)
        {
            case SegmentState.Open when isLast:
                Say(FindingKind.Note, -1, -1, -1, "open: a writer is at work, or was killed and recovery has not run.");
                break;
            case SegmentState.Open:
                Say(FindingKind.Note, -1, -1, -1, "open though another follows: its writer was killed between two segments and recovery has not run.");
                break;
            case SegmentState.Rolled when isLast && !File.Exists(JournalFolder.SegmentPath(Path.GetDirectoryName(_segment.Path)!, _segment.Number + 1)):
                Say(FindingKind.Damage, -1, -1, -1, $"says that segment {_segment.Number + 1:D8} follows, which is not there.");
                break;
            case SegmentState.Rolled or SegmentState.Closed:
                break;
            default:
                Say(FindingKind.Damage, -1, -1, -1, $"byte {SegmentHeader.StateOffset}, state: expected 0, 1 or 2, found {(uint)_state}");
                break;
        }
    }

    private void CheckZero(int from, int to, string what)
    {
        int at = _segment.Front[from..to].IndexOfAnyExcept((byte)0);
        if (at >= 0)
        {
            Say(FindingKind.Damage, -1, -1, -1, $"byte {from + at}: expected 0 in the unused part of the {what}, found 0x{_segment.Front[from + at]:X2}");
        }
    }

    private void CheckBlock(int block)
    {
        int start = block << SegmentLayout.BlockShift;
        int records = Math.Clamp(_committed - start, 0, SegmentLayout.BlockRecords);
        BlockEntry entry = ReadEntry(block);
        if (records == 0)
        {
            CheckUnused(block, start, entry);
            return;
        }

        int covered = CheckSlots(block, start, records, entry);
        CheckIndex(block, start, records, covered, entry);
        CheckStructure(block, start, records);

        Report.Blocks++;
        Report.Records += records;
        Report.RecordsWithChecksum += Math.Min(covered, records);
        _progress(records);
    }

    private void CheckUnused(int block, int start, in BlockEntry entry)
    {
        // While the segment is written the block may have come into use since the count was read.
        if (!IsZero(entry) && (!IsOpen || _segment.CommittedCount <= start))
        {
            Say(FindingKind.Damage, block, -1, -1, "expected an empty table entry where no record is committed, found one");
        }
    }

    /// <returns>Records of the block that a right checksum covers.</returns>
    private int CheckSlots(int block, int start, int records, in BlockEntry entry)
    {
        bool wellFormed = CheckSlot(block, start, records, entry.SlotA, 'A') & CheckSlot(block, start, records, entry.SlotB, 'B');
        ChecksumSlot newest = entry.Newest;
        int covered = (int)newest.Records;
        bool isRight = true;

        // Both slots tell the truth about the records they cover: the checksum of the smaller count first, then on to the larger.
        (ChecksumSlot small, ChecksumSlot large) = entry.SlotA.Records <= entry.SlotB.Records ? (entry.SlotA, entry.SlotB) : (entry.SlotB, entry.SlotA);
        BlockChecksum checksum = BlockChecksum.Empty;
        int done = 0;
        foreach (ChecksumSlot slot in (ReadOnlySpan<ChecksumSlot>)[small, large])
        {
            if (!slot.IsValid)
            {
                continue;
            }

            checksum.Add(_segment.Slots.Slice(start + done, (int)slot.Records - done));
            done = (int)slot.Records;
            if (checksum.Value != slot.Checksum)
            {
                Say(FindingKind.Damage, block, start, start + done - 1, $"expected checksum {slot.Checksum:X16}, found {checksum.Value:X16}: a record "
                    + "has changed since it was written");
                isRight = false;
                break;
            }
        }

        if (covered < records)
        {
            if (!IsOpen && wellFormed)
            {
                Say(FindingKind.Damage, block, start + covered, start + records - 1, $"expected a checksum over all {records} records of the block, "
                    + $"found one over {covered}");
            }

            _uncoveredBlock = _uncoveredBlock < 0 ? block : _uncoveredBlock;
        }
        else if (_uncoveredBlock >= 0 && IsOpen)
        {
            int earlier = _uncoveredBlock << SegmentLayout.BlockShift;
            Say(FindingKind.Damage, _uncoveredBlock, earlier, earlier + SegmentLayout.BlockRecords - 1, "expected a checksum over the whole block, as "
                + "later blocks have one, found none");
            _uncoveredBlock = -1;
        }

        return isRight ? covered : 0;
    }

    private bool CheckSlot(int block, int start, int records, in ChecksumSlot slot, char name)
    {
        if (slot.IsEmpty)
        {
            return true;
        }

        if (!slot.IsValid)
        {
            Say(FindingKind.Damage, block, -1, -1, $"checksum slot {name}: its own CRC-32C does not fit (it was changed, or written half by a writer "
                + "that was killed)");
            return false;
        }

        if (slot.Records > records && (!IsOpen || _segment.CommittedCount - start < slot.Records))
        {
            Say(FindingKind.Damage, block, start, start + records - 1, $"checksum slot {name} covers {slot.Records} records of the block, only "
                + $"{records} are committed");
            return false;
        }

        return true;
    }

    private void CheckIndex(int block, int start, int records, int covered, in BlockEntry entry)
    {
        BlockIndex expected = BlockIndex.Empty;
        ReadOnlySpan<Record> slots = _segment.Slots.Slice(start, Math.Max(records, covered));
        for (int i = 0; i < covered; i++)
        {
            expected.Add(slots[i]);
        }

        BlockIndex found = entry.Index;
        if (found == expected || (covered == 0 && IsOpen && found == BlockIndex.Unwritten))
        {
            return;
        }

        // Where the checksum does not hold, what the index should be is not known.
        if (_findings.Exists(finding => finding.Kind == FindingKind.Damage && finding.Segment == _segment.Number && finding.Block == block))
        {
            return;
        }

        // Index before checksum: a writer killed between them leaves an index that is ahead, or whose fields are partly so.
        BlockIndex ahead = expected;
        for (int i = covered; IsOpen && i < slots.Length; i++)
        {
            ahead.Add(slots[i]);
            if (IsMixed(found, covered == 0 ? BlockIndex.Unwritten : expected, ahead))
            {
                return;
            }
        }

        Say(FindingKind.Damage, block, start, start + records - 1, $"expected the index of the block to be {expected}, found {found}");
    }

    private static bool IsMixed(in BlockIndex found, in BlockIndex a, in BlockIndex b) =>
        (found.FirstTimeNs == a.FirstTimeNs || found.FirstTimeNs == b.FirstTimeNs) && (found.LastTimeNs == a.LastTimeNs || found.LastTimeNs == b.LastTimeNs)
        && (found.MinSequence == a.MinSequence || found.MinSequence == b.MinSequence)
        && (found.MaxSequence == a.MaxSequence || found.MaxSequence == b.MaxSequence);

    private void CheckStructure(int block, int start, int records)
    {
        ReadOnlySpan<Record> slots = _segment.Slots.Slice(start, records);
        for (int i = 0; i < slots.Length && !_structureFailed; i++)
        {
            if (_structure.Next(slots[i], start + i) is string problem)
            {
                // Whatever follows would be judged by a wrong state: one finding a segment.
                Say(FindingKind.Damage, block, start + i, start + i, problem);
                _structureFailed = true;
            }
        }
    }

    /// <summary>A copy of a table entry that the writer was not in the middle of, if that can be had.</summary>
    private BlockEntry ReadEntry(int block)
    {
        BlockEntry entry = _segment.Blocks[block];
        for (int attempt = 0; IsOpen && attempt < ReadAttempts; attempt++)
        {
            Thread.MemoryBarrier();
            BlockEntry again = _segment.Blocks[block];
            bool isStable = AsBytes(entry).SequenceEqual(AsBytes(again));
            if (isStable && (entry.SlotA.IsEmpty || entry.SlotA.IsValid) && (entry.SlotB.IsEmpty || entry.SlotB.IsValid))
            {
                break;
            }

            Thread.Sleep(attempt < ReadAttempts / 2 ? 0 : 1);
            entry = again;
        }

        return entry;
    }

    private static ReadOnlySpan<byte> AsBytes(in BlockEntry entry) => MemoryMarshal.AsBytes(new ReadOnlySpan<BlockEntry>(in entry));

    private static bool IsZero(in BlockEntry entry) => entry.SlotA.IsEmpty && entry.SlotB.IsEmpty && entry.Index == BlockIndex.Unwritten;

    private void Say(FindingKind kind, int block, int first, int last, string text) =>
        _findings.Add(new JournalFinding(kind, _segment.Number, block, first, last, text));
}
