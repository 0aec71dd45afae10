using System.Text;
using Lob.Fast.Codecs.Bybit;
using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Codecs.Tests.Bybit;

/// <summary>Decoding allocates nothing once every stream has been seen.</summary>
public class BybitAllocationTests
{
    private const string Linear = "bybit/linear_orderbook200_4symbols_20260809.rec";

    [RecordingFact(Linear)]
    public void A_whole_recording_allocates_nothing_and_a_planted_allocation_is_seen()
    {
        List<byte[]> frames = [];
        using (RecordingReader reader = new([TestSupport.Recordings.PathOf(Linear)]))
        {
            while (reader.TryRead(out RecordedLine line))
            {
                frames.Add(line.Frame.Bytes.ToArray());
            }
        }

        BybitDecoder decoder = new(Venue.BybitLinear);
        using RecordBuffer batch = new();
        DecodeAll(decoder, batch, frames, plant: false);
        Assert.Equal(0, Measure(() => DecodeAll(decoder, batch, frames, plant: false)));
        Assert.NotEqual(0, Measure(() => DecodeAll(decoder, batch, frames, plant: true)));
    }

    [Theory]
    [InlineData(Venue.BybitLinear)]
    [InlineData(Venue.BybitSpot)]
    [InlineData(Venue.BybitInverse)]
    public void Neither_does_any_kind_of_frame(Venue venue)
    {
        using RecordBuffer batch = new();
        BybitDecoder decoder = new(venue);
        List<byte[]> frames =
        [
            .. BybitSamples.Of(venue).Where(static frame => !frame.Contains("\"list\"", StringComparison.Ordinal)).Concat(
            [
                """{"success":true,"ret_msg":"","conn_id":"d","req_id":"1","op":"subscribe"}""",
                """{"args":["1672916271846"],"op":"pong"}""",
                """{"topic":"allLiquidation.PIPPINUSDT","type":"snapshot","ts":1740480207578,"data":[{"T":1740480207110}]}""",
                """{"retCode":0,"retMsg":"OK","result":{"category":"spot","list":[{"execId":"2100000000007764263"}]},"time":1672053054358}""",
                """{"topic":"orderbook.50.BTCUSDT","type":"delta","ts":1687940967466,"data":{"s":"BTCUSDT","b":[["7","1"],["9","1"],["8","1"]],"a":[],"u":1774005,"seq":7}}""",
                BybitSamples.Snapshot[..90],
                BybitSamples.Delta.Replace("\"u\":177400507,", "", StringComparison.Ordinal),
            ]).Select(Encoding.UTF8.GetBytes),
        ];

        void Send()
        {
            foreach (byte[] frame in frames)
            {
                batch.Clear();
                decoder.Decode(new Frame { Bytes = frame }, batch);
            }
        }

        Send();
        Send();
        Assert.Equal(0, Measure(() =>
        {
            for (int round = 0; round < 100; round++)
            {
                Send();
            }
        }));
    }

    private static long Measure(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void DecodeAll(BybitDecoder decoder, RecordBuffer batch, List<byte[]> frames, bool plant)
    {
        foreach (byte[] frame in frames)
        {
            batch.Clear();
            if (decoder.Decode(new Frame { Bytes = frame }, batch).Outcome == DecodeOutcome.Rejected)
            {
                throw new InvalidOperationException(Encoding.UTF8.GetString(frame));
            }
        }

        if (plant)
        {
            GC.KeepAlive(new object());
        }
    }
}
