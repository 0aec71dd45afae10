using Lob.Fast.Codecs.Okx;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Okx;

/// <summary>Each kind of frame, field by field.</summary>
public class OkxEventTests
{
    private const long Ms = 1_000_000;

    [Fact]
    public void A_snapshot_declares_its_stream_with_the_rules_of_its_channel()
    {
        using OkxBench bench = new(onMismatch: MismatchPolicy.Warn);
        bench.Records(OkxSamples.Snapshot);
        InstrumentDefinition instrument = Record.Read<InstrumentDefinition>(bench.Batch[0]);
        Assert.Equal((1u, Venue.Okx, 1, 2), (instrument.InstrumentId, instrument.Venue, instrument.PriceDecimals, instrument.QuantityDecimals));
        Assert.Equal("BTC-USDT", Record.Read<InstrumentSymbol>(bench.Batch[1]).Symbol.ToString());
        StreamDefinition stream = Record.Read<StreamDefinition>(bench.Batch[3]);
        Assert.Equal("books", Record.Read<StreamChannel>(bench.Batch[4]).Channel.ToString());
        Assert.Equal((1u, StreamRole.Book, ContinuityRule.Link, BridgeRule.LinkAround), (stream.InstrumentId, stream.Role, stream.Continuity, stream.Bridge));
        Assert.Equal((Evidence.Sequence, ChecksumRule.Interleaved, MismatchPolicy.Warn), (stream.Evidence, stream.Checksum, stream.OnMismatch));
        Assert.Equal((400u, 75_000_000_000), (stream.DepthLimit, stream.StaleAfterNs));
    }

    [Fact]
    public void A_snapshot_and_its_update_keep_ids_counts_and_times()
    {
        using OkxBench bench = new();
        Record[] snapshot = bench.Message(OkxSamples.Snapshot);
        MessageBegin begin = Record.Read<MessageBegin>(snapshot[0]);
        Assert.Equal((MessageType.BookSnapshot, 450001, -1, Sequence.None), (begin.Type, begin.LastSequence, begin.PreviousSequence, begin.FirstSequence));
        Assert.Equal((ChecksumPresence.NotOffered, 0, SnapshotLimits.None), (begin.ChecksumPresence, begin.Checksum, (SnapshotLimits)begin.Detail));
        Assert.Equal((1785096000123 * Ms, OkxBench.ReceivedAtNs), (begin.Header.VenueTimeNs, begin.Header.ReceivedAtNs));
        Assert.Equal([(Side.Ask, 675002, 120, 3), (Side.Ask, 675003, 80, 2), (Side.Bid, 675001, 95, 4), (Side.Bid, 675000, 210, 5)], Levels(snapshot));
        Assert.All(snapshot, static record => Assert.Equal(1785096000123 * Ms, record.Header.VenueTimeNs));

        Record[] update = bench.Message(OkxSamples.Update);
        begin = Record.Read<MessageBegin>(update[0]);
        Assert.Equal((MessageType.BookDelta, 450007, 450001), (begin.Type, begin.LastSequence, begin.PreviousSequence));
        Assert.Equal([(Side.Ask, 675002, 0, 0), (Side.Ask, 675004, 150, 1), (Side.Bid, 675001, 125, 5)], Levels(update));
        Assert.All(update, static record => Assert.Equal(1785096000223 * Ms, record.Header.VenueTimeNs));
    }

    [Fact]
    public void A_keepalive_is_a_change_of_nothing_and_a_reset_keeps_its_lower_id()
    {
        using OkxBench bench = new();
        bench.Records(OkxSamples.Snapshot);
        MessageBegin begin = Record.Read<MessageBegin>(Assert.Single(bench.Message(OkxSamples.Keepalive)));
        Assert.Equal((MessageType.BookDelta, 450007, 450007), (begin.Type, begin.LastSequence, begin.PreviousSequence));

        string reset = OkxSamples.Update.Replace("\"seqId\":450007", "\"seqId\":3", StringComparison.Ordinal);
        begin = Record.Read<MessageBegin>(bench.Message(reset)[0]);
        Assert.Equal((3, 450001), (begin.LastSequence, begin.PreviousSequence));
    }

