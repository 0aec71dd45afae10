using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Format;
using Lob.Fast.Journal.Inspection;

namespace Lob.Fast.Journal.Tests.Layouts;

/// <summary>
/// A record's layout is the file format. RecordLayouts.txt beside this file is what was agreed on; whoever changes a structure changes that
/// line too, and reviewers see it.
/// </summary>
public sealed class LayoutTests
{
    [Fact]
    public void Every_record_is_laid_out_as_committed()
    {
        string[] committed = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Layouts", "RecordLayouts.txt"));
        string[] found = [LayoutText.Of(typeof(RecordHeader)), .. LayoutText.Records.Select(LayoutText.Of)];
        Assert.Equal(committed, found);
    }

    [Fact]
    public void Every_record_can_be_a_slot() =>
        Assert.All(LayoutText.Records, type => Assert.True(LayoutText.Fault(type) is null, $"{type.Name}: {LayoutText.Fault(type)}"));

    [Theory]
    [InlineData(typeof(TooLong), "it has 72 bytes, not 64")]
    [InlineData(typeof(NoHeader), "it does not start with the header")]
    [InlineData(typeof(Overlapping), "B overlaps the field before it")]
    [InlineData(typeof(Crooked), "A is not aligned")]
    [InlineData(typeof(Sequential), "its layout is not explicit")]
    public void A_structure_that_cannot_be_a_slot_is_noticed(Type type, string fault) => Assert.Equal(fault, LayoutText.Fault(type));

    [Fact]
    public void A_moved_field_is_noticed() =>
        Assert.NotEqual(LayoutText.Of(typeof(LevelSet)), LayoutText.Of(typeof(Moved)).Replace(nameof(Moved), nameof(LevelSet), StringComparison.Ordinal));

    [Fact]
    public void The_file_format_is_laid_out_as_documented()
    {
        Assert.Equal(
            "SegmentHeader 128: Magic@0:8 UInt64, Version@8:4 UInt32, HeaderBytes@12:4 UInt32, ByteOrderMark@16:4 UInt32, RecordBytes@20:4 UInt32, BlockRecords@24:4 UInt32, SegmentNumber@28:4 UInt32, CapacityRecords@32:8 UInt64, RecordAreaOffset@40:8 UInt64, FirstRecordIndex@48:8 UInt64, CheckpointRecords@56:8 UInt64, Crc@124:4 UInt32",
            LayoutText.Of(typeof(SegmentHeader)));
        Assert.Equal(
            "BlockEntry 64: SlotA@0:16 ChecksumSlot, SlotB@16:16 ChecksumSlot, FirstTimeNs@32:8 Int64, LastTimeNs@40:8 Int64, MinSequence@48:8 Int64, MaxSequence@56:8 Int64",
            LayoutText.Of(typeof(BlockEntry)));
        Assert.Equal("ChecksumSlot 16: Checksum@0:8 UInt64, Records@8:4 UInt32, Crc@12:4 UInt32", LayoutText.Of(typeof(ChecksumSlot)));
        Assert.Equal("LOBJFAST"u8.ToArray(), BitConverter.GetBytes(SegmentLayout.Magic));
        Assert.Equal(8192, SegmentLayout.RecordAreaOffset(64 * SegmentLayout.BlockRecords));
        Assert.Equal(12288, SegmentLayout.RecordAreaOffset(65 * SegmentLayout.BlockRecords));
    }

    /// <summary>The published check value of CRC-32C, so that readers in other languages can be written from the documentation.</summary>
    [Fact]
    public void The_checksum_is_the_one_that_others_call_CRC_32C()
    {
        Assert.Equal(0xE3069283u, Crc32C.Of("123456789"u8));
        Record record = default;
        ReadOnlySpan<byte> lane = "12345678123456781234567812345678"u8;
        Span<byte> bytes = MemoryMarshal.AsBytes(new Span<Record>(ref record));
        for (int i = 0; i < lane.Length; i += sizeof(ulong))
        {
            lane.Slice(i, sizeof(ulong)).CopyTo(bytes[(2 * i)..]);
        }

        BlockChecksum checksum = BlockChecksum.Empty;
        checksum.Add(new ReadOnlySpan<Record>(in record));
        Assert.Equal(Crc32C.Of(lane), (uint)checksum.Value);
        Assert.Equal(Crc32C.Of(new byte[32]), (uint)(checksum.Value >> 32));
    }

    [Fact]
    public void The_declared_layouts_are_those_of_the_structures()
    {
        AssertDeclared(typeof(RecordHeader), RecordLayouts.Common, skip: 0);
        Assert.Equal(LayoutText.Records.Select(type => type.Name), RecordLayouts.All.Select(layout => layout.Name).Order(StringComparer.Ordinal));
        foreach (RecordLayout layout in RecordLayouts.All)
        {
            Type type = LayoutText.Records.Single(type => type.Name == layout.Name);
            AssertDeclared(type, layout.Fields, skip: 1);
            Assert.Equal(layout.Kind, type.GetProperty(nameof(IRecord.Kind), BindingFlags.Public | BindingFlags.Static)!.GetValue(null));
        }
    }

    private static void AssertDeclared(Type type, IReadOnlyList<FieldLayout> declared, int skip)
    {
        IEnumerable<string> found = LayoutText.Fields(type).Skip(skip).Select(field => $"{type.Name}.{field.Field.Name}@{field.Offset} {NumpyType(field.Field.FieldType)}");
        Assert.Equal(found, declared.Select(field => $"{type.Name}.{field.Name}@{field.Offset} {field.Type}"));
    }

    private static string NumpyType(Type type)
    {
        if (type == typeof(Text40))
        {
            return "S40";
        }

        if (type == typeof(Hash32))
        {
            return "(32,)u1";
        }

        Type plain = type.IsEnum ? Enum.GetUnderlyingType(type) : type;
        bool isSigned = plain == typeof(sbyte) || plain == typeof(short) || plain == typeof(int) || plain == typeof(long);
        return (isSigned ? "i" : "u") + LayoutText.SizeOf(type);
    }

    [StructLayout(LayoutKind.Explicit, Size = 72)]
    private struct TooLong
    {
        [FieldOffset(0)] public RecordHeader Header;
    }

    [StructLayout(LayoutKind.Explicit, Size = 64)]
    private struct NoHeader
    {
        [FieldOffset(24)] public long A;
    }

    [StructLayout(LayoutKind.Explicit, Size = 64)]
    private struct Overlapping
    {
        [FieldOffset(0)] public RecordHeader Header;
        [FieldOffset(24)] public long A;
        [FieldOffset(28)] public int B;
    }

    [StructLayout(LayoutKind.Explicit, Size = 64)]
    private struct Crooked
    {
        [FieldOffset(0)] public RecordHeader Header;
        [FieldOffset(25)] public long A;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Sequential
    {
        public RecordHeader Header;
        public InlineFive Rest;
    }

    [StructLayout(LayoutKind.Explicit, Size = 64)]
    private struct Moved
    {
        [FieldOffset(0)] public RecordHeader Header;
        [FieldOffset(32)] public long PriceTicks;
        [FieldOffset(24)] public long QuantityLots;
        [FieldOffset(40)] public uint OrderCount;
    }

    [InlineArray(5)]
    private struct InlineFive
    {
        private long _first;
    }
}
