using Lob.Fast.Engine.Integrity;
using Lob.Fast.Engine.Metrics;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Rings;
using Lob.Fast.Engine.Tests.TestSupport;

namespace Lob.Fast.Engine.Tests.Pipeline;

/// <summary>Once warm, nothing is allocated for a message. That the harness would see one allocation of a byte is shown beside it.</summary>
public class AllocationTests
{
    private const int Warm = 100_000;
    private const int Measured = 1_000_000;

    [Fact]
    public void A_million_messages_allocate_nothing()
    {
        var decoder = new SyntheticDecoder();
        Assert.Equal(0, Run(decoder));
    }

    [Fact]
    public void One_planted_allocation_is_seen()
    {
        var decoder = new SyntheticDecoder { AllocateAtFrame = Warm + (Measured / 2) };
        Assert.InRange(Run(decoder), 24, 64);
        Assert.NotNull(decoder.Planted);
    }

    [Fact]
    public void The_ring_and_the_histogram_allocate_nothing()
    {
        using var ring = new FrameRing<YieldWaitStrategy>(default, 1 << 16);
        var histogram = new LogLinearHistogram();
        var bytes = new byte[500];
        Pass(1_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Pass(100_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Pass(int frames)
        {
            for (int i = 0; i < frames; i++)
            {
                ring.Write(new Frame { Bytes = bytes.AsSpan(0, i % 500), Line = i });
                ring.Read(out Frame frame, out _, out _);
                histogram.Record(frame.Bytes.Length);
            }
        }
    }

    /// <summary>Bytes allocated by the measured frames.</summary>
    private static long Run(SyntheticDecoder decoder)
    {
        using var logic = new Logic<NullSink>(default, new EngineOptions { WindowBits = 12 });
        using var sequencer = new InputSequencer<SyntheticDecoder, NullSink>(decoder, logic);
        long at = Market.Start;
        Feed(Warm);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Feed(Measured);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // The frames did what they were meant to: one live book all the time, and some of everything.
        BookStream book = logic.Books[0];
        StreamTotals totals = book.Totals;
        Assert.Equal((BookState.Live, 0), (book.State, totals.Gaps));
        Assert.True(totals.Applied > Measured / 2 && totals.Duplicates > 1_000 && totals.BestCompared > 1_000 && totals.SnapshotsUnused > 1_000);
        Assert.True(sequencer.Totals.Rejected > 1_000 && logic.Totals.Seals > 1_000);
        return allocated;

        void Feed(int frames)
        {
            for (int i = 0; i < frames; i++)
            {
                at += 1_500_000;
                sequencer.OnFrame(new Frame { Bytes = "{}"u8, ReceivedAtNs = at });
            }
        }
    }
}
