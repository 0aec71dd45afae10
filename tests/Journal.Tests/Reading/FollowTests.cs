using Lob.Fast.Journal.Format;
using Lob.Fast.Journal.Reading;
using Lob.Fast.Journal.Tests.Support;
using Lob.Fast.Journal.Verification;
using Lob.Fast.Journal.Writing;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Journal.Tests.Reading;

public sealed class FollowTests
{
    [Fact]
    public void A_follower_sees_every_message_once_over_all_segments_and_verification_works_meanwhile()
    {
        using TemporaryFolder folder = new();
        MessageMaker maker = new(6);
        PrefixHash written = default;
        using JournalWriter first = JournalWriter.Create(folder.Journal, maker, Journals.Small);
        Thread writerThread = new(() =>
        {
            using JournalWriter writer = first;
            Put(writer, maker, maker.Definitions(), ref written);
            for (int i = 0; i < 20_000; i++)
            {
                Put(writer, maker, maker.Any(20), ref written);
                if (i % 100 == 0)
                {
                    writer.Sealed();
                }
            }
        });

        using JournalReader reader = JournalReader.Open(folder.Journal);
        using JournalCursor cursor = reader.Read(checkpoints: CheckpointMode.None);
        writerThread.Start();
        PrefixHash followed = default;
        int verified = 0;
        while (true)
        {
            if (cursor.MoveNext())
            {
                followed.Add(cursor.Message);
                if (followed.Count / 30_000 > verified)
                {
                    verified++;
                    VerifyReport report = JournalVerifier.Run(folder.Journal);
                    Assert.True(report.IsSound, report.FirstDamage?.ToString());
                }
            }
            else if (cursor.IsEnded)
            {
                break;
            }
        }

        writerThread.Join();
        Assert.True(verified > 3);
        Assert.Equal(written, followed);
        Assert.True(reader.Segments.Count > 10);
    }

    [Fact]
    public void A_follower_at_the_end_goes_on_when_a_later_session_appends()
    {
        using TemporaryFolder folder = new();
        List<Record> written = Journals.Write(folder.Journal, seed: 1, messages: 5, slotsMax: 10);
        using JournalReader reader = JournalReader.Open(folder.Journal);
        using JournalCursor cursor = reader.Read(checkpoints: CheckpointMode.None);
        List<Record> read = [];
        while (cursor.MoveNext())
        {
            read.AddRange(cursor.Message);
        }

        Assert.True(cursor.IsEnded);
        MessageMaker maker = new(2, session: 1);
        using (JournalWriter writer = JournalWriter.OpenForAppend(folder.Journal, maker, Journals.Small))
        {
            Assert.Equal(1, writer.SegmentNumber);
            Assert.Equal(reader.Segments[0].CommittedCount + (long)maker.Checkpoints[0].Length, writer.CommittedEnd);
            Journals.Put(writer, maker, maker.Delta(10), written);
            Assert.True(cursor.MoveNext());
            read.AddRange(cursor.Message);
            Assert.False(cursor.MoveNext());
            Assert.False(cursor.IsEnded);
        }

        Assert.False(cursor.MoveNext());
        Assert.True(cursor.IsEnded);
        Journals.AssertSame(written, read);
    }

    [Fact]
    public void A_cursor_can_start_at_any_segment_with_its_checkpoint()
    {
        using TemporaryFolder folder = new();
        List<Record> written = Journals.Write(folder.Journal, seed: 1, messages: 900, slotsMax: 100);
        using JournalReader reader = JournalReader.Open(folder.Journal);
        int last = reader.Segments[^1].Number;
        Assert.True(last > 2);
        using JournalCursor cursor = reader.Read(fromSegment: last - 1);
        Assert.True(cursor.MoveNext());
        Assert.True(cursor.IsCheckpoint);
        Assert.Equal(last - 1, cursor.SegmentNumber);
        List<Record> tail = [];
        while (cursor.MoveNext())
        {
            Assert.False(cursor.IsCheckpoint);
            tail.AddRange(cursor.Message);
        }

        Journals.AssertSame(written[^tail.Count..], tail);
        _ = Assert.Throws<JournalException>(() => reader.Read(fromSegment: last + 1));
    }

    [Fact]
    public void Older_segments_may_be_deleted()
    {
        using TemporaryFolder folder = new();
        List<Record> written = Journals.Write(folder.Journal, seed: 1, messages: 300, slotsMax: 100);
        File.Delete(JournalFolder.SegmentPath(folder.Journal, 0));
        List<Record> left = Journals.ReadAll(folder.Journal);
        Journals.AssertSame(written[^left.Count..], left);
        Assert.True(JournalVerifier.Run(folder.Journal).IsSound);
    }

    [Fact]
    public void Nothing_is_read_from_what_is_no_journal()
    {
        using TemporaryFolder folder = new();
        Assert.Contains("no such folder", Assert.Throws<JournalException>(() => JournalReader.Open(folder.Journal)).Message, StringComparison.Ordinal);
        _ = Directory.CreateDirectory(folder.Journal);
        Assert.Contains("found none", Assert.Throws<JournalException>(() => JournalReader.Open(folder.Journal)).Message, StringComparison.Ordinal);
        string path = JournalFolder.SegmentPath(folder.Journal, 0);
        File.WriteAllBytes(path, new byte[100]);
        Assert.Contains("found 100", Assert.Throws<JournalException>(() => JournalReader.Open(folder.Journal)).Message, StringComparison.Ordinal);
        File.WriteAllBytes(path, new byte[SegmentLayout.FileBytes(JournalOptions.SegmentRecordsMin)]);
        string message = Assert.Throws<JournalException>(() => JournalReader.Open(folder.Journal)).Message;
        Assert.Contains(path, message, StringComparison.Ordinal);
        Assert.Contains("byte 0, magic", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_file_and_another_version_are_named()
    {
        using TemporaryFolder folder = new();
        _ = Journals.Write(folder.Journal, seed: 1, messages: 3, slotsMax: 10);
        string path = JournalFolder.SegmentPath(folder.Journal, 0);
        byte[] bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..^1]);
        Assert.Contains("cut off", Assert.Throws<JournalException>(() => JournalReader.Open(folder.Journal)).Message, StringComparison.Ordinal);
        bytes[8] = 7;
        File.WriteAllBytes(path, bytes);
        Assert.Contains("version: expected 0x1, found 0x7", Assert.Throws<JournalException>(() => JournalReader.Open(folder.Journal)).Message, StringComparison.Ordinal);
        bytes[8] = (byte)SegmentLayout.Version;
        File.WriteAllBytes(path, bytes);
        File.Move(path, JournalFolder.SegmentPath(folder.Journal, 3));
        Assert.Contains("segment number", Assert.Throws<JournalException>(() => JournalReader.Open(folder.Journal)).Message, StringComparison.Ordinal);
    }

    private static void Put(JournalWriter writer, MessageMaker maker, Record[] message, ref PrefixHash written)
    {
        Journals.Put(writer, maker, message);
        written.Add(message);
    }
}
