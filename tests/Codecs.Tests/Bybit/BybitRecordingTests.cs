using Lob.Fast.Codecs.Bybit;
using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Codecs.Tests.Bybit;

/// <summary>Every frame of every recording: decoded, or counted under a name, in the numbers that the README of the recordings gives.</summary>
public class BybitRecordingTests
{
    private const string Linear = "bybit/linear_orderbook200_4symbols_20260809.rec";
    private const string Spot = "bybit/spot_orderbook50_btcusdt_20260824.ndjson";
    private const string Archive = "bybit/xrpusdt_orderbook500_20241201.ndjson";
    private const string Edge = "bybit/edge_messages_v5_2023-2025.ndjson";

    [RecordingTheory(Linear, Spot, Archive)]
    [InlineData(Linear, Venue.BybitLinear, 4, 413 + 420 + 382 + 379, 758, 102, 71, 17)]
    [InlineData(Spot, Venue.BybitSpot, 1, 8, 0, 0, 0, 1)]
    [InlineData(Archive, Venue.BybitLinear, 1, 49, 0, 0, 0, 0)]
    public void Every_frame_decodes(string file, Venue venue, int snapshots, int deltas, int tickers, int trades, int candles, int subscriptions)
    {
        using RecordingReader reader = new([TestSupport.Recordings.PathOf(file)]);
        using RecordBuffer batch = new();
        BybitDecoder decoder = new(venue);
        Dictionary<MessageType, int> counts = [];
        Dictionary<uint, long> lastIds = [];
        while (reader.TryRead(out RecordedLine line))
        {
            batch.Clear();
            DecodeResult result = decoder.Decode(line.Frame, batch);
            Assert.True(result.Outcome is DecodeOutcome.Records or DecodeOutcome.Control, $"line {line.Frame.Line}: {result}");
            foreach (Record[] message in Batches.Messages(batch))
            {
                Batches.CheckShape(message, line.Frame, itemsHaveTimes: true);
                MessageBegin begin = Record.Read<MessageBegin>(message[0]);
                counts[begin.Type] = counts.GetValueOrDefault(begin.Type) + 1;
                if (begin.Type is MessageType.BookDelta or MessageType.BookSnapshot)
                {
                    if (begin.Type == MessageType.BookDelta)
                    {
                        Assert.Equal(lastIds[begin.Header.StreamId] + 1, begin.FirstSequence);
                    }

                    Assert.Equal(begin.FirstSequence, begin.LastSequence);
                    Assert.NotEqual(Sequence.None, begin.PreviousSequence);
                    Assert.NotEqual(0, begin.MatchingTimeNs);
                    lastIds[begin.Header.StreamId] = begin.LastSequence;
                }
            }
        }

        Assert.Equal(
            (snapshots, deltas, tickers, trades, candles),
            (counts.GetValueOrDefault(MessageType.BookSnapshot), counts.GetValueOrDefault(MessageType.BookDelta), counts.GetValueOrDefault(MessageType.Ticker),
                counts.GetValueOrDefault(MessageType.Trades), counts.GetValueOrDefault(MessageType.Candles)));
        Assert.Equal(subscriptions, decoder.ControlMessages().GetValueOrDefault("subscribe"));
        Assert.Equal(subscriptions, decoder.ControlMessages().Values.Sum());
        Assert.Empty(decoder.UnknownEvents());
    }

    // Lines 1 to 13 came from futures, 14 to 20 from spot, the rest from options, which this decoder is not made for.
    [RecordingFact(Edge)]
    public void Single_frames_of_several_years()
    {
        using RecordBuffer batch = new();
        BybitDecoder futures = new(Venue.BybitLinear);
        BybitDecoder spot = new(Venue.BybitSpot);
        string[] found = [.. File.ReadLines(TestSupport.Recordings.PathOf(Edge)).Select((frame, index) =>
        {
            batch.Clear();
            BybitDecoder decoder = index is > 12 and < 20 ? spot : futures;
            DecodeResult result = decoder.Decode(new Frame { Bytes = System.Text.Encoding.UTF8.GetBytes(frame), ReceivedAtNs = 1 }, batch);
            Assert.Equal(result.Outcome == DecodeOutcome.Records, batch.Count > 0);
            return result.Outcome == DecodeOutcome.Records
                ? string.Join('+', Batches.Messages(batch).Select(static message => $"{Record.Read<MessageBegin>(message[0]).Type} {message.Length - 1}"))
                : result.Outcome == DecodeOutcome.Rejected ? result.Reason.ToString() : result.Outcome.ToString();
        })];
        Assert.Equal(
            [
                "Trades 3", "Trades 1", "BookSnapshot 2", "BookDelta 1", "BookSnapshot 2", "BookDelta 2", "Ticker 2", "Ticker 2", "Ticker 2", "Ticker 2",
                "Ticker 2", "BookDelta 4", "UnknownEvent",
                "Trades 4", "Trades 1", "BookSnapshot 2", "BookDelta 1", "BookSnapshot 2", "BookDelta 3",
                "SymbolMismatch", "BookSnapshot 0", "BookSnapshot 2", "BookDelta 2", "Ticker 0", "Ticker 0",
            ],
            found);
        Assert.Equal("allLiquidation", Assert.Single(futures.UnknownEvents()).Key);
    }
}
