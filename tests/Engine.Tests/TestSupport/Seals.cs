using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Tests.TestSupport;

/// <summary>The three slots of a seal, which share one kind.</summary>
internal static class Seals
{
    public static Seal Seal(this Record[] derived, uint stream = 1) => Record.Read<Seal>(Slots(derived, stream)[0]);

    public static SealCounts Counts(this Record[] derived, uint stream = 1) => Record.Read<SealCounts>(Slots(derived, stream)[1]);

    public static SealProofs Proofs(this Record[] derived, uint stream = 1) => Record.Read<SealProofs>(Slots(derived, stream)[2]);

    private static Record[] Slots(Record[] derived, uint stream)
    {
        Record[] slots = [.. derived.Where(record => record.Header.Kind == RecordKind.Seal && record.Header.StreamId == stream)];
        Assert.Equal(Lob.Fast.Engine.Records.Seal.Slots, slots.Length);
        Assert.Equal(RecordFlags.Derived | RecordFlags.FirstInMessage, slots[0].Header.Flags);
        Assert.Equal(RecordFlags.Derived | RecordFlags.Continued, slots[1].Header.Flags);
        Assert.Equal(RecordFlags.Derived | RecordFlags.Continued | RecordFlags.LastInMessage, slots[2].Header.Flags);
        return slots;
    }
}
