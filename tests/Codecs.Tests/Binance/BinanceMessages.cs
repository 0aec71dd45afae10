using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Binance;

/// <summary>Takes batches apart.</summary>
internal static class BinanceMessages
{
    public delegate void Learn(ReadOnlySpan<Record> definition);

    /// <summary>Hands the definitions at the front of a batch to <paramref name="learn"/> and returns the message behind them.</summary>
    public static ReadOnlySpan<Record> Split(RecordBuffer batch, Learn learn)
    {
        ReadOnlySpan<Record> records = batch.Records;
        while (records[0].Header.Kind != RecordKind.MessageBegin)
        {
            int slots = records[0].Header.Kind == RecordKind.InstrumentDefinition ? InstrumentDefinition.Slots : StreamDefinition.Slots;
            ReadOnlySpan<Record> definition = records[..slots];
            Assert.True(definition[0].Header.Has(RecordFlags.FirstInMessage));
            Assert.True(definition[^1].Header.Has(RecordFlags.LastInMessage));
            for (int index = 1; index < slots; index++)
            {
                Assert.True(definition[index].Header.Has(RecordFlags.Continued));
                Assert.Equal(definition[0].Header.Kind, definition[index].Header.Kind);
            }

            learn(definition);
            records = records[slots..];
        }

        return records;
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
