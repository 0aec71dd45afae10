using Lob.Fast.Codecs.Bybit;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Bybit;

/// <summary>What each kind of topic becomes, field by field.</summary>
public class BybitEventTests
{
    [Fact]
    public void A_snapshot()
    {
        using BybitBench bench = new();
        Record[] message = bench.Message(BybitSamples.Snapshot);
        MessageBegin begin = Record.Read<MessageBegin>(message[0]);
        Assert.Equal(MessageType.BookSnapshot, begin.Type);
        Assert.Equal((18521288, 18521288, 7961638724), (begin.FirstSequence, begin.LastSequence, begin.PreviousSequence));
        Assert.Equal((1672304484978_000_000, 1672304484976_000_000), (begin.Header.VenueTimeNs, begin.MatchingTimeNs));
        Assert.Equal(BybitBench.ReceivedAtNs, begin.Header.ReceivedAtNs);
        Assert.Equal((ChecksumPresence.NoField, 0), (begin.ChecksumPresence, begin.Detail));
        Assert.Equal([(Side.Bid, 164935, 6), (Side.Bid, 164930, 100), (Side.Ask, 166110, 29), (Side.Ask, 166120, 213)], Levels(message));
        Assert.All(message[1..], static level => Assert.Equal(TextForm.Of(2, 3), level.Header.TextForm));
        Assert.All(message, static record => Assert.True(record.Header.Has(RecordFlags.Snapshot)));
    }

    [Fact]
    public void A_delta()
    {
        using BybitBench bench = new();
        bench.Records(BybitSamples.Snapshot);
        Record[] message = bench.Message(BybitSamples.Delta);
        Assert.Equal(message.Length, bench.Batch.Count);
        MessageBegin begin = Record.Read<MessageBegin>(message[0]);
        Assert.Equal(MessageType.BookDelta, begin.Type);
        Assert.Equal((177400507, 177400507, 66544703342), (begin.FirstSequence, begin.LastSequence, begin.PreviousSequence));
        Assert.Equal((1687940967466_000_000, 1687940967464_000_000), (begin.Header.VenueTimeNs, begin.MatchingTimeNs));
        Assert.Equal(
            [
                (Side.Bid, 302472, 30028), (Side.Bid, 302454, 224), (Side.Bid, 302421, 1593), (Side.Bid, 302400, 0),
                (Side.Ask, 302487, 0), (Side.Ask, 302493, 892), (Side.Ask, 302495, 1778),
            ],
            Levels(message));
        Assert.Equal(TextForm.Of(2, 0), message[4].Header.TextForm);
        Assert.All(message, static record => Assert.False(record.Header.Has(RecordFlags.Snapshot)));
    }

    [Fact]
    public void A_book_without_cross_sequence_and_matching_time()
    {
        using BybitBench bench = new();
        Record[] message = bench.Message("""{"topic":"orderbook.25.SOL-28APR23-30-C","ts":1680652799661,"data":{"s":"SOL-28APR23-30-C","b":[],"a":[],"u":24642},"type":"delta"}""");
        MessageBegin begin = Record.Read<MessageBegin>(Assert.Single(message));
        Assert.Equal(RecordFlags.FirstInMessage | RecordFlags.LastInMessage, begin.Header.Flags);
        Assert.Equal((24642, Sequence.None, 0), (begin.LastSequence, begin.PreviousSequence, begin.MatchingTimeNs));
    }

    [Fact]
    public void First_frames_define_instrument_and_stream()
    {
        using BybitBench bench = new();
        bench.Records(BybitSamples.Snapshot);
        Assert.Equal(3 + 2 + 5, bench.Batch.Count);
        InstrumentDefinition instrument = Record.Read<InstrumentDefinition>(bench.Batch[0]);
        Assert.Equal((1u, 1u, Venue.BybitLinear), (instrument.InstrumentId, instrument.Epoch, instrument.Venue));
        Assert.Equal((1, 3, 0u), (instrument.PriceDecimals, instrument.QuantityDecimals, instrument.Header.StreamId));
        Assert.Equal("BTCUSDT", Record.Read<InstrumentSymbol>(bench.Batch[1]).Symbol.ToString());
        StreamDefinition stream = Record.Read<StreamDefinition>(bench.Batch[3]);
        Assert.Equal((1u, 1u, StreamRole.Book), (stream.Header.StreamId, stream.InstrumentId, stream.Role));

        // A second stream of the same instrument: only the stream is defined.
        bench.Records(BybitSamples.Ticker);
        Assert.Equal(2 + 3, bench.Batch.Count);
        stream = Record.Read<StreamDefinition>(bench.Batch[0]);
        Assert.Equal((2u, 1u, StreamRole.Ticker), (stream.Header.StreamId, stream.InstrumentId, stream.Role));
        Assert.Equal("tickers", Record.Read<StreamChannel>(bench.Batch[1]).Channel.ToString());
    }

