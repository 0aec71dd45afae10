using System.Text;
using Lob.Fast.Codecs.Binance;
using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Codecs.Tests.Binance;

/// <summary>What each kind of frame becomes, field by field.</summary>
public class BinanceEventTests
{
    [Fact]
    public void A_spot_diff()
    {
        using Bench bench = new();
        Record[] message = bench.Message(SampleFrames.SpotDepth);
        MessageBegin begin = Record.Read<MessageBegin>(message[0]);
        Assert.Equal(MessageType.BookDelta, begin.Type);
        Assert.Equal((50093239189, 50093239202, Sequence.None), (begin.FirstSequence, begin.LastSequence, begin.PreviousSequence));
        Assert.Equal((1723161255208_000_000, 0), (begin.Header.VenueTimeNs, begin.MatchingTimeNs));
        Assert.Equal(Bench.ReceivedAtNs, begin.Header.ReceivedAtNs);
        Assert.Equal(
            [(Side.Bid, 6173763, 0), (Side.Bid, 6173017, 120000), (Side.Bid, 5685458, 1), (Side.Ask, 6183764, 154698), (Side.Ask, 6183985, 0)],
            Levels(message));
        Assert.All(message[1..], static level => Assert.Equal(TextForm.Of(8, 8), level.Header.TextForm));
    }

    [Fact]
    public void A_futures_diff_has_its_link_and_matching_time()
    {
        using Bench bench = new(Venue.BinanceUsdM);
        MessageBegin begin = Record.Read<MessageBegin>(bench.Message(SampleFrames.FuturesDepth)[0]);
        Assert.Equal((5123107832006, 5123107837557, 5123107831937), (begin.FirstSequence, begin.LastSequence, begin.PreviousSequence));
        Assert.Equal((1723161256299_000_000, 1723161256298_000_000), (begin.Header.VenueTimeNs, begin.MatchingTimeNs));
    }

    [Fact]
    public void A_diff_with_two_empty_sides_is_one_slot()
    {
        using Bench bench = new();
        Record[] message = bench.Message("""{"e":"depthUpdate","E":1723161255208,"s":"BTCUSDT","U":1,"u":2,"b":[],"a":[]}""");
        Assert.Equal(RecordFlags.FirstInMessage | RecordFlags.LastInMessage, Assert.Single(message).Header.Flags);
    }

    [Fact]
    public void A_price_named_twice_in_a_diff_stays_in_the_order_sent()
    {
        using Bench bench = new();
        Record[] message = bench.Message("""{"e":"depthUpdate","E":1723161255208,"s":"BTCUSDT","U":1,"u":2,"b":[["5","1"],["5","2"]],"a":[]}""");
        Assert.Equal([(Side.Bid, 5, 1), (Side.Bid, 5, 2)], Levels(message));
    }

    [Fact]
    public void First_frames_define_instrument_and_stream()
    {
        using Bench bench = new();
        bench.Records(SampleFrames.SpotDepth);
        Assert.Equal(3 + 2 + 6, bench.Batch.Count);
        InstrumentDefinition instrument = Record.Read<InstrumentDefinition>(bench.Batch[0]);
        Assert.Equal((1u, 1u, Venue.BinanceSpot), (instrument.InstrumentId, instrument.Epoch, instrument.Venue));
        Assert.Equal((2, 5, 0u), (instrument.PriceDecimals, instrument.QuantityDecimals, instrument.Header.StreamId));
        Assert.Equal("BTCUSDT", Record.Read<InstrumentSymbol>(bench.Batch[1]).Symbol.ToString());
        StreamDefinition stream = Record.Read<StreamDefinition>(bench.Batch[3]);
        Assert.Equal((1u, 1u, StreamRole.Book), (stream.Header.StreamId, stream.InstrumentId, stream.Role));
        Assert.Equal((ContinuityRule.Range, BridgeRule.RangeAfter, Evidence.Sequence), (stream.Continuity, stream.Bridge, stream.Evidence));
        Assert.Equal(30_000_000_000, stream.StaleAfterNs);
        Assert.Equal("depth@100ms", Record.Read<StreamChannel>(bench.Batch[4]).Channel.ToString());

        bench.Records(SampleFrames.SpotDepth);
        Assert.Equal(6, bench.Batch.Count);

        // A second stream of the same instrument: only the stream is defined.
        bench.Records(SampleFrames.SpotTicker);
        Assert.Equal(2 + 3, bench.Batch.Count);
        stream = Record.Read<StreamDefinition>(bench.Batch[0]);
        Assert.Equal((2u, 1u, StreamRole.Ticker), (stream.Header.StreamId, stream.InstrumentId, stream.Role));
    }

