using System.Text;
using Lob.Fast.Codecs.Bitfinex;
using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Codecs.Tests.Bitfinex;

/// <summary>Every frame of every recording becomes records, or is counted under a name; the counts are the README's.</summary>
public class BitfinexRecordingTests
{
    private const string Pairs = "bitfinex/p0_len100_seqall_7pairs_20210417.rec";
    private const string Checksum = "bitfinex/p0_len25_checksum_xrpbtc.ndjson";
    private const string Orders = "bitfinex/r0_len25_snapshot_2017.json";
    private const string Edge = "bitfinex/edge_messages_2019-2021.ndjson";

    [RecordingFact(Pairs)]
    public void Seven_pairs_of_one_connection()
    {
        BitfinexDecoder decoder = new();
        Dictionary<MessageType, int> messages = [];
        long sequence = 0;
        int heartbeatsOfTheConnection = 0;
        HashSet<uint> books = [];
        Replay(Pairs, decoder, (line, result, batch) =>
        {
            Assert.True(result.Outcome != DecodeOutcome.Rejected, $"line {line.Frame.Line}: {result}");
            foreach (Record[] message in Batches.Split(batch.Records))
            {
                if (message[0].Header.Kind == RecordKind.StreamDefinition)
                {
                    StreamDefinition definition = Record.Read<StreamDefinition>(message[0]);
                    Assert.Equal(ContinuityRule.Connection, definition.Continuity);
                    heartbeatsOfTheConnection += definition.InstrumentId == 0 ? 1 : 0;
                }

                if (message[0].Header.Kind != RecordKind.MessageBegin)
                {
                    continue;
                }

                // One message a number, and every number is there.
                MessageBegin begin = Record.Read<MessageBegin>(message[0]);
                Assert.Equal(++sequence, begin.LastSequence);
                Assert.Equal(Sequence.None, begin.PreviousSequence);
                messages[begin.Type] = messages.GetValueOrDefault(begin.Type) + 1;
                bool isBook = begin.Type is MessageType.BookSnapshot or MessageType.BookDelta;
                Assert.True(!isBook || books.Add(begin.Header.StreamId) == (begin.Type == MessageType.BookSnapshot));
            }
        });
        Assert.Equal(1693 - 23, sequence);
        Assert.Equal(1, heartbeatsOfTheConnection);
        Assert.Equal(7, books.Count);
        Assert.Equal(7, messages[MessageType.BookSnapshot]);
        Assert.Equal(79 + 384 + 17 + 783 + 321 + 0 + 9, messages[MessageType.BookDelta]);
        Assert.Equal(21, messages[MessageType.Ticker]);
        Assert.Equal(12 + 14 + 14 + 2 + 7, messages[MessageType.Heartbeat]);
        Assert.Equal(4, messages.Count);
        Assert.Equal(
            new Dictionary<string, long> { ["info"] = 1, ["conf"] = 1, ["subscribed"] = 21, ["hb of an unknown channel"] = 2 }, decoder.ControlMessages());
        Assert.Equal(new Dictionary<string, long> { ["trades of the past"] = 7 }, decoder.UnknownEvents());
    }

    /// <summary>The checksum of the venue over the texts that the records give back: 18 bids, some in exponent form, and 25 asks.</summary>
    [RecordingFact(Checksum)]
    public void The_venues_checksum_is_that_of_the_records()
    {
        BitfinexDecoder decoder = new();
        SortedDictionary<long, LevelSet> bids = [];
        SortedDictionary<long, LevelSet> asks = [];
        int priceDecimals = 0;
        int quantityDecimals = 0;
        int verified = 0;
        Replay(Checksum, decoder, (line, result, batch) =>
        {
            Assert.True(result.Outcome != DecodeOutcome.Rejected, $"line {line.Frame.Line}: {result}");
            foreach (Record record in batch.Records)
            {
                switch (record.Header.Kind)
                {
                    case RecordKind.InstrumentDefinition when !record.Header.Has(RecordFlags.Continued):
                        InstrumentDefinition definition = Record.Read<InstrumentDefinition>(record);
                        (priceDecimals, quantityDecimals) = (definition.PriceDecimals, definition.QuantityDecimals);
                        break;
                    case RecordKind.LevelSet:
                        LevelSet level = Record.Read<LevelSet>(record);
                        (level.Header.Side == Side.Bid ? bids : asks)[level.PriceTicks] = level;
                        break;
                    case RecordKind.MessageBegin when Record.Read<MessageBegin>(record) is { Type: MessageType.BookChecksum } begin:
                        Assert.Equal(ChecksumPresence.Offered, begin.ChecksumPresence);
                        Assert.Equal(-1175357890, begin.Checksum);
                        string text = ChecksumText([.. bids.Values.Reverse()], [.. asks.Values], priceDecimals, quantityDecimals);
                        Assert.Equal(851, text.Length);
                        Assert.Contains(":0.000001:21000:0.00000145:-2914:7e-7:10000:0.0000015:-54448.5:", text, StringComparison.Ordinal);
                        Assert.Equal(begin.Checksum, (int)Crc32.Of(Encoding.ASCII.GetBytes(text)));
                        verified++;
                        break;
                }
            }
        });
        Assert.Equal((18, 25, 1), (bids.Count, asks.Count, verified));
        Assert.Equal((8, 8), (priceDecimals, quantityDecimals));
        Assert.Equal(12u, bids[110].OrderCount);
    }

