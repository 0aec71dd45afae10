using System.Runtime.InteropServices;

namespace Lob.Fast.Journal.Format;

/// <summary>One block in a segment's table. All zeros = nothing is known of the block yet.</summary>
[StructLayout(LayoutKind.Explicit, Size = SizeInBytes)]
public struct BlockEntry
{
    /// <summary>Bytes of an entry.</summary>
    public const int SizeInBytes = 64;

    /// <summary>First checksum.</summary>
    [FieldOffset(0)] public ChecksumSlot SlotA;

    /// <summary>Second checksum.</summary>
    [FieldOffset(16)] public ChecksumSlot SlotB;

    /// <summary>See <see cref="BlockIndex.FirstTimeNs"/>.</summary>
    [FieldOffset(32)] public long FirstTimeNs;

    /// <summary>See <see cref="BlockIndex.LastTimeNs"/>.</summary>
    [FieldOffset(40)] public long LastTimeNs;

    /// <summary>See <see cref="BlockIndex.MinSequence"/>.</summary>
    [FieldOffset(48)] public long MinSequence;

    /// <summary>See <see cref="BlockIndex.MaxSequence"/>.</summary>
    [FieldOffset(56)] public long MaxSequence;

    /// <summary>The index fields together.</summary>
    public BlockIndex Index
    {
        readonly get => new(FirstTimeNs, LastTimeNs, MinSequence, MaxSequence);
        set => (FirstTimeNs, LastTimeNs, MinSequence, MaxSequence) = value;
    }

    /// <summary>The valid slot that covers more records; an empty one if neither is valid.</summary>
    public readonly ChecksumSlot Newest => (SlotA.IsValid, SlotB.IsValid) switch
    {
        (true, true) => SlotB.Records > SlotA.Records ? SlotB : SlotA,
        (true, false) => SlotA,
        (false, true) => SlotB,
        _ => default,
    };

    /// <summary>Whether the next checksum belongs into slot B, because slot A is the valid slot that covers more.</summary>
    internal readonly bool NextIsB => SlotA.IsValid && !(SlotB.IsValid && SlotB.Records > SlotA.Records);

    /// <summary>
    /// Writes index and checksum of a block over the older slot. Called behind the commit, and the index comes first: whoever sees the new index sees the
    /// commit, whoever sees the new checksum sees the new index (models/journal.pml).
    /// </summary>
    internal void Publish(ulong checksum, int records, in BlockIndex index)
    {
        // A release store lets later stores pass it, and the index of a block whose first commit fills it must not be seen before that commit.
        Thread.MemoryBarrier();
        Index = index;
        ChecksumSlot slot = ChecksumSlot.Of(checksum, records);
        Thread.MemoryBarrier();
        if (NextIsB)
        {
            SlotB = slot;
        }
        else
        {
            SlotA = slot;
        }
    }
}
