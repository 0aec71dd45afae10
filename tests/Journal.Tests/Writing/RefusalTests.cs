using System.Diagnostics;
using Lob.Fast.Journal.Recovery;
using Lob.Fast.Journal.Tests.Support;
using Lob.Fast.Journal.Verification;
using Lob.Fast.Journal.Writing;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Journal.Tests.Writing;

/// <summary>What is refused, and how: a message that says what to do, and a journal that is whole up to there.</summary>
public sealed class RefusalTests
{
    [Fact]
    public void An_existing_journal_is_refused_unless_it_is_appended_to()
    {
        using TemporaryFolder folder = new();
        _ = Journals.Write(folder.Journal, seed: 1, messages: 3, slotsMax: 10);
        JournalException exception = Assert.Throws<JournalException>(() => JournalWriter.Create(folder.Journal, new MessageMaker(1), Journals.Small));
        Assert.Contains("append to it", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_writer_is_refused_and_recovery_too()
    {
        using TemporaryFolder folder = new();
        MessageMaker maker = new(1);
        using (JournalWriter writer = JournalWriter.Create(folder.Journal, maker, Journals.Small))
        {
            Assert.Contains("another writer", Assert.Throws<JournalException>(() => JournalWriter.OpenForAppend(folder.Journal, maker, Journals.Small)).Message, StringComparison.Ordinal);
            Assert.Contains("another writer", Assert.Throws<JournalException>(() => JournalRecovery.Run(folder.Journal)).Message, StringComparison.Ordinal);
            using Process child = Child.Start("append", folder.Journal, "1");
            Assert.Contains("another writer", child.StandardOutput.ReadToEnd(), StringComparison.Ordinal);
            child.WaitForExit();
            Assert.Equal(Program.ExitJournalException, child.ExitCode);
        }

        JournalWriter.OpenForAppend(folder.Journal, maker, Journals.Small).Dispose();
    }

    [Fact]
    public void Below_the_free_disk_floor_the_journal_is_closed_cleanly()
    {
        using TemporaryFolder folder = new();
        MessageMaker maker = new(1);
        long free = long.MaxValue;
        JournalOptions options = Journals.Small with { FreeDiskFloorBytes = 1 << 20, FreeBytes = _ => free };
        List<Record> written = [];
        using (JournalWriter writer = JournalWriter.Create(folder.Journal, maker, options))
        {
            Journals.Put(writer, maker, maker.Definitions(), written);
            free = 1 << 20;
            JournalException exception = Assert.Throws<JournalException>(() => PutMany(writer, maker, written));
            Assert.Contains("floor of 1,048,576", exception.Message, StringComparison.Ordinal);
            Assert.Contains(folder.Journal, exception.Message, StringComparison.Ordinal);
            _ = Assert.Throws<JournalException>(() => writer.Reserve(1, maker));
            _ = Assert.Throws<InvalidOperationException>(() => writer.Append(maker.Delta(1)));
        }

        AssertWhole(folder.Journal, written);
        _ = Assert.Throws<JournalException>(() => JournalWriter.OpenForAppend(folder.Journal, maker, options));
        AssertWhole(folder.Journal, written);
    }

    [MountFact]
    public void A_full_disk_is_an_exception_and_no_signal_and_the_journal_is_whole_up_to_there()
    {
        using SmallDisk disk = new(3);
        string journal = Path.Combine(disk.Root, "journal");
        using (Process child = Child.Start("append", journal, "0"))
        {
            string output = child.StandardOutput.ReadToEnd();
            child.WaitForExit();
            Assert.Equal(Program.ExitJournalException, child.ExitCode);
            Assert.Contains("disk is full", output, StringComparison.Ordinal);
            Assert.Contains("closed up to record", output, StringComparison.Ordinal);
        }

        Assert.Empty(JournalFolder.TemporaryFiles(journal));
        VerifyReport report = JournalVerifier.Run(journal);
        Assert.Empty(report.Findings);
        Assert.True(report.Segments >= 4);
        Assert.Empty(JournalRecovery.Run(journal).Findings);
    }

    [MountFact]
    public void A_read_only_folder_can_be_read_and_not_written()
    {
        using SmallDisk disk = new(4);
        string journal = Path.Combine(disk.Root, "journal");
        List<Record> written = Journals.Write(journal, seed: 1, messages: 10, slotsMax: 100);
        disk.MakeReadOnly();
        AssertWhole(journal, written);
        string message = Assert.Throws<JournalException>(() => JournalWriter.OpenForAppend(journal, new MessageMaker(1), Journals.Small)).Message;
        Assert.Contains("Read-only", message, StringComparison.Ordinal);
        message = Assert.Throws<JournalException>(() => JournalWriter.Create(Path.Combine(disk.Root, "other"), new MessageMaker(1), Journals.Small)).Message;
        Assert.Contains("other", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Durability.Interval)]
    [InlineData(Durability.Segment)]
    public void Durability_changes_no_byte(Durability durability)
    {
        using TemporaryFolder folder = new();
        _ = Journals.Write(folder.Of("plain"), seed: 4, messages: 300, slotsMax: 100);
        _ = Journals.Write(folder.Of("synced"), seed: 4, messages: 300, slotsMax: 100, Journals.Small with { Durability = durability });
        foreach (int number in JournalFolder.SegmentNumbers(folder.Of("plain")))
        {
            Assert.Equal(File.ReadAllBytes(JournalFolder.SegmentPath(folder.Of("plain"), number)), File.ReadAllBytes(JournalFolder.SegmentPath(folder.Of("synced"), number)));
        }
    }

    [Fact]
    public void Durability_has_names()
    {
        Assert.Equal(["none", "interval", "segment"], DurabilityNames.All);
        foreach (Durability durability in Enum.GetValues<Durability>())
        {
            Assert.True(DurabilityNames.TryParse(durability.ToName(), out Durability parsed));
            Assert.Equal(durability, parsed);
        }

        Assert.False(DurabilityNames.TryParse("always", out _));
    }

    private static void PutMany(JournalWriter writer, MessageMaker maker, List<Record> written)
    {
        for (int i = 0; i < 100_000; i++)
        {
            Journals.Put(writer, maker, maker.Delta(100), written);
        }
    }

    private static void AssertWhole(string folder, List<Record> written)
    {
        Journals.AssertSame(written, Journals.ReadAll(folder));
        Assert.Empty(JournalVerifier.Run(folder).Findings);
    }
}