    [Fact]
    public void A_checksum_of_before_2026_is_offered_and_needs_no_ids()
    {
        using OkxBench bench = new();
        MessageBegin begin = Record.Read<MessageBegin>(bench.Message(OkxSamples.Update2022)[0]);
        Assert.Equal((ChecksumPresence.Offered, -2017579879), (begin.ChecksumPresence, begin.Checksum));
        Assert.Equal((Sequence.None, Sequence.None), (begin.LastSequence, begin.PreviousSequence));
        StreamDefinition stream = Record.Read<StreamDefinition>(bench.Batch[3]);
        Assert.Equal((400u, MismatchPolicy.Resync), (stream.DepthLimit, stream.OnMismatch));

        string withoutChecksum = OkxSamples.Update.Replace("\"checksum\":0,", "", StringComparison.Ordinal);
        begin = Record.Read<MessageBegin>(bench.Message(withoutChecksum)[0]);
        Assert.Equal((ChecksumPresence.NoField, 450007), (begin.ChecksumPresence, begin.LastSequence));
    }

    [Theory]
    [InlineData("\"seqId\":450007,", "seqId")]
    [InlineData(",\"prevSeqId\":450001", "prevSeqId")]
    [InlineData("\"checksum\":0,\"seqId\":450007,\"prevSeqId\":450001", "seqId, prevSeqId")]
    [InlineData(",\"seqId\":450007,\"prevSeqId\":450001", "seqId, prevSeqId")]
    public void A_book_that_nothing_proves_is_refused(string removed, string missing)
    {
        string frame = OkxSamples.Update.Replace(removed, "", StringComparison.Ordinal).Replace("\",}", "\"}", StringComparison.Ordinal);
        using OkxBench bench = new();
        bench.Rejects(frame, RejectReason.MissingField, frame.IndexOf("{\"asks\"", StringComparison.Ordinal));
        Assert.Equal(missing, string.Join(", ", bench.Decoder.MissingFields()));
    }

    [Theory]
    [InlineData(OkxSamples.Books5, 5u, "books5")]
    [InlineData(OkxSamples.Best, 1u, "bbo-tbt")]
    public void A_book_of_few_levels_is_whole_in_every_message_and_proven_by_nothing(string frame, uint depth, string channel)
    {
        using OkxBench bench = new();
        Record[] message = bench.Message(frame);
        MessageBegin begin = Record.Read<MessageBegin>(message[0]);
        Assert.Equal((MessageType.BookSnapshot, 363996337, Sequence.None), (begin.Type, begin.LastSequence, begin.PreviousSequence));
        Assert.Equal((ChecksumPresence.NoField, depth == 1), (begin.ChecksumPresence, begin.Detail == (byte)(SnapshotLimits.BidsCut | SnapshotLimits.AsksCut)));
        StreamDefinition stream = Record.Read<StreamDefinition>(bench.Batch[3]);
        Assert.Equal(channel, Record.Read<StreamChannel>(bench.Batch[4]).Channel.ToString());
        Assert.Equal((StreamRole.Book, ContinuityRule.None, BridgeRule.None), (stream.Role, stream.Continuity, stream.Bridge));
        Assert.Equal((Evidence.None, ChecksumRule.None, depth), (stream.Evidence, stream.Checksum, stream.DepthLimit));
        Assert.Equal(OkxDecoder.StaleAfterNs, stream.StaleAfterNs);
    }

    [Fact]
    public void The_depth_of_a_channel_tells_which_sides_go_on()
    {
        using OkxBench bench = new();
        bench.Records(OkxSamples.Books50);
        Assert.Equal(50u, Record.Read<StreamDefinition>(bench.Batch[3]).DepthLimit);
        string rows = string.Join(',', Enumerable.Range(1, 50).Select(static row => $$"""["{{row}}","1","0","1"]"""));
        string frame = OkxSamples.Books50.Replace("update", "snapshot", StringComparison.Ordinal).Replace("\"asks\":[]", $"\"asks\":[{rows}]", StringComparison.Ordinal);
        Assert.Equal(SnapshotLimits.AsksCut, (SnapshotLimits)Record.Read<MessageBegin>(bench.Message(frame)[0]).Detail);
    }

