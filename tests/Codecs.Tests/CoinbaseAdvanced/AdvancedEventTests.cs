using Lob.Fast.Codecs.Tests.Coinbase;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.CoinbaseAdvanced;

/// <summary>What each kind of frame of Coinbase Advanced Trade becomes, field by field.</summary>
public class AdvancedEventTests
{
    private static readonly long Second = new DateTimeOffset(2026, 8, 9, 21, 5, 48, TimeSpan.Zero).ToUnixTimeSeconds() * 1_000_000_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_snapshot(int times)
    {
        using CoinbaseBench bench = new(Venue.CoinbaseAdvanced);
        Record[] message = [];
        for (int time = 0; time < times; time++)
        {
            message = bench.Message(AdvancedSamples.Snapshot);
        }

        MessageBegin begin = Record.Read<MessageBegin>(message[0]);
        Assert.Equal((MessageType.BookSnapshot, 13, Sequence.None, Sequence.None), (begin.Type, begin.LastSequence, begin.FirstSequence, begin.PreviousSequence));
        Assert.Equal((Second + 483_587_501, Second + 170_326_000), (begin.Header.VenueTimeNs, begin.MatchingTimeNs));
        Assert.Equal(
            [(Side.Bid, 6508366, 20371215), (Side.Bid, 6508320, 2244516), (Side.Bid, 6508275, 154600), (Side.Ask, 6508367, 24290402), (Side.Ask, 6508400, 100000000)],
            CoinbaseMessages.Levels(message));
        Assert.All(message[1..], static level => Assert.Equal(Second + 170_326_000, level.Header.VenueTimeNs));
        Assert.Equal(
            [TextForm.Of(2, 8), TextForm.Of(1, 8), TextForm.Of(2, 6), TextForm.Of(2, 8), TextForm.Of(0, 0)], message[1..].Select(static level => level.Header.TextForm));
    }

    [Fact]
    public void The_number_of_the_connection_proves_a_book()
    {
        using CoinbaseBench bench = new(Venue.CoinbaseAdvanced);
        bench.Bytes(AdvancedSamples.Snapshot);
        StreamDefinition stream = Record.Read<StreamDefinition>(bench.Batch[3]);
        Assert.Equal(
            (StreamRole.Book, ContinuityRule.Connection, BridgeRule.None, Evidence.Sequence, 30_000_000_000L),
            (stream.Role, stream.Continuity, stream.Bridge, stream.Evidence, stream.StaleAfterNs));
        Assert.Equal("l2_data", Record.Read<StreamChannel>(bench.Batch[4]).Channel.ToString());
    }

    [Fact]
    public void An_update()
    {
        using CoinbaseBench bench = new(Venue.CoinbaseAdvanced);
        bench.Bytes(AdvancedSamples.Snapshot);
        Record[] message = bench.Message(AdvancedSamples.Update);
        MessageBegin begin = Record.Read<MessageBegin>(message[0]);
        Assert.Equal((MessageType.BookDelta, 14, Second + 210_000_000), (begin.Type, begin.LastSequence, begin.MatchingTimeNs));
        Assert.Equal([(Side.Bid, 6506250, 583000), (Side.Bid, 6506191, 0), (Side.Ask, 6509000, 50000000)], CoinbaseMessages.Levels(message));
        Assert.Equal([Second + 210_883_000, Second + 210_883_000, Second + 210_000_000], message[1..].Select(static level => level.Header.VenueTimeNs));
        Assert.DoesNotContain(message, static record => record.Header.Has(RecordFlags.Snapshot));
    }

    [Fact]
    public void The_documentations_snapshot_has_no_event_times()
    {
        using CoinbaseBench bench = new(Venue.CoinbaseAdvanced);
        Record[] message = bench.Message(AdvancedSamples.Snapshot.Replace("2026-08-09T21:05:48.170326Z", "1970-01-01T00:00:00Z", StringComparison.Ordinal));
        Assert.Equal(0, Record.Read<MessageBegin>(message[0]).MatchingTimeNs);
        Assert.All(message[1..], static level => Assert.Equal(0, level.Header.VenueTimeNs));
    }

    [Fact]
    public void Two_events_of_a_frame_are_two_messages_of_one_number()
    {
        using CoinbaseBench bench = new(Venue.CoinbaseAdvanced);
        List<Record[]> messages = bench.Messages(AdvancedSamples.TwoBooks);
        Assert.Equal([(15, Sequence.None), (15, 15)], messages.Select(static message => Record.Read<MessageBegin>(message[0])).Select(static begin => (begin.LastSequence, begin.PreviousSequence)));
        Assert.Equal([Side.Bid, Side.Ask], messages.Select(static message => message[1].Header.Side));
        Assert.NotEqual(messages[0][0].Header.StreamId, messages[1][0].Header.StreamId);
    }

