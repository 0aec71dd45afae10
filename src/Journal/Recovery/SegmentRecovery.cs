using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Format;
using Lob.Fast.Journal.Reading;
using Lob.Fast.Journal.Verification;

namespace Lob.Fast.Journal.Recovery;

/// <summary>Recovery of one segment.</summary>
internal sealed class SegmentRecovery
{
    private readonly JournalSegment _segment;
    private readonly List<JournalFinding> _findings;
    private readonly List<(int Block, bool IsB)> _slotsToClear = [];

    private SegmentRecovery(JournalSegment segment, List<JournalFinding> findings)
    {
        _segment = segment;
        _findings = findings;
    }

    /// <summary>Recovers a segment if it needs it.</summary>
    /// <returns>Index, in the whole journal, of the slot after its last one.</returns>
    public static long Run(string folder, int number, bool isLast, long? expectedStart, List<JournalFinding> findings)
    {
        using (JournalSegment segment = JournalSegment.Open(folder, number))
        {
            if (expectedStart is long expected && segment.FirstIndex != expected)
            {
                throw new JournalException(
                    $"{segment.Path}: byte 48, first record index: expected {expected}, the end of the segment before, found {segment.FirstIndex}. One "
                        + "of the two files is from another journal.");
            }

            bool wasClosed = segment.State != SegmentState.Open;
            if (wasClosed && !isLast)
            {
                return segment.FirstIndex + segment.CommittedCount;
            }
        }

        using JournalSegment writable = JournalSegment.OpenForRepair(folder, number);
        return new SegmentRecovery(writable, findings).Repair(folder, isLast);
    }

    private long Repair(string folder, bool isLast)
    {
        // Up to the first store everything may refuse, and then the file is as it was.
        int committed = _segment.CommittedCount;
        int covered = CheckTable(committed, mayHaveLostPages: isLast && _segment.State == SegmentState.Open);
        int kept = KeepTail(committed, covered);
        if (kept < committed)
        {
            if (!isLast)
            {
                ThrowIfFollowed(folder, kept, committed);
            }

            _segment.SetCommitted(kept);
        }

        ClearSlots();
        int unfinished = CountUncommitted(kept);
        if (unfinished > 0)
        {
            Say(FindingKind.Note, kept >> SegmentLayout.BlockShift, kept, kept + unfinished - 1, "an unfinished message behind the last commit: kept in "
                + "the file, read by nobody.");
        }

        RenewChecksums(kept);
        SegmentState state = _segment.State;
        if (state == SegmentState.Open)
        {
            _segment.SetState(isLast ? SegmentState.Closed : SegmentState.Rolled);
            Say(FindingKind.Repaired, -1, 0, Math.Max(kept - 1, 0), "was not closed by its writer; closed now.");
        }
        else if (state == SegmentState.Rolled && isLast)
        {
            Say(FindingKind.Damage, -1, -1, -1, $"says that segment {_segment.Number + 1:D8} follows, which is not there. What it held is lost.");
        }

        _segment.Sync();
        return _segment.FirstIndex + kept;
    }

    /// <summary>A segment cannot become shorter if the next one starts where it ended.</summary>
    private void ThrowIfFollowed(string folder, int kept, int committed)
    {
        using JournalSegment next = JournalSegment.Open(folder, _segment.Number + 1);
        if (next.FirstIndex != _segment.FirstIndex + kept)
        {
            throw new JournalException(
                $"{_segment.Path}: records {kept}-{committed - 1} are lost (a power cut), but the next segment goes on behind them, at record "
                    + $"{next.FirstIndex} of the journal. It was not changed: restore this segment from a copy, or move it and those before it away, or "
                    + "those behind it.");
        }
    }