    [Fact]
    public void Bbo_of_2022_has_no_sequence()
    {
        using OkxBench bench = new();
        Assert.Equal(Sequence.None, Record.Read<MessageBegin>(bench.Message(OkxSamples.Best2022)[0]).LastSequence);
    }

    [Fact]
    public void A_merged_trade_is_an_aggregate()
    {
        using OkxBench bench = new();
        Record[] message = bench.Message(OkxSamples.Trades);
        MessageBegin begin = Record.Read<MessageBegin>(message[0]);
        Assert.Equal((MessageType.AggregateTrades, 130639474, Sequence.None), (begin.Type, begin.LastSequence, begin.FirstSequence));
        Assert.Equal((TradeOrigin.Market, 1630048897897 * Ms), ((TradeOrigin)begin.Detail, begin.Header.VenueTimeNs));
        Trade trade = Record.Read<Trade>(message[1]);
        Assert.Equal((Side.Bid, 422199, 12060306), (trade.Header.Side, trade.PriceTicks, trade.QuantityLots));
        Assert.Equal((130639474, 0, 1234), (trade.TradeIdLow, trade.TradeIdHigh, trade.TradeSequence));
        Assert.Equal(StreamRole.Trades, Record.Read<StreamDefinition>(bench.Batch[3]).Role);
    }

    [Fact]
    public void Single_trades_are_messages_of_their_own()
    {
        using OkxBench bench = new();
        List<Record[]> messages = bench.Messages(OkxSamples.TradesAll);
        Assert.Equal([1697760012017 * Ms, 1697760012018 * Ms], messages.Select(static message => message[1].Header.VenueTimeNs));
        Assert.Equal([Side.Ask, Side.Bid], messages.Select(static message => message[1].Header.Side));
        Assert.All(messages, static message => Assert.Equal(MessageType.Trades, Record.Read<MessageBegin>(message[0]).Type));
        Assert.Equal(
            [(byte)TradeOrigin.NotStated, (byte)TradeOrigin.RetailPriceImprovement],
            messages.Select(static message => Record.Read<MessageBegin>(message[0]).Detail));
        Assert.All(messages, static message => Assert.Equal(Sequence.None, Record.Read<Trade>(message[1]).TradeSequence));
    }

    [Fact]
    public void A_ticker_is_the_best_of_both_sides_without_a_sequence()
    {
        using OkxBench bench = new();
        Record[] message = bench.Message(OkxSamples.Ticker);
        MessageBegin begin = Record.Read<MessageBegin>(message[0]);
        Assert.Equal((MessageType.Ticker, Sequence.None, 3), (begin.Type, begin.LastSequence, message.Length));
        Quote bid = Record.Read<Quote>(message[1]);
        Quote ask = Record.Read<Quote>(message[2]);
        Assert.Equal((Side.Bid, 675001, 95, Sequence.None), (bid.Header.Side, bid.PriceTicks, bid.QuantityLots, bid.UpdateId));
        Assert.Equal((Side.Ask, 675002, 120, Sequence.None), (ask.Header.Side, ask.PriceTicks, ask.QuantityLots, ask.UpdateId));
    }

    [Fact]
    public void A_ticker_of_an_option_nobody_bids_for_has_an_empty_side()
    {
        using OkxBench bench = new();
        Record[] message = bench.Message(OkxSamples.TickerWithoutBids);
        Quote bid = Record.Read<Quote>(message[1]);
        Assert.Equal((Side.Bid, 0, 0), (bid.Header.Side, bid.PriceTicks, bid.QuantityLots));
        Assert.Equal(5, Record.Read<Quote>(message[2]).PriceTicks);

        bench.Rejects(OkxSamples.TickerWithoutBids.Replace("\"bidSz\":\"\"", "\"bidSz\":\"1\"", StringComparison.Ordinal), RejectReason.BadNumber, streamId: 1);
    }

