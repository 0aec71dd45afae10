using System.Runtime.InteropServices;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Reading;
using Record = Lob.Fast.Engine.Records.Record;

namespace Lob.Fast.Venues.Tests.Support;

/// <summary>
/// The market data of a journal, stream by stream, without what differs by nature between a live run and a replay: receive times, the numbers of streams
/// and connections.
/// </summary>
public static class MarketData
{
    /// <summary>The messages of each stream, as hexadecimal text, in order.</summary>
    public static SortedDictionary<string, List<string>> Of(string journal)
    {
        SortedDictionary<string, List<string>> streams = new(StringComparer.Ordinal);
        Dictionary<uint, string> instruments = [];
        Dictionary<uint, string> names = [];
        using JournalReader reader = JournalReader.Open(journal);
        using JournalCursor cursor = reader.Read();
        while (cursor.MoveNext())
        {
            if (cursor.IsCheckpoint || cursor.IsDerived)
            {
                continue;
            }

            ReadOnlySpan<Record> message = cursor.Message;
            switch (message[0].Header.Kind)
            {
                case RecordKind.InstrumentDefinition:
                    InstrumentDefinition instrument = Record.Read<InstrumentDefinition>(message[0]);
                    instruments[instrument.InstrumentId] = $"{instrument.Venue.ToName()} {Record.Read<InstrumentSymbol>(message[1]).Symbol}";
                    break;
                case RecordKind.StreamDefinition:
                    StreamDefinition stream = Record.Read<StreamDefinition>(message[0]);
                    names[stream.Header.StreamId] = $"{instruments.GetValueOrDefault(stream.InstrumentId)} {Record.Read<StreamChannel>(message[1]).Channel}";
                    break;
                case RecordKind.MessageBegin:
                    string name = names[message[0].Header.StreamId];
                    if (!streams.TryGetValue(name, out List<string>? messages))
                    {
                        streams.Add(name, messages = []);
                    }

                    messages.Add(Text(message));
                    break;
                default:
                    break;
            }
        }

        return streams;
    }

    private static string Text(ReadOnlySpan<Record> message)
    {
        Record[] copy = message.ToArray();
        foreach (ref Record record in copy.AsSpan())
        {
            record.Header.ReceivedAtNs = 0;
            record.Header.StreamId = 0;
            record.Header.Flags &= ~RecordFlags.TimeFromVenue;
        }

        Record.As<MessageBegin>(ref copy[0]).Connection = 0;
        return Convert.ToHexString(MemoryMarshal.AsBytes<Record>(copy));
    }
}
