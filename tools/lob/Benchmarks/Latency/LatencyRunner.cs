using Lob.Fast.Cli.Benchmarks.Works;
using Lob.Fast.Codecs;
using Lob.Fast.Engine.Metrics;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Threads;
using Lob.Fast.Journal.Writing;

namespace Lob.Fast.Cli.Benchmarks.Latency;

/// <summary>
/// Latencies of a recording: each path through each layout under each load, on fresh state in every run, loads in turn round after round. First each layout runs
/// as fast as it goes, which warms everything up and says what its rate is a share of.
/// </summary>
internal sealed class LatencyRunner(BenchRecording recording, Func<IVenueDecoder> decoder, string journalFolder, int framesWanted, int rounds)
{
    private readonly int _frames = recording.CanBePlayedAgain ? framesWanted : Math.Min(framesWanted, recording.Count);

    private Expectations? _expected;

    public IReadOnlyList<LatencyRow> Run(Action<string> progress)
    {
        var rows = new List<LatencyRow>();
        foreach (LatencyPath path in Enum.GetValues<LatencyPath>())
        {
            foreach (LatencyLayout layout in Enum.GetValues<LatencyLayout>())
            {
                if (layout == LatencyLayout.Fused || Environment.ProcessorCount > 1)
                {
                    progress($"latency, {path}, {layout}");
                    rows.AddRange(Run(path, layout));
                }
            }
        }

        return rows;
    }

    private LatencyRow[] Run(LatencyPath path, LatencyLayout layout)
    {
        _expected ??= layout == LatencyLayout.Split ? Expect() : null;
        long[] atOnce = Schedule.AtOnce(_frames);
        double[] seconds = [.. Enumerable.Range(0, rounds).Select(_ => Play(path, layout, atOnce, false).Seconds).Order()];
        double perSecondMax = _frames / seconds[rounds / 2];

        (Load Load, long[] Due)[] loads = [.. Load.All.Select(load => (load, DueOf(load))).Where(static item => item.Item2 != null).Select(static item => (item.load, item.Item2!))];
        LatencyRow[] rows =
        [
            .. loads.Select(item => new LatencyRow
            {
                Path = path,
                Layout = layout,
                Load = item.Load,
                FramesPerSecondMax = perSecondMax,
                Ns = new LogLinearHistogram(),
                AllocatedBytes = 0,
                Collections = 0,
            }),
        ];
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < loads.Length; i++)
            {
                LatencyRun run = Play(path, layout, loads[i].Due, loads[i].Load.Kind == LoadKind.OneAtATime);
                rows[i].Ns.Add(run.Ns);
                rows[i] = rows[i] with { AllocatedBytes = rows[i].AllocatedBytes + run.AllocatedBytes, Collections = rows[i].Collections + run.Collections };
            }
        }

        return rows;

        long[]? DueOf(Load load) => load.Kind switch
        {
            LoadKind.OneAtATime => Schedule.AtOnce(_frames),
            LoadKind.Even => Schedule.Even(_frames, perSecondMax * load.Share),
            _ => Schedule.Recorded(recording, _frames, perSecondMax * load.Share),
        };
    }

    private LatencyRun Play(LatencyPath path, LatencyLayout layout, long[] due, bool oneAtATime)
    {
        Layout threads = layout == LatencyLayout.Split ? Layout.Split : Layout.Fused;
        if (path == LatencyPath.FrameToJournal)
        {
            using var pipeline = new Pipeline<JournalSink>(decoder(), threads, static journal => journal, journalFolder);
            return Play(pipeline, null, layout, due, oneAtATime);
        }

        var probe = new DecisionProbe();
        using Pipeline<DecisionSink> deciding = Deciding(probe, threads);
        return Play(deciding, probe, layout, due, oneAtATime);
    }

    private LatencyRun Play<TSink>(Pipeline<TSink> pipeline, DecisionProbe? probe, LatencyLayout layout, long[] due, bool oneAtATime)
        where TSink : struct, IRecordSink
    {
        WarmUp(pipeline);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return layout switch
        {
            LatencyLayout.Fused => new FusedFeed<TSink>(recording, pipeline, probe).Play(due, oneAtATime),
            LatencyLayout.FusedBehindRing => new RingFeed<TSink>(recording, pipeline, probe).Play(due, oneAtATime),
            _ => new SplitFeed<TSink>(recording, pipeline, probe, _expected!).Play(due, oneAtATime),
        };
    }

    /// <summary>A frame after the other in the fused layout, and what stands in the journal behind each.</summary>
    private Expectations Expect()
    {
        var probe = new DecisionProbe();
        using Pipeline<DecisionSink> pipeline = Deciding(probe, Layout.Fused);
        WarmUp(pipeline);
        probe.Count = 0;
        var expected = new Expectations(pipeline.CommittedEnd, new long[_frames], new long[_frames]);
        for (int i = 0; i < _frames; i++)
        {
            pipeline.OnFrame(recording.AtInRun(i));
            expected.CommittedEnds[i] = pipeline.CommittedEnd;
            expected.DecisionEnds[i] = probe.Count;
        }

        return expected;
    }

    private Pipeline<DecisionSink> Deciding(DecisionProbe probe, Layout threads)
    {
        var pipeline = new Pipeline<DecisionSink>(decoder(), threads, journal => new DecisionSink(journal, probe), journalFolder);
        probe.Books = pipeline.Logic.Books;
        return pipeline;
    }

    private void WarmUp<TSink>(Pipeline<TSink> pipeline) where TSink : struct, IRecordSink
    {
        for (int i = 0; recording.CanBePlayedAgain && i < recording.Count; i++)
        {
            pipeline.OnFrame(recording[i]);
        }

        pipeline.Drain();
    }
}