    [Fact]
    public void A_candle_keeps_volume_turnover_and_whether_it_is_closed()
    {
        using OkxBench bench = new();
        Record[] message = bench.Message(OkxSamples.Candle);
        Assert.Equal((MessageType.Candles, 0), (Record.Read<MessageBegin>(message[0]).Type, message[0].Header.VenueTimeNs));
        Candle candle = Record.Read<Candle>(message[1]);
        Assert.Equal((675000, 675105, 674900, 675050, 125), (candle.OpenTicks, candle.HighTicks, candle.LowTicks, candle.CloseTicks, candle.VolumeLots));
        CandleTurnover second = Record.Read<CandleTurnover>(message[2]);
        Assert.Equal((84381250, 2, 1), (second.Turnover, (int)second.TurnoverDecimals, (int)second.VolumeDecimals));
        Assert.Equal((1785096000000 * Ms, 0x6D31UL, 0), (second.StartNs, second.IntervalText, second.Header.Code));
        Assert.Equal(Sequence.None, second.TradeCount);
        CandleTaker third = Record.Read<CandleTaker>(message[3]);
        Assert.Equal((Sequence.None, Sequence.None, 0), (third.TakerVolumeLots, third.TakerTurnover, third.CloseNs));

        // Two at once, the first of them closed, with a name of the longest kind.
        string two = OkxSamples.Candle.Replace("candle1m", "candle12Hutc", StringComparison.Ordinal)
            .Replace("\"0\"]]", "\"1\"],[\"1785139200000\",\"67505\",\"67505\",\"67505\",\"67505\",\"0\",\"0\",\"0\",\"0\"]]", StringComparison.Ordinal);
        List<Record[]> messages = bench.Messages(two);
        Assert.Equal([1, 0], messages.Select(static candle => (int)candle[2].Header.Code));
        Assert.Equal(1785139200000 * Ms, Record.Read<CandleTurnover>(messages[1][2]).StartNs);
    }

    [Fact]
    public void A_book_asked_for_is_a_snapshot_of_a_stream_of_its_own()
    {
        using OkxBench bench = new(symbol: "btc-usdt");
        bench.Records(OkxSamples.Snapshot);
        Record[] message = bench.Message(OkxSamples.RestBook);
        StreamDefinition stream = Record.Read<StreamDefinition>(bench.Batch[0]);
        Assert.Equal((1u, StreamRole.BookSnapshots), (stream.InstrumentId, stream.Role));
        Assert.Equal("/api/v5/market/books", Record.Read<StreamChannel>(bench.Batch[1]).Channel.ToString());
        MessageBegin begin = Record.Read<MessageBegin>(message[0]);
        Assert.Equal((MessageType.BookSnapshot, 450003, SnapshotLimits.AsksCut), (begin.Type, begin.LastSequence, (SnapshotLimits)begin.Detail));
        Assert.Equal([(Side.Ask, 675002, 120, 3), (Side.Ask, 675003, 80, 2), (Side.Bid, 675001, 95, 4)], Levels(message));

        // Rows of three items, and no sequence.
        message = bench.Message(OkxSamples.RestBookFull);
        begin = Record.Read<MessageBegin>(message[0]);
        Assert.Equal((Sequence.None, SnapshotLimits.BidsCut | SnapshotLimits.AsksCut), (begin.LastSequence, (SnapshotLimits)begin.Detail));
        Assert.Equal([(Side.Ask, 675002, 120, 3), (Side.Ask, 675003, 80, 2), (Side.Bid, 675001, 95, 4), (Side.Bid, 675000, 700, 9)], Levels(message));
    }

    [Fact]
    public void A_book_without_a_symbol_is_nobodys_until_someone_says_whose()
    {
        using OkxBench bench = new(symbol: null);
        bench.Records(OkxSamples.Snapshot);
        bench.Rejects(OkxSamples.RestBook, RejectReason.UnknownSymbol, 0);
        Assert.Equal(DecodeOutcome.Records, bench.Send(OkxSamples.RestBook, "BTC-USDT").Outcome);
        bench.Rejects(OkxSamples.RestBook, RejectReason.UnknownSymbol, 0);

        int asked = 0;
        using OkxBench resolving = new(symbol: null, resolver: () =>
        {
            asked++;
            return "ETH-USDT";
        });
        resolving.Records(OkxSamples.RestBook);
        Assert.Equal("ETH-USDT", Record.Read<InstrumentSymbol>(resolving.Batch[1]).Symbol.ToString());
        resolving.Records(OkxSamples.RestBook);
        Assert.Equal(1, asked);
        resolving.Rejects(OkxSamples.RestBook.Replace("\"seqId\":450003", "\"seqId\":-2", StringComparison.Ordinal), RejectReason.BadNumber, streamId: 1);
    }