    /// <summary>Checks every checksum there is, up to the committed count. Changes nothing: slots that do not count are noted.</summary>
    /// <param name="committed">The committed count.</param>
    /// <param name="mayHaveLostPages">
    /// Whether the last block may lack pages that its newest checksum covers: a power cut may keep the page of the table and lose older ones.
    /// </param>
    /// <returns>First slot that no checksum covers.</returns>
    private int CheckTable(int committed, bool mayHaveLostPages)
    {
        int covered = committed;
        for (int block = 0; block << SegmentLayout.BlockShift < committed; block++)
        {
            int start = block << SegmentLayout.BlockShift;
            int records = Math.Min(SegmentLayout.BlockRecords, committed - start);
            BlockEntry entry = _segment.EntryForRepair(block);
            NoteTornSlot(entry.SlotA, block, isB: false);
            NoteTornSlot(entry.SlotB, block, isB: true);
            if (mayHaveLostPages && start + records == committed && HasLostPages(entry, start))
            {
                covered = Math.Min(covered, start + FallBack(entry, block, start, records));
                continue;
            }

            int checkedRecords = Math.Min((int)entry.Newest.Records, records);
            if (entry.Newest.Records > records)
            {
                Say(FindingKind.Note, block, start, start + records - 1, $"its checksum covers {entry.Newest.Records} records, only {records} are "
                    + "committed (a power cut lost the count); the rest is not read.");
                VerifyBlock(block, entry.Newest, start);
                covered = Math.Min(covered, start);
            }
            else if (checkedRecords > 0)
            {
                VerifyBlock(block, entry.Newest, start);
            }

            if (checkedRecords < records)
            {
                covered = Math.Min(covered, start + checkedRecords);
            }
        }

        return covered;
    }

