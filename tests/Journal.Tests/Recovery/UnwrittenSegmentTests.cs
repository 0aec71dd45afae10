using Lob.Fast.Journal.Format;
using Lob.Fast.Journal.Inspection;
using Lob.Fast.Journal.Reading;
using Lob.Fast.Journal.Recovery;
using Lob.Fast.Journal.Tests.Support;
using Lob.Fast.Journal.Verification;
using Lob.Fast.Journal.Writing;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Journal.Tests.Recovery;

/// <summary>A power cut just after a roll: the last segment has its name and its size, and nothing of it is on the disk.</summary>
public sealed class UnwrittenSegmentTests
{
    [Fact]
    public void Readers_stop_before_it_and_recovery_removes_it()
    {
        using TemporaryFolder folder = new();
        List<Record> written = Journals.Write(folder.Journal, seed: 8, messages: 60, slotsMax: 500);
        int next = JournalFolder.SegmentNumbers(folder.Journal)[^1] + 1;
        string path = JournalFolder.SegmentPath(folder.Journal, next);
        using JournalReader early = JournalReader.Open(folder.Journal);
        WriteZeros(path);

        Journals.AssertSame(written, Journals.ReadAll(folder.Journal));
        Assert.False(early.Refresh());
        Assert.Equal(next, JournalInspector.Run(folder.Journal).Segments.Count);
        VerifyReport verified = JournalVerifier.Run(folder.Journal);
        Assert.True(verified.IsSound, verified.FirstDamage?.ToString());
        Assert.Contains(verified.Findings, finding => finding.Text.Contains(Path.GetFileName(path), StringComparison.Ordinal));

        MessageMaker maker = new(9, session: 1);
        using (JournalWriter writer = JournalWriter.OpenForAppend(folder.Journal, maker, Journals.Small))
        {
            JournalFinding finding = Assert.Single(writer.Recovery.Findings);
            Assert.Contains(Path.GetFileName(path), finding.Text, StringComparison.Ordinal);
            Assert.Equal(next, writer.SegmentNumber);
            Journals.Put(writer, maker, maker.Delta(5), written);
        }

        Assert.True(early.Refresh());
        Journals.AssertSame(written, Journals.ReadAll(folder.Journal));
        Assert.Empty(JournalVerifier.Run(folder.Journal).Findings);
    }

    [Fact]
    public void If_it_is_the_only_one_the_journal_starts_again()
    {
        using TemporaryFolder folder = new();
        _ = Directory.CreateDirectory(folder.Journal);
        string path = JournalFolder.SegmentPath(folder.Journal, 0);
        WriteZeros(path);
        Assert.False(JournalVerifier.Run(folder.Journal).IsSound);
        Assert.Contains(path, Assert.Throws<JournalException>(() => JournalReader.Open(folder.Journal)).Message, StringComparison.Ordinal);

        using JournalWriter writer = JournalWriter.OpenForAppend(folder.Journal, new MessageMaker(1), Journals.Small);
        _ = Assert.Single(writer.Recovery.Findings);
        Assert.Equal(0, writer.SegmentNumber);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_byte_in_its_header_page_or_a_segment_behind_it_and_it_is_refused(bool isFollowed)
    {
        using TemporaryFolder folder = new();
        _ = Journals.Write(folder.Journal, seed: 8, messages: 60, slotsMax: 500);
        int last = JournalFolder.SegmentNumbers(folder.Journal)[^1];
        string path = JournalFolder.SegmentPath(folder.Journal, isFollowed ? last - 1 : last + 1);
        WriteZeros(path);
        if (!isFollowed)
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Write);
            file.Position = SegmentLayout.HeaderBytes - 1;
            file.WriteByte(1);
        }

        byte[] before = File.ReadAllBytes(path);
        _ = Assert.Throws<JournalException>(() => JournalReader.Open(folder.Journal));
        _ = Assert.Throws<JournalException>(() => JournalRecovery.Run(folder.Journal));
        Assert.False(JournalVerifier.Run(folder.Journal).IsSound);
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Theory]
    [InlineData(Durability.Interval)]
    [InlineData(Durability.Segment)]
    public void Synced_before_it_gets_its_name_a_segment_is_the_same(Durability durability)
    {
        using TemporaryFolder folder = new();
        List<Record> written = Journals.Write(folder.Journal, seed: 8, messages: 60, slotsMax: 500, Journals.Small with { Durability = durability });
        Journals.AssertSame(written, Journals.ReadAll(folder.Journal));
        Assert.Empty(JournalVerifier.Run(folder.Journal).Findings);
    }

    private static void WriteZeros(string path) => File.WriteAllBytes(path, new byte[SegmentLayout.FileBytes(JournalOptions.SegmentRecordsMin)]);
}
