using System.Runtime.InteropServices;
using System.Text;
using Lob.Fast.Engine.Pipeline;
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
        using Pair pair = new(Venue.BinanceUsdM);
        foreach (string sample in samples)
        {
            byte[] frame = Encoding.ASCII.GetBytes(sample);
            for (int round = 0; round < 3; round++)
            {
                pair.Decode(frame);
            }

            for (int at = 0; at < frame.Length; at++)
            {
                pair.Decode(frame.AsSpan(0, at));
                foreach (byte other in "0\"-}]a\u0001\\ "u8)
                {
                    byte[] changed = [.. frame];
                    changed[at] = other;
                    pair.Decode(changed);
                }
            }
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
        using Pair pair = new(Venue.BinanceSpot);
        for (int round = 0; round < 3; round++)
        {
            pair.Decode(Encoding.UTF8.GetBytes(SampleFrames.SpotTrade));
            pair.Decode(Encoding.UTF8.GetBytes(text));
        }
    }

    private static void Compare(Venue venue, string recording, int seed)
    {
        Random random = new(seed);
        using Pair pair = new(venue);
        using Codecs.Recordings.RecordingReader reader = new([TestSupport.Recordings.PathOf(recording)]);
        while (reader.TryRead(out Codecs.Recordings.RecordedLine line))
        {
            byte[] frame = line.Frame.Bytes.ToArray();
            pair.Decode(frame);
            byte[] damaged = [.. frame];
            damaged[random.Next(frame.Length)] = (byte)random.Next(256);
            pair.Decode(damaged);
        }

        Assert.InRange(pair.Taken, 100, int.MaxValue);
    }

    private sealed class Pair(Venue venue) : IDisposable
    {
        private readonly IVenueDecoder _decoder = CodecFactory.Create(venue, new DecoderOptions { DefaultSymbol = "BTCUSDT" });
        private readonly IVenueDecoder _byField = CodecFactory.Create(venue, new DecoderOptions { DefaultSymbol = "BTCUSDT" });
        private readonly RecordBuffer _records = new();
        private readonly RecordBuffer _recordsByField = new();

        public void Dispose()
        {
            _records.Dispose();
            _recordsByField.Dispose();
        }

        // Frames that became records.
        public int Taken { get; private set; }

        public void Decode(ReadOnlySpan<byte> bytes)
        {
            _records.Clear();
            _recordsByField.Clear();
            DecodeResult result = _decoder.Decode(new Frame { Bytes = bytes, ReceivedAtNs = Bench.ReceivedAtNs }, _records);
            byte[] moved = [(byte)' ', .. bytes];
            DecodeResult expected = _byField.Decode(new Frame { Bytes = moved, ReceivedAtNs = Bench.ReceivedAtNs }, _recordsByField);
            Assert.Equal((expected.Outcome, expected.Reason, expected.StreamId), (result.Outcome, result.Reason, result.StreamId));
            if (result.Outcome == DecodeOutcome.Rejected && result.FaultByte != 0)
            {
                Assert.Equal(expected.FaultByte, result.FaultByte + 1);
            }

            Assert.True(MemoryMarshal.AsBytes(_recordsByField.Records).SequenceEqual(MemoryMarshal.AsBytes(_records.Records)), Encoding.UTF8.GetString(bytes));
            Taken += result.Outcome == DecodeOutcome.Records ? 1 : 0;
        }
    }
}