    [Theory]
    [InlineData(Venue.BinanceUsdM, "/fapi/v1/depth")]
    [InlineData(Venue.BinanceCoinM, "/dapi/v1/depth")]
    [InlineData(Venue.BinanceSpot, "/api/v3/depth")]
    public void Rest_books_have_a_stream_of_their_own(Venue venue, string channel)
    {
        using Bench bench = new(venue);
        bench.Records(SampleFrames.FuturesRest);
        StreamDefinition stream = Record.Read<StreamDefinition>(bench.Batch[3]);
        Assert.Equal((StreamRole.BookSnapshots, channel), (stream.Role, Record.Read<StreamChannel>(bench.Batch[4]).Channel.ToString()));
        Record[] message = Assert.Single(Batches.Messages(bench.Batch));
        MessageBegin begin = Record.Read<MessageBegin>(message[0]);
        Assert.Equal((MessageType.BookSnapshot, 5123107852948, Sequence.None), (begin.Type, begin.LastSequence, begin.FirstSequence));
        Assert.Equal((1723161257000_000_000, 1723161256999_000_000), (begin.Header.VenueTimeNs, begin.MatchingTimeNs));
        Assert.All(message, static record => Assert.True(record.Header.Has(RecordFlags.Snapshot)));
    }

    [Theory]
    [InlineData(0, 0, SnapshotLimits.None)]
    [InlineData(4, 3, SnapshotLimits.None)]
    [InlineData(5, 3, SnapshotLimits.BidsCut)]
    [InlineData(3, 5, SnapshotLimits.AsksCut)]
    [InlineData(5, 6, SnapshotLimits.None)]
    [InlineData(1000, 1000, SnapshotLimits.BidsCut | SnapshotLimits.AsksCut)]
    [InlineData(1000, 999, SnapshotLimits.BidsCut)]
    [InlineData(5000, 10, SnapshotLimits.BidsCut)]
    [InlineData(1001, 1001, SnapshotLimits.None)]
    [InlineData(200, 200, SnapshotLimits.BidsCut | SnapshotLimits.AsksCut)]
    [InlineData(199, 200, SnapshotLimits.AsksCut)]
    [InlineData(468, 222, SnapshotLimits.None)]
    [InlineData(5001, 5000, SnapshotLimits.BidsCut)]
    public void A_side_that_fills_the_depth_may_go_on(int bids, int asks, SnapshotLimits limits)
    {
        string bidRows = string.Join(',', Enumerable.Range(0, bids).Select(static index => $"[\"{10000 - index}\",\"1\"]"));
        string askRows = string.Join(',', Enumerable.Range(0, asks).Select(static index => $"[\"{20000 + index}\",\"1\"]"));
        using Bench bench = new();
        Record[] message = bench.Message($$"""{"lastUpdateId":1,"bids":[{{bidRows}}],"asks":[{{askRows}}]}""");
        Assert.Equal(1 + bids + asks, message.Length);
        Assert.Equal(limits, (SnapshotLimits)Record.Read<MessageBegin>(message[0]).Detail);
    }

