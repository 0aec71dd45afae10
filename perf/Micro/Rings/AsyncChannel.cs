using System.Diagnostics;
using System.Threading.Channels;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Micro.Rings;

/// <summary>Bounded channels as their documentation uses them: what is there is taken at once, what is not is awaited.</summary>
internal static class AsyncChannel
{
    /// <summary>A producer and a row of stages, a channel between each two, ns an item; without stages a reader that adds the numbers up.</summary>
    public static double NsPerItem<TWork>(int items, int capacity, int stages) where TWork : struct, IStageWork
    {
        Channel<Record>[] channels = [.. Enumerable.Range(0, Math.Max(1, stages))
            .Select(_ => Channel.CreateBounded<Record>(new BoundedChannelOptions(capacity) { SingleReader = true, SingleWriter = true }))];
        long start = Stopwatch.GetTimestamp();
        var tasks = new List<Task> { Task.Run(() => Produce(channels[0].Writer, items)) };
        for (int i = 0; i + 1 < channels.Length; i++)
        {
            (ChannelReader<Record> from, ChannelWriter<Record> to) = (channels[i].Reader, channels[i + 1].Writer);
            tasks.Add(Task.Run(() => Pass<TWork>(from, to)));
        }

        long sum = Task.Run(() => Take<TWork>(channels[^1].Reader, stages > 0)).GetAwaiter().GetResult();
        Task.WaitAll([.. tasks]);
        double ns = Stopwatch.GetElapsedTime(start).TotalNanoseconds / items;
        return sum == ((long)items * (items - 1) / 2) + ((long)stages * items) ? ns : throw new InvalidOperationException("items were lost or repeated");
    }

    private static async Task Produce(ChannelWriter<Record> to, int items)
    {
        Record item = default;
        for (int i = 0; i < items; i++)
        {
            item.Header.ReceivedAtNs = i;
            if (!to.TryWrite(item))
            {
                await to.WriteAsync(item);
            }
        }

        to.Complete();
    }

    private static async Task Pass<TWork>(ChannelReader<Record> from, ChannelWriter<Record> to) where TWork : struct, IStageWork
    {
        while (await from.WaitToReadAsync())
        {
            while (from.TryRead(out Record item))
            {
                default(TWork).Apply(ref item);
                if (!to.TryWrite(item))
                {
                    await to.WriteAsync(item);
                }
            }
        }

        to.Complete();
    }

    private static async Task<long> Take<TWork>(ChannelReader<Record> from, bool applies) where TWork : struct, IStageWork
    {
        long sum = 0;
        while (await from.WaitToReadAsync())
        {
            while (from.TryRead(out Record item))
            {
                if (applies)
                {
                    default(TWork).Apply(ref item);
                }

                sum += item.Header.ReceivedAtNs;
            }
        }

        return sum;
    }
}
