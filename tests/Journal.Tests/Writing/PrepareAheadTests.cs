using Lob.Fast.Journal.Tests.Support;
using Lob.Fast.Journal.Verification;
using Lob.Fast.Journal.Writing;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Journal.Tests.Writing;

public sealed class PrepareAheadTests
{
    private static readonly JournalOptions Prepared = Journals.Small with { SegmentRecords = SegmentPreparer.SegmentRecordsMin, PrepareAhead = true };

    [Fact]
    public void Preparing_changes_no_byte_and_leaves_nothing_behind()
    {
        using TemporaryFolder folder = new();
        List<Record> written = Journals.Write(folder.Of("a"), seed: 2, messages: 2000, slotsMax: 700, Prepared);
        _ = Journals.Write(folder.Of("b"), seed: 2, messages: 2000, slotsMax: 700, Prepared with { PrepareAhead = false });
        IReadOnlyList<int> numbers = JournalFolder.SegmentNumbers(folder.Of("a"));
        Assert.True(numbers.Count >= 3);
        Assert.Empty(JournalFolder.TemporaryFiles(folder.Of("a")));
        Assert.Equal(numbers, JournalFolder.SegmentNumbers(folder.Of("b")));
        foreach (int number in numbers)
        {
            ReadOnlySpan<byte> a = File.ReadAllBytes(JournalFolder.SegmentPath(folder.Of("a"), number));
            ReadOnlySpan<byte> b = File.ReadAllBytes(JournalFolder.SegmentPath(folder.Of("b"), number));
            Assert.True(a.SequenceEqual(b), $"segment {number} differs");
        }

        Journals.AssertSame(written, Journals.ReadAll(folder.Of("a")));
        Assert.Empty(JournalVerifier.Run(folder.Of("a")).Findings);
    }

    [Fact]
    public void A_file_made_ready_that_is_too_small_for_the_next_segment_is_given_up()
    {
        using TemporaryFolder folder = new();
        MessageMaker maker = new(2);
        List<Record> written = [];
        using (JournalWriter writer = JournalWriter.Create(folder.Journal, maker, Prepared))
        {
            Journals.Put(writer, maker, maker.Definitions(), written);
            Journals.Put(writer, maker, maker.Delta(SegmentPreparer.SegmentRecordsMin * 3 / 4), written);
            WaitForSpare(folder.Journal);
            Journals.Put(writer, maker, maker.Delta(SegmentPreparer.SegmentRecordsMin * 2), written);
        }

        Journals.AssertSame(written, Journals.ReadAll(folder.Journal));
        Assert.Empty(JournalVerifier.Run(folder.Journal).Findings);
    }

    [Fact]
    public void The_floor_holds_also_where_the_next_file_is_ready()
    {
        using TemporaryFolder folder = new();
        MessageMaker maker = new(2);
        long free = long.MaxValue;
        using (JournalWriter writer = JournalWriter.Create(folder.Journal, maker, Prepared with { FreeDiskFloorBytes = 1000, FreeBytes = _ => Volatile.Read(ref free) }))
        {
            Journals.Put(writer, maker, maker.Delta(SegmentPreparer.SegmentRecordsMin * 3 / 4));
            WaitForSpare(folder.Journal);
            Volatile.Write(ref free, 999);
            _ = Assert.Throws<JournalException>(() => writer.Reserve(SegmentPreparer.SegmentRecordsMin / 2, maker));
        }

        Assert.Empty(JournalFolder.TemporaryFiles(folder.Journal));
    }

    private static void WaitForSpare(string folder) =>
        Assert.True(SpinWait.SpinUntil(() => JournalFolder.TemporaryFiles(folder).Count > 0, TimeSpan.FromSeconds(20)), "no file was made ready");
}
