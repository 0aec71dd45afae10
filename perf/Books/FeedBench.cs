using System.Diagnostics;
using Lob.Fast.Engine.Metrics;

namespace Lob.Fast.Perf.Books;

/// <summary>Runs the structures in turn on one recording, round after round, so that a machine whose speed drifts drifts for all alike.</summary>
internal sealed class FeedBench(LevelFeed feed, IReadOnlyList<Candidate> candidates, int rounds)
{
    // Levels of a measurement, at least: short recordings are played again and again.
    private const int LevelsMin = 300_000;

    private readonly int _passes = Math.Max(1, LevelsMin / Math.Max(1, feed.LevelCount));

    public IReadOnlyList<FeedResult> Run()
    {
        double[][] warm = [.. candidates.Select(_ => new double[rounds])];
        double[][] fresh = [.. candidates.Select(_ => new double[rounds])];
        double[][] p999 = [.. candidates.Select(_ => new double[rounds])];
        double[][] snapshot = [.. candidates.Select(_ => new double[rounds])];
        var sums = new long[candidates.Count];
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < candidates.Count; i++)
            {
                IBook[] books = [.. Enumerable.Range(0, feed.Books).Select(_ => candidates[i].Create())];
                GC.Collect();
                fresh[i][round] = Measure(books, 1, out sums[i]);
                warm[i][round] = Measure(books, _passes, out _);
                (p999[i][round], snapshot[i][round]) = Latencies(books);
                Array.ForEach(books, static book => book.Dispose());
            }
        }

        for (int i = 1; i < candidates.Count; i++)
        {
            if (sums[i] != sums[0])
            {
                throw new InvalidOperationException($"{feed.Name}: {candidates[i].Name} held other best levels than {candidates[0].Name}");
            }
        }

        return
        [
            .. candidates.Select((candidate, i) => new FeedResult
            {
                Structure = candidate.Name,
                NsPerLevelMedian = Median(warm[i]),
                NsPerLevelBest = warm[i].Min(),
                NsPerLevelFreshMedian = Median(fresh[i]),
                MessageNsP999 = p999[i].Min(),
                SnapshotNsPerLevel = Median(snapshot[i]),
            }),
        ];
    }

    private double Measure(IBook[] books, int passes, out long sum)
    {
        long start = Stopwatch.GetTimestamp();
        sum = 0;
        long levels = 0;
        for (int pass = 0; pass < passes; pass++)
        {
            Array.ForEach(books, static book => book.Clear());
            foreach (FeedMessage message in feed.Messages)
            {
                if (message.IsSnapshot)
                {
                    books[message.Book].Clear();
                }

                sum = (sum * 31) + books[message.Book].Apply(feed.LevelsOf(message));
                levels += message.Count;
            }
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / levels;
    }

    private (double MessageP999, double SnapshotNsPerLevel) Latencies(IBook[] books)
    {
        var histogram = new LogLinearHistogram();
        long snapshotTicks = 0;
        long snapshotLevels = 0;
        double nsPerTick = 1e9 / Stopwatch.Frequency;
        Array.ForEach(books, static book => book.Clear());
        foreach (FeedMessage message in feed.Messages)
        {
            long start = Stopwatch.GetTimestamp();
            if (message.IsSnapshot)
            {
                books[message.Book].Clear();
            }

            books[message.Book].Apply(feed.LevelsOf(message));
            long ticks = Stopwatch.GetTimestamp() - start;
            if (message.IsSnapshot)
            {
                snapshotTicks += ticks;
                snapshotLevels += message.Count;
            }
            else
            {
                histogram.Record((long)(ticks * nsPerTick));
            }
        }

        return (histogram.Percentile(0.999), snapshotLevels == 0 ? 0 : snapshotTicks * nsPerTick / snapshotLevels);
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
