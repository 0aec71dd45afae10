using System.Runtime.InteropServices;
using Lob.Fast.Journal.Reading;
using Lob.Fast.Journal.Writing;

namespace Lob.Fast.Journal.Tests.Support;

/// <summary>Writing and reading whole journals in tests.</summary>
internal static class Journals
{
    /// <summary>The smallest segments, and no floor: tests run on nearly full disks, and one must meet a really full one.</summary>
    public static readonly JournalOptions Small = new() { SegmentRecords = JournalOptions.SegmentRecordsMin, FreeDiskFloorBytes = 0, FreeBytes = static _ => long.MaxValue };

    /// <summary>Writes definitions and <paramref name="messages"/> random messages, and returns every record in order.</summary>
    public static List<Record> Write(string folder, int seed, int messages, int slotsMax, JournalOptions? options = null)
    {
        MessageMaker maker = new(seed);
        List<Record> written = [];
        using JournalWriter writer = JournalWriter.Create(folder, maker, options ?? Small);
        Put(writer, maker, maker.Definitions(), written);
        for (int i = 0; i < messages; i++)
        {
            Put(writer, maker, maker.Any(slotsMax), written);
            if (i % 7 == 0)
            {
                writer.Sealed();
            }
        }

        return written;
    }

    /// <summary>Reserve, append, commit.</summary>
    public static void Put(JournalWriter writer, MessageMaker maker, Record[] message, List<Record>? written = null)
    {
        writer.Reserve(message.Length, maker);
        writer.Append(message);
        writer.Commit();
        maker.Committed();
        written?.AddRange(message);
    }

    /// <summary>All messages that a cursor hands out, one after the other.</summary>
    public static List<Record> ReadAll(string folder, int? fromSegment = null, CheckpointMode checkpoints = CheckpointMode.None)
    {
        using JournalReader reader = JournalReader.Open(folder);
        using JournalCursor cursor = reader.Read(fromSegment, checkpoints);
        List<Record> records = [];
        while (cursor.MoveNext())
        {
            records.AddRange(cursor.Message);
        }

        return records;
    }

    public static void AssertSame(IReadOnlyList<Record> expected, IReadOnlyList<Record> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int i = 0; i < expected.Count; i++)
        {
            Record left = expected[i];
            Record right = actual[i];
            Assert.True(Bytes(left).SequenceEqual(Bytes(right)), $"record {i} differs: {left.Header.Kind} and {right.Header.Kind}");
        }
    }

    public static ReadOnlySpan<byte> Bytes(in Record record) => MemoryMarshal.AsBytes(new ReadOnlySpan<Record>(in record));
}
