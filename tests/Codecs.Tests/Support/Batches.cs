using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Support;

/// <summary>Takes batches apart, checking what holds for every batch of every decoder.</summary>
internal static class Batches
{
    public delegate void Learn(ReadOnlySpan<Record> definition);

    /// <summary>All that stands between a first and a last record, in order: messages, definitions, connections.</summary>
    public static List<Record[]> Split(ReadOnlySpan<Record> records)
    {
        List<Record[]> parts = [];
        int start = 0;
        for (int index = 0; index < records.Length; index++)
        {
            RecordHeader first = records[start].Header;
            RecordHeader header = records[index].Header;
            if (header.Has(RecordFlags.FirstInMessage) != (index == start)
                || header.StreamId != first.StreamId
                || header.ReceivedAtNs != first.ReceivedAtNs
                || header.Has(RecordFlags.Snapshot) != first.Has(RecordFlags.Snapshot))
            {
                Assert.Fail($"record {index} of {records.Length}: kind {header.Kind}, flags {header.Flags}");
            }

            if (header.Has(RecordFlags.LastInMessage))
            {
                parts.Add(records[start..(index + 1)].ToArray());
                start = index + 1;
            }
        }

        Assert.Equal(records.Length, start);
        return parts;
    }

    /// <summary>The messages of a batch; its definitions go to <paramref name="learn"/>.</summary>
    public static List<Record[]> Messages(RecordBuffer batch, Learn? learn = null)
    {
        List<Record[]> messages = [];
        foreach (Record[] part in Split(batch.Records))
        {
            RecordKind kind = part[0].Header.Kind;
            if (kind == RecordKind.MessageBegin)
            {
                messages.Add(part);
            }
            else if (kind != RecordKind.Connection)
            {
                CheckDefinition(part);
                learn?.Invoke(part);
            }
        }

        return messages;
    }

    /// <summary>The contract of one market-data message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="frame">The frame that became it.</param>
    /// <param name="itemsHaveTimes">Whether every trade and candle tells its own time, and every message has one.</param>
    public static void CheckShape(ReadOnlySpan<Record> message, in Frame frame, bool itemsHaveTimes = false)
    {
        bool isSnapshot = Record.Read<MessageBegin>(message[0]).Type == MessageType.BookSnapshot;
        for (int index = 0; index < message.Length; index++)
        {
            RecordHeader header = message[index].Header;
            bool ownTime = itemsHaveTimes && header.Kind is (RecordKind.Trade or RecordKind.Candle);
            if (header.Has(RecordFlags.FirstInMessage) != (index == 0)
                || header.Has(RecordFlags.LastInMessage) != (index == message.Length - 1)
                || header.StreamId != message[0].Header.StreamId
                || header.StreamId == 0
                || header.ReceivedAtNs != frame.ReceivedAtNs
                || (itemsHaveTimes && header.VenueTimeNs == 0)
                || (!ownTime && header.VenueTimeNs != message[0].Header.VenueTimeNs)
                || header.Has(RecordFlags.Snapshot) != isSnapshot)
            {
                Assert.Fail($"record {index} of {message.Length} at line {frame.Line}: kind {header.Kind}, flags {header.Flags}");
            }
        }
    }

    private static void CheckDefinition(ReadOnlySpan<Record> definition)
    {
        RecordKind kind = definition[0].Header.Kind;
        Assert.True(kind is RecordKind.InstrumentDefinition or RecordKind.StreamDefinition, $"{kind}");
        Assert.Equal(kind == RecordKind.InstrumentDefinition ? InstrumentDefinition.Slots : StreamDefinition.Slots, definition.Length);
        foreach (ref readonly Record slot in definition[1..])
        {
            Assert.True(slot.Header.Has(RecordFlags.Continued));
            Assert.Equal(kind, slot.Header.Kind);
        }
    }
}
