using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using Lob.Fast.Journal.Format;
using Lob.Fast.Journal.Reading;
using Lob.Fast.Journal.Recovery;
using Lob.Fast.Journal.Tests.Support;
using Lob.Fast.Journal.Verification;
using Lob.Fast.Journal.Writing;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Journal.Tests.Recovery;

/// <summary>What a kill leaves is made by copying the files of a journal while its writer is in the middle of it.</summary>
public sealed class RecoveryTests
{
    [Fact]
    public void Whenever_the_writer_is_killed_what_was_committed_is_there_and_appending_goes_on()
    {
        Gen<(int Seed, int Messages, int SlotsMax, int Uncommitted)> shapes =
            from seed in Gen.Choose(0, int.MaxValue - 1)
            from slotsMax in Gen.Elements(1, 40, 700, 5000)
            from messages in Gen.Choose(0, Math.Min(200, 40_000 / slotsMax))
            from uncommitted in Gen.Elements(0, 1, 10, 4096, 9000)
            select (seed, messages, slotsMax, uncommitted);
        Prop.ForAll(shapes.ToArbitrary(), shape =>
        {
            using TemporaryFolder folder = new();
            List<Record> committed = WriteAndKill(folder, shape.Seed, shape.Messages, shape.SlotsMax, shape.Uncommitted);
            Journals.AssertSame(committed, Journals.ReadAll(folder.Journal));

            MessageMaker maker = new(shape.Seed + 1, session: 1);
            using (JournalWriter writer = JournalWriter.OpenForAppend(folder.Journal, maker, Journals.Small))
            {
                Assert.NotEmpty(writer.Recovery.Findings);
                Assert.DoesNotContain(writer.Recovery.Findings, finding => finding.Kind == FindingKind.Damage);
                Assert.Equal(shape.Uncommitted > 0, writer.Recovery.Findings.Any(finding => finding.Text.Contains("unfinished message", StringComparison.Ordinal)));
                for (int i = 0; i < 20; i++)
                {
                    Journals.Put(writer, maker, maker.Any(50), committed);
                }
            }

            Journals.AssertSame(committed, Journals.ReadAll(folder.Journal));
            AssertFullyChecksummed(folder.Journal);
            Assert.Empty(JournalVerifier.Run(folder.Journal).Findings);
            Assert.Empty(JournalRecovery.Run(folder.Journal).Findings);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_torn_checksum_slot_is_cleared_and_the_other_one_serves(bool older)
    {
        using TemporaryFolder folder = new();
        List<Record> committed = WriteAndKill(folder, seed: 3, messages: 0, slotsMax: 1, uncommitted: 0, sealEvery: 1, moreDeltas: 20);
        Tear(JournalFolder.SegmentPath(folder.Journal, 0), block: 0, older);

        RecoveryReport report = JournalRecovery.Run(folder.Journal);
        Assert.Contains(report.Findings, finding => finding.Text.Contains("written half", StringComparison.Ordinal) && finding.Block == 0);
        Journals.AssertSame(committed, Journals.ReadAll(folder.Journal));
        AssertFullyChecksummed(folder.Journal);
    }

    [Fact]
    public void A_changed_byte_under_a_checksum_is_refused_and_named()
    {
        using TemporaryFolder folder = new();
        _ = WriteAndKill(folder, seed: 4, messages: 10, slotsMax: 800, uncommitted: 0, sealEvery: 1, moreDeltas: 0);
        string path = JournalFolder.SegmentPath(folder.Journal, JournalFolder.SegmentNumbers(folder.Journal)[^1]);
        Patch(path, SegmentLayout.RecordAreaOffset(JournalOptions.SegmentRecordsMin) + 40, 1);
        JournalException exception = Assert.Throws<JournalException>(() => JournalWriter.OpenForAppend(folder.Journal, new MessageMaker(1), Journals.Small));
        Assert.Contains("block 0", exception.Message, StringComparison.Ordinal);
        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pages_that_a_power_cut_lost_end_the_journal_at_the_last_whole_message()
    {
        using TemporaryFolder folder = new();
        List<Record> committed = WriteAndKill(folder, seed: 5, messages: 0, slotsMax: 1, uncommitted: 0, sealEvery: int.MaxValue, moreDeltas: 100);
        string path = JournalFolder.SegmentPath(folder.Journal, 0);
        int lostFrom = committed.Count - 30;
        long offset = SegmentLayout.RecordAreaOffset(JournalOptions.SegmentRecordsMin) + ((new MessageMaker(0).CheckpointSlots() + lostFrom) * (long)Record.SizeInBytes);
        using (FileStream file = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Position = offset;
            file.Write(new byte[10 * Record.SizeInBytes]);
        }

        RecoveryReport report = JournalRecovery.Run(folder.Journal);
        JournalFinding lost = Assert.Single(report.Findings, finding => finding.Kind == FindingKind.Damage);
        Assert.Contains("lost", lost.Text, StringComparison.Ordinal);
        List<Record> left = Journals.ReadAll(folder.Journal);
        Assert.InRange(left.Count, lostFrom - 5, lostFrom);
        Journals.AssertSame(committed[..left.Count], left);
        AssertFullyChecksummed(folder.Journal);
    }

    [Fact]
    public void Half_built_segments_are_removed_and_a_kill_between_two_segments_is_put_right()
    {
        using TemporaryFolder folder = new();
        List<Record> written = Journals.Write(folder.Journal, seed: 8, messages: 60, slotsMax: 500);
        int last = JournalFolder.SegmentNumbers(folder.Journal)[^1];
        SetState(JournalFolder.SegmentPath(folder.Journal, last), SegmentState.Open);
        SetState(JournalFolder.SegmentPath(folder.Journal, last - 1), SegmentState.Open);
        string half = JournalFolder.SegmentPath(folder.Journal, last + 1) + JournalFolder.TemporaryExtension;
        File.WriteAllBytes(half, new byte[10]);

        RecoveryReport report = JournalRecovery.Run(folder.Journal);
        Assert.False(File.Exists(half));
        Assert.Equal(3, report.Findings.Count);
        using JournalReader reader = JournalReader.Open(folder.Journal);
        Assert.Equal(SegmentState.Closed, reader.Segments[^1].State);
        Assert.Equal(SegmentState.Rolled, reader.Segments[^2].State);
        Journals.AssertSame(written, Journals.ReadAll(folder.Journal));
    }

    [Fact]
    public void A_missing_segment_is_refused()
    {
        using TemporaryFolder folder = new();
        _ = Journals.Write(folder.Journal, seed: 8, messages: 100, slotsMax: 500);
        File.Delete(JournalFolder.SegmentPath(folder.Journal, 1));
        Assert.Contains("00000001", Assert.Throws<JournalException>(() => JournalReader.Open(folder.Journal)).Message, StringComparison.Ordinal);
        Assert.Contains("00000001", Assert.Throws<JournalException>(() => JournalRecovery.Run(folder.Journal)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Appending_to_nothing_starts_a_journal()
    {
        using TemporaryFolder folder = new();
        MessageMaker maker = new(1);
        using (JournalWriter writer = JournalWriter.OpenForAppend(folder.Journal, maker, Journals.Small))
        {
            Assert.Equal(0, writer.SegmentNumber);
            Assert.Empty(writer.Recovery.Findings);
        }

        using JournalReader reader = JournalReader.Open(folder.Journal);
        Assert.Equal(0, reader.Segments[0].FirstIndex);
    }

    /// <summary>Writes, and copies the files while the writer still has them open: the copy is what a kill at this moment leaves.</summary>
    private static List<Record> WriteAndKill(TemporaryFolder folder, int seed, int messages, int slotsMax, int uncommitted, int sealEvery = 5, int moreDeltas = 0)
    {
        string live = folder.Of("live");
        MessageMaker maker = new(seed);
        List<Record> written = [];
        using JournalWriter writer = JournalWriter.Create(live, maker, Journals.Small);
        Journals.Put(writer, maker, maker.Definitions(), written);
        for (int i = 0; i < messages + moreDeltas; i++)
        {
            Journals.Put(writer, maker, i < messages ? maker.Any(slotsMax) : maker.Delta(4), written);
            if (i % sealEvery == sealEvery - 1)
            {
                writer.Sealed();
            }
        }

        if (uncommitted > 0)
        {
            writer.Reserve(uncommitted, maker);
            writer.Append(maker.Delta(uncommitted + 1).AsSpan(0, uncommitted));
        }

        JournalFiles.Copy(live, folder.Journal);
        return written;
    }

    private static void AssertFullyChecksummed(string folder)
    {
        using JournalReader reader = JournalReader.Open(folder);
        foreach (JournalSegment segment in reader.Segments)
        {
            int committed = segment.CommittedCount;
            for (int start = 0; start < committed; start += SegmentLayout.BlockRecords)
            {
                ReadOnlySpan<Record> records = segment.Committed[start..Math.Min(start + SegmentLayout.BlockRecords, committed)];
                BlockChecksum checksum = BlockChecksum.Empty;
                checksum.Add(records);
                ChecksumSlot slot = segment.Blocks[start >> SegmentLayout.BlockShift].Newest;
                Assert.Equal((uint)records.Length, slot.Records);
                Assert.Equal(checksum.Value, slot.Checksum);
            }
        }
    }

    private static void Tear(string path, int block, bool older)
    {
        byte[] table = new byte[BlockEntry.SizeInBytes];
        long offset = SegmentLayout.HeaderBytes + (block * BlockEntry.SizeInBytes);
        using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        file.Position = offset;
        file.ReadExactly(table);
        BlockEntry entry = MemoryMarshal.Read<BlockEntry>(table);
        Assert.True(entry.SlotA.IsValid && entry.SlotB.IsValid);
        bool olderIsA = entry.SlotA.Records < entry.SlotB.Records;
        file.Position = offset + (olderIsA == older ? 0 : ChecksumSlot.SizeInBytes);
        file.Write(new byte[sizeof(ulong)]);
    }

    private static void Patch(string path, long offset, byte flip)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        file.Position = offset;
        int value = file.ReadByte();
        file.Position = offset;
        file.WriteByte((byte)(value ^ flip));
    }

    private static void SetState(string path, SegmentState state)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.Position = SegmentHeader.StateOffset;
        file.WriteByte((byte)state);
    }
}