    [Theory]
    [InlineData("1", 1, 10)]
    [InlineData("25", 25, 30)]
    [InlineData("50", 50, 30)]
    [InlineData("100", 100, 30)]
    [InlineData("200", 200, 30)]
    [InlineData("500", 500, 30)]
    [InlineData("1000", 1000, 30)]
    [InlineData("full", 0, 30)]
    public void Every_depth_is_a_book_by_its_own_sequence(string depth, uint limit, long staleAfterSeconds)
    {
        using BybitBench bench = new();
        bench.Records(BybitSamples.Delta.Replace("book.50", "book." + depth, StringComparison.Ordinal));
        StreamDefinition stream = Record.Read<StreamDefinition>(bench.Batch[3]);
        Assert.Equal((ContinuityRule.Range, BridgeRule.None, Evidence.Sequence), (stream.Continuity, stream.Bridge, stream.Evidence));
        Assert.Equal((StreamRole.Book, limit, staleAfterSeconds * 1_000_000_000), (stream.Role, stream.DepthLimit, stream.StaleAfterNs));
        Assert.Equal("orderbook." + depth, Record.Read<StreamChannel>(bench.Batch[4]).Channel.ToString());
    }

    [Theory]
    [InlineData("orderbook.rpi", "orderbook.rpi")]
    [InlineData("orderbook.050", "orderbook.050")]
    [InlineData("orderbook.0", "orderbook.0")]
    [InlineData("orderbook.-5", "orderbook.-5")]
    [InlineData("orderbook.5x", "orderbook.5x")]
    [InlineData("orderbook.1000000", "orderbook.1000000")]
    [InlineData("orderbook.", "orderbook.")]
    [InlineData("orderbook", "orderbook")]
    [InlineData("allLiquidation", "allLiquidation")]
    [InlineData("kline_lt.5", "kline_lt.5")]
    public void Other_topics_are_counted_by_their_channel(string channel, string name)
    {
        using BybitBench bench = new();
        string frame = BybitSamples.Delta.Replace("orderbook.50", channel, StringComparison.Ordinal);
        Assert.Equal(DecodeOutcome.UnknownEvent, bench.Send(frame).Outcome);
        Assert.Equal([new(name, 1)], bench.Decoder.UnknownEvents());
        Assert.Equal(DecodeOutcome.UnknownEvent, bench.Send("""{"topic":"order","data":[]}""").Outcome);
        Assert.Equal([new(name, 1), new("order", 1)], bench.Decoder.UnknownEvents());
    }

    [Fact]
    public void A_restart_is_a_snapshot_whatever_its_type()
    {
        const string Restart =
            """{"topic":"orderbook.50.BTCUSDT","type":"delta","ts":1672304484978,"data":{"s":"BTCUSDT","b":[["10.2","3"],["10.1","1"]],"a":[["10.3","4"]],"u":1,"seq":9}}""";
        using BybitBench cold = new();
        using BybitBench warm = new();
        warm.Records(BybitSamples.Snapshot);
        foreach (BybitBench bench in new[] { cold, warm })
        {
            MessageBegin begin = Record.Read<MessageBegin>(bench.Message(Restart)[0]);
            Assert.Equal((MessageType.BookSnapshot, 1, 1), (begin.Type, begin.FirstSequence, begin.LastSequence));
            Record[] message = bench.Message(Restart);
            Assert.All(message, static record => Assert.True(record.Header.Has(RecordFlags.Snapshot)));
            Assert.Equal(message, bench.Message(Restart.Replace("delta", "snapshot", StringComparison.Ordinal)));

            // A whole book has no deletes, and its sides are sorted.
            bench.Rejects(Restart.Replace("\"3\"", "\"0\"", StringComparison.Ordinal), RejectReason.ImpossibleValue, streamId: 1);
            bench.Rejects(Restart.Replace("10.1", "10.25", StringComparison.Ordinal), RejectReason.LevelOrder, streamId: 1);
        }

        // The full channel has no snapshots: after a restart its book must be asked for anew.
        using BybitBench full = new(Venue.BybitSpot);
        string frame = Restart.Replace("orderbook.50", "orderbook.full", StringComparison.Ordinal);
        Assert.Equal(MessageType.BookDelta, Record.Read<MessageBegin>(full.Message(frame)[0]).Type);
        Assert.Equal(MessageType.BookDelta, Record.Read<MessageBegin>(full.Message(frame)[0]).Type);
    }

