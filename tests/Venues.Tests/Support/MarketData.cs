using System.Runtime.InteropServices;
using System.Text;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Reading;
using Record = Lob.Fast.Engine.Records.Record;

namespace Lob.Fast.Venues.Tests.Support;

/// <summary>
/// The market data of a journal, stream by stream, without what differs by nature between a live run and a replay: receive times, the numbers of streams
/// and connections, and the decimals that integers are held at, which grow as finer numbers come in on any stream of an instrument.
/// </summary>
public static class MarketData
{
    private const int CandleSlot = 1;
    private const int CandleTakerSlot = 3;

    /// <summary>The messages of each stream, as hexadecimal text, in order.</summary>
    public static SortedDictionary<string, List<string>> Of(string journal)
    {
        SortedDictionary<string, List<string>> streams = new(StringComparer.Ordinal);
        Dictionary<uint, InstrumentDefinition> instruments = [];
        Dictionary<uint, string> symbols = [];
        Dictionary<uint, (string Name, uint Instrument)> names = [];
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
                    instruments[instrument.InstrumentId] = instrument;
                    symbols[instrument.InstrumentId] = $"{instrument.Venue.ToName()} {Record.Read<InstrumentSymbol>(message[1]).Symbol}";
                    break;
                case RecordKind.StreamDefinition:
                    StreamDefinition stream = Record.Read<StreamDefinition>(message[0]);
                    string of = symbols.GetValueOrDefault(stream.InstrumentId, "");
                    names[stream.Header.StreamId] = ($"{of} {Record.Read<StreamChannel>(message[1]).Channel}", stream.InstrumentId);
                    break;
                case RecordKind.MessageBegin:
                    (string name, uint instrumentId) = names[message[0].Header.StreamId];
                    if (!streams.TryGetValue(name, out List<string>? messages))
                    {
                        streams.Add(name, messages = []);
                    }

                    messages.Add(Text(message, instruments.GetValueOrDefault(instrumentId)));
                    break;
                default:
                    break;
            }
        }

        return streams;
    }

    private static string Text(ReadOnlySpan<Record> message, in InstrumentDefinition instrument)
    {
        Record[] copy = message.ToArray();
        Record.As<MessageBegin>(ref copy[0]).Connection = 0;
        StringBuilder text = new();
        for (int i = 0; i < copy.Length; i++)
        {
            ref Record record = ref copy[i];
            record.Header.ReceivedAtNs = 0;
            record.Header.StreamId = 0;
            record.Header.Flags &= ~RecordFlags.TimeFromVenue;
            Span<long> body = MemoryMarshal.Cast<byte, long>(MemoryMarshal.AsBytes(new Span<Record>(ref record)))[3..];
            (int prices, int quantityAt) = (record.Header.Kind, i) switch
            {
                (RecordKind.LevelSet or RecordKind.Quote or RecordKind.Trade, _) when !record.Header.Has(RecordFlags.Continued) => (1, 1),
                (RecordKind.Candle, CandleSlot) => (4, 4),
                (RecordKind.Candle, CandleTakerSlot) => (0, 0),
                _ => (0, -1),
            };
            for (int field = 0; field < prices; field++)
            {
                Take(ref body[field], instrument.PriceDecimals);
            }

            if (quantityAt >= 0)
            {
                Take(ref body[quantityAt], instrument.QuantityDecimals);
            }

            _ = text.Append(Convert.ToHexString(MemoryMarshal.AsBytes(new ReadOnlySpan<Record>(in record)))).Append(' ');
        }

        return text.ToString();

        void Take(ref long field, int decimals)
        {
            _ = text.Append(DecimalText.FormatShort(field, decimals)).Append(' ');
            field = 0;
        }
    }
}
