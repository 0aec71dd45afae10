using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Format;
using Lob.Fast.Journal.Reading;
using Lob.Fast.Journal.Tests.Support;
using Lob.Fast.Journal.Verification;
using Lob.Fast.Journal.Writing;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Journal.Tests.Verification;

public sealed class VerifierTests : IDisposable
{
    private const int FlipsEach = 60;

    private readonly TemporaryFolder _folder = new();

    public VerifierTests() => _ = Journals.Write(_folder.Journal, seed: 12, messages: 150, slotsMax: 400);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_sound_journal_has_no_findings_and_progress_reaches_its_end()
    {
        (long Done, long Total) last = default;
        VerifyReport report = JournalVerifier.Run(_folder.Journal, (done, total) => last = (done, total));
        Assert.Empty(report.Findings);
        Assert.True(report.Segments >= 3);
        Assert.Equal(report.Records, report.RecordsWithChecksum);
        Assert.Equal((report.Records, report.Records), last);
        using JournalReader reader = JournalReader.Open(_folder.Journal);
        Assert.Equal(reader.Segments.Sum(segment => (long)segment.CommittedCount), report.Records);
        using JournalCursor cursor = reader.Read(checkpoints: CheckpointMode.None);
        long messages = 0;
        while (cursor.MoveNext())
        {
            messages++;
        }

        Assert.Equal(messages, report.Messages);
    }

    [Fact]
    public void Any_flipped_byte_of_a_committed_record_is_found_and_its_block_named()
    {
        Random random = new(1);
        for (int i = 0; i < FlipsEach; i++)
        {
            (int number, int committed) = PickSegment(random);
            int slot = random.Next(committed);
            long offset = SegmentLayout.RecordAreaOffset(JournalOptions.SegmentRecordsMin) + ((long)slot * Record.SizeInBytes) + random.Next(Record.SizeInBytes);
            JournalFinding? damage = Flipped(number, offset, random);
            Assert.Equal((number, slot / SegmentLayout.BlockRecords), (damage?.Segment, damage?.Block));
            Assert.InRange(slot, damage!.FirstRecord, damage.LastRecord);
        }
    }

    [Fact]
    public void Any_flipped_byte_of_the_header_or_of_the_committed_count_is_found()
    {
        Random random = new(2);
        for (int offset = 0; offset < SegmentHeader.CommittedOffset + sizeof(ulong); offset++)
        {
            (int number, _) = PickSegment(random);
            Assert.Equal(number, Flipped(number, offset, random)?.Segment);
        }

        for (int i = 0; i < FlipsEach; i++)
        {
            (int number, _) = PickSegment(random);
            int offset = random.Next(SegmentHeader.StateOffset + 4, SegmentLayout.HeaderBytes);
            Assert.Equal(number, Flipped(number, offset, random)?.Segment);
        }
    }

    [Fact]
    public void Any_flipped_byte_of_the_block_table_is_found_and_its_block_named()
    {
        Random random = new(3);
        int blocks = SegmentLayout.Blocks(JournalOptions.SegmentRecordsMin);
        for (int offset = 0; offset < blocks * BlockEntry.SizeInBytes; offset++)
        {
            (int number, _) = PickSegment(random);
            JournalFinding? damage = Flipped(number, SegmentLayout.HeaderBytes + offset, random);
            Assert.Equal((number, offset / BlockEntry.SizeInBytes), (damage?.Segment, damage?.Block));
        }

        for (int i = 0; i < FlipsEach; i++)
        {
            (int number, _) = PickSegment(random);
            int offset = random.Next(SegmentLayout.HeaderBytes + (blocks * BlockEntry.SizeInBytes), SegmentLayout.HeaderBytes + SegmentLayout.PageBytes);
            Assert.Equal(number, Flipped(number, offset, random)?.Segment);
        }
    }