    /// <summary>Whether the newest checksum does not fit and a page that it covers has never been written: lost, where a changed byte is damage.</summary>
    private bool HasLostPages(in BlockEntry entry, int start)
    {
        ChecksumSlot newest = entry.Newest;
        if (newest.Records == 0 || ChecksumOf(start, newest) == newest.Checksum)
        {
            return false;
        }

        foreach (ref readonly Record record in _segment.Slots.Slice(start, (int)newest.Records))
        {
            if (record.Header.Kind == RecordKind.None)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Goes back to the checksum before the newest, if that one fits.</summary>
    /// <returns>Records of the block that are covered still.</returns>
    private int FallBack(in BlockEntry entry, int block, int start, int records)
    {
        ChecksumSlot newest = entry.Newest;
        bool newestIsB = !entry.NextIsB;
        ChecksumSlot older = newestIsB ? entry.SlotA : entry.SlotB;
        _slotsToClear.Add((block, newestIsB));
        bool fits = older.IsValid && older.Records <= records && ChecksumOf(start, older) == older.Checksum;
        if (!fits && older.IsValid)
        {
            _slotsToClear.Add((block, !newestIsB));
        }

        int covered = fits ? (int)older.Records : 0;
        Say(FindingKind.Repaired, block, start, start + (int)newest.Records - 1, "its newest checksum is of records of which some never reached the disk "
            + $"(a power cut); cleared. {(fits ? $"The one before it covers {covered} records" : "No other one covers any")}.");
        return covered;
    }

    private void NoteTornSlot(in ChecksumSlot slot, int block, bool isB)
    {
        if (!slot.IsEmpty && !slot.IsValid)
        {
            _slotsToClear.Add((block, isB));
            Say(FindingKind.Repaired, block, -1, -1, $"checksum slot {(isB ? 'B' : 'A')} was written half; cleared.");
        }
    }

    private void ClearSlots()
    {
        foreach ((int block, bool isB) in _slotsToClear)
        {
            ref BlockEntry entry = ref _segment.EntryForRepair(block);
            (isB ? ref entry.SlotB : ref entry.SlotA) = default;
        }
    }

    private ulong ChecksumOf(int start, in ChecksumSlot slot)
    {
        BlockChecksum checksum = BlockChecksum.Empty;
        checksum.Add(_segment.Slots.Slice(start, (int)slot.Records));
        return checksum.Value;
    }

    private void VerifyBlock(int block, in ChecksumSlot slot, int start)
    {
        ulong checksum = ChecksumOf(start, slot);
        if (checksum != slot.Checksum)
        {
            throw new JournalException(
                $"{_segment.Path}: block {block}, records {start}-{start + (int)slot.Records - 1}: expected checksum {slot.Checksum:X16}, found "
                    + $"{checksum:X16}. The file has changed since it was written: restore it from a copy, or move this segment and those behind "
                    + "it away and go on from the one before.");
        }
    }

    /// <summary>
    /// Checks the form of the records. If one has none, keeps those up to the last place before it that is certainly the end of a commit: where a
    /// checksum of a part of a block ends, or the last input starts. That input itself goes, because what was derived from it may be lost.
    /// </summary>
    private int KeepTail(int committed, int covered)
    {
        StructureCheck structure = new(onlyForm: true);
        structure.StartSegment(_segment.CheckpointCount);
        ReadOnlySpan<Record> records = _segment.Slots[..committed];
        int commitEnd = _segment.CheckpointCount;
        for (int slot = 0; slot < records.Length; slot++)
        {
            if (slot == covered && (slot & (SegmentLayout.BlockRecords - 1)) != 0)
            {
                // Full blocks end anywhere, but the open one gets its checksum at the end of a commit only.
                commitEnd = Math.Max(commitEnd, slot);
            }

            int messageEnd = structure.LastMessageEnd;
            if (structure.Next(records[slot], slot) is string problem)
            {
                if (slot < covered)
                {
                    // The checksum says that it was written like this: not a matter of recovery.
                    Say(FindingKind.Damage, slot >> SegmentLayout.BlockShift, slot, slot, problem + "; its checksum is right, so it was written like this.");
                    return committed;
                }

                if (slot < _segment.CheckpointCount)
                {
                    throw new JournalException($"{_segment.Path}: record {slot}, in the checkpoint: {problem}. The segment has lost its start (a power "
                        + "cut without durability?): move it away.");
                }

                Say(FindingKind.Damage, slot >> SegmentLayout.BlockShift, commitEnd, committed - 1, $"{problem} in record {slot}. {committed - commitEnd} "
                    + "records are lost (a power cut): the journal now ends before the input that they belong to.");
                return commitEnd;
            }

            if (slot >= _segment.CheckpointCount && StartsInput(records[slot].Header))
            {
                commitEnd = Math.Max(commitEnd, messageEnd);
            }
        }

        if (covered < committed)
        {
            Say(FindingKind.Repaired, covered >> SegmentLayout.BlockShift, covered, committed - 1, $"{committed - covered} committed records had no "
                + "checksum yet; they are well formed, are kept and have one now.");
        }

        if (structure.InMessage)
        {
            Say(FindingKind.Note, (committed - 1) >> SegmentLayout.BlockShift, structure.LastMessageEnd, committed - 1, "an unfinished message at the "
                + "end: kept, ignored by every reader.");
        }

        return committed;
    }

    /// <summary>Gives every block up to <paramref name="end"/> the checksum and the index of all its records.</summary>
    private void RenewChecksums(int end)
    {
        for (int block = 0; block < SegmentLayout.Blocks(_segment.Capacity); block++)
        {
            int start = block << SegmentLayout.BlockShift;
            ref BlockEntry entry = ref _segment.EntryForRepair(block);
            if (start >= end)
            {
                if (!IsZero(entry))
                {
                    entry = default;
                    Say(FindingKind.Repaired, block, -1, -1, "had a table entry, but no committed record; cleared.");
                }

                continue;
            }

            ReadOnlySpan<Record> records = _segment.Slots[start..Math.Min(start + SegmentLayout.BlockRecords, end)];
            BlockIndex index = BlockIndex.Empty;
            foreach (ref readonly Record record in records)
            {
                index.Add(record);
            }

            if (entry.Newest.Records > records.Length)
            {
                entry = default;
            }

            if (entry.Newest.Records == records.Length)
            {
                if (entry.Index != index)
                {
                    entry.Index = index;
                    Say(FindingKind.Repaired, block, start, start + records.Length - 1, "its index of times and sequences was not that of its records; "
                        + "renewed.");
                }

                continue;
            }

            BlockChecksum checksum = BlockChecksum.Empty;
            checksum.Add(records);
            entry.Publish(checksum.Value, records.Length, index);
        }
    }

    private int CountUncommitted(int committed)
    {
        ReadOnlySpan<Record> behind = _segment.Slots[committed..];
        int count = 0;
        while (count < behind.Length && behind[count].Header.Kind != RecordKind.None)
        {
            count++;
        }

        return count;
    }

    private static bool StartsInput(in RecordHeader header) =>
        header.Has(RecordFlags.FirstInMessage) && !header.Has(RecordFlags.Derived) && header.Kind != RecordKind.Padding;

    private static bool IsZero(in BlockEntry entry) => entry.SlotA.IsEmpty && entry.SlotB.IsEmpty && entry.Index == BlockIndex.Unwritten;

    private void Say(FindingKind kind, int block, int first, int last, string text) =>
        _findings.Add(new JournalFinding(kind, _segment.Number, block, first, last, text));
}
