using Lob.Fast.Codecs.Binance;
using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Codecs.Tests.Binance;

/// <summary>Decoding allocates nothing once every stream has been seen; the reader nothing a line.</summary>
public class BinanceAllocationTests
{
    private const int Frames = 100_000;

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

    [Theory]
    [InlineData("3735683259", "12345678901234567")]
    [InlineData("true}}", "true,\"xx\":1.5}}")]
    public void Frames_that_keep_missing_their_shape_allocate_nothing(string usual, string unusual)
    {
        string text = SampleFrames.SpotTrade.Replace(usual, unusual, StringComparison.Ordinal);
        byte[] frame = SampleFrames.Bytes(text);
        int nameEnd = text.IndexOf("\",\"data\"", StringComparison.Ordinal);
        int objectStart = text.IndexOf("{\"e\"", StringComparison.Ordinal);
        using Bench bench = new();
        bench.Records(SampleFrames.SpotTrade);
        bench.Records(text);
        FrameShape known = new(FrameShape.PlacesMax);
        Assert.True(Learn(known));
        Action decode = () => bench.Decode(frame);
        Action learnAgain = () => Assert.False(Learn(known));
        Action learnAnew = () => Assert.True(Learn(new FrameShape(FrameShape.PlacesMax)));

        Assert.Equal(0, Allocations.Of(() => Repeat(decode)));
        Assert.Equal(0, Allocations.Of(() => Repeat(learnAgain)));
        Assert.InRange(Allocations.Of(() => Repeat(learnAnew)), Frames * 500L, long.MaxValue);

        bool Learn(FrameShape shape) => shape.TryLearn<BinanceFields>(frame, nameEnd, objectStart, new ShapeRules { Texts = 0, Arrays = 0 });
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

    private static void Repeat(Action action)
    {
        for (int round = 0; round < Frames; round++)
        {
            action();
        }
    }
}