    [Fact]
    public void A_depth_change_that_names_no_predecessor_of_its_own_is_rejected()
    {
        using Bench bench = new(Venue.BinanceUsdM);
        string frame = SampleFrames.FuturesDepth.Replace("\"pu\":5123107831937", "\"pu\":-1", StringComparison.Ordinal);
        bench.Rejects(frame, RejectReason.BadNumber, frame.IndexOf("-1,", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(SampleFrames.SpotTicker, Venue.BinanceSpot, 50093239212, 0L, 0L)]
    [InlineData(SampleFrames.FuturesTicker, Venue.BinanceUsdM, 5123107839020, 1723161256312_000_000, 1723161256313_000_000)]
    public void A_ticker_is_two_quotes(string frame, Venue venue, long updateId, long venueTimeNs, long matchingTimeNs)
    {
        using Bench bench = new(venue);
        Record[] message = bench.Message(frame);
        MessageBegin begin = Record.Read<MessageBegin>(message[0]);
        Assert.Equal((MessageType.Ticker, updateId), (begin.Type, begin.LastSequence));
        Assert.Equal((venueTimeNs, matchingTimeNs), (begin.Header.VenueTimeNs, begin.MatchingTimeNs));
        Quote[] quotes = [.. message[1..].Select(static record => Record.Read<Quote>(record))];
        Assert.Equal([Side.Bid, Side.Ask], quotes.Select(static quote => quote.Header.Side));
        Assert.All(quotes, quote => Assert.Equal(updateId, quote.UpdateId));
        Assert.True(quotes[0].PriceTicks < quotes[1].PriceTicks);
    }

    [Fact]
    public void An_empty_side_of_a_ticker_is_price_and_quantity_zero()
    {
        using Bench bench = new();
        Record[] message = bench.Message("""{"u":4,"s":"BTCUSDT","b":"0.00000000","B":"0.00000000","a":"61837.64","A":"1.5"}""");
        Assert.Equal((0, 0), (Record.Read<Quote>(message[1]).PriceTicks, Record.Read<Quote>(message[1]).QuantityLots));
        bench.Rejects("""{"u":4,"s":"BTCUSDT","b":"0.00000000","B":"0.10000000","a":"61837.64","A":"1.5"}""", RejectReason.ImpossibleValue, 26, 1);
    }

    [Fact]
    public void Trades()
    {
        using Bench spot = new();
        Record[] message = spot.Message(SampleFrames.SpotTrade2019);
        Trade trade = Record.Read<Trade>(message[1]);
        Assert.Equal((Side.Bid, 40756030, 0, Sequence.None), (trade.Header.Side, trade.TradeIdLow, trade.TradeIdHigh, trade.TradeSequence));
        Assert.Equal((42699, 3382), (trade.PriceTicks, trade.QuantityLots));
        MessageBegin begin = Record.Read<MessageBegin>(message[0]);
        Assert.Equal((MessageType.Trades, TradeOrigin.NotStated), (begin.Type, (TradeOrigin)begin.Detail));
        Assert.Equal(Sequence.None, begin.LastSequence);
        Assert.Equal(1554076800940_000_000, begin.MatchingTimeNs);

        using Bench futures = new(Venue.BinanceUsdM);
        Assert.Equal(TradeOrigin.Market, (TradeOrigin)Record.Read<MessageBegin>(futures.Message(SampleFrames.FuturesTrade)[0]).Detail);
        foreach ((string text, TradeOrigin origin) in (ReadOnlySpan<(string, TradeOrigin)>)
                 [("INSURANCE_FUND", TradeOrigin.InsuranceFund), ("ADL", TradeOrigin.AutoDeleveraging), ("NA", TradeOrigin.NotApplicable), ("NEW", TradeOrigin.Other)])
        {
            message = futures.Message(SampleFrames.FuturesTrade.Replace("MARKET", text, StringComparison.Ordinal));
            Assert.Equal(origin, (TradeOrigin)Record.Read<MessageBegin>(message[0]).Detail);
        }
    }

    [Fact]
    public void An_aggregate_trade()
    {
        using Bench bench = new();
        Record[] message = bench.Message(SampleFrames.SpotAggregate);
        MessageBegin begin = Record.Read<MessageBegin>(message[0]);
        Assert.Equal((MessageType.AggregateTrades, 100, 105), (begin.Type, begin.FirstSequence, begin.LastSequence));
        Assert.Equal((Side.Ask, 12345), (message[1].Header.Side, Record.Read<Trade>(message[1]).TradeIdLow));

        // Futures of 2019 had no id.
        message = bench.Message(SampleFrames.SpotAggregate.Replace("\"a\":12345,", "", StringComparison.Ordinal));
        Assert.Equal(Sequence.None, Record.Read<Trade>(message[1]).TradeIdLow);
    }

    [Fact]
    public void A_candle_is_three_slots()
    {
        using Bench bench = new();
        Record[] message = bench.Message(SampleFrames.SpotCandle);
        Assert.Equal(4, message.Length);
        MessageBegin begin = Record.Read<MessageBegin>(message[0]);
        Assert.Equal((MessageType.Candles, 19862761, 19862790), (begin.Type, begin.FirstSequence, begin.LastSequence));
        Candle candle = Record.Read<Candle>(message[1]);
        Assert.Equal((3527, 3528, 3522, 3528), (candle.OpenTicks, candle.HighTicks, candle.LowTicks, candle.CloseTicks));
        Assert.Equal((25877, TextForm.Of(8, 8)), (candle.VolumeLots, candle.Header.TextForm));
        CandleTurnover second = Record.Read<CandleTurnover>(message[2]);
        Assert.Equal((911604600000L, (byte)8, 30L, '1' | ((ulong)'m' << 8)), (second.Turnover, second.TurnoverDecimals, second.TradeCount, second.IntervalText));
        Assert.Equal((0, 1633998480000_000_000), (second.Header.Code, second.StartNs));
        CandleTaker third = Record.Read<CandleTaker>(message[3]);
        Assert.Equal((58, 2046240000, 1633998539999_000_000), (third.TakerVolumeLots, third.TakerTurnover, third.CloseNs));
        Assert.False(message[1].Header.Has(RecordFlags.Continued));
        Assert.True(message[2].Header.Has(RecordFlags.Continued) && message[3].Header.Has(RecordFlags.Continued));

        message = bench.Message(SampleFrames.SpotCandle.Replace("\"x\":false", "\"x\":true", StringComparison.Ordinal));
        Assert.Equal(1, message[2].Header.Code);
    }

    [Fact]
    public void A_turnover_too_long_with_its_zeros_is_held_without_them()
    {
        using Bench bench = new();
        Record[] message = bench.Message(SampleFrames.SpotCandle.Replace("9116.04600000", "123456789012345.50000000", StringComparison.Ordinal)
            .Replace("20.46240000", "20.40000000", StringComparison.Ordinal));
        CandleTurnover second = Record.Read<CandleTurnover>(message[2]);
        Assert.Equal((1234567890123455, 1), (second.Turnover, second.TurnoverDecimals));
        Assert.Equal(204, Record.Read<CandleTaker>(message[3]).TakerTurnover);
        string tooLong = SampleFrames.SpotCandle.Replace("9116.04600000", "123456789012345.12345678", StringComparison.Ordinal);
        bench.Rejects(tooLong, RejectReason.NumberOutOfRange, tooLong.IndexOf("123456789012345", StringComparison.Ordinal), 1);
    }

    [Fact]
    public void Bare_frames_are_on_the_channel_of_their_event()
    {
        using Bench bench = new();
        foreach ((string frame, string channel) in (ReadOnlySpan<(string, string)>)
                 [
                     (SampleFrames.SpotDepth, "depth"), (SampleFrames.SpotTicker, "bookTicker"), (SampleFrames.SpotTrade, "trade"),
                     (SampleFrames.SpotAggregate, "aggTrade"), (SampleFrames.SpotCandle, "kline_1m"),
                 ])
        {
            string bare = Bare(frame);
            using Bench wrapped = new();
            Record[] expected = wrapped.Message(frame);
            string found = "";
            bench.Records(bare);
            Record[] message = Assert.Single(Batches.Messages(
                bench.Batch,
                definition => found = definition[0].Header.Kind == RecordKind.StreamDefinition ? Record.Read<StreamChannel>(definition[1]).Channel.ToString() : found));
            Assert.Equal(channel, found);
            Assert.Equal(expected.Length, message.Length);

            // Known now: the fast way.
            byte[] again = bench.Records(bare);
            Assert.Equal(message.Length * Record.SizeInBytes, again.Length);
        }
    }

    [Fact]
    public void The_venue_wide_ticker_stream_has_one_stream_a_symbol()
    {
        using Bench bench = new();
        bench.Records("""{"stream":"!bookTicker","data":{"u":4,"s":"BTCUSDT","b":"1","B":"1","a":"2","A":"1"}}""");
        Assert.Equal("!bookTicker", Record.Read<StreamChannel>(bench.Batch[4]).Channel.ToString());
        Record[] other = bench.Message("""{"stream":"!bookTicker","data":{"u":4,"s":"ETHUSDT","b":"1","B":"1","a":"2","A":"1"}}""");
        Assert.Equal(2u, other[0].Header.StreamId);
    }

    [Theory]
    [InlineData("""{"stream":"btcusdt@depth20","data":{"lastUpdateId":160,"bids":[["0.0024","10"]],"asks":[["0.0026","100"]]}}""", "depth20")]
    [InlineData("""{"stream":"btcusdt@depth5@100ms","data":{"lastUpdateId":160,"bids":[["0.0024","10"]],"asks":[]}}""", "depth5")]
    [InlineData("""{"stream":"btcusdt@depth10@100ms","data":{"e":"depthUpdate","E":1723161256299,"T":1723161256298,"s":"BTCUSDT","U":1,"u":2,"pu":0,"b":[["1","1"]],"a":[]}}""", "depth10")]
    [InlineData("""{"stream":"btcusdt@rpiDepth@500ms","data":{"e":"depthUpdate","E":1723161256299,"T":1723161256298,"s":"BTCUSDT","U":1,"u":2,"pu":0,"b":[["1","1"]],"a":[]}}""", "rpiDepth")]
    [InlineData("""{"data":{"lastUpdateId":160,"bids":[["0.0024","10"]],"asks":[["0.0026","100"]]},"stream":"btcusdt@depth20"}""", "depth20")]
    public void Partial_books_are_never_merged_nor_taken_for_snapshots(string frame, string name)
    {
        foreach (Venue venue in new[] { Venue.BinanceSpot, Venue.BinanceUsdM })
        {
            using Bench bench = new(venue);
            Assert.Equal(DecodeOutcome.UnknownEvent, bench.Send(frame).Outcome);
            Assert.Equal(DecodeOutcome.UnknownEvent, bench.Send(frame).Outcome);
            Assert.Equal([new(name, 2)], bench.Decoder.UnknownEvents());
        }
    }

    [Theory]
    [InlineData("""{"stream":"dogebnb@ticker","data":{"e":"24hrTicker","E":1569805259092,"s":"DOGEBNB","b":"1","B":"x","a":7}}""", "24hrTicker")]
    [InlineData("""{"stream":"btcusdt@markPrice@1s","data":{"e":"markPriceUpdate","E":1,"s":"BTCUSDT"}}""", "markPriceUpdate")]
    [InlineData("""{"e":"serverShutdown","E":1770123456789}""", "serverShutdown")]
    [InlineData("""{"stream":"!serverShutdown","data":{"e":"serverShutdown","E":1770123456789}}""", "serverShutdown")]
    [InlineData("""{"stream":"!miniTicker@arr","data":[{"e":"24hrMiniTicker"}]}""", "!miniTicker@arr")]
    [InlineData("""[{"e":"24hrMiniTicker"}]""", "array")]
    [InlineData("""{"something":1}""", "unnamed")]
    [InlineData("""{"\u0065":"\u0066oo"}""", "foo")]
    public void Other_events_are_counted_by_name(string frame, string name)
    {
        using Bench bench = new();
        Assert.Equal(DecodeOutcome.UnknownEvent, bench.Send(frame).Outcome);
        Assert.Equal([new(name, 1)], bench.Decoder.UnknownEvents());
    }

    [Theory]
    [InlineData("""{"result":null,"id":1}""", "result")]
    [InlineData("""{"result":["btcusdt@aggTrade"],"id":3}""", "result")]
    [InlineData("""{"id":"a1","result":true}""", "result")]
    [InlineData("""{"code":2,"msg":"Invalid request: missing field `method` at line 1 column 73"}""", "error")]
    [InlineData("""{"error":{"code":2,"msg":"…"},"id":null}""", "error")]
    public void Control_answers_are_counted(string frame, string name)
    {
        using Bench bench = new();
        Assert.Equal(DecodeOutcome.Control, bench.Send(frame).Outcome);
        Assert.Equal([new(name, 1)], bench.Decoder.ControlMessages());
    }

    [Fact]
    public void Names_are_counted_up_to_a_bound()
    {
        using Bench bench = new();
        for (int index = 0; index < 300; index++)
        {
            bench.Send($$"""{"e":"event{{index}}"}""");
        }

        IReadOnlyDictionary<string, long> counts = bench.Decoder.UnknownEvents();
        Assert.Equal((257, 300, 44), (counts.Count, counts.Values.Sum(), counts["other"]));
    }

    [Fact]
    public void Times_in_microseconds_are_told_by_their_size()
    {
        using Bench bench = new();
        Record[] message = bench.Message(SampleFrames.SpotTrade.Replace("1723161255343", "1723161255343123", StringComparison.Ordinal));
        Assert.Equal(1723161255343123_000, message[0].Header.VenueTimeNs);
        message = bench.Message(SampleFrames.SpotDepth.Replace("1723161255208", "1723161255208123", StringComparison.Ordinal));
        Assert.Equal(1723161255208123_000, message[^1].Header.VenueTimeNs);

        // With the stream known, where rows are written before the time is understood.
        message = bench.Message(SampleFrames.SpotDepth.Replace("1723161255208", "1723161255208123", StringComparison.Ordinal));
        Assert.All(message, static record => Assert.Equal(1723161255208123_000, record.Header.VenueTimeNs));
    }

    [RecordingFact("binance/edge_messages_2019-2021.ndjson")]
    public void Single_messages_of_several_years()
    {
        using RecordingReader reader = new([TestSupport.Recordings.PathOf("binance/edge_messages_2019-2021.ndjson")]);
        using Bench spot = new();
        using Bench futures = new(Venue.BinanceUsdM);
        StringBuilder outcomes = new();
        while (reader.TryRead(out RecordedLine line))
        {
            // The first eight are of the spot market.
            DecodeResult result = (line.Frame.Line <= 8 ? spot : futures).Send(line.Frame.Bytes);
            outcomes.Append(result.Outcome switch { DecodeOutcome.Records => 'R', DecodeOutcome.UnknownEvent => 'u', _ => '!' });
        }

        Assert.Equal("RRRuRRRR" + "RuuRRRuRRuuR", outcomes.ToString());
        Assert.Equal([new("24hrTicker", 1)], spot.Decoder.UnknownEvents());
        Assert.Equal([new("24hrTicker", 1), new("markPriceUpdate", 3), new("forceOrder", 1)], futures.Decoder.UnknownEvents());
    }

    [Fact]
    public void There_is_a_decoder_for_every_venue()
    {
        foreach (Venue venue in CodecFactory.Supported)
        {
            Assert.Equal(venue, CodecFactory.Create(venue).Venue);
        }

        Assert.Equal(Enum.GetValues<Venue>().Where(static venue => venue != Venue.None).Order(), CodecFactory.Supported.Order());
        Assert.Throws<ArgumentOutOfRangeException>(() => CodecFactory.Create(Venue.None));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BinanceDecoder(Venue.Okx));
    }

    internal static string Bare(string frame) => frame[(frame.IndexOf("\"data\":", StringComparison.Ordinal) + 7)..^1];

    private static (Side, long, long)[] Levels(Record[] message) =>
        [.. message[1..].Select(static record => Record.Read<LevelSet>(record)).Select(static level => (level.Header.Side, level.PriceTicks, level.QuantityLots))];
}
