using System.Runtime.InteropServices;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Format;
using Lob.Fast.Journal.Reading;
using Lob.Fast.Journal.Recovery;
using Lob.Fast.Journal.Reruns;
using Lob.Fast.Journal.Tests.Support;
using Lob.Fast.Journal.Verification;
using Lob.Fast.Journal.Writing;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Journal.Tests.Recovery;

/// <summary>An input and what was derived from it are one commit: recovery keeps both or neither.</summary>
public sealed class CommitBoundaryTests : IDisposable
{
    private const int Deltas = 12;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(0, 3)]
    [InlineData(2, 3)]
    public void An_input_whose_derived_records_are_lost_goes_with_them(int keptOfDerived, int seconds)
    {
        Write(seconds);
        string path = JournalFolder.SegmentPath(_folder.Journal, 0);
        int timer = LastTimer(out int committed);
        Assert.InRange(committed - timer - 1, 4, 100);
        Zero(path, timer + 1 + keptOfDerived, committed);
        ClearTable(path);
        SetState(path, SegmentState.Open);

        RecoveryReport report = JournalRecovery.Run(_folder.Journal);
        JournalFinding lost = Assert.Single(report.Findings, finding => finding.Kind == FindingKind.Damage);
        Assert.Equal(((long)timer, committed - 1L), (lost.FirstRecord, lost.LastRecord));
        AssertSound(timer);
        Append();
        AssertSound(null);
    }

    [Fact]
    public void The_last_input_goes_even_if_it_could_be_whole()
    {
        Write(seconds: 2);
        string path = JournalFolder.SegmentPath(_folder.Journal, 0);
        int timer = LastTimer(out int committed);
        Zero(path, timer, committed);
        ClearTable(path);
        SetState(path, SegmentState.Open);

        // The delta before the timer is the last input, and what it led to may be lost.
        _ = JournalRecovery.Run(_folder.Journal);
        int end = Committed();
        Assert.InRange(end, timer - 20, timer - 1);
        AssertSound(end);
        Append();
        AssertSound(null);
    }

    [Fact]
    public void Records_that_a_seal_covers_are_whole_commits_and_stay()
    {
        Write(seconds: 2, closed: false);
        string path = JournalFolder.SegmentPath(_folder.Journal, 0);
        int timer = LastTimer(out int committed);
        Zero(path, timer + 1, committed);
        int covered = DropNewestChecksum(path);

        _ = JournalRecovery.Run(_folder.Journal);
        Assert.InRange(covered, 1, timer - 1);
        AssertSound(timer);
    }

    [Fact]
    public void Nothing_is_cut_if_everything_up_to_the_committed_count_is_there()
    {
        Write(seconds: 2);
        string path = JournalFolder.SegmentPath(_folder.Journal, 0);
        int committed = Committed();
        ClearTable(path);
        SetState(path, SegmentState.Open);
        Assert.DoesNotContain(JournalRecovery.Run(_folder.Journal).Findings, finding => finding.Kind == FindingKind.Damage);
        AssertSound(committed);
        Append();
        AssertSound(null);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_checksum_that_outlived_its_records_gives_way_to_the_older_one_or_to_none(bool olderToo)
    {
        Write(seconds: 3, closed: false);
        string path = JournalFolder.SegmentPath(_folder.Journal, 0);
        int timer = LastTimer(out int committed);
        int lostFrom = olderToo ? timer / 2 : timer + 1;
        Zero(path, lostFrom, committed);

        RecoveryReport report = JournalRecovery.Run(_folder.Journal);
        Assert.Contains(report.Findings, finding => finding.Kind == FindingKind.Repaired && finding.Text.Contains("newest checksum", StringComparison.Ordinal));
        _ = Assert.Single(report.Findings, finding => finding.Kind == FindingKind.Damage);
        int end = Committed();
        Assert.InRange(end, lostFrom - 20, lostFrom - 1);
        AssertSound(end);
        Append();
        AssertSound(null);
    }

    [Theory]
    [InlineData(SegmentState.Closed)]
    [InlineData(SegmentState.Open)]
    public void Records_lost_after_a_clean_close_or_changed_are_refused(SegmentState state)
    {
        Write(seconds: 3, closed: state == SegmentState.Closed);
        string path = JournalFolder.SegmentPath(_folder.Journal, 0);
        int timer = LastTimer(out int committed);
        if (state == SegmentState.Closed)
        {
            Zero(path, timer + 1, committed);
        }
        else
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            file.Position = SegmentLayout.RecordAreaOffset(JournalOptions.SegmentRecordsMin) + (timer * (long)Record.SizeInBytes) + 60;
            file.WriteByte(0xFF);
        }

        AssertRefused(path, "expected checksum");
    }

    [Fact]
    public void A_segment_that_another_follows_is_not_shortened()
    {
        _ = Journals.Write(_folder.Journal, seed: 8, messages: 60, slotsMax: 500);
        int number = JournalFolder.SegmentNumbers(_folder.Journal)[^2];
        string path = JournalFolder.SegmentPath(_folder.Journal, number);
        int committed;
        using (JournalReader reader = JournalReader.Open(_folder.Journal))
        {
            committed = reader.Segments[number].CommittedCount;
        }

        Zero(path, committed - 3, committed);
        ClearTable(path);
        SetState(path, SegmentState.Open);
        AssertRefused(path, "It was not changed");
    }

    private void AssertRefused(string path, string expected)
    {
        byte[] before = File.ReadAllBytes(path);
        JournalException refusal = Assert.Throws<JournalException>(() => JournalRecovery.Run(_folder.Journal));
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    /// <summary>A real logic's journal: deltas, and timers with what they lead to, the last of all a timer.</summary>
    private void Write(int seconds, bool closed = true)
    {
        string live = closed ? _folder.Journal : _folder.Of("live");
        JournalSink.Target target = new();
        using Logic<JournalSink> logic = new(new JournalSink(target));
        using JournalWriter writer = JournalWriter.Create(live, logic, Journals.Small);
        target.Writer = writer;
        MessageMaker maker = new(7);
        Process(logic, maker.Definitions());
        Feed(logic, maker, seconds);
        if (!closed)
        {
            JournalFiles.Copy(live, _folder.Journal);
        }
    }

    private void Append()
    {
        JournalSink.Target target = new();
        using Logic<JournalSink> logic = new(new JournalSink(target));
        using JournalWriter writer = JournalWriter.OpenForAppend(_folder.Journal, new ContinuedState(_folder.Journal, logic, static _ => { }), Journals.Small);
        target.Writer = writer;
        Feed(logic, new MessageMaker(8, session: 1), seconds: 2);
    }

    private static void Feed(Logic<JournalSink> logic, MessageMaker maker, int seconds)
    {
        for (int second = 0; second < seconds; second++)
        {
            for (int i = 0; i < Deltas; i++)
            {
                logic.Process(maker.Delta(5));
            }

            // Without the seal that the maker adds: the logic derives its own.
            logic.Process(maker.Second().AsSpan(0, 1));
        }
    }

    private static void Process(Logic<JournalSink> logic, ReadOnlySpan<Record> messages)
    {
        int start = 0;
        for (int slot = 0; slot < messages.Length; slot++)
        {
            if (messages[slot].Header.Has(RecordFlags.LastInMessage))
            {
                logic.Process(messages[start..(slot + 1)]);
                start = slot + 1;
            }
        }
    }

    private void AssertSound(int? end)
    {
        VerifyReport report = JournalVerifier.Run(_folder.Journal);
        Assert.True(report.IsSound, report.FirstDamage?.ToString());
        using JournalReader reader = JournalReader.Open(_folder.Journal);
        Assert.Null(JournalRerun.Run(reader).Difference);
        if (end is int expected)
        {
            Assert.Equal(expected, Committed());
        }
    }

    private int Committed()
    {
        using JournalReader reader = JournalReader.Open(_folder.Journal);
        return reader.Segments[0].CommittedCount;
    }

    private int LastTimer(out int committed)
    {
        using JournalReader reader = JournalReader.Open(_folder.Journal);
        ReadOnlySpan<Record> records = reader.Segments[0].Committed;
        committed = records.Length;
        int slot = records.Length - 1;
        while (records[slot].Header.Kind != RecordKind.Timer)
        {
            slot--;
        }

        return slot;
    }

    private static void Zero(string path, int from, int to)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.Position = SegmentLayout.RecordAreaOffset(JournalOptions.SegmentRecordsMin) + (from * (long)Record.SizeInBytes);
        file.Write(new byte[(to - from) * Record.SizeInBytes]);
    }

    private static void ClearTable(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.Position = SegmentLayout.HeaderBytes;
        file.Write(new byte[BlockEntry.SizeInBytes * SegmentLayout.Blocks(JournalOptions.SegmentRecordsMin)]);
    }

    /// <returns>Records that the older checksum covers.</returns>
    private static int DropNewestChecksum(string path)
    {
        byte[] bytes = new byte[BlockEntry.SizeInBytes];
        using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        file.Position = SegmentLayout.HeaderBytes;
        file.ReadExactly(bytes);
        BlockEntry entry = MemoryMarshal.Read<BlockEntry>(bytes);
        Assert.True(entry.SlotA.IsValid && entry.SlotB.IsValid);
        bool newestIsB = entry.SlotB.Records > entry.SlotA.Records;
        file.Position = SegmentLayout.HeaderBytes + (newestIsB ? ChecksumSlot.SizeInBytes : 0);
        file.Write(new byte[ChecksumSlot.SizeInBytes]);
        return (int)(newestIsB ? entry.SlotA : entry.SlotB).Records;
    }

    private static void SetState(string path, SegmentState state)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.Position = SegmentHeader.StateOffset;
        file.WriteByte((byte)state);
    }
}