    [RecordingFact(Orders)]
    public void A_snapshot_of_orders()
    {
        // The file is one frame without the events around it: whether its rows are orders or levels cannot be told without them.
        BitfinexDecoder decoder = new();
        Replay(Orders, decoder, static (_, result, batch) => Assert.Equal((DecodeOutcome.UnknownEvent, 0), (result.Outcome, batch.Count)));
        Assert.Equal(new Dictionary<string, long> { ["unknown channel"] = 1 }, decoder.UnknownEvents());

        using BitfinexBench bench = new(
            BitfinexSamples.Info, """{"event":"subscribed","channel":"book","chanId":999,"symbol":"tBTCUSD","prec":"R0","freq":"F0","len":"25","pair":"BTCUSD"}""");
        Record[] message = bench.Message(File.ReadAllText(TestSupport.Recordings.PathOf(Orders)));
        MessageBegin begin = Record.Read<MessageBegin>(message[0]);
        Assert.Equal((MessageType.OrderSnapshot, SnapshotLimits.BidsCut | SnapshotLimits.AsksCut), (begin.Type, (SnapshotLimits)begin.Detail));
        OrderOpen[] orders = [.. message[1..].Select(static record => Record.Read<OrderOpen>(record))];
        Assert.Equal(50, orders.Length);
        Assert.Equal(25, orders.Count(static order => new OrderCode(order.Header.Code).Side == Side.Bid));
        Assert.Equal(2567606289, orders[0].OrderIdLow);
        Assert.Equal(50, orders.Select(static order => order.OrderIdLow).Distinct().Count());
        Assert.All(orders, static order => Assert.True(order is { PriceTicks: > 0, QuantityLots: > 0, OrderSequence: Sequence.None }));
    }

    // Single messages of several connections; the words behind the time are the recorder's.
    [RecordingFact(Edge)]
    public void Single_messages()
    {
        BitfinexDecoder decoder = new();
        Dictionary<MessageType, int> messages = [];
        Replay(Edge, decoder, (line, result, batch) =>
        {
            Assert.True(result.Outcome != DecodeOutcome.Rejected, $"line {line.Frame.Line}: {result}");
            foreach (Record record in batch.Records)
            {
                if (record.Header.Kind == RecordKind.MessageBegin)
                {
                    MessageType type = Record.Read<MessageBegin>(record).Type;
                    messages[type] = messages.GetValueOrDefault(type) + 1;
                }
            }
        });

        // Trades: the past, te, tu. Book: snapshot, three changes to it; one heartbeat. The rest has no "subscribed", or is set aside.
        Assert.Equal(
            new Dictionary<MessageType, int>
            {
                [MessageType.Heartbeat] = 3,
                [MessageType.Trades] = 1,
                [MessageType.BookSnapshot] = 1,
                [MessageType.BookDelta] = 3,
            },
            messages);
        Assert.Equal(new Dictionary<string, long> { ["subscribed"] = 6, ["hb of an unknown channel"] = 2 }, decoder.ControlMessages());
        Assert.Equal(
            new Dictionary<string, long>
            {
                ["unknown channel"] = 12,
                ["trades of the past"] = 1,
                ["tu"] = 1,
                ["ticker of funding"] = 1,
                ["status"] = 5,
            },
            decoder.UnknownEvents());
    }

    private static string ChecksumText(LevelSet[] bids, LevelSet[] asks, int priceDecimals, int quantityDecimals)
    {
        const int Depth = 25;
        List<string> parts = [];
        for (int index = 0; index < Depth; index++)
        {
            if (index < bids.Length)
            {
                parts.Add(TextOf(bids[index], ""));
            }

            if (index < asks.Length)
            {
                parts.Add(TextOf(asks[index], "-"));
            }
        }

        return string.Join(':', parts);

        string TextOf(in LevelSet level, string sign) =>
            DecimalText.Format(level.PriceTicks, priceDecimals, level.Header.TextForm.PriceDecimals) + ":"
            + sign + DecimalText.Format(level.QuantityLots, quantityDecimals, level.Header.TextForm.QuantityDecimals);
    }

    private delegate void Check(RecordedLine line, DecodeResult result, RecordBuffer batch);

    private static void Replay(string file, BitfinexDecoder decoder, Check check)
    {
        using RecordingReader reader = new([TestSupport.Recordings.PathOf(file)]);
        using RecordBuffer batch = new();
        while (reader.TryRead(out RecordedLine line))
        {
            batch.Clear();
            check(line, decoder.Decode(line.Frame, batch), batch);
        }
    }
}
