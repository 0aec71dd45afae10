using System.Runtime.InteropServices;
using Lob.Fast.Codecs.Binance;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Binance;

/// <summary>A decoder with its batch, for tests that send it frame after frame.</summary>
internal sealed class Bench : IDisposable
{
    public const long ReceivedAtNs = 1_723_161_255_088_169_167;

    public Bench(Venue venue = Venue.BinanceSpot, string? symbol = "BTCUSDT", Func<string?>? resolver = null) =>
        Decoder = new BinanceDecoder(venue, new DecoderOptions { DefaultSymbol = symbol, SymbolResolver = resolver });

    public BinanceDecoder Decoder { get; }

    public RecordBuffer Batch { get; } = new();

    public DecodeResult Send(string frame, string symbolHint = "") => Send(SampleFrames.Bytes(frame), symbolHint);

    public DecodeResult Send(ReadOnlySpan<byte> frame, string symbolHint = "")
    {
        Batch.Clear();
        DecodeResult result = Decoder.Decode(new Frame { Bytes = frame, ReceivedAtNs = ReceivedAtNs, Symbol = SampleFrames.Bytes(symbolHint) }, Batch);
        Assert.Equal(result.Outcome == DecodeOutcome.Records, Batch.Count > 0);
        return result;
    }

    /// <summary>Sends a frame that must become records, and returns all of them as bytes.</summary>
    public byte[] Records(string frame)
    {
        DecodeResult result = Send(frame);
        Assert.True(result.Outcome == DecodeOutcome.Records, $"{result}: {frame}");
        return MemoryMarshal.AsBytes((ReadOnlySpan<Record>)Batch.Records).ToArray();
    }

    /// <summary>Sends a frame that must become records, and returns the message without the definitions before it.</summary>
    public Record[] Message(string frame)
    {
        Records(frame);
        return BinanceMessages.Split(Batch, static _ => { }).ToArray();
    }

    /// <summary>Sends a frame that must be rejected.</summary>
    public void Rejects(string frame, RejectReason reason, int faultByte = -1, uint streamId = 0)
    {
        DecodeResult result = Send(frame);
        Assert.Equal((DecodeOutcome.Rejected, reason), (result.Outcome, result.Reason));
        Assert.Equal(streamId, result.StreamId);
        if (faultByte >= 0)
        {
            Assert.Equal(faultByte, result.FaultByte);
        }
    }

    public void Dispose() => Batch.Dispose();
}
