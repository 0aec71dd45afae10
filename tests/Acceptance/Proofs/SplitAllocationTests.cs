using Lob.Fast.Acceptance.Proofs.Support;
using Lob.Fast.Baselines;
using Lob.Fast.Codecs;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Rings;
using Lob.Fast.Engine.Threads;
using Lob.Fast.Journal;
using Lob.Fast.Journal.Writing;
using Lob.Fast.TestSupport;
using Record = Lob.Fast.Engine.Records.Record;

namespace Lob.Fast.Acceptance.Proofs;

/// <summary>
/// Once warm, no thread of the split layout allocates. The whole process is measured between two moments at which everything handed in has gone through; the test runner
/// allocates beside it now and then, so the least of many short windows counts.
/// </summary>
[Collection(nameof(Alone))]
public sealed class SplitAllocationTests
{
    private const int Windows = 40;
    private const int RoundsPerWindow = 5;
    private const int WarmUpRounds = 60;
    private const long NsPerSecond = 1_000_000_000;

    // Its snapshots make the book live anew in each round: a change of state, which the logic's thread reports.
    private const string Recording = "synthetic/okx_books_2026.rec";

    public enum Plant
    {
        None,
        OnDecode,
        OnLogic,
        OnJournal,
    }

    [Fact]
    public void No_thread_allocates() => Assert.Equal(0, LeastOfWindows(Plant.None));

    [Theory]
    [InlineData(Plant.OnDecode)]
    [InlineData(Plant.OnLogic)]
    [InlineData(Plant.OnJournal)]
    public void A_planted_allocation_is_seen_on_every_thread(Plant plant) => Assert.NotEqual(0, LeastOfWindows(plant));

    private static long LeastOfWindows(Plant plant)
    {
        using var folder = new TemporaryFolder();
        string? logicThread = null;
        var options = new PipelineOptions
        {
            Plan = new LayoutPlan(Layout.Split, WaitKind.Yield, [], []),
            Engine = new EngineOptions
            {
                OnTransition = _ =>
                {
                    logicThread = Thread.CurrentThread.Name;
                    GC.KeepAlive(plant == Plant.OnLogic ? new object() : null);
                },
            },
        };

        // Only a new segment asks for the free bytes, and only the journal's thread does.
        var journal = new JournalOptions { SegmentRecords = plant == Plant.OnJournal ? JournalOptions.SegmentRecordsMin : JournalOptions.SegmentRecordsDefault };
        var decoder = new PlantingDecoder(CodecFactory.Create(Venue.Okx), plant == Plant.OnDecode);
        using var host = new PipelineHost<PlantingDecoder>(decoder, options, logic => JournalWriter.Create(folder.Of("journal"), logic, journal));
        RecordedFrame[] frames = [.. ProofRecordings.Read(Recording)];
        byte[][] bytes = [.. frames.Select(static frame => frame.Bytes.ToArray())];
        long roundNs = frames[^1].ReceivedAtNs - frames[0].ReceivedAtNs + NsPerSecond;
        int round = 0;
        Play(WarmUpRounds);
        long least = long.MaxValue;
        for (int window = 0; window < Windows; window++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            Play(RoundsPerWindow);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        host.Close();
        Assert.Equal("logic", logicThread);
        return least;

        void Play(int rounds)
        {
            for (int end = round + rounds; round < end; round++)
            {
                for (int i = 0; i < frames.Length; i++)
                {
                    host.OnFrame(new Frame { Bytes = bytes[i], ReceivedAtNs = frames[i].ReceivedAtNs + (round * roundNs), Line = i + 1 });
                }
            }

            host.Drain();
        }
    }

    private readonly struct PlantingDecoder(IVenueDecoder inner, bool allocates) : IFrameDecoder
    {
        public DecodeResult Decode(in Frame frame, RecordBuffer batch)
        {
            GC.KeepAlive(allocates ? new object() : null);
            return inner.Decode(frame, batch);
        }

        public void Learn(ReadOnlySpan<Record> definition) => inner.Learn(definition);
    }
}