    [Fact]
    public void The_side_of_a_trade_is_the_makers()
    {
        using CoinbaseBench bench = new(Venue.CoinbaseAdvanced);
        List<Record[]> messages = bench.Messages(AdvancedSamples.Trades);
        Assert.Equal(2, messages.Count);
        Trade trade = Record.Read<Trade>(messages[0][1]);
        Assert.Equal((Side.Bid, 6508367, 1034361, 1068572092L, 0, Sequence.None), (trade.Header.Side, trade.PriceTicks, trade.QuantityLots, trade.TradeIdLow, trade.TradeIdHigh, trade.TradeSequence));
        Assert.Equal(Second + 167_634_000, trade.Header.VenueTimeNs);
        Assert.Equal((Second + 251_397_169, Second + 167_634_000), (messages[0][0].Header.VenueTimeNs, Record.Read<MessageBegin>(messages[0][0]).MatchingTimeNs));
        Assert.Equal(Side.Ask, messages[1][1].Header.Side);
    }

    [Fact]
    public void Past_trades_are_counted_and_their_number_is_kept()
    {
        using CoinbaseBench bench = new(Venue.CoinbaseAdvanced);
        Assert.Equal(DecodeOutcome.UnknownEvent, bench.Send(AdvancedSamples.History).Outcome);
        Assert.Equal([new("market_trades.snapshot", 1)], bench.Decoder.UnknownEvents());
        MessageBegin begin = Record.Read<MessageBegin>(Assert.Single(bench.Message(AdvancedSamples.History)));
        Assert.Equal((MessageType.Heartbeat, 16, Sequence.None), (begin.Type, begin.LastSequence, begin.FirstSequence));
    }

    [Fact]
    public void A_ticker_is_two_quotes()
    {
        using CoinbaseBench bench = new(Venue.CoinbaseAdvanced);
        Record[] message = bench.Message(AdvancedSamples.Ticker);
        Assert.Equal((MessageType.Ticker, 18), (Record.Read<MessageBegin>(message[0]).Type, Record.Read<MessageBegin>(message[0]).LastSequence));
        Assert.Equal(
            [(Side.Bid, 191944, 2858092, Sequence.None), (Side.Ask, 191949, 7814824, Sequence.None)],
            message[1..].Select(static record => Record.Read<Quote>(record)).Select(static quote => (quote.Header.Side, quote.PriceTicks, quote.QuantityLots, quote.UpdateId)));
        Assert.Single(bench.Messages(AdvancedSamples.Ticker.Replace("\"channel\":\"ticker\"", "\"channel\":\"ticker_batch\"", StringComparison.Ordinal)));
        Assert.Equal("ticker_batch", Record.Read<StreamChannel>(bench.Batch[1]).Channel.ToString());
    }

    [Fact]
    public void A_candle()
    {
        using CoinbaseBench bench = new(Venue.CoinbaseAdvanced);
        Record[] message = bench.Message(AdvancedSamples.Candles);
        Assert.Equal(4, message.Length);
        Candle candle = Record.Read<Candle>(message[1]);
        Assert.Equal((191958, 191960, 191927, 191941, 3636630914), (candle.OpenTicks, candle.HighTicks, candle.LowTicks, candle.CloseTicks, candle.VolumeLots));
        CandleTurnover second = Record.Read<CandleTurnover>(message[2]);
        Assert.Equal((1786309500_000_000_000, 0x6D35UL, Sequence.None, 0), (second.StartNs, second.IntervalText, second.Turnover, (int)second.Header.Code));
        Assert.Equal((Sequence.None, 8), (second.TradeCount, (int)second.VolumeDecimals));
        CandleTaker third = Record.Read<CandleTaker>(message[3]);
        Assert.Equal((Sequence.None, Sequence.None, 0), (third.TakerVolumeLots, third.TakerTurnover, third.CloseNs));
    }

    [Theory]
    [InlineData("41691")]
    [InlineData("\"41691\"")]
    public void Heartbeats_belong_to_the_connection(string counter)
    {
        using CoinbaseBench bench = new(Venue.CoinbaseAdvanced);
        Record[] message = bench.Message(AdvancedSamples.Heartbeats.Replace(":41691}", $":{counter}}}", StringComparison.Ordinal));
        MessageBegin begin = Record.Read<MessageBegin>(Assert.Single(message));
        Assert.Equal((MessageType.Heartbeat, 20, 41691), (begin.Type, begin.LastSequence, begin.FirstSequence));
        StreamDefinition stream = Record.Read<StreamDefinition>(bench.Batch[0]);
        Assert.Equal((StreamRole.Heartbeats, 0u, ContinuityRule.Connection), (stream.Role, stream.InstrumentId, stream.Continuity));
        Assert.Equal("heartbeats", Record.Read<StreamChannel>(bench.Batch[1]).Channel.ToString());
    }