    [Fact]
    public void A_level_one_repeat_is_an_ordinary_snapshot_and_a_side_may_be_empty()
    {
        using BybitBench bench = new(Venue.BybitSpot);
        Record[] first = bench.Message(BybitSamples.SpotSnapshot);
        Assert.Equal(first, bench.Message(BybitSamples.SpotSnapshot));
        Record[] empty = bench.Message("""{"topic":"orderbook.1.BTCUSDT","ts":1680652806504,"type":"snapshot","data":{"s":"BTCUSDT","b":[],"a":[["28165.08","0.996816"]],"u":20404754,"seq":4281281856}}""");
        Assert.Equal([(Side.Ask, 2816508, 996816)], Levels(empty));
    }

    [Fact]
    public void Trades_keep_their_own_times_and_ids()
    {
        using BybitBench bench = new();
        Record[] message = bench.Message(BybitSamples.Trades);
        MessageBegin begin = Record.Read<MessageBegin>(message[0]);
        Assert.Equal((MessageType.Trades, TradeOrigin.Market, 1672304486868_000_000), (begin.Type, (TradeOrigin)begin.Detail, begin.Header.VenueTimeNs));
        Assert.Equal((Sequence.None, Sequence.None, Sequence.None), (begin.FirstSequence, begin.LastSequence, begin.PreviousSequence));
        Trade trade = Record.Read<Trade>(message[1]);
        Assert.Equal((Side.Bid, 165785, 1, 1672304486865_000_000), (trade.Header.Side, trade.PriceTicks, trade.QuantityLots, trade.Header.VenueTimeNs));
        Assert.Equal((0x20f43950d8dd5b31, unchecked((long)0x9112a178eb6023af), 1783284617), (trade.TradeIdHigh, trade.TradeIdLow, trade.TradeSequence));
        Assert.Equal(TextForm.Of(2, 3), trade.Header.TextForm);
        trade = Record.Read<Trade>(message[2]);
        Assert.Equal((Side.Ask, 165780, 20, 1672304486866_000_000), (trade.Header.Side, trade.PriceTicks, trade.QuantityLots, trade.Header.VenueTimeNs));
        Assert.Equal(3, message.Length);

        using BybitBench spot = new(Venue.BybitSpot);
        message = spot.Message(BybitSamples.SpotTrades);
        Assert.Equal(TradeOrigin.NotStated, (TradeOrigin)Record.Read<MessageBegin>(message[0]).Detail);
        trade = Record.Read<Trade>(message[2]);
        Assert.Equal((0, 2290000000050703790, Sequence.None), (trade.TradeIdHigh, trade.TradeIdLow, trade.TradeSequence));
        Assert.Equal((Side.Ask, 2816538, 8513), (trade.Header.Side, trade.PriceTicks, trade.QuantityLots));
    }

    [Fact]
    public void Trades_of_several_origins_become_a_message_for_each_run()
    {
        using BybitBench cold = new();
        using BybitBench warm = new();
        warm.Records(BybitSamples.Trades);
        foreach (BybitBench bench in new[] { cold, warm })
        {
            List<Record[]> messages = bench.Messages(BybitSamples.MixedTrades);
            Assert.Equal(
                [
                    (TradeOrigin.Market, 1), (TradeOrigin.Block, 2), (TradeOrigin.RetailPriceImprovement, 1),
                    (TradeOrigin.BlockAndRetailPriceImprovement, 1), (TradeOrigin.Market, 1),
                ],
                messages.Select(static message => ((TradeOrigin)Record.Read<MessageBegin>(message[0]).Detail, message.Length - 1)));
            Assert.Equal([1L, 2, 2, 3, 4, 5], messages.SelectMany(static message => message[1..]).Select(static record => Record.Read<Trade>(record).TradeSequence));

            // The second run needs a second decimal of the price, the third a fourth of the quantity: each is defined before its run.
            Assert.Equal((165785, 1), (Record.Read<Trade>(messages[0][1]).PriceTicks, Record.Read<Trade>(messages[0][1]).QuantityLots));
            Assert.Equal((1657850, 1657855), (Record.Read<Trade>(messages[1][1]).PriceTicks, Record.Read<Trade>(messages[1][2]).PriceTicks));
            Assert.Equal((1657850, 5), (Record.Read<Trade>(messages[2][1]).PriceTicks, Record.Read<Trade>(messages[2][1]).QuantityLots));
            Assert.Equal((1657900, 30000), (Record.Read<Trade>(messages[3][1]).PriceTicks, Record.Read<Trade>(messages[3][1]).QuantityLots));
        }

        Assert.Empty(Assert.Single(cold.Messages("""{"topic":"publicTrade.BTCUSDT","type":"snapshot","ts":1672304486868,"data":[]}"""))[1..]);
    }

