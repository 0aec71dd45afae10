using System.Text;
using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.TestSupport;
using static Lob.Fast.Codecs.Tests.Bitfinex.BitfinexSamples;

namespace Lob.Fast.Codecs.Tests.Bitfinex;

/// <summary>Array frames allocate nothing once their channels are known; events, of which a connection has a few, may.</summary>
public class BitfinexAllocationTests
{
    private const string Pairs = "bitfinex/p0_len100_seqall_7pairs_20210417.rec";

    [RecordingFact(Pairs)]
    public void A_whole_recording_allocates_nothing_and_a_planted_allocation_is_seen()
    {
        List<byte[]> frames = [];
        using (RecordingReader reader = new([TestSupport.Recordings.PathOf(Pairs)]))
        {
            while (reader.TryRead(out RecordedLine line))
            {
                frames.Add(line.Frame.Bytes.ToArray());
            }
        }

        using BitfinexBench bench = new();
        SendAll(bench, frames, plant: false);
        byte[][] arrays = [.. frames.Where(static frame => frame[0] == (byte)'[')];
        Assert.Equal(0, Measure(() => SendAll(bench, arrays, plant: false)));
        Assert.NotEqual(0, Measure(() => SendAll(bench, arrays, plant: true)));
    }

    [Fact]
    public void Neither_do_frames_of_any_other_kind_good_or_bad()
    {
        using BitfinexBench bench = new(Opening);
        string[] bad =
        [
            "[17082,[7254.8,2,x],2]", "[17082,[7254.8,2,-0.03483509,2]", "[17082,[0,1,1],2]", "[17082,[7254.8,2,-0.03483509]]", "[433290,[1,2],2]", "[17470,\"te\",[],2]",
            "[17082,[1,1,999999999999999999],3]", "[17082,[[", "",
        ];
        byte[][] frames = [.. Data.Concat(bad).Select(Encoding.UTF8.GetBytes)];
        SendAll(bench, frames, plant: false);
        Assert.Equal(0, Measure(() => SendAll(bench, frames, plant: false)));
    }

    private static void SendAll(BitfinexBench bench, IReadOnlyList<byte[]> frames, bool plant)
    {
        for (int index = 0; index < frames.Count; index++)
        {
            bench.Batch.Clear();
            bench.Decoder.Decode(new Frame { Bytes = frames[index] }, bench.Batch);
        }

        if (plant)
        {
            GC.KeepAlive(new object());
        }
    }

    private static long Measure(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
