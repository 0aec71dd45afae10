using System.Runtime.InteropServices;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal;
using Lob.Fast.Journal.Format;
using Lob.Fast.Journal.Native;
using Lob.Fast.Journal.Writing;

namespace Lob.Fast.Micro.Journal;

/// <summary>
/// What a record of 64 bytes costs: copied into mapped pages (the floor: fresh from the system, made ready before, used before), written by a stream and by
/// write(2), and by the journal (reserve, append, commit) in messages of 1, 8 and 34 records.
/// </summary>
internal static unsafe class AppendHarness
{
    /// <summary>A segment without a few blocks, so that none rolls.</summary>
    public const int RecordsARound = JournalOptions.SegmentRecordsDefault - (4 * SegmentLayout.BlockRecords);

    private const int BlockBytes = 64 << 10;
    private const int Capacity = JournalOptions.SegmentRecordsDefault;
    private static readonly int[] MessageRecords = [1, 8, 34];

    public static int Run(string[] args)
    {
        var options = HarnessOptions.Parse(args);
        _ = Directory.CreateDirectory(options.Folder);
        try
        {
            var table = new FigureTable("append", "ns a record");
            AppendCase[] cases = [.. Cases(options.Folder).Where(one => one.Name.Contains(options.Only, StringComparison.Ordinal))];
            for (int round = -1; round < options.Rounds; round++)
            {
                foreach (AppendCase one in cases)
                {
                    (double wallNs, double cpuNs) = one.Run();
                    if (round >= 0)
                    {
                        table.Add(one.Name, wallNs / RecordsARound, cpuNs / RecordsARound);
                    }
                }
            }

            table.Write(options.JsonPath);
            return 0;
        }
        finally
        {
            Directory.Delete(options.Folder, recursive: true);
        }
    }

    private static IEnumerable<AppendCase> Cases(string folder)
    {
        Message floor = new(MessageRecords[^1]);
        yield return new AppendCase("copy, fresh pages", () => Mapped(folder, populate: false, passes: 1, file => Copy(file, floor)));
        yield return new AppendCase("copy, pages made ready", () => Mapped(folder, populate: true, passes: 1, file => Copy(file, floor)));
        yield return new AppendCase("copy, used pages", () => Mapped(folder, populate: false, passes: 2, file => Copy(file, floor)));
        yield return new AppendCase("FileStream", () => Streamed(folder, floor));
        yield return new AppendCase("write(2), 64 KiB", () => Written(folder, floor));
        foreach (int records in MessageRecords)
        {
            Message message = new(records);
            yield return new AppendCase($"journal, {records} a message, fresh pages", () => Journal(folder, message, prepareAhead: false));
            yield return new AppendCase($"journal, {records} a message, prepare thread", () => Journal(folder, message, prepareAhead: true));
            yield return new AppendCase($"journal, {records} a message, pages made ready", () =>
                Mapped(folder, populate: true, passes: 1, file => Segment(file, message)));
            yield return new AppendCase($"journal, {records} a message, used pages", () =>
                Mapped(folder, populate: false, passes: 2, file => Segment(file, message)));
        }
    }

    /// <summary>Runs something on a mapped file; with two passes the second is measured.</summary>
    private static (double WallNs, double CpuNs) Mapped(string folder, bool populate, int passes, Action<MappedFile> work)
    {
        string path = Path.Combine(folder, "mapped");
        try
        {
            using var file = MappedFile.Create(path, SegmentLayout.FileBytes(Capacity));
            if (populate && Posix.Advise(file.Base, (nuint)file.Bytes, Posix.AdvisePopulateWrite) != 0)
            {
                return (double.NaN, double.NaN);
            }

            for (int pass = 1; pass < passes; pass++)
            {
                work(file);
            }

            return ThreadClock.Measure(() => work(file));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Copy(MappedFile file, Message message)
    {
        var target = (Record*)(file.Base + SegmentLayout.RecordAreaOffset(Capacity));
        ReadOnlySpan<Record> records = message.Records;
        for (int done = 0; done < RecordsARound; done += records.Length)
        {
            records.CopyTo(new Span<Record>(target + done, records.Length));
        }
    }

    private static void Segment(MappedFile file, Message message)
    {
        SegmentWriter segment = new(file, 0, Capacity, 0, [], preparer: null);
        ReadOnlySpan<Record> records = message.Records;
        for (int done = 0; done < RecordsARound; done += records.Length)
        {
            _ = segment.TryReserve(records.Length);
            segment.Append(records);
            segment.Commit();
        }
    }

    private static (double WallNs, double CpuNs) Journal(string folder, Message message, bool prepareAhead)
    {
        string path = Path.Combine(folder, "journal");
        try
        {
            using var writer = JournalWriter.Create(path, message, new JournalOptions { PrepareAhead = prepareAhead });
            return ThreadClock.Measure(() =>
            {
                ReadOnlySpan<Record> records = message.Records;
                for (int done = 0; done < RecordsARound; done += records.Length)
                {
                    writer.Reserve(records.Length, message);
                    writer.Append(records);
                    writer.Commit();
                }
            });
        }
        finally
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private static (double WallNs, double CpuNs) Streamed(string folder, Message message)
    {
        string path = Path.Combine(folder, "stream");
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, BlockBytes, FileOptions.DeleteOnClose);
        return ThreadClock.Measure(() =>
        {
            ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(message.Records);
            for (int done = 0; done < RecordsARound; done += message.Records.Length)
            {
                stream.Write(bytes);
            }

            stream.Flush();
        });
    }

    private static (double WallNs, double CpuNs) Written(string folder, Message message)
    {
        string path = Path.Combine(folder, "written");
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        byte[] block = new byte[BlockBytes];
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(message.Records);
        for (int at = 0; at + bytes.Length <= block.Length; at += bytes.Length)
        {
            bytes.CopyTo(block.AsSpan(at));
        }

        return ThreadClock.Measure(() =>
        {
            for (long done = 0; done < RecordsARound; done += BlockBytes / Record.SizeInBytes)
            {
                stream.Write(block);
            }
        });
    }
}
