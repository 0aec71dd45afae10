using FsCheck;
using FsCheck.Fluent;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Format;
using Lob.Fast.Journal.Reading;
using Lob.Fast.Journal.Tests.Support;
using Lob.Fast.Journal.Writing;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Journal.Tests.Writing;

public sealed class RoundTripTests
{
    [Fact]
    public void Messages_of_any_size_come_back_as_they_were_written()
    {
        Gen<(int Seed, int Messages, int SlotsMax)> shapes =
            from seed in Gen.Choose(0, int.MaxValue - 1)
            from slotsMax in Gen.Elements(1, 4, 40, 700, 5000, 9000)
            from messages in Gen.Choose(0, Math.Min(300, 60_000 / slotsMax))
            select (seed, messages, slotsMax);
        Prop.ForAll(shapes.ToArbitrary(), shape =>
        {
            using TemporaryFolder folder = new();
            List<Record> written = Journals.Write(folder.Journal, shape.Seed, shape.Messages, shape.SlotsMax);
            Journals.AssertSame(written, Journals.ReadAll(folder.Journal));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_record_of_three_slots_never_crosses_a_block(int slotsBefore)
    {
        using TemporaryFolder folder = new();
        MessageMaker maker = new(1);
        List<Record> written = [];
        using (JournalWriter writer = JournalWriter.Create(folder.Journal, maker, Journals.Small))
        {
            int checkpoint = maker.Checkpoints[0].Length;
            Journals.Put(writer, maker, maker.Definitions(), written);
            Journals.Put(writer, maker, maker.Delta(SegmentLayout.BlockRecords - checkpoint - written.Count - slotsBefore), written);
            Journals.Put(writer, maker, maker.Candles(2), written);
            Journals.Put(writer, maker, maker.Delta(5), written);
        }

        Journals.AssertSame(written, Journals.ReadAll(folder.Journal));
        using JournalReader reader = JournalReader.Open(folder.Journal);
        ReadOnlySpan<Record> slots = reader.Segments[0].Committed;
        Assert.False(slots[SegmentLayout.BlockRecords].Header.Has(RecordFlags.Continued));
        int padding = 0;
        foreach (Record slot in slots)
        {
            padding += slot.Header.Kind == RecordKind.Padding ? 1 : 0;
        }

        // MessageBegin, then two candles: what is left over behind the last whole record before the border.
        Assert.Equal((slotsBefore - 1) % 3, padding);
    }

    [Fact]
    public void Equal_input_gives_equal_files()
    {
        using TemporaryFolder folder = new();
        _ = Journals.Write(folder.Of("a"), seed: 5, messages: 400, slotsMax: 300);
        _ = Journals.Write(folder.Of("b"), seed: 5, messages: 400, slotsMax: 300);
        IReadOnlyList<int> numbers = JournalFolder.SegmentNumbers(folder.Of("a"));
        Assert.True(numbers.Count > 2);
        Assert.Equal(numbers, JournalFolder.SegmentNumbers(folder.Of("b")));
        foreach (int number in numbers)
        {
            byte[] a = File.ReadAllBytes(JournalFolder.SegmentPath(folder.Of("a"), number));
            byte[] b = File.ReadAllBytes(JournalFolder.SegmentPath(folder.Of("b"), number));
            Assert.True(a.AsSpan().SequenceEqual(b), $"segment {number} differs");
        }
    }

    [Fact]
    public void Every_segment_opens_with_the_checkpoint_of_its_moment_and_indexes_go_on()
    {
        using TemporaryFolder folder = new();
        MessageMaker maker = new(9, checkpointLevels: 100);
        using (JournalWriter writer = JournalWriter.Create(folder.Journal, maker, Journals.Small))
        {
            Journals.Put(writer, maker, maker.Definitions());
            for (int i = 0; i < 200; i++)
            {
                Journals.Put(writer, maker, maker.Any(400));
            }
        }

        using JournalReader reader = JournalReader.Open(folder.Journal);
        Assert.True(reader.Segments.Count > 3);
        using JournalCursor cursor = reader.Read(checkpoints: CheckpointMode.All);
        int seen = 0;
        long index = 0;
        while (cursor.MoveNext())
        {
            Assert.True(cursor.Index >= index);
            index = cursor.Index + cursor.Message.Length;
            if (cursor.IsCheckpoint)
            {
                Journals.AssertSame(maker.Checkpoints[seen++], cursor.Message.ToArray());
                Assert.Equal(reader.Segments[cursor.SegmentNumber].FirstIndex, cursor.Index);
            }
        }

        Assert.Equal(maker.Checkpoints.Count, seen);
        Assert.Equal(reader.Segments.Count, seen);
        Assert.True(cursor.IsEnded);
        Assert.All(reader.Segments.SkipLast(1), segment => Assert.Equal(SegmentState.Rolled, segment.State));
        Assert.Equal(SegmentState.Closed, reader.Segments[^1].State);
    }

    [Fact]
    public void A_segment_grows_with_its_checkpoint_and_with_the_message_that_asked_for_it()
    {
        using TemporaryFolder folder = new();
        MessageMaker maker = new(2, checkpointLevels: 2000);
        using (JournalWriter writer = JournalWriter.Create(folder.Journal, maker, Journals.Small))
        {
            Journals.Put(writer, maker, maker.Definitions());
            Journals.Put(writer, maker, maker.Delta(46_000));
        }

        using JournalReader reader = JournalReader.Open(folder.Journal);
        Assert.Equal(2, reader.Segments.Count);
        Assert.True(reader.Segments[0].Capacity >= 16 * reader.Segments[0].CheckpointCount);
        Assert.True(reader.Segments[1].Capacity >= 46_000 + reader.Segments[1].CheckpointCount);
    }

    [Fact]
    public void A_segment_is_found_by_time_and_by_sequence()
    {
        using TemporaryFolder folder = new();
        MessageMaker maker = new(3);
        using (JournalWriter writer = JournalWriter.Create(folder.Journal, maker, Journals.Small))
        {
            Journals.Put(writer, maker, maker.Definitions());
            for (int i = 0; i < 300; i++)
            {
                Journals.Put(writer, maker, maker.Delta(200));
            }
        }

        using JournalReader reader = JournalReader.Open(folder.Journal);
        Assert.True(reader.Segments.Count > 3);
        Assert.Equal(0, reader.FindSegment(atTimeNs: 0));
        Assert.Equal(reader.Segments[^1].Number, reader.FindSegment(long.MaxValue));
        foreach (JournalSegment segment in reader.Segments.Skip(1))
        {
            Assert.Equal(segment.Number, reader.FindSegment(segment.StartTimeNs));
            Assert.Equal(segment.Number - 1, reader.FindSegment(segment.StartTimeNs - 1));
            long reached = Record.Read<StreamState>(segment.Checkpoint.ToArray().First(record => record.Header.Kind == RecordKind.StreamState)).LastSequence;
            Assert.Equal(segment.Number, reader.FindSegment(MessageMaker.BookStream, reached));
            Assert.Equal(segment.Number - 1, reader.FindSegment(MessageMaker.BookStream, reached - 1));
        }
    }

    [Fact]
    public void A_slot_cannot_be_appended_without_its_record_nor_beyond_the_reservation()
    {
        using TemporaryFolder folder = new();
        MessageMaker maker = new(3);
        using JournalWriter writer = JournalWriter.Create(folder.Journal, maker, Journals.Small);
        Record[] candles = maker.Candles(1);
        writer.Reserve(4, maker);
        _ = Assert.Throws<InvalidOperationException>(() => writer.Append(candles.AsSpan(2)));
        _ = Assert.Throws<InvalidOperationException>(() => writer.Append(maker.Delta(100)));
    }

    [Fact]
    public void Uncommitted_records_are_not_read_after_a_close_and_no_checksum_covers_them()
    {
        using TemporaryFolder folder = new();
        MessageMaker maker = new(3);
        List<Record> written = [];
        using (JournalWriter writer = JournalWriter.Create(folder.Journal, maker, Journals.Small))
        {
            Journals.Put(writer, maker, maker.Definitions(), written);
            writer.Reserve(6000, maker);
            writer.Append(maker.Delta(6000).AsSpan(0, 5000));
        }

        Journals.AssertSame(written, Journals.ReadAll(folder.Journal));
        using JournalReader reader = JournalReader.Open(folder.Journal);
        Assert.Equal((uint)reader.Segments[0].CommittedCount, reader.Segments[0].Blocks[0].Newest.Records);
        Assert.Equal(default, reader.Segments[0].Blocks[1].Newest);
    }
}
