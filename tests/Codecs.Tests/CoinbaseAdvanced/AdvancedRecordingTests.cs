using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Codecs.Tests.CoinbaseAdvanced;

/// <summary>Every frame of the recording of Coinbase Advanced Trade: decoded, or counted under a name, and every one with its number.</summary>
public class AdvancedRecordingTests
{
    private const string Recording = "coinbase/advancedtrade_l2data_btc_eth_20260809.rec.gz";

    [RecordingFact(Recording)]
    public void All_channels_of_2026()
    {
        IVenueDecoder decoder = CodecFactory.Create(Venue.CoinbaseAdvanced);
        Dictionary<(MessageType Type, string Channel), int> counts = [];
        Dictionary<uint, string> channels = [];
        List<int> snapshots = [];
        int levels = 0;
        int connections = 0;
        long number = -1;
        using RecordBuffer batch = new();
        using RecordingReader reader = new([TestSupport.Recordings.PathOf(Recording)]);
        while (reader.TryRead(out RecordedLine line))
        {
            batch.Clear();
            DecodeResult result = decoder.Decode(line.Frame, batch);
            Assert.True(result.Outcome != DecodeOutcome.Rejected, $"line {line.Frame.Line}: {result}");
            number++;
            long previous = Sequence.None;
            connections += batch.Records.ToArray().Count(static record => record.Header.Kind == RecordKind.Connection);
            foreach (Record[] message in Batches.Messages(batch, Learn))
            {
                MessageBegin begin = Record.Read<MessageBegin>(message[0]);
                Assert.Equal((number, previous), (begin.LastSequence, begin.PreviousSequence));
                previous = number;
                (MessageType, string) key = (begin.Type, channels[begin.Header.StreamId]);
                counts[key] = counts.GetValueOrDefault(key) + 1;
                levels += message.Count(static record => record.Header.Kind == RecordKind.LevelSet);
                if (begin.Type == MessageType.BookSnapshot)
                {
                    snapshots.Add(message.Length - 1);
                }
            }

            Assert.Equal(number, previous);
        }

        Assert.Equal(1029, number);
        Assert.Equal(1, connections);
        Assert.Equal([46_000, 23_334], snapshots);
        Assert.Equal(74_193, levels);

        // 160 tickers in 160 frames; 79 trades in 57; candles 2 × 100 and 4; 25 heartbeats, 5 acknowledgements, 2 frames of past trades.
        Assert.Equal(
            [
                ((MessageType.BookDelta, "l2_data"), 773), ((MessageType.BookSnapshot, "l2_data"), 2), ((MessageType.Ticker, "ticker"), 160),
                ((MessageType.Trades, "market_trades"), 79), ((MessageType.Candles, "candles"), 204), ((MessageType.Heartbeat, "heartbeats"), 32),
            ],
            counts.Select(static pair => (pair.Key, pair.Value)).Order());
        Assert.Equal([new("market_trades.snapshot", 2)], decoder.UnknownEvents());
        Assert.Equal([new("subscriptions", 5)], decoder.ControlMessages());

        void Learn(ReadOnlySpan<Record> definition)
        {
            if (definition[0].Header.Kind == RecordKind.StreamDefinition)
            {
                channels[definition[0].Header.StreamId] = Record.Read<StreamChannel>(definition[1]).Channel.ToString();
            }
        }
    }
}
