using Lob.Fast.Journal;
using Lob.Fast.Journal.Format;
using Lob.Fast.Journal.Reading;
using Record = Lob.Fast.Engine.Records.Record;

namespace Lob.Fast.Acceptance.Proofs.Support;

/// <summary>A copy of a journal in which one byte can be changed behind the back of every checksum.</summary>
internal static class JournalCopy
{
    /// <summary>Copies all segments.</summary>
    public static void Make(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (int number in JournalFolder.SegmentNumbers(from))
        {
            File.Copy(JournalFolder.SegmentPath(from, number), JournalFolder.SegmentPath(to, number));
        }
    }

    /// <summary>Adds one to a byte of a record.</summary>
    public static void Alter(string folder, int segment, int slot, int atByte)
    {
        int capacity;
        using (JournalReader reader = JournalReader.Open(folder))
        {
            capacity = reader.Segments.Single(known => known.Number == segment).Capacity;
        }

        using FileStream file = new(JournalFolder.SegmentPath(folder, segment), FileMode.Open, FileAccess.ReadWrite);
        file.Position = SegmentLayout.RecordAreaOffset(capacity) + ((long)slot * Record.SizeInBytes) + atByte;
        int before = file.ReadByte();
        file.Position--;
        file.WriteByte((byte)(before + 1));
    }

    /// <summary>All files of both folders have the same names and bytes.</summary>
    public static void AssertSameBytes(string one, string other)
    {
        string[] names = Names(one);
        Assert.Equal(names, Names(other));
        foreach (string name in names)
        {
            using FileStream first = File.OpenRead(Path.Combine(one, name));
            using FileStream second = File.OpenRead(Path.Combine(other, name));
            Assert.Equal(first.Length, second.Length);
            byte[] firstBytes = new byte[1 << 20];
            byte[] secondBytes = new byte[1 << 20];
            while (first.ReadAtLeast(firstBytes, firstBytes.Length, throwOnEndOfStream: false) is > 0 and int count)
            {
                second.ReadExactly(secondBytes, 0, count);
                Assert.True(firstBytes.AsSpan(0, count).SequenceEqual(secondBytes.AsSpan(0, count)), $"{name} differs before byte {first.Position}");
            }
        }

        static string[] Names(string folder) =>
            [.. Directory.EnumerateFiles(folder).Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
    }

    /// <summary>Places of records in the first or any later segment that satisfy a condition.</summary>
    public static List<(int Segment, int Slot, Record Record)> Places(string folder, Predicate<Record> wanted)
    {
        using JournalReader reader = JournalReader.Open(folder);
        List<(int, int, Record)> places = [];
        foreach (JournalSegment segment in reader.Segments)
        {
            ReadOnlySpan<Record> records = segment.Committed;
            for (int slot = segment.CheckpointCount; slot < records.Length; slot++)
            {
                if (wanted(records[slot]))
                {
                    places.Add((segment.Number, slot, records[slot]));
                }
            }
        }

        return places;
    }
}
