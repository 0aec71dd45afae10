using System.Diagnostics;
using Lob.Fast.Journal;
using Lob.Fast.Journal.Writing;

namespace Lob.Fast.Micro.Journal;

/// <summary>
/// How long the appending thread waits where a segment ends, by durability: the new segment's file, checkpoint and name, and with <c>interval</c> and
/// <c>segment</c> the disk. Segments are filled with pauses, some 100 MB/s on the whole: a disk that is behind anyway would only show that.
/// </summary>
internal static class RollHarness
{
    private const int Segments = 5;
    private const int Pauses = 16;
    private const int PauseMs = 40;
    private const int MessageRecords = 34;
    private const double UsPerMs = 1000;

    public static int Run(string[] args)
    {
        var options = HarnessOptions.Parse(args);
        _ = Directory.CreateDirectory(options.Folder);
        try
        {
            var rolls = new FigureTable("roll", "ms");
            var others = new FigureTable("slowest message but for the rolls", "ms");
            for (int round = 0; round < options.Rounds; round++)
            {
                foreach (Durability durability in Enum.GetValues<Durability>().Where(one => one.ToString().Contains(options.Only, StringComparison.OrdinalIgnoreCase)))
                {
                    Measure(Path.Combine(options.Folder, "journal"), durability, rolls, others);
                }
            }

            rolls.Write(options.JsonPath);
            others.Write(null);
            return 0;
        }
        finally
        {
            Directory.Delete(options.Folder, recursive: true);
        }
    }

    private static void Measure(string path, Durability durability, FigureTable rolls, FigureTable others)
    {
        Message message = new(MessageRecords);
        using (var writer = JournalWriter.Create(path, message, new JournalOptions { Durability = durability }))
        {
            double slowestUs = 0;
            long pauseAt = 0;
            while (writer.SegmentNumber < Segments)
            {
                if (writer.CommittedEnd >= pauseAt)
                {
                    pauseAt += JournalOptions.SegmentRecordsDefault / Pauses;
                    Thread.Sleep(PauseMs);
                }

                int segment = writer.SegmentNumber;
                double wallUs = 0;
                (_, double cpuNs) = ThreadClock.Measure(() =>
                {
                    long start = Stopwatch.GetTimestamp();
                    writer.Reserve(message.Records.Length, message);
                    writer.Append(message.Records);
                    writer.Commit();
                    wallUs = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
                });
                if (writer.SegmentNumber != segment)
                {
                    rolls.Add(durability.ToString(), wallUs / UsPerMs, cpuNs / 1e6);
                    others.Add(durability.ToString(), slowestUs / UsPerMs, 0);
                    slowestUs = 0;
                }
                else
                {
                    slowestUs = Math.Max(slowestUs, wallUs);
                }
            }
        }

        Directory.Delete(path, recursive: true);
    }
}
