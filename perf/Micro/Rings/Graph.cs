using System.Diagnostics;
using System.Threading.Channels;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Rings;

namespace Lob.Fast.Micro.Rings;

/// <summary>A producer and three stages in a row, in several ways; every way gives ns an item from the first to the last.</summary>
/// <typeparam name="TWork">What a stage does.</typeparam>
/// <typeparam name="TWait">How threads wait.</typeparam>
internal static class Graph<TWork, TWait>
    where TWork : struct, IStageWork
    where TWait : struct, IWaitStrategy
{
    private const int Stages = 3;
    private const int ScratchSlots = 64;

    /// <summary>All on one thread, the items in scratch memory as between a decoder and a logic.</summary>
    public static double Fused(int items)
    {
        var scratch = new Record[ScratchSlots];
        long start = Stopwatch.GetTimestamp();
        long sum = 0;
        for (int i = 0; i < items; i++)
        {
            ref Record item = ref scratch[i & (ScratchSlots - 1)];
            item = default;
            item.Header.ReceivedAtNs = i;
            default(TWork).Apply(ref item);
            default(TWork).Apply(ref item);
            default(TWork).Apply(ref item);
            sum += item.Header.ReceivedAtNs;
        }

        return Checked(sum, items, start);
    }

    /// <summary>A thread each, a ring between each two.</summary>
    /// <param name="items">Items.</param>
    /// <param name="capacity">Slots of a ring.</param>
    /// <param name="batch">Most slots a publication.</param>
    /// <param name="cores">A core for each thread, in their order; null = the system places them.</param>
    public static double Rings(int items, int capacity, int batch, int[]? cores = null)
    {
        using var first = new RecordRing<TWait>(default, capacity);
        using var second = new RecordRing<TWait>(default, capacity);
        using var third = new RecordRing<TWait>(default, capacity);
        long sum = 0;
        long start = Stopwatch.GetTimestamp();
        Thread[] threads =
        [
            Cores.Start(cores?[0], () => Produce(first, items, batch)),
            Cores.Start(cores?[1], () => Pass(first, second, items, batch)),
            Cores.Start(cores?[2], () => Pass(second, third, items, batch)),
            Cores.Start(cores?[3], () => sum = Take(third, items, batch, stages: 1)),
        ];
        Cores.Join(threads);
        return Checked(sum, items, start);
    }

    /// <summary>Two threads, one ring: the producer with the first stage, the other two stages together.</summary>
    public static double OneRing(int items, int capacity, int batch)
    {
        using var ring = new RecordRing<TWait>(default, capacity);
        long sum = 0;
        long start = Stopwatch.GetTimestamp();
        Cores.Join([
            Cores.Start(0, () => ProduceAndApply(ring, items, batch)),
            Cores.Start(1, () => sum = Take(ring, items, batch, stages: 2)),
        ]);
        return Checked(sum, items, start);
    }

    /// <summary>A thread each, a bounded channel between each two; threads wait as with rings.</summary>
    public static double Channels(int items, int capacity)
    {
        Channel<Record>[] channels = [.. Enumerable.Range(0, Stages)
            .Select(_ => Channel.CreateBounded<Record>(new BoundedChannelOptions(capacity) { SingleReader = true, SingleWriter = true }))];
        long sum = 0;
        long start = Stopwatch.GetTimestamp();
        Thread[] threads =
        [
            Cores.Start(null, () =>
            {
                Record item = default;
                for (int i = 0; i < items; i++)
                {
                    item.Header.ReceivedAtNs = i;
                    Put(channels[0], item);
                }
            }),
            Cores.Start(null, () => PassOn(channels[0], channels[1])),
            Cores.Start(null, () => PassOn(channels[1], channels[2])),
            Cores.Start(null, () =>
            {
                for (int i = 0; i < items; i++)
                {
                    Record item = Get(channels[2]);
                    default(TWork).Apply(ref item);
                    sum += item.Header.ReceivedAtNs;
                }
            }),
        ];
        Cores.Join(threads);
        return Checked(sum, items, start);

        void PassOn(Channel<Record> from, Channel<Record> to)
        {
            for (int i = 0; i < items; i++)
            {
                Record item = Get(from);
                default(TWork).Apply(ref item);
                Put(to, item);
            }
        }

        static void Put(Channel<Record> channel, in Record item)
        {
            for (int attempt = 0; !channel.Writer.TryWrite(item); attempt++)
            {
                default(TWait).Wait(attempt);
            }
        }

        static Record Get(Channel<Record> channel)
        {
            Record item;
            for (int attempt = 0; !channel.Reader.TryRead(out item); attempt++)
            {
                default(TWait).Wait(attempt);
            }

            return item;
        }
    }

    private static void Produce(RecordRing<TWait> ring, int items, int batch)
    {
        for (int at = 0; at < items;)
        {
            foreach (ref Record slot in ring.Claim(Math.Min(batch, items - at)))
            {
                slot = default;
                slot.Header.ReceivedAtNs = at++;
            }

            ring.Publish();
        }
    }

    private static void ProduceAndApply(RecordRing<TWait> ring, int items, int batch)
    {
        for (int at = 0; at < items;)
        {
            foreach (ref Record slot in ring.Claim(Math.Min(batch, items - at)))
            {
                slot = default;
                slot.Header.ReceivedAtNs = at++;
                default(TWork).Apply(ref slot);
            }

            ring.Publish();
        }
    }

    private static void Pass(RecordRing<TWait> from, RecordRing<TWait> to, int items, int batch)
    {
        for (int at = 0; at < items;)
        {
            ReadOnlySpan<Record> records = from.Read();
            for (int start = 0; start < records.Length; start += batch)
            {
                ReadOnlySpan<Record> part = records.Slice(start, Math.Min(batch, records.Length - start));
                Span<Record> slots = to.Claim(part.Length);
                for (int i = 0; i < part.Length; i++)
                {
                    slots[i] = part[i];
                    default(TWork).Apply(ref slots[i]);
                }

                to.Publish();
                from.Release(part.Length);
            }

            at += records.Length;
        }
    }

    private static long Take(RecordRing<TWait> ring, int items, int batch, int stages)
    {
        long sum = 0;
        for (int at = 0; at < items;)
        {
            ReadOnlySpan<Record> records = ring.Read();
            for (int start = 0; start < records.Length; start += batch)
            {
                ReadOnlySpan<Record> part = records.Slice(start, Math.Min(batch, records.Length - start));
                foreach (Record record in part)
                {
                    Record item = record;
                    for (int stage = 0; stage < stages; stage++)
                    {
                        default(TWork).Apply(ref item);
                    }

                    sum += item.Header.ReceivedAtNs;
                }

                ring.Release(part.Length);
            }

            at += records.Length;
        }

        return sum;
    }

    private static double Checked(long sum, int items, long start)
    {
        double ns = Stopwatch.GetElapsedTime(start).TotalNanoseconds / items;
        return sum == ((long)items * (items - 1) / 2) + ((long)Stages * items) ? ns : throw new InvalidOperationException("items were lost or repeated");
    }
}
