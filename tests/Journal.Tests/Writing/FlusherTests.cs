using Lob.Fast.Journal.Native;
using Lob.Fast.Journal.Writing;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Journal.Tests.Writing;

/// <summary>What the syncing thread meets is reported, and keeps nothing else from being synced.</summary>
public sealed class FlusherTests
{
    [Fact]
    public void A_folder_that_cannot_be_synced_is_reported_and_ended_segments_are_let_go()
    {
        using TemporaryFolder folder = new();
        JournalFlusher flusher = new(folder.Of("gone"), everySecond: false);
        MappedFile[] files = [.. Enumerable.Range(0, 3).Select(index => MappedFile.Create(folder.Of($"{index}"), 4096))];
        flusher.SegmentStarted(files[0]);
        foreach (MappedFile file in files)
        {
            flusher.SegmentEnded(file);
        }

        flusher.Dispose();
        JournalException reported = Assert.Throws<JournalException>(flusher.ThrowIfFailed);
        Assert.Contains(folder.Of("gone"), reported.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(folder.Root, File.ReadAllText("/proc/self/maps"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_there_is_synced_without_a_word()
    {
        using TemporaryFolder folder = new();
        JournalFlusher flusher = new(folder.Root, everySecond: true);
        MappedFile file = MappedFile.Create(folder.Of("0"), 4096);
        flusher.SegmentStarted(file);
        flusher.SegmentEnded(file);
        flusher.Dispose();
        flusher.ThrowIfFailed();
    }
}
