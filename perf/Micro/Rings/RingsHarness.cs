using System.Globalization;
using System.Text.Json;
using Lob.Fast.Engine.Metrics;
using Lob.Fast.Engine.Rings;

namespace Lob.Fast.Micro.Rings;

/// <summary>
/// Rings beside the least code that is correct and the library's channel, all in turn, round after round: one to one, there and back, and a graph of four threads. Each
/// round starts with the way between the two cores, which changes with where a virtual machine puts them, and counts as near or far by it.
/// </summary>
internal static class RingsHarness
{
    private const int RoundsDefault = 25;

    // Enough for milliseconds each. A channel's items cost ten times as much and more.
    private const int Items = 1 << 18;
    private const int ChannelItems = 1 << 15;
    private const int Trips = 20_000;

    // The loops are compiled for the second time during these, with a fraction of the items.
    private const int WarmUpRounds = 40;
    private const int WarmUpFraction = 32;

    private const int Capacity = RecordRing<SpinWaitStrategy>.CapacityDefault;

    // Two cores that share a cache answer in 100 to 200 ns; 400 is seen between others.
    private const double NearNsMax = 300;

    private static readonly (string Name, double Share)[] Percentiles = [("p50", 0.5), ("p99", 0.99), ("p99.9", 0.999)];

    /// <summary>Runs what the arguments name. Returns the exit code.</summary>
    public static int Run(string[] args)
    {
        int rounds = RoundsDefault;
        bool json = args.Contains("--json");
        string? number = args.SkipWhile(static arg => arg != "--rounds").Skip(1).FirstOrDefault();
        if (number != null && (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out rounds) || rounds < 1))
        {
            Console.Error.WriteLine("rings [--rounds N] [--json]");
            return Program.ExitUsage;
        }

        for (int round = 0; round < WarmUpRounds; round++)
        {
            Measure([], WarmUpFraction);
        }

        List<Series> all = [];
        for (int round = 0; round < rounds; round++)
        {
            Measure(all, 1);
        }

        if (json)
        {
            WriteJson(all);
        }
        else
        {
            WriteText(all);
        }

        return 0;
    }

    private static void Measure(List<Series> all, int fraction)
    {
        int items = Items / fraction;
        int channelItems = ChannelItems / fraction;
        int trips = Trips / fraction;
        LogLinearHistogram core = TwoThreads.CoreRoundTrip(trips);
        bool isNear = core.Percentile(0.5) <= NearNsMax;
        Add("core to core and back", "two positions", core.Percentile(0.5));

        foreach (int batch in (int[])[1, 16, 64])
        {
            OneToOne($"record ring, {batch} a publication", new RecordRingHandOver(Capacity, batch), items);
        }

        OneToOne("bare ring, 1 a publication", new BareRing(Capacity), items);
        OneToOne("channel, tried again and again", new ChannelHandOver(Capacity), channelItems);
        Add("one to one", "channel, awaited", AsyncChannel.NsPerItem<AddWork>(channelItems, Capacity, stages: 0));

        RoundTrip("record ring", TwoThreads.RingRoundTrip(trips));
        RoundTrip("channel", TwoThreads.ChannelRoundTrip(trips));

        Graphs<AddWork>("graph, an addition a stage");
        Graphs<ChecksumWork>("graph, a checksum a stage");

        void Graphs<TWork>(string group) where TWork : struct, IStageWork
        {
            Add(group, "fused", Graph<TWork, YieldWaitStrategy>.Fused(items));
            Add(group, "3 rings, 1024 a publication", Graph<TWork, YieldWaitStrategy>.Rings(items, Capacity, 1024));
            Add(group, "3 rings of 4096, 256 a publication", Graph<TWork, YieldWaitStrategy>.Rings(items, 4096, 256));
            Add(group, "3 rings of 4096, 256 a publication, pinned in pairs", Graph<TWork, YieldWaitStrategy>.Rings(items, 4096, 256, [0, 0, 1, 1]));
            Add(group, "1 ring, two stages a thread, 1024 a publication", Graph<TWork, YieldWaitStrategy>.OneRing(items, Capacity, 1024));
            Add(group, "3 channels, tried again and again", Graph<TWork, YieldWaitStrategy>.Channels(channelItems, Capacity));
            Add(group, "3 channels, awaited", AsyncChannel.NsPerItem<TWork>(channelItems, Capacity, stages: 3));
        }

        void OneToOne(string name, IHandOver way, int count)
        {
            using (way)
            {
                Add("one to one", name, TwoThreads.NsPerItem(way, count));
            }
        }

        void RoundTrip(string name, LogLinearHistogram trips)
        {
            foreach ((string percentile, double share) in Percentiles)
            {
                Add("there and back", $"{name}, {percentile}", trips.Percentile(share));
            }
        }

        void Add(string group, string name, double ns)
        {
            Series? series = all.Find(known => known.Group == group && known.Name == name);
            if (series == null)
            {
                series = new Series(group, name);
                all.Add(series);
            }

            series.Add(ns, isNear);
        }
    }

    private static void WriteText(List<Series> all)
    {
        foreach (IGrouping<string, Series> group in all.GroupBy(static series => series.Group))
        {
            Console.WriteLine($"{group.Key}, ns");
            foreach (Series series in group)
            {
                Console.WriteLine($"  {series.Name,-56}{Text("near", series.Near)}{Text("far", series.Far)}");
            }
        }

        static string Text(string where, Sample sample) => sample.Count == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture,
            $"  {where}: median {sample.Median,7:F1}, best {sample.Best,7:F1}, spread {sample.Spread,5:P0} of {sample.Count}");
    }

    private static void WriteJson(List<Series> all)
    {
        using var json = new Utf8JsonWriter(Console.OpenStandardOutput(), new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteNumber("processors", Environment.ProcessorCount);
        json.WriteString("framework", System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription);
        json.WriteStartArray("series");
        foreach (Series series in all)
        {
            json.WriteStartObject();
            json.WriteString("group", series.Group);
            json.WriteString("name", series.Name);
            Write("near", series.Near);
            Write("far", series.Far);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();

        void Write(string name, Sample sample)
        {
            if (sample.Count == 0)
            {
                return;
            }

            json.WriteStartObject(name);
            json.WriteNumber("rounds", sample.Count);
            json.WriteNumber("median_ns", sample.Median);
            json.WriteNumber("best_ns", sample.Best);
            json.WriteNumber("spread", sample.Spread);
            json.WriteEndObject();
        }
    }
}
