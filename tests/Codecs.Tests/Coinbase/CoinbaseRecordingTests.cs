using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Codecs.Tests.Coinbase;

/// <summary>Every frame of every recording of Coinbase Exchange: decoded, or counted under a name.</summary>
public class CoinbaseRecordingTests
{
    private const string Level2 = "coinbase/exchange_level2_7products_20210417.rec";
    private const string Full = "coinbase/exchange_full_excerpt_20170625.ndjson";
    private const string Edge = "coinbase/edge_messages_2019-2022.ndjson";

    [RecordingFact(Level2)]
    public void Level2_ticker_and_matches_of_2021()
    {
        IVenueDecoder decoder = CodecFactory.Create(Venue.Coinbase);
        Dictionary<(MessageType Type, string Channel), int> counts = Read(Level2, decoder, out int rejected, out int levels);
        Assert.Equal(0, rejected);
        Assert.Equal(
            [
                ((MessageType.BookDelta, "level2"), 4537), ((MessageType.BookSnapshot, "level2"), 7), ((MessageType.Ticker, "ticker"), 29),
                ((MessageType.Trades, "matches"), 22),
            ],
            counts.Select(static pair => (pair.Key, pair.Value)).Order());
        Assert.Equal([new("last_match", 7)], decoder.UnknownEvents());
        Assert.Equal([new("subscriptions", 3)], decoder.ControlMessages());

        // Every update has one change; the snapshots have the levels that their README counts, sides 152 to 827.
        Assert.Equal(4537 + 4286, levels);
    }

    [RecordingFact(Full)]
    public void Full_of_2017()
    {
        IVenueDecoder decoder = CodecFactory.Create(Venue.Coinbase);
        Dictionary<(MessageType Type, string Channel), int> counts = Read(Full, decoder, out int rejected, out _);
        Assert.Equal(0, rejected);
        Assert.Equal(
            [((MessageType.Heartbeat, "heartbeat"), 1), ((MessageType.Orders, "full"), 19)],
            counts.Select(static pair => (pair.Key, pair.Value)).Order());
        Assert.Empty(decoder.UnknownEvents());
    }

    [RecordingFact(Full)]
    public void Full_counts_the_events_of_each_product_one_by_one()
    {
        using CoinbaseBench bench = new();
        Dictionary<uint, long> last = [];
        foreach (string line in File.ReadLines(TestSupport.Recordings.PathOf(Full)).Skip(1))
        {
            MessageBegin begin = Record.Read<MessageBegin>(bench.Message(line)[0]);
            Assert.Equal(begin.LastSequence, begin.FirstSequence);
            if (last.TryGetValue(begin.Header.StreamId, out long before))
            {
                Assert.Equal(before + 1, begin.LastSequence);
            }

            last[begin.Header.StreamId] = begin.LastSequence;
        }

        Assert.Equal([617133261L, 3419023022L], last.Values.Order());
    }

    [RecordingFact(Edge)]
    public void Single_frames_of_2019_to_2022()
    {
        using CoinbaseBench bench = new();
        List<(DecodeOutcome, RejectReason, string)> found = [];
        foreach (string line in File.ReadLines(TestSupport.Recordings.PathOf(Edge)).Where(static line => line.Length > 0))
        {
            DecodeResult result = bench.Send(line);
            found.Add((result.Outcome, result.Reason, result.Outcome == DecodeOutcome.Rejected ? line[result.FaultByte..][..8] : ""));
        }

        (DecodeOutcome, RejectReason, string) good = (DecodeOutcome.Records, RejectReason.None, "");
        Assert.Equal(
            [
                good, good, good, good,
                (DecodeOutcome.Rejected, RejectReason.ImpossibleValue, "0001-01-"),
                (DecodeOutcome.Rejected, RejectReason.BadNumber, "-10000\"]"),
                good, good, good,
            ],
            found);
    }

    private static Dictionary<(MessageType Type, string Channel), int> Read(string file, IVenueDecoder decoder, out int rejected, out int levels)
    {
        Dictionary<(MessageType, string), int> counts = [];
        Dictionary<uint, string> channels = [];
        using RecordBuffer batch = new();
        using RecordingReader reader = new([TestSupport.Recordings.PathOf(file)]);
        rejected = 0;
        levels = 0;
        while (reader.TryRead(out RecordedLine line))
        {
            batch.Clear();
            rejected += decoder.Decode(line.Frame, batch).Outcome == DecodeOutcome.Rejected ? 1 : 0;
            foreach (Record[] message in Batches.Messages(batch, Learn))
            {
                MessageBegin begin = Record.Read<MessageBegin>(message[0]);
                (MessageType, string) key = (begin.Type, channels[begin.Header.StreamId]);
                counts[key] = counts.GetValueOrDefault(key) + 1;
                levels += message.Count(static record => record.Header.Kind == RecordKind.LevelSet);
            }
        }

        return counts;

        void Learn(ReadOnlySpan<Record> definition)
        {
            if (definition[0].Header.Kind == RecordKind.StreamDefinition)
            {
                channels[definition[0].Header.StreamId] = Record.Read<StreamChannel>(definition[1]).Channel.ToString();
            }
        }
    }
}