    [Fact]
    public void A_list_of_instruments_becomes_definitions_and_nothing_else()
    {
        using OkxBench bench = new();
        bench.Records(OkxSamples.Instruments);
        Assert.Equal(3 * InstrumentDefinition.Slots, bench.Batch.Count);
        InstrumentDefinition spot = Record.Read<InstrumentDefinition>(bench.Batch[0]);
        Assert.Equal((1, 8, 1, 1), ((int)spot.PriceDecimals, (int)spot.QuantityDecimals, spot.PriceStepTicks, spot.QuantityStepLots));
        InstrumentLimits limits = Record.Read<InstrumentLimits>(bench.Batch[2]);
        Assert.Equal((1000, ContractType.Spot, 0), (limits.QuantityMinLots, limits.ContractType, limits.ContractValue));

        InstrumentDefinition linear = Record.Read<InstrumentDefinition>(bench.Batch[3]);
        Assert.Equal((2, 2, 1, 1), ((int)linear.PriceDecimals, (int)linear.QuantityDecimals, linear.PriceStepTicks, linear.QuantityStepLots));
        limits = Record.Read<InstrumentLimits>(bench.Batch[5]);
        Assert.Equal((1, 1, ContractType.Linear), (limits.ContractValue, (int)limits.ContractValueDecimals, limits.ContractType));

        limits = Record.Read<InstrumentLimits>(bench.Batch[8]);
        Assert.Equal((1, 0, ContractType.Inverse), (limits.ContractValue / 100, (int)limits.ContractValueDecimals, limits.ContractType));

        // The same list says nothing new.
        Assert.Equal(DecodeOutcome.Control, bench.Send(OkxSamples.Instruments).Outcome);
        Assert.Equal(1, bench.Decoder.ControlMessages()["instruments"]);
    }

    [Fact]
    public void A_change_of_an_instrument_comes_by_its_channel_and_contract_values_are_multiplied_exactly()
    {
        const string Change =
            """{"arg":{"channel":"instruments","instType":"FUTURES"},"data":[{"instType":"FUTURES","instId":"BTC-USDT","ctVal":"0.05","ctMult":"0.2","ctType":"linear","tickSz":"0.25","lotSz":"","minSz":""}]}""";
        using OkxBench bench = new();
        bench.Records(OkxSamples.Snapshot);
        bench.Records(Change);
        InstrumentDefinition definition = Record.Read<InstrumentDefinition>(bench.Batch[0]);
        Assert.Equal((1u, 2u, 2, 25, 0), (definition.InstrumentId, definition.Epoch, (int)definition.PriceDecimals, definition.PriceStepTicks, definition.QuantityStepLots));
        InstrumentLimits limits = Record.Read<InstrumentLimits>(bench.Batch[2]);
        Assert.Equal((1, 2, ContractType.Linear), (limits.ContractValue, (int)limits.ContractValueDecimals, limits.ContractType));
    }

    [Theory]
    [InlineData("""{"id":"1512","event":"subscribe","arg":{"channel":"books","instId":"BTC-USDT"},"connId":"a4d3ae55"}""", "subscribe")]
    [InlineData("""{"id":"1513","event":"unsubscribe","arg":{"channel":"books","instId":"BTC-USDT"},"connId":"d0b44253"}""", "unsubscribe")]
    [InlineData("""{"id":"1512","event":"error","code":"60012","msg":"Invalid request: {\"op\": \"subscribe\"}","connId":"a4d3ae55"}""", "error")]
    [InlineData("""{"event":"notice","code":"64008","msg":"…","connId":"a4d3ae55"}""", "notice")]
    [InlineData("""{"event":"login","code":"0","msg":"","connId":"a4d3ae55"}""", "login")]
    [InlineData("""{"event":"channel-conn-count","channel":"orders","connCount":"2","connId":"abcd1234"}""", "channel-conn-count")]
    [InlineData("""{"code":"51001","data":[],"msg":"Instrument ID doesn't exist."}""", "error")]
    [InlineData("""{"code":"50011","msg":"Too Many Requests"}""", "error")]
    [InlineData("pong", "pong")]
    [InlineData("ping", "ping")]
    public void What_says_nothing_of_the_market_is_counted(string frame, string name)
    {
        using OkxBench bench = new();
        Assert.Equal(DecodeOutcome.Control, bench.Send(frame).Outcome);
        Assert.Equal([KeyValuePair.Create(name, 1L)], bench.Decoder.ControlMessages());
    }

