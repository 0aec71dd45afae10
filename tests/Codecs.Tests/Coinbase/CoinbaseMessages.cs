using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Coinbase;

/// <summary>Takes batches apart, checking what holds for every batch.</summary>
internal static class CoinbaseMessages
{
    /// <summary>All that stands between a first and a last record; definitions are handed to <paramref name="learn"/> as well.</summary>
    public static List<Record[]> Split(ReadOnlySpan<Record> records, Action<Record[]> learn)
    {
        List<Record[]> messages = [];
        int start = 0;
        for (int index = 0; index < records.Length; index++)
        {
            RecordHeader header = records[index].Header;
            Assert.Equal(index == start, header.Has(RecordFlags.FirstInMessage));
            Assert.Equal(records[start].Header.StreamId, header.StreamId);
            Assert.Equal(records[start].Header.ReceivedAtNs, header.ReceivedAtNs);
            Assert.Equal(records[start].Header.Has(RecordFlags.Snapshot), header.Has(RecordFlags.Snapshot));
            if (header.Has(RecordFlags.LastInMessage))
            {
                Record[] message = records[start..(index + 1)].ToArray();
                messages.Add(message);
                if (message[0].Header.Kind is RecordKind.InstrumentDefinition or RecordKind.StreamDefinition)
                {
                    learn(message);
                }

                start = index + 1;
            }
        }

        Assert.Equal(records.Length, start);
        return messages;
    }

    public static (Side Side, long Price, long Quantity)[] Levels(IEnumerable<Record> message) =>
        [.. message.Where(static record => record.Header.Kind == RecordKind.LevelSet).Select(static record => Record.Read<LevelSet>(record))
            .Select(static level => (level.Header.Side, level.PriceTicks, level.QuantityLots))];
}
