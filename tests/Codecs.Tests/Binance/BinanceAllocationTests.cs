using Lob.Fast.Codecs.Binance;
using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Codecs.Tests.Binance;

/// <summary>Decoding allocates nothing once every stream has been seen; the reader nothing a line.</summary>
public class BinanceAllocationTests
{
    private const string Usdm = "binance/usdm_btcusdt_20240808.rec.gz";

    [RecordingFact(Usdm)]
    public void A_whole_recording_allocates_nothing_and_a_planted_allocation_is_seen()
    {
        using MemoryStream frames = new();
        List<int> lengths = [];
        using (RecordingReader reader = new([TestSupport.Recordings.PathOf(Usdm)]))
        {
            while (reader.TryRead(out RecordedLine line))
            {
                frames.Write(line.Frame.Bytes);
                lengths.Add(line.Frame.Bytes.Length);
            }
        }

        byte[] bytes = frames.ToArray();
        BinanceDecoder decoder = new(Venue.BinanceUsdM, new DecoderOptions { DefaultSymbol = "BTCUSDT" });
        using RecordBuffer batch = new();
        DecodeAll(decoder, batch, bytes, lengths, plant: false);
        Assert.Equal(0, Measure(() => DecodeAll(decoder, batch, bytes, lengths, plant: false)));
        Assert.NotEqual(0, Measure(() => DecodeAll(decoder, batch, bytes, lengths, plant: true)));
    }

    [Fact]
    public void Neither_do_frames_that_become_no_records()
    {
        using Bench bench = new();
        byte[][] frames =
        [
            .. new[]
            {
                """{"stream":"dogebnb@ticker","data":{"e":"24hrTicker","E":1569805259092,"s":"DOGEBNB"}}""",
                """{"stream":"btcusdt@depth20","data":{"lastUpdateId":160,"bids":[["0.0024","10"]],"asks":[["0.0026","100"]]}}""",
                """{"result":null,"id":1}""",
                SampleFrames.SpotDepth[..50],
                SampleFrames.SpotDepth.Replace("\"U\":50093239189,", "", StringComparison.Ordinal),
            }.Select(SampleFrames.Bytes),
        ];
        bench.Records(SampleFrames.SpotDepth);

        void Send()
        {
            for (int round = 0; round < 100; round++)
            {
                foreach (byte[] frame in frames)
                {
                    bench.Batch.Clear();
                    bench.Decoder.Decode(new Frame { Bytes = frame }, bench.Batch);
                }
            }
        }

        Send();
        Assert.Equal(0, Measure(Send));
    }

    [RecordingFact("binance/usdm_sushiusdt_20210722.rec")]
    public void Reading_lines_allocates_nothing()
    {
        string path = TestSupport.Recordings.PathOf("binance/usdm_sushiusdt_20210722.rec");
        using RecordingReader reader = new([path, path]);
        while (reader.TryRead(out RecordedLine line) && line.Frame.FileIndex == 0)
        {
        }

        int lines = 0;
        Assert.Equal(0, Measure(() =>
        {
            for (; lines < 500 && reader.TryRead(out _); lines++)
            {
            }
        }));
        Assert.Equal(500, lines);
    }

    private static long Measure(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void DecodeAll(BinanceDecoder decoder, RecordBuffer batch, byte[] bytes, List<int> lengths, bool plant)
    {
        int at = 0;
        foreach (int length in lengths)
        {
            batch.Clear();
            if (decoder.Decode(new Frame { Bytes = bytes.AsSpan(at, length) }, batch).Outcome != DecodeOutcome.Records)
            {
                throw new InvalidOperationException($"byte {at}");
            }

            at += length;
        }

        if (plant)
        {
            GC.KeepAlive(new object());
        }
    }
}
