using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Bitfinex;

/// <summary>A decoder of Bitfinex that has met some frames already.</summary>
internal sealed class BitfinexBench : DecoderBench
{
    public const long ReceivedAtNs = 1_618_677_543_831_630_000;

    public BitfinexBench(DecoderOptions? options = null, params string[] frames) : base(CodecFactory.Create(Venue.Bitfinex, options), ReceivedAtNs)
    {
        foreach (string frame in frames)
        {
            Accepts(frame);
        }
    }

    public BitfinexBench(params string[] frames) : this(null, frames)
    {
    }

    protected override bool ControlMayHoldMessages => true;

    /// <summary>Sends a frame that must not be rejected, and returns its whole messages, definitions among them.</summary>
    public List<Record[]> Accepts(string frame, DecodeOutcome? outcome = null, ushort connection = 0)
    {
        DecodeResult result = Send(frame, connection: connection);
        Assert.True(result.Outcome != DecodeOutcome.Rejected, $"{result}: {frame}");
        if (outcome is not null)
        {
            Assert.Equal(outcome, result.Outcome);
        }

        return Batches.Split(Batch.Records);
    }

    /// <summary>Sends a frame that must become one message, and returns it without the definitions before it.</summary>
    public Record[] Message(string frame, DecodeOutcome outcome = DecodeOutcome.Records, ushort connection = 0) =>
        Assert.Single(Accepts(frame, outcome, connection), static message => message[0].Header.Kind == RecordKind.MessageBegin);

    /// <summary>Sends a frame that must be rejected, where the last <paramref name="faultAt"/> in it stands.</summary>
    public void Rejects(string frame, RejectReason reason, string? faultAt = null, uint streamId = 0, ushort connection = 0) =>
        Rejects(frame, reason, faultAt is null ? -1 : frame.LastIndexOf(faultAt, StringComparison.Ordinal), streamId, connection);
}
