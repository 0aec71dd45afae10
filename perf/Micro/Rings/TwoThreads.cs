using System.Diagnostics;
using Lob.Fast.Engine.Metrics;
using Lob.Fast.Engine.Rings;

namespace Lob.Fast.Micro.Rings;

/// <summary>Measurements that need two threads at once.</summary>
internal static class TwoThreads
{
    private static readonly double NsPerTick = 1e9 / Stopwatch.Frequency;

    /// <summary>Time an item takes from thread to thread when they come one behind the other, ns.</summary>
    public static double NsPerItem(IHandOver way, int items)
    {
        long sum = 0;
        double ns = Together(() => way.Write(items), () => sum = way.Read(items));
        return sum == (long)items * (items - 1) / 2 ? ns / items : throw new InvalidOperationException($"{way.GetType().Name} lost or repeated items");
    }

    /// <summary>There and back through two rings, one record at a time, ns.</summary>
    public static LogLinearHistogram RingRoundTrip(int trips)
    {
        using var there = new RecordRing<SpinWaitStrategy>(default, RecordRing<SpinWaitStrategy>.CapacityMin);
        using var back = new RecordRing<SpinWaitStrategy>(default, RecordRing<SpinWaitStrategy>.CapacityMin);
        return RoundTrip(trips, () => { Send(there); Take(back); }, () => { Take(there); Send(back); });

        static void Send(RecordRing<SpinWaitStrategy> ring)
        {
            ring.Claim(1)[0] = default;
            ring.Publish();
        }

        static void Take(RecordRing<SpinWaitStrategy> ring) => ring.Release(ring.Read().Length);
    }

    /// <summary>There and back through two channels, ns.</summary>
    public static LogLinearHistogram ChannelRoundTrip(int trips)
    {
        using var there = new ChannelHandOver(RecordRing<SpinWaitStrategy>.CapacityMin);
        using var back = new ChannelHandOver(RecordRing<SpinWaitStrategy>.CapacityMin);
        return RoundTrip(trips, () => { there.Write(1); back.Read(1); }, () => { there.Read(1); back.Write(1); });
    }

    /// <summary>There and back through two positions and nothing else: how far the two cores are from each other, ns.</summary>
    public static LogLinearHistogram CoreRoundTrip(int trips)
    {
        var positions = new PaddedSequence[2];
        long sent = 0;
        long answered = 0;
        return RoundTrip(
            trips,
            () => { positions[0].Publish(++sent); Await(1, sent); },
            () => { Await(0, ++answered); positions[1].Publish(answered); });

        void Await(int position, long value)
        {
            while (positions[position].Read() < value)
            {
                default(SpinWaitStrategy).Wait(1);
            }
        }
    }

    /// <summary>Runs both at once, each on a core of its own, from the moment that both are there until the reader has ended, ns.</summary>
    private static double Together(Action writer, Action reader)
    {
        int ready = 0;
        double ns = 0;
        Thread[] threads =
        [
            Cores.Start(0, () =>
            {
                Meet();
                writer();
            }),
            Cores.Start(1, () =>
            {
                Meet();
                long start = Stopwatch.GetTimestamp();
                reader();
                ns = (Stopwatch.GetTimestamp() - start) * NsPerTick;
            }),
        ];
        Cores.Join(threads);
        return ns;

        void Meet()
        {
            Interlocked.Increment(ref ready);
            while (Volatile.Read(ref ready) < 2)
            {
                default(SpinWaitStrategy).Wait(1);
            }
        }
    }

    private static LogLinearHistogram RoundTrip(int trips, Action send, Action answer)
    {
        var histogram = new LogLinearHistogram();
        Together(
            () =>
            {
                for (int i = 0; i < trips; i++)
                {
                    answer();
                }
            },
            () =>
            {
                long before = Stopwatch.GetTimestamp();
                for (int i = 0; i < trips; i++)
                {
                    send();
                    long after = Stopwatch.GetTimestamp();
                    histogram.Record((long)((after - before) * NsPerTick));
                    before = after;
                }
            });
        return histogram;
    }
}
