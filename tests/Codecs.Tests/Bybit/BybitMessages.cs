using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Bybit;

/// <summary>Takes batches apart.</summary>
internal static class BybitMessages
{
    public delegate void Learn(ReadOnlySpan<Record> definition);

    /// <summary>The market-data messages of a batch; its definitions go to <paramref name="learn"/>.</summary>
    public static List<Record[]> Split(RecordBuffer batch, Learn learn)
    {
        List<Record[]> messages = [];
        ReadOnlySpan<Record> records = batch.Records;
        while (!records.IsEmpty)
        {
            int slots = 1;
            while (!records[slots - 1].Header.Has(RecordFlags.LastInMessage))
            {
                Assert.False(records[slots].Header.Has(RecordFlags.FirstInMessage));
                slots++;
            }

            ReadOnlySpan<Record> message = records[..slots];
            Assert.True(message[0].Header.Has(RecordFlags.FirstInMessage));
            switch (message[0].Header.Kind)
            {
                case RecordKind.MessageBegin:
                    messages.Add(message.ToArray());
                    break;
                case RecordKind.InstrumentDefinition:
                    Assert.Equal(InstrumentDefinition.Slots, slots);
                    learn(message);
                    break;
                default:
                    Assert.Equal((RecordKind.StreamDefinition, StreamDefinition.Slots), (message[0].Header.Kind, slots));
                    learn(message);
                    break;
            }

            records = records[slots..];
        }

        return messages;
    }

    /// <summary>The contract of one market-data message.</summary>
    public static void CheckShape(ReadOnlySpan<Record> message, in Frame frame)
    {
        MessageType type = Record.Read<MessageBegin>(message[0]).Type;
        for (int index = 0; index < message.Length; index++)
        {
            RecordHeader header = message[index].Header;
            bool ownTime = header.Kind is RecordKind.Trade or RecordKind.Candle;
            if (header.StreamId != message[0].Header.StreamId
                || header.StreamId == 0
                || header.ReceivedAtNs != frame.ReceivedAtNs
                || header.VenueTimeNs == 0
                || (!ownTime && header.VenueTimeNs != message[0].Header.VenueTimeNs)
                || header.Has(RecordFlags.Snapshot) != (type == MessageType.BookSnapshot))
            {
                Assert.Fail($"record {index} of {message.Length} at line {frame.Line}: kind {header.Kind}, flags {header.Flags}");
            }
        }
    }
}