    [Fact]
    public void A_ticker_delta_keeps_what_it_leaves_out()
    {
        using BybitBench bench = new();
        Record[] message = bench.Message(BybitSamples.Ticker);
        MessageBegin begin = Record.Read<MessageBegin>(message[0]);
        Assert.Equal((MessageType.Ticker, Sequence.None, 753843900397), (begin.Type, begin.LastSequence, begin.PreviousSequence));
        Assert.Equal([(Side.Bid, 651142, 5954, TextForm.Of(2, 3)), (Side.Ask, 651143, 10470, TextForm.Of(2, 3))], Quotes(message));
        Assert.All(message[1..], static record => Assert.Equal(Sequence.None, Record.Read<Quote>(record).UpdateId));

        message = bench.Message(BybitSamples.TickerDelta);
        Assert.Equal([(Side.Bid, 651141, 6054, TextForm.Of(2, 3)), (Side.Ask, 651143, 10470, TextForm.Of(2, 3))], Quotes(message));

        // Finer decimals met elsewhere: what is remembered follows.
        bench.Records(BybitSamples.Trades.Replace("16578.50", "16578.125", StringComparison.Ordinal));
        message = bench.Message("""{"topic":"tickers.BTCUSDT","type":"delta","data":{"symbol":"BTCUSDT","ask1Size":"7"},"cs":753843907771,"ts":1786310817884}""");
        Assert.Equal([(Side.Bid, 65114100, 6054, TextForm.Of(2, 3)), (Side.Ask, 65114300, 7000, TextForm.Of(2, 0))], Quotes(message));

        // Finer decimals in the ticker itself.
        message = bench.Message("""{"topic":"tickers.BTCUSDT","type":"delta","data":{"symbol":"BTCUSDT","ask1Size":"7.00001"},"cs":753843907771,"ts":1786310817884}""");
        Assert.Equal([(Side.Bid, 65114100, 605400, TextForm.Of(2, 3)), (Side.Ask, 65114300, 700001, TextForm.Of(2, 5))], Quotes(message));

        // None of the four stated: no quotes. An empty text: the side is empty, until it is stated again.
        Assert.Empty(Quotes(bench.Message("""{"topic":"tickers.BTCUSDT","type":"delta","data":{"symbol":"BTCUSDT","markPrice":"1"},"cs":753843907772,"ts":1786310817885}""")));
        message = bench.Message("""{"topic":"tickers.BTCUSDT","type":"delta","data":{"symbol":"BTCUSDT","bid1Price":""},"cs":753843907773,"ts":1786310817886}""");
        Assert.Equal([(Side.Bid, 0, 0, TextForm.Of(0, 3)), (Side.Ask, 65114300, 700001, TextForm.Of(2, 5))], Quotes(message));

        // A snapshot forgets.
        Assert.Empty(Quotes(bench.Message("""{"topic":"tickers.BTCUSDT","type":"snapshot","data":{"symbol":"BTCUSDT","ask1Size":"7"},"ts":1786310817886}""")));
        Assert.Empty(Quotes(bench.Message(BybitSamples.TickerDelta)));
    }

    [Fact]
    public void A_rejected_ticker_changes_nothing_that_is_remembered()
    {
        using BybitBench bench = new();
        bench.Records(BybitSamples.Ticker);
        bench.Rejects(BybitSamples.TickerDelta.Replace("6.054", "x", StringComparison.Ordinal), RejectReason.BadNumber, streamId: 1);
        bench.Rejects(BybitSamples.TickerDelta.Replace("753843907770", "-1", StringComparison.Ordinal), RejectReason.BadNumber, streamId: 1);
        Record[] message = bench.Message("""{"topic":"tickers.BTCUSDT","type":"delta","data":{"symbol":"BTCUSDT","ask1Size":"7"},"cs":753843907771,"ts":1786310817884}""");
        Assert.Equal([(Side.Bid, 651142, 5954, TextForm.Of(2, 3)), (Side.Ask, 651143, 7000, TextForm.Of(2, 0))], Quotes(message));
    }

