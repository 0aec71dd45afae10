using System.Text;
using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.Engine.Records;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Codecs.Tests.Binance;

// A frame that is taken by its shape becomes what it becomes field by field. A blank in front keeps a frame from having a shape, and moves each fault by one byte.
public sealed class BinanceShapeTests
{
    [RecordingFact("binance/usdm_sushiusdt_20210722.rec")]
    public void Futures_frames_and_damaged_ones() => Compare(Venue.BinanceUsdM, "binance/usdm_sushiusdt_20210722.rec", seed: 1);

    [RecordingFact("binance/spot_nknusdt_20211012.rec")]
    public void Spot_frames_and_damaged_ones() => Compare(Venue.BinanceSpot, "binance/spot_nknusdt_20211012.rec", seed: 2);

    [Fact]
    public void Frames_of_all_kinds_cut_off_and_changed_in_every_byte()
    {
        string[] samples =
        [
            SampleFrames.FuturesDepth, SampleFrames.FuturesTicker, SampleFrames.FuturesTrade,
            SampleFrames.FuturesDepth.Replace("5123107832006", "5123107837557", StringComparison.Ordinal),
        ];
        using ShapePair pair = new(Venue.BinanceUsdM);
        foreach (string sample in samples)
        {
            byte[] frame = Encoding.ASCII.GetBytes(sample);
            pair.DecodeDamaged(frame);
        }

        Assert.InRange(pair.Taken, 100, 10_000);
    }

    [Theory]
    [InlineData("""{"stream":"btcusdt@trade","data":{"e":"trade","E":1723161255343,"s":"BTCUSDT","t":-1,"p":"61837.63000000","q":"0.02000000","T":1723161255342,"m":true,"M":true}}""")]
    [InlineData("""{"stream":"btcusdt@trade","data":{"e":"trade","E":1723161255343,"s":"BTCUSDT","t":12345678901234567,"p":"61837.63000000","q":"0.02000000","T":1723161255342,"m":false,"M":true}}""")]
    [InlineData("""{"stream":"btcusdt@trade","data":{"e":"trade","E":1723161255343,"s":"BTCUSDT","t":7,"p":"123456789012.12345678","q":"0","T":1723161255342,"m":true,"M":true}} """)]
    [InlineData("""{"stream":"btcusdt@trade","data":{"e":"trade","E":1723161255343123,"s":"BTCUSDT","t":7,"p":"1.5\u0030","q":"0","T":1723161255342123,"m":true,"M":true}}""")]
    [InlineData("""{"stream":"btcusdt@trade","data":{"e":"trade","E":1.5,"s":"BTCUSDT","t":7,"p":"1","q":"0","T":1723161255342,"m":null,"M":true}}""")]
    [InlineData("""{"stream":"btcusdt@trade","data":{"e":"trade","E":1723161255343,"s":"ETHUSDT","t":7,"p":"1","q":"0","T":1723161255342,"m":true,"M":true}}""")]
    [InlineData("""{"stream":"btcusdt@trade","data":{"e":"trade","E":1723161255343,"s":"BTCUSDT","t":7,"p":"1","q":"0","T":1723161255342,"m":true,"M":true},"t":7}""")]
    [InlineData("""{"stream":"btcusdt@trade","data":{"e":"trade","E":1723161255343,"s":"BTCUSDT","t":07,"p":"é","q":"0","T":1723161255342,"m":true,"M":true}}""")]
    public void Unusual_values_in_a_usual_frame(string text)
    {
        using ShapePair pair = new(Venue.BinanceSpot);
        for (int round = 0; round < 3; round++)
        {
            pair.Decode(Encoding.UTF8.GetBytes(SampleFrames.SpotTrade));
            pair.Decode(Encoding.UTF8.GetBytes(text));
        }
    }

    [Fact]
    public void A_frame_as_deep_as_may_be_and_one_deeper()
    {
        using ShapePair pair = new(Venue.BinanceSpot);
        for (int deep = 58; deep <= 66; deep++)
        {
            string further = new string('[', deep) + new string(']', deep);
            pair.Decode(Encoding.UTF8.GetBytes(SampleFrames.SpotDepth));
            pair.Decode(Encoding.UTF8.GetBytes(SampleFrames.SpotDepth.Replace("\"1.20000000\"]", $"\"1.20000000\",{further}]", StringComparison.Ordinal)));
        }
    }

    private static void Compare(Venue venue, string recording, int seed)
    {
        using ShapePair pair = new(venue);
        pair.DecodeRecording(recording, new Random(seed));
        Assert.InRange(pair.Taken, 100, int.MaxValue);
    }
}
