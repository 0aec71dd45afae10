using System.Runtime.CompilerServices;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Format;

namespace Lob.Fast.Journal.Writing;

/// <summary>
/// The slots of a segment, counted as <see cref="SegmentWriter"/> fills them, padding included: by this the thread that feeds a journal knows where a segment
/// ends while the one that writes is still behind.
/// </summary>
/// <param name="SegmentRecords">Least capacity of a segment.</param>
/// <param name="Capacity">Slots of the open one.</param>
/// <param name="Next">Slot that the next record goes to.</param>
internal readonly record struct SegmentAccount(int SegmentRecords, int Capacity, int Next)
{
    /// <summary>Whether so many slots fit, whatever padding they need.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Fits(int slots) => Next + SegmentLayout.WithPadding(slots) <= Capacity;

    /// <summary>The account behind these records.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SegmentAccount Append(ReadOnlySpan<Record> records)
    {
        int room = SegmentLayout.BlockRecords - (Next & (SegmentLayout.BlockRecords - 1));
        return this with { Next = records.Length <= room ? Next + records.Length : EndBehind(records, room) };
    }

    /// <summary>The account of the segment after this one, when its checkpoint is in it.</summary>
    public SegmentAccount Roll(ReadOnlySpan<Record> checkpoint, int slots)
    {
        long capacity = SegmentLayout.CapacityFor(SegmentRecords, checkpoint.Length, slots);

        // One that no segment can have: the writer will say so.
        return new SegmentAccount(SegmentRecords, (int)Math.Min(capacity, int.MaxValue), 0).Append(checkpoint);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int EndBehind(ReadOnlySpan<Record> records, int room)
    {
        int next = Next;
        while (records.Length > room)
        {
            records = records[SegmentLayout.FittingSlots(records, room)..];
            next += room;
            room = SegmentLayout.BlockRecords;
        }

        return next + records.Length;
    }
}
