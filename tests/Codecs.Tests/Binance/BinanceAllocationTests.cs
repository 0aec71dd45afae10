using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Codecs.Tests.Binance;

/// <summary>Decoding allocates nothing once every stream has been seen; the reader nothing a line.</summary>
public class BinanceAllocationTests
{
    [Fact]
    public void Frames_that_become_no_records_allocate_nothing()
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

        Allocations.AreNone(bench, frames);
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
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (; lines < 500 && reader.TryRead(out _); lines++)
            {
            }
        }));
        Assert.Equal(500, lines);
    }
}
