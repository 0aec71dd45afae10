using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Okx;

/// <summary>Takes batches apart.</summary>
internal static class OkxMessages
{
    public delegate void Learn(ReadOnlySpan<Record> definition);

    /// <summary>Hands the definitions in a batch to <paramref name="learn"/> and returns the messages.</summary>
    public static List<Record[]> Split(RecordBuffer batch, Learn learn)
    {
        List<Record[]> messages = [];
        ReadOnlySpan<Record> records = batch.Records;
        while (!records.IsEmpty)
        {
            int length = 1;
            while (!records[length - 1].Header.Has(RecordFlags.LastInMessage))
            {
                length++;
            }

            ReadOnlySpan<Record> message = records[..length];
            Assert.True(message[0].Header.Has(RecordFlags.FirstInMessage));
            if (message[0].Header.Kind == RecordKind.MessageBegin)
            {
                messages.Add(message.ToArray());
            }
            else
            {
                Assert.Equal(message[0].Header.Kind == RecordKind.InstrumentDefinition ? InstrumentDefinition.Slots : StreamDefinition.Slots, length);
                learn(message);
            }

            records = records[length..];
        }

        return messages;
    }

    /// <summary>The contract of one market-data message.</summary>
    public static void CheckShape(ReadOnlySpan<Record> message, in Frame frame)
    {
        for (int index = 0; index < message.Length; index++)
        {
            RecordHeader header = message[index].Header;
            if (header.Has(RecordFlags.FirstInMessage) != (index == 0)
                || header.Has(RecordFlags.LastInMessage) != (index == message.Length - 1)
                || header.StreamId != message[0].Header.StreamId
                || header.StreamId == 0
                || header.ReceivedAtNs != frame.ReceivedAtNs
                || header.VenueTimeNs != message[0].Header.VenueTimeNs
                || header.Has(RecordFlags.Snapshot) != (Record.Read<MessageBegin>(message[0]).Type == MessageType.BookSnapshot))
            {
                Assert.Fail($"record {index} of {message.Length} at line {frame.Line}: kind {header.Kind}, flags {header.Flags}");
            }
        }
    }
}
