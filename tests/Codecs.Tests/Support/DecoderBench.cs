using System.Runtime.InteropServices;
using System.Text;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Support;

/// <summary>A decoder with its batch, for tests that send it frame after frame.</summary>
/// <param name="decoder">The decoder.</param>
/// <param name="receivedAtNs">When every frame is said to have arrived.</param>
internal abstract class DecoderBench(IVenueDecoder decoder, long receivedAtNs) : IDisposable
{
    public IVenueDecoder Decoder { get; } = decoder;

    public RecordBuffer Batch { get; } = new();

    public DecodeResult Send(string frame, string symbolHint = "", ushort connection = 0) => Send(Encoding.UTF8.GetBytes(frame), symbolHint, connection);

    public DecodeResult Send(ReadOnlySpan<byte> frame, string symbolHint = "", ushort connection = 0)
    {
        DecodeResult result = Decode(frame, Encoding.UTF8.GetBytes(symbolHint), connection);
        if (result.Outcome == DecodeOutcome.Records)
        {
            Assert.NotEqual(0, Batch.Count);
        }
        else if (result.Outcome == DecodeOutcome.Rejected)
        {
            Assert.Equal(0, Batch.Count);
            Assert.NotEqual(RejectReason.None, result.Reason);
        }
        else if (!ControlMayHoldMessages)
        {
            Assert.Equal(0, Batch.Count);
        }

        return result;
    }

    /// <summary>Sends a frame without a check and, of itself, without an allocation.</summary>
    public DecodeResult Decode(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> symbolHint = default, ushort connection = 0)
    {
        Batch.Clear();
        return Decoder.Decode(new Frame { Bytes = frame, ReceivedAtNs = receivedAtNs, Symbol = symbolHint, Connection = connection }, Batch);
    }

    /// <summary>Sends a frame that must not be rejected, and returns all that it becomes, as bytes.</summary>
    public byte[] Bytes(string frame, string symbolHint = "", ushort connection = 0)
    {
        DecodeResult result = Send(frame, symbolHint, connection);
        Assert.True(result.Outcome != DecodeOutcome.Rejected, $"{result}: {frame}");
        return MemoryMarshal.AsBytes((ReadOnlySpan<Record>)Batch.Records).ToArray();
    }

    /// <summary>Sends a frame that must become records, and returns all of them as bytes.</summary>
    public byte[] Records(string frame, string symbolHint = "", ushort connection = 0)
    {
        DecodeResult result = Send(frame, symbolHint, connection);
        Assert.True(result.Outcome == DecodeOutcome.Records, $"{result}: {frame}");
        return MemoryMarshal.AsBytes((ReadOnlySpan<Record>)Batch.Records).ToArray();
    }

    /// <summary>Sends a frame that must become messages, and returns them without definitions and connections.</summary>
    public List<Record[]> Messages(string frame, string symbolHint = "", ushort connection = 0)
    {
        _ = ControlMayHoldMessages ? Bytes(frame, symbolHint, connection) : Records(frame, symbolHint, connection);
        return Batches.Messages(Batch);
    }

    /// <summary>Sends a frame that must become one message, and returns it without what stands before it.</summary>
    public Record[] Message(string frame, string symbolHint = "", ushort connection = 0) => Assert.Single(Messages(frame, symbolHint, connection));

    /// <summary>Sends a frame that must be rejected.</summary>
    public void Rejects(string frame, RejectReason reason, int faultByte = -1, uint streamId = 0, ushort connection = 0)
    {
        DecodeResult result = Send(frame, connection: connection);
        Assert.Equal((DecodeOutcome.Rejected, reason, streamId), (result.Outcome, result.Reason, result.StreamId));
        if (faultByte >= 0)
        {
            Assert.Equal(faultByte, result.FaultByte);
        }
    }

    public void Dispose() => Batch.Dispose();

    /// <summary>Whether acknowledgements and unknown events may become messages too, as where a connection counts its frames.</summary>
    protected virtual bool ControlMayHoldMessages => false;
}
