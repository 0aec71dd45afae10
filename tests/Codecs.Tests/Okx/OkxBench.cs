using System.Runtime.InteropServices;
using System.Text;
using Lob.Fast.Codecs.Okx;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Okx;

/// <summary>A decoder with its batch, for tests that send it frame after frame.</summary>
internal sealed class OkxBench : IDisposable
{
    public const long ReceivedAtNs = 1_785_096_000_200_000_000;

    public OkxBench(string? symbol = "BTC-USDT", Func<string?>? resolver = null, MismatchPolicy onMismatch = MismatchPolicy.Resync) =>
        Decoder = new OkxDecoder(new DecoderOptions { DefaultSymbol = symbol, SymbolResolver = resolver, OnChecksumMismatch = onMismatch });

    public OkxDecoder Decoder { get; }

    public RecordBuffer Batch { get; } = new();

    public DecodeResult Send(string frame, string symbolHint = "") => Send(Encoding.UTF8.GetBytes(frame), symbolHint);

    public DecodeResult Send(ReadOnlySpan<byte> frame, string symbolHint = "")
    {
        Batch.Clear();
        DecodeResult result = Decoder.Decode(new Frame { Bytes = frame, ReceivedAtNs = ReceivedAtNs, Symbol = Encoding.UTF8.GetBytes(symbolHint) }, Batch);
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

    /// <summary>Sends a frame that must become one message, and returns it without the definitions before it.</summary>
    public Record[] Message(string frame) => Assert.Single(Messages(frame));

    /// <summary>Sends a frame that must become records, and returns its messages without the definitions.</summary>
    public List<Record[]> Messages(string frame)
    {
        Records(frame);
        return OkxMessages.Split(Batch, static _ => { });
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
