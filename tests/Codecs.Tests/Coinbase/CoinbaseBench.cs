using System.Runtime.InteropServices;
using System.Text;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Coinbase;

/// <summary>A decoder of either of Coinbase's feeds with its batch, for tests that send it frame after frame.</summary>
internal sealed class CoinbaseBench(Venue venue = Venue.Coinbase, DecoderOptions? options = null) : IDisposable
{
    public const long ReceivedAtNs = 1_618_677_817_061_845_000;

    public IVenueDecoder Decoder { get; } = CodecFactory.Create(venue, options);

    public RecordBuffer Batch { get; } = new();

    public DecodeResult Send(string frame, string symbolHint = "", ushort connection = 0) => Send(Encoding.UTF8.GetBytes(frame), symbolHint, connection);

    public DecodeResult Send(ReadOnlySpan<byte> frame, string symbolHint = "", ushort connection = 0)
    {
        Batch.Clear();
        DecodeResult result = Decoder.Decode(
            new Frame { Bytes = frame, ReceivedAtNs = ReceivedAtNs, Symbol = Encoding.UTF8.GetBytes(symbolHint), Connection = connection }, Batch);
        if (result.Outcome == DecodeOutcome.Records)
        {
            Assert.NotEqual(0, Batch.Count);
        }
        else if (result.Outcome == DecodeOutcome.Rejected)
        {
            Assert.Equal(0, Batch.Count);
            Assert.NotEqual(RejectReason.None, result.Reason);
        }

        return result;
    }

    /// <summary>Everything a frame becomes, whatever its outcome, as bytes.</summary>
    public byte[] Bytes(string frame, string symbolHint = "", ushort connection = 0)
    {
        DecodeResult result = Send(frame, symbolHint, connection);
        Assert.True(result.Outcome != DecodeOutcome.Rejected, $"{result}: {frame}");
        return MemoryMarshal.AsBytes((ReadOnlySpan<Record>)Batch.Records).ToArray();
    }

    /// <summary>The messages that a frame becomes, without definitions and connection records.</summary>
    public Record[][] Messages(string frame, string symbolHint = "", ushort connection = 0)
    {
        Bytes(frame, symbolHint, connection);
        return [.. CoinbaseMessages.Split(Batch.Records, static _ => { }).Where(static message => message[0].Header.Kind == RecordKind.MessageBegin)];
    }

    /// <summary>The one message that a frame becomes.</summary>
    public Record[] Message(string frame, string symbolHint = "", ushort connection = 0) => Assert.Single(Messages(frame, symbolHint, connection));

    /// <summary>Sends a frame that must be rejected.</summary>
    public void Rejects(string frame, RejectReason reason, int faultByte = -1, uint streamId = 0)
    {
        DecodeResult result = Send(frame);
        Assert.Equal((DecodeOutcome.Rejected, reason, streamId), (result.Outcome, result.Reason, result.StreamId));
        if (faultByte >= 0)
        {
            Assert.Equal(faultByte, result.FaultByte);
        }
    }

    public void Dispose() => Batch.Dispose();
}
