using System.Runtime.InteropServices;
using System.Text;
using Lob.Fast.Codecs.Bitfinex;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Bitfinex;

/// <summary>A decoder with its batch, for tests that send it frame after frame.</summary>
internal sealed class BitfinexBench : IDisposable
{
    public const long ReceivedAtNs = 1_618_677_543_831_630_000;

    public BitfinexBench(DecoderOptions? options = null, params string[] frames)
    {
        Decoder = new BitfinexDecoder(options);
        foreach (string frame in frames)
        {
            Accepts(frame);
        }
    }

    public BitfinexBench(params string[] frames) : this(null, frames)
    {
    }

    public BitfinexDecoder Decoder { get; }

    public RecordBuffer Batch { get; } = new();

    public DecodeResult Send(string frame, ushort connection = 0) => Send(Encoding.UTF8.GetBytes(frame), connection);

    public DecodeResult Send(ReadOnlySpan<byte> frame, ushort connection = 0)
    {
        Batch.Clear();
        DecodeResult result = Decoder.Decode(new Frame { Bytes = frame, ReceivedAtNs = ReceivedAtNs, Connection = connection }, Batch);
        Assert.True(result.Outcome != DecodeOutcome.Records || Batch.Count > 0);
        Assert.True(result.Outcome != DecodeOutcome.Rejected || Batch.Count == 0);
        return result;
    }

    /// <summary>Sends a frame that must not be rejected, and returns its whole messages, definitions among them.</summary>
    public List<Record[]> Accepts(string frame, DecodeOutcome? outcome = null, ushort connection = 0)
    {
        DecodeResult result = Send(frame, connection);
        Assert.True(result.Outcome != DecodeOutcome.Rejected, $"{result}: {frame}");
        if (outcome is not null)
        {
            Assert.Equal(outcome, result.Outcome);
        }

        return Split(Batch.Records);
    }

    /// <summary>Sends a frame that must become one message, and returns it without the definitions before it.</summary>
    public Record[] Message(string frame, DecodeOutcome outcome = DecodeOutcome.Records, ushort connection = 0) =>
        Assert.Single(Accepts(frame, outcome, connection), static message => message[0].Header.Kind == RecordKind.MessageBegin);

    /// <summary>Everything the frame became, as bytes.</summary>
    public byte[] Bytes(string frame)
    {
        Accepts(frame);
        return MemoryMarshal.AsBytes((ReadOnlySpan<Record>)Batch.Records).ToArray();
    }

    /// <summary>Sends a frame that must be rejected.</summary>
    public void Rejects(string frame, RejectReason reason, string? faultAt = null, uint streamId = 0, ushort connection = 0)
    {
        DecodeResult result = Send(frame, connection);
        Assert.Equal((DecodeOutcome.Rejected, reason), (result.Outcome, result.Reason));
        Assert.Equal(streamId, result.StreamId);
        if (faultAt is not null)
        {
            Assert.Equal(frame.LastIndexOf(faultAt, StringComparison.Ordinal), result.FaultByte);
        }
    }

    public void Dispose() => Batch.Dispose();

    /// <summary>Takes a batch apart where messages end.</summary>
    public static List<Record[]> Split(ReadOnlySpan<Record> records)
    {
        List<Record[]> messages = [];
        int start = 0;
        for (int index = 0; index < records.Length; index++)
        {
            Assert.Equal(index == start, records[index].Header.Has(RecordFlags.FirstInMessage));
            Assert.Equal(ReceivedAtNsOf(records[start]), ReceivedAtNsOf(records[index]));
            if (records[index].Header.Has(RecordFlags.LastInMessage))
            {
                messages.Add(records[start..(index + 1)].ToArray());
                start = index + 1;
            }
        }

        Assert.Equal(records.Length, start);
        return messages;
    }

    private static long ReceivedAtNsOf(in Record record) => record.Header.ReceivedAtNs;
}