    [Fact]
    public void Spot_tickers_have_no_quotes_and_deltas_without_a_snapshot_neither()
    {
        using BybitBench spot = new(Venue.BybitSpot);
        Assert.Empty(Quotes(spot.Message(BybitSamples.SpotTicker)));
        using BybitBench linear = new();
        Assert.Empty(Quotes(linear.Message(BybitSamples.TickerDelta)));
        Record[] message = linear.Message("""{"topic":"tickers.BTCUSDT","type":"delta","data":{"symbol":"BTCUSDT","ask1Price":"65114.30","ask1Size":"7"},"cs":1,"ts":1786310817884}""");
        Assert.Equal([(Side.Bid, 651141, 6054, TextForm.Of(2, 3)), (Side.Ask, 651143, 7000, TextForm.Of(2, 0))], Quotes(message));
    }

    [Fact]
    public void Candles()
    {
        using BybitBench bench = new();
        Record[] message = bench.Message(BybitSamples.Candles);
        Assert.Equal(1 + 3 + 3, message.Length);
        Assert.Equal(MessageType.Candles, Record.Read<MessageBegin>(message[0]).Type);
        Assert.Equal("kline.5", Record.Read<StreamChannel>(bench.Batch[4]).Channel.ToString());
        Candle candle = Record.Read<Candle>(message[1]);
        Assert.Equal((166495, 166770, 166080, 166770, 2081), (candle.OpenTicks, candle.HighTicks, candle.LowTicks, candle.CloseTicks, candle.VolumeLots));
        Assert.Equal((TextForm.Of(0, 3), 1672324988882_000_000), (candle.Header.TextForm, candle.Header.VenueTimeNs));
        CandleTurnover turnover = Record.Read<CandleTurnover>(message[2]);
        Assert.Equal((346664005L, (byte)4, (byte)3, (byte)1), (turnover.Turnover, turnover.TurnoverDecimals, turnover.VolumeDecimals, turnover.Header.Code));
        Assert.Equal((1672324800000_000_000, (ulong)'5', Sequence.None), (turnover.StartNs, turnover.IntervalText, turnover.TradeCount));
        CandleTaker taker = Record.Read<CandleTaker>(message[3]);
        Assert.Equal((Sequence.None, Sequence.None, 1672325099999_000_000), (taker.TakerVolumeLots, taker.TakerTurnover, taker.CloseNs));
        Assert.All(message[2..4], static record => Assert.True(record.Header.Has(RecordFlags.Continued)));
        Assert.Equal((166775L, (byte)0), (Record.Read<Candle>(message[4]).CloseTicks, Record.Read<CandleTurnover>(message[5]).Header.Code));
    }

    [Fact]
    public void There_is_a_decoder_for_the_three_markets()
    {
        foreach (Venue venue in new[] { Venue.BybitLinear, Venue.BybitSpot, Venue.BybitInverse })
        {
            Assert.Contains(venue, CodecFactory.Supported);
            Assert.Equal(venue, Assert.IsType<BybitDecoder>(CodecFactory.Create(venue)).Venue);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => new BybitDecoder(Venue.BinanceSpot));
    }

    [Fact]
    public void Every_key_has_its_slot()
    {
        for (int slot = 0; slot < BybitFields.Count; slot++)
        {
            Codecs.Json.JsonScanner scanner = new(System.Text.Encoding.UTF8.GetBytes($$"""{"{{BybitFields.NameOf(slot)}}":0}"""));
            Assert.True(scanner.EnterObject() && scanner.NextMember());
            Assert.Equal(slot, BybitFields.SlotOf(scanner));
        }
    }

    internal static (Side, long, long)[] Levels(Record[] message) =>
        [.. message[1..].Select(static record => Record.Read<LevelSet>(record)).Select(static level => (level.Header.Side, level.PriceTicks, level.QuantityLots))];

    private static (Side, long, long, TextForm)[] Quotes(Record[] message) =>
        [.. message[1..].Select(static record => Record.Read<Quote>(record))
            .Select(static quote => (quote.Header.Side, quote.PriceTicks, quote.QuantityLots, quote.Header.TextForm))];
}
