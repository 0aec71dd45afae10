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
        for (int round = -1; round < rounds; round++)
        {
            for (int i = 0; i < candidates.Count; i++)
            {
                IBook[] books = [.. Enumerable.Range(0, feed.Books).Select(_ => candidates[i].Create())];
                GC.Collect();
                PassTimes first = Play(books, 1, out sums[i]);
                PassTimes again = Play(books, _passes, out _);
                double slow = MessageP999(books);
                Array.ForEach(books, static book => book.Dispose());

                // One round before the first is not counted: code is compiled, caches fill.
                if (round >= 0)
                {
                    fresh[i][round] = first.NsPerLevel;
                    warm[i][round] = again.ChangeNsPerLevel;
                    snapshot[i][round] = again.SnapshotNsPerLevel;
                    p999[i][round] = slow;
                }
            }
        }

        long[] known = [.. sums.Where((_, i) => candidates[i].KeepsBest).Distinct()];
        if (known.Length > 1)
        {
            throw new InvalidOperationException($"{feed.Name}: the structures held different best levels");
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

    /// <summary>
    /// Plays the messages. Changes and snapshots are timed apart, in stretches, so that the clock is read seldom: a snapshot comes once a day, but in a
    /// short recording it can have half of all levels.
    /// </summary>
    private PassTimes Play(IBook[] books, int passes, out long sum)
    {
        sum = 0;
        var times = default(PassTimes);
        for (int pass = 0; pass < passes; pass++)
        {
            Array.ForEach(books, static book => book.Clear());
            bool isSnapshot = false;
            long levels = 0;
            long start = Stopwatch.GetTimestamp();
            foreach (FeedMessage message in feed.Messages)
            {
                if (message.IsSnapshot != isSnapshot)
                {
                    long now = Stopwatch.GetTimestamp();
                    times = times.With(isSnapshot, now - start, levels);
                    start = now;
                    levels = 0;
                    isSnapshot = message.IsSnapshot;
                }

                if (isSnapshot)
                {
                    books[message.Book].Clear();
                }

                sum = (sum * 31) + books[message.Book].Apply(feed.LevelsOf(message));
                levels += message.Count;
            }

            times = times.With(isSnapshot, Stopwatch.GetTimestamp() - start, levels);
        }

        return times;
    }

    private double MessageP999(IBook[] books)
    {
        var histogram = new LogLinearHistogram();
        double nsPerTick = 1e9 / Stopwatch.Frequency;
        Array.ForEach(books, static book => book.Clear());
        foreach (FeedMessage message in feed.Messages)
        {
            if (message.IsSnapshot)
            {
                books[message.Book].Clear();
                books[message.Book].Apply(feed.LevelsOf(message));
                continue;
            }

            long start = Stopwatch.GetTimestamp();
            books[message.Book].Apply(feed.LevelsOf(message));
            histogram.Record((long)((Stopwatch.GetTimestamp() - start) * nsPerTick));
        }

        return histogram.Percentile(0.999);
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
