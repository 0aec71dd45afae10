using System.Text;
using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.Engine.Records;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Codecs.Tests.Okx;

/// <summary>A message that is taken by its shape becomes what it becomes field by field.</summary>
public sealed class OkxShapeTests
{
    [RecordingFact("okx/books_uni-usd-swap_btc-usd-220527_20220513.rec")]
    public void Recorded_messages_and_damaged_ones()
    {
        using ShapePair pair = new(Venue.Okx);
        for (int round = 0; round < 5; round++)
        {
            pair.DecodeRecording("okx/books_uni-usd-swap_btc-usd-220527_20220513.rec", new Random(round));
        }

        Assert.InRange(pair.Taken, 900, int.MaxValue);
    }

    [Fact]
    public void Messages_of_all_kinds_cut_off_and_changed_in_every_byte()
    {
        using ShapePair pair = new(Venue.Okx);
        foreach (string sample in OkxSamples.All)
        {
            pair.DecodeDamaged(Encoding.ASCII.GetBytes(sample));
        }

        Assert.InRange(pair.Taken, 100, 50_000);
    }

    [Theory]
    [InlineData("\"checksum\":0", "\"checksum\":-1")]
    [InlineData("\"checksum\":0", "\"checksum\":-0")]
    [InlineData("\"checksum\":0", "\"checksum\":-2147483649")]
    [InlineData("\"checksum\":0", "\"checksum\":2147483648")]
    [InlineData("\"checksum\":0", "\"checksum\":--1")]
    [InlineData("\"seqId\":450007", "\"seqId\":-5")]
    [InlineData("\"prevSeqId\":450001", "\"prevSeqId\":-2")]
    [InlineData("update", "snapshot")]
    [InlineData("update", "updates")]
    [InlineData("\"ts\":\"1785096000223\"", "\"ts\":\"17850960002x3\"")]
    [InlineData("}]}", "},{}]}")]
    [InlineData("}]}", "}],\"data\":[]}")]
    [InlineData("}]}", "}],\"asks\":[]}")]
    [InlineData("}]}", "}],\"event\":\"error\"}")]
    [InlineData("BTC-USDT\"}", "BTC-USDT\",\"instType\":\"SPOT\"}")]
    [InlineData("\"asks\":[[", "\"instId\":\"BTC-USDT\",\"asks\":[[")]
    [InlineData("\"asks\":[[", "\"instId\":\"ETH-USDT\",\"asks\":[[")]
    [InlineData("\"asks\":[[", "\"bids\":[],\"asks\":[[")]
    public void Unusual_messages_among_usual_ones(string usual, string unusual)
    {
        using ShapePair pair = new(Venue.Okx);
        byte[] frame = Encoding.UTF8.GetBytes(OkxSamples.Update);
        byte[] other = Encoding.UTF8.GetBytes(OkxSamples.Update.Replace(usual, unusual, StringComparison.Ordinal));
        Assert.False(frame.AsSpan().SequenceEqual(other));
        pair.Decode(Encoding.UTF8.GetBytes(OkxSamples.Snapshot));
        for (int round = 0; round < 5; round++)
        {
            pair.Decode(frame);
            pair.Decode(other);
        }
    }
}