    [Theory]
    [InlineData(AdvancedSamples.Subscriptions, DecodeOutcome.Control, "subscriptions", 21)]
    [InlineData("""{"channel":"user","timestamp":"2026-08-09T21:05:48Z","sequence_num":5,"events":[{"type":"x"}]}""", DecodeOutcome.UnknownEvent, "user", 5)]
    [InlineData("""{"channel":"futures_balance_summary","timestamp":"2026-08-09T21:05:48Z","sequence_num":6,"events":[]}""", DecodeOutcome.UnknownEvent, "futures_balance_summary", 6)]
    public void The_number_of_every_frame_is_kept(string frame, DecodeOutcome outcome, string name, long number)
    {
        using CoinbaseBench bench = new(Venue.CoinbaseAdvanced);
        Assert.Equal(outcome, bench.Send(frame).Outcome);
        Assert.Equal([new(name, 1)], outcome == DecodeOutcome.Control ? bench.Decoder.ControlMessages() : bench.Decoder.UnknownEvents());
        MessageBegin begin = Record.Read<MessageBegin>(Assert.Single(bench.Message(frame)));
        Assert.Equal((MessageType.Heartbeat, number, Sequence.None), (begin.Type, begin.LastSequence, begin.PreviousSequence));
    }

    [Fact]
    public void An_event_without_items_keeps_its_number_too()
    {
        using CoinbaseBench bench = new(Venue.CoinbaseAdvanced);
        foreach (string events in (ReadOnlySpan<string>)["[]", """[{"type":"update","trades":[]}]"""])
        {
            Record[] message = bench.Message($$"""{"channel":"market_trades","timestamp":"2026-08-09T21:05:48Z","sequence_num":7,"events":{{events}}}""");
            Assert.Equal((MessageType.Heartbeat, 7), (Record.Read<MessageBegin>(message[0]).Type, Record.Read<MessageBegin>(message[0]).LastSequence));
        }
    }

    [Fact]
    public void Status_defines_instruments()
    {
        using CoinbaseBench bench = new(Venue.CoinbaseAdvanced);
        Assert.Equal(DecodeOutcome.Records, bench.Send(AdvancedSamples.Status).Outcome);
        InstrumentDefinition instrument = Record.Read<InstrumentDefinition>(bench.Batch[0]);
        Assert.Equal((2, 8), ((int)instrument.PriceDecimals, (int)instrument.QuantityDecimals));
        Assert.Equal(22, Record.Read<MessageBegin>(Assert.Single(bench.Message(AdvancedSamples.Status))).LastSequence);
    }

    [Fact]
    public void Number_0_opens_a_connection()
    {
        using CoinbaseBench bench = new(Venue.CoinbaseAdvanced);
        bench.Bytes(AdvancedSamples.Snapshot);
        bench.Messages(AdvancedSamples.Update.Replace("\"sequence_num\":14", "\"sequence_num\":0", StringComparison.Ordinal), connection: 3);
        Connection connection = Record.Read<Connection>(bench.Batch[0]);
        Assert.Equal((RecordKind.Connection, ConnectionEvent.Opened, 3, 0u), (connection.Header.Kind, (ConnectionEvent)connection.Header.Code, (int)connection.ConnectionId, connection.Header.StreamId));
        Assert.Equal((CoinbaseBench.ReceivedAtNs, RecordFlags.FirstInMessage | RecordFlags.LastInMessage), (connection.Header.ReceivedAtNs, connection.Header.Flags));
        Assert.Equal((RecordKind.MessageBegin, 0), (bench.Batch[1].Header.Kind, Record.Read<MessageBegin>(bench.Batch[1]).LastSequence));
    }

    [Fact]
    public void A_book_that_is_no_longer_listed_has_ended()
    {
        using CoinbaseBench bench = new(Venue.CoinbaseAdvanced);
        uint stream = bench.Message(AdvancedSamples.Snapshot)[0].Header.StreamId;
        string older = AdvancedSamples.Subscriptions.Replace("\"level2\":[\"BTC-USD\",\"ETH-USD\"]", "\"ticker\":[\"BTC-USD\"]", StringComparison.Ordinal);
        Assert.Single(bench.Messages(older));
        Assert.Single(bench.Messages(AdvancedSamples.Subscriptions));
        Assert.Single(bench.Messages(older, connection: 1));
        List<Record[]> messages = bench.Messages(older);
        MessageBegin ended = Record.Read<MessageBegin>(messages[1][0]);
        Assert.Equal((2, MessageType.Ended, stream, 21, 21), (messages.Count, ended.Type, ended.Header.StreamId, ended.LastSequence, ended.PreviousSequence));
        Assert.Single(bench.Messages(older));

        // A new connection has subscribed to nothing yet.
        bench.Messages(AdvancedSamples.Subscriptions);
        bench.Messages(AdvancedSamples.Heartbeats.Replace("\"sequence_num\":20", "\"sequence_num\":0", StringComparison.Ordinal));
        Assert.Single(bench.Messages(older));
    }

    [Theory]
    [InlineData("""{"type":"error","message":"authentication failure"}""", DecodeOutcome.Control, "error")]
    [InlineData("""{"message":"x"}""", DecodeOutcome.UnknownEvent, "unnamed")]
    public void Is_outside_the_count(string frame, DecodeOutcome outcome, string name)
    {
        using CoinbaseBench bench = new(Venue.CoinbaseAdvanced);
        Assert.Equal(outcome, bench.Send(frame).Outcome);
        Assert.Equal(0, bench.Batch.Count);
        Assert.Equal([new(name, 1)], outcome == DecodeOutcome.Control ? bench.Decoder.ControlMessages() : bench.Decoder.UnknownEvents());
    }
}