    [Theory]
    [InlineData("""{"arg":{"channel":"books-rpi","instId":"BTC-USDT"},"action":"snapshot","data":[{"asks":[["1","2","1","1"]],"bids":[],"ts":"1785096000123","seqId":1,"prevSeqId":-1}]}""", "books-rpi")]
    [InlineData("""{"arg":{"channel":"books-elp","instId":"BTC-USDT"},"action":"update","data":[]}""", "books-elp")]
    [InlineData("""{"arg":{"channel":"opt-summary","uly":"ETH-USD"},"data":[{"a":1},{"b":2}]}""", "opt-summary")]
    [InlineData("""{"arg":{"channel":"/api/v5/market/books","instId":"BTC-USDT"},"data":[{"asks":[],"bids":[],"ts":"1785096000123","seqId":1}]}""", "/api/v5/market/books")]
    [InlineData("""{"arg":{"channel":"candle","instId":"BTC-USDT"},"data":[]}""", "candle")]
    [InlineData("""{"event":"something"}""", "something")]
    [InlineData("""{"code":"0","msg":"","data":[{"ts":"1597026383085"}]}""", "answer")]
    [InlineData("""{"code":"0","msg":"","data":[["1","2"]]}""", "answer")]
    [InlineData("""{"code":"0","msg":"","data":[]}""", "answer")]
    [InlineData("""[1,2]""", "array")]
    [InlineData("""{"op":"subscribe","args":[]}""", "unnamed")]
    public void What_is_not_read_is_counted_by_its_name(string frame, string name)
    {
        using OkxBench bench = new();
        Assert.Equal(DecodeOutcome.UnknownEvent, bench.Send(frame).Outcome);
        Assert.Equal([KeyValuePair.Create(name, 1L)], bench.Decoder.UnknownEvents());
    }

    [Fact]
    public void An_event_behind_data_leaves_nothing_of_them()
    {
        using OkxBench bench = new();
        using OkxBench untouched = new();
        string odd = OkxSamples.Books5[..^1] + ",\"event\":\"subscribe\"}";
        Assert.Equal(DecodeOutcome.Control, bench.Send(odd).Outcome);
        Assert.Equal(untouched.Records(OkxSamples.Snapshot), bench.Records(OkxSamples.Snapshot));
    }

    [Fact]
    public void Each_channel_of_an_instrument_is_a_stream_and_shares_its_decimals()
    {
        using OkxBench bench = new();
        bench.Records(OkxSamples.Snapshot);
        Record[] message = bench.Message(OkxSamples.Ticker);
        Assert.Equal(2u, message[0].Header.StreamId);
        Assert.Equal(RecordKind.StreamDefinition, bench.Batch[0].Header.Kind);
        Record[] trade = bench.Message(OkxSamples.Trades);
        Assert.Equal((3u, 8), (trade[0].Header.StreamId, Record.Read<InstrumentDefinition>(bench.Batch[0]).QuantityDecimals));
        Assert.Equal(1_25000000, Record.Read<LevelSet>(bench.Message(OkxSamples.Update)[3]).QuantityLots);
    }

    private static List<(Side Side, long Price, long Quantity, int Orders)> Levels(Record[] message)
    {
        List<(Side, long, long, int)> levels = [];
        foreach (Record record in message[1..])
        {
            LevelSet level = Record.Read<LevelSet>(record);
            levels.Add((level.Header.Side, level.PriceTicks, level.QuantityLots, (int)level.OrderCount));
        }

        return levels;
    }
}