    [Fact]
    public void A_missing_segment_and_a_lost_last_segment_are_found()
    {
        int last = JournalFolder.SegmentNumbers(_folder.Journal)[^1];
        string lastPath = JournalFolder.SegmentPath(_folder.Journal, last);
        File.Move(lastPath, lastPath + ".away");
        Assert.Equal(last - 1, JournalVerifier.Run(_folder.Journal).FirstDamage?.Segment);
        File.Move(lastPath + ".away", lastPath);
        File.Delete(JournalFolder.SegmentPath(_folder.Journal, 1));
        JournalFinding? damage = JournalVerifier.Run(_folder.Journal).FirstDamage;
        Assert.Equal(1, damage?.Segment);
        Assert.Contains("missing", damage?.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unknown kind", "defined kind")]
    [InlineData("no kind", "unwritten slot")]
    [InlineData("flag bit 7", "flag bit 7")]
    [InlineData("undeclared stream", "declared before")]
    [InlineData("time steps back", "receive time")]
    [InlineData("second begin", "FirstInMessage")]
    [InlineData("no end", "FirstInMessage")]
    [InlineData("derived input", "derived")]
    [InlineData("checkpoint flag", "Checkpoint flag")]
    [InlineData("state behind checkpoint", "checkpoints only")]
    [InlineData("candle cut short", "3 slots")]
    [InlineData("lone continuation", "directly before")]
    public void What_a_program_must_not_write_is_found(string fault, string expected)
    {
        string folder = _folder.Of("faulty");
        MessageMaker maker = new(1);
        int slot;
        using (JournalWriter writer = JournalWriter.Create(folder, maker, Journals.Small))
        {
            Journals.Put(writer, maker, maker.Definitions());
            slot = (int)writer.CommittedEnd;
            Record[] message = [.. maker.Candles(2), .. maker.Delta(4)];
            Corrupt(message, fault);
            Journals.Put(writer, maker, message);
        }

        JournalFinding? damage = JournalVerifier.Run(folder).FirstDamage;
        Assert.NotNull(damage);
        Assert.Contains(expected, damage.Text, StringComparison.Ordinal);
        Assert.Equal(0, damage.Block);
        Assert.InRange(damage.FirstRecord, slot, slot + 11);
    }

    private static void Corrupt(Record[] message, string fault)
    {
        // Slots: 0 MessageBegin, 1–3 and 4–6 candles, 7 MessageBegin, 8–10 levels.
        switch (fault)
        {
            case "unknown kind":
                message[8].Header.Kind = (RecordKind)200;
                break;
            case "no kind":
                message[8] = default;
                break;
            case "flag bit 7":
                message[8].Header.Flags |= (RecordFlags)128;
                break;
            case "undeclared stream":
                message[8].Header.StreamId = 77;
                break;
            case "time steps back":
                message[8].Header.ReceivedAtNs--;
                break;
            case "second begin":
                message[8].Header.Flags |= RecordFlags.FirstInMessage;
                break;
            case "no end":
                message[6].Header.Flags &= ~RecordFlags.LastInMessage;
                break;
            case "derived input":
                message[8].Header.Flags |= RecordFlags.Derived;
                break;
            case "checkpoint flag":
                message[8].Header.Flags |= RecordFlags.Checkpoint;
                break;
            case "state behind checkpoint":
                message[8].Header.Kind = RecordKind.RememberedBest;
                break;
            case "candle cut short":
                message[3].Header.Flags &= ~RecordFlags.Continued;
                break;
            case "lone continuation":
                message[9].Header.Flags |= RecordFlags.Continued;
                message[9].Header.Kind = RecordKind.Candle;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault, "no such fault");
        }
    }

    private (int Number, int Committed) PickSegment(Random random)
    {
        using JournalReader reader = JournalReader.Open(_folder.Journal);
        JournalSegment segment = reader.Segments[random.Next(reader.Segments.Count)];
        return (segment.Number, segment.CommittedCount);
    }

    /// <summary>The first damage that is found with one byte changed; the byte is put back.</summary>
    private JournalFinding? Flipped(int number, long offset, Random random)
    {
        using FileStream file = new(JournalFolder.SegmentPath(_folder.Journal, number), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        file.Position = offset;
        int before = file.ReadByte();
        Put(file, offset, (byte)(before ^ random.Next(1, 256)));
        JournalFinding? damage = JournalVerifier.Run(_folder.Journal).FirstDamage;
        Put(file, offset, (byte)before);
        return damage;
    }

    private static void Put(FileStream file, long offset, byte value)
    {
        file.Position = offset;
        file.WriteByte(value);
        file.Flush();
    }
}
