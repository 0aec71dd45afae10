using System.Text;
using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.Engine.Records;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Codecs.Tests.Bybit;

/// <summary>A frame that is taken by its shape becomes what it becomes field by field.</summary>
public sealed class BybitShapeTests
{
    [RecordingFact("bybit/linear_orderbook200_4symbols_20260809.rec")]
    public void Recorded_frames_and_damaged_ones()
    {
        using ShapePair pair = new(Venue.BybitLinear);
        pair.DecodeRecording("bybit/linear_orderbook200_4symbols_20260809.rec", new Random(3));
        Assert.InRange(pair.Taken, 2_500, int.MaxValue);
    }

    [Theory]
    [InlineData(Venue.BybitLinear)]
    [InlineData(Venue.BybitSpot)]
    public void Frames_of_all_kinds_cut_off_and_changed_in_every_byte(Venue venue)
    {
        using ShapePair pair = new(venue);
        foreach (string sample in BybitSamples.Of(venue).Where(static frame => !frame.Contains("\"list\"", StringComparison.Ordinal)))
        {
            pair.DecodeDamaged(Encoding.ASCII.GetBytes(sample));
        }

        Assert.InRange(pair.Taken, 100, 20_000);
    }

    [Fact]
    public void Tickers_with_any_of_their_fields()
    {
        string[] fields =
        [
            "\"bid1Price\":\"65114.1$\"", "\"bid1Size\":\"6.05$\"", "\"ask1Price\":\"65114.$\"", "\"ask1Size\":\"$\"", "\"markPrice\":\"6$\"", "\"indexPrice\":\"$.5\"",
            "\"openInterest\":$", "\"tickDirection\":\"Plus$\"",
        ];
        Random random = new(4);
        using ShapePair pair = new(Venue.BybitLinear);
        pair.Decode(Encoding.ASCII.GetBytes(BybitSamples.Ticker));
        for (int round = 0; round < 20_000; round++)
        {
            // Few kinds at first, and later more than there is room for.
            int kind = random.Next(round < 5_000 ? 8 : 256);
            string some = string.Join("", fields.Where((_, index) => (kind & (1 << index)) != 0).Select(field => "," + field.Replace("$", $"{random.Next(100)}", StringComparison.Ordinal)));
            string body = $$$"""{"symbol":"BTCUSDT"{{{some}}}}""";
            pair.Decode(Encoding.ASCII.GetBytes($$"""{"topic":"tickers.BTCUSDT","type":"delta","data":{{body}},"cs":{{round}},"ts":1786310817883}"""));
        }

        Assert.InRange(pair.Taken, 15_000, 20_001);
    }

    [Theory]
    [InlineData("\"cts\":1687940967464}", "\"cts\":1687940967464,\"b\":[[\"1\",\"2\"]]}")]
    [InlineData("\"data\":{", "\"b\":[[\"1\",\"2\"]],\"data\":{")]
    [InlineData("\"data\":{", "\"data\":{\"data\":{\"b\":[]},")]
    [InlineData("\"cts\":1687940967464}", "\"cts\":1687940967464,\"data\":{}}")]
    [InlineData("\"data\":{", "\"data\":[{")]
    [InlineData("\"u\":177400507", "\"u\":1")]
    [InlineData("\"u\":177400507", "\"u\":-1")]
    [InlineData("\"s\":\"BTCUSDT\"", "\"s\":\"ETHUSDT\"")]
    [InlineData("\"ts\":1687940967466", "\"ts\":17")]
    [InlineData("\"seq\":66544703342", "\"seq\":66544703342,\"further\":\"é\"")]
    public void Unusual_frames_among_usual_ones(string usual, string unusual)
    {
        using ShapePair pair = new(Venue.BybitLinear);
        byte[] frame = Encoding.UTF8.GetBytes(BybitSamples.Delta);
        byte[] other = Encoding.UTF8.GetBytes(BybitSamples.Delta.Replace(usual, unusual, StringComparison.Ordinal));
        Assert.False(frame.AsSpan().SequenceEqual(other));
        pair.Decode(Encoding.UTF8.GetBytes(BybitSamples.Snapshot));
        for (int round = 0; round < 5; round++)
        {
            pair.Decode(frame);
            pair.Decode(other);
        }
    }
}
