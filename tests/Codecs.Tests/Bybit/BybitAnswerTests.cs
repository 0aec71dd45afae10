using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Bybit;

/// <summary>Frames without a topic: acknowledgements, answers to pings, REST answers.</summary>
public class BybitAnswerTests
{
    [Theory]
    [InlineData("subscribe", """{"success":true,"ret_msg":"subscribe","conn_id":"d9avsh3fo0jvsls9d82g-5m9jh","req_id":"1","op":"subscribe"}""")]
    [InlineData("subscribe", """{"success":true,"ret_msg":"","conn_id":"d30fdpbboasp1pjbe7r0","req_id":"1","op":"subscribe"}""")]
    [InlineData("unsubscribe", """{"success":true,"ret_msg":"","conn_id":"d30fdpbboasp1pjbe7r0","req_id":"1","op":"unsubscribe"}""")]
    [InlineData("command_resp", """{"success":true,"conn_id":"aa01fbfffe80af37-0000","data":{"failTopics":[],"successTopics":["orderbook.25.BTC-6JAN23-17500-C"]},"type":"COMMAND_RESP"}""")]
    [InlineData("error", """{"success":true,"conn_id":"aa01fbfffe80af37-0000","data":{"failTopics":["orderbook.7.X"],"successTopics":[]},"type":"COMMAND_RESP"}""")]
    [InlineData("error", """{"success":false,"ret_msg":"error:handler not found,topic:orderbook.50.NOPEUSDT","conn_id":"d","req_id":"1","op":"subscribe"}""")]
    [InlineData("error", """{"success":false,"ret_msg":"error:already subscribed,topic:orderbook.50.BTCUSDT","conn_id":"d","req_id":"","op":"subscribe"}""")]
    [InlineData("error", """{"success":false,"ret_msg":"Failed to decode incoming data: ...","conn_id":"d"}""")]
    [InlineData("pong", """{"success":true,"ret_msg":"pong","conn_id":"0970e817-426e-429a-a679-ff7f55e0b16a","op":"ping"}""")]
    [InlineData("pong", """{"success":true,"ret_msg":"pong","conn_id":"465772b1-7630-4fdc-a492-e003e6f0f260","req_id":"100001","op":"ping"}""")]
    [InlineData("pong", """{"args":["1672916271846"],"op":"pong"}""")]
    [InlineData("pong", """{"req_id":"100001","op":"pong","args":["1675418560633"],"conn_id":"cfcb4ocsvfriu23r3er0-1b"}""")]
    [InlineData("pong", """{"retCode":0,"retMsg":"OK","op":"pong","data":["1711002002529"],"connId":"cnt5leec0hvan15eukcg-2v"}""")]
    [InlineData("auth", """{"success":true,"ret_msg":"","op":"auth","conn_id":"cejreaspqfh3sjdnldmg-p"}""")]
    [InlineData("order.create", """{"reqId":"t","retCode":0,"retMsg":"OK","op":"order.create","data":{"orderId":"a"},"retExtInfo":{},"connId":"c"}""")]
    [InlineData("error", """{"reqId":"t","retCode":10001,"retMsg":"params error","op":"order.create","data":{},"connId":"c"}""")]
    [InlineData("result", """{"success":true,"conn_id":"x"}""")]
    [InlineData("time", """{"retCode":0,"retMsg":"OK","result":{"timeSecond":"1688639403","timeNano":"1688639403423213947"},"retExtInfo":{},"time":1688639403423}""")]
    [InlineData("kline", """{"retCode":0,"retMsg":"OK","result":{"symbol":"BTCUSD","category":"inverse","list":[["1670608800000","17071","17073","17027","17055.5","268611","15.74462667"]]},"retExtInfo":{},"time":1672025956592}""")]
    [InlineData("recent-trade", """{"retCode":0,"retMsg":"OK","result":{"category":"spot","list":[{"execId":"2100000000007764263","symbol":"BTCUSDT","price":"16618.49","size":"0.00012","side":"Buy","time":"1672052955758","isBlockTrade":false}]},"retExtInfo":{},"time":1672053054358}""")]
    [InlineData("tickers", """{"retCode":0,"retMsg":"OK","result":{"category":"spot","list":[{"symbol":"BTCUSDT","bid1Price":"20517.96","bid1Size":"2"}]},"retExtInfo":{},"time":1673859087947}""")]
    [InlineData("rest", """{"retCode":0,"retMsg":"OK","result":{"category":"spot","list":[]},"retExtInfo":{},"time":1673859087947}""")]
    [InlineData("rest", """{"retCode":0,"retMsg":"OK","result":{"orderId":"1321003749386327552"},"retExtInfo":{},"time":1672211918471}""")]
    [InlineData("rest", """{"retCode":0,"retMsg":"OK","result":null,"time":1672211918471}""")]
    [InlineData("error", """{"retCode":10001,"retMsg":"params error: symbol invalid","result":{},"retExtInfo":{},"time":1672211918471}""")]
    public void Is_counted_by_name(string name, string frame)
    {
        using BybitBench bench = new();
        for (int round = 1; round <= 2; round++)
        {
            Assert.Equal(new DecodeResult(DecodeOutcome.Control, RejectReason.None, 0, 0), bench.Send(frame));
            Assert.Equal([new(name, round)], bench.Decoder.ControlMessages());
        }

        Assert.Empty(bench.Decoder.UnknownEvents());
    }

    [Theory]
    [InlineData("unnamed", "{}")]
    [InlineData("unnamed", """{"data":{"b":[["1","2"]],"a":[]}}""")]
    [InlineData("unnamed", """{"op":"x y"}""")]
    [InlineData("unnamed", """{"op":7}""")]
    [InlineData("rpi_orderbook", """{"retCode":0,"result":{"s":"BTCUSDT","a":[["65557.7","16","2"]],"b":[["65485.47","47","0"]],"ts":1716863719031,"u":230704,"seq":1432604333,"cts":1716863718905}}""")]
    [InlineData("rpi_orderbook", """{"retCode":0,"result":{"s":"BTCUSDT","a":[["65557.7","16","2"]],"b":[],"ts":1716863719031,"u":230704,"seq":1432604333,"cts":1716863718905}}""")]
    [InlineData("instruments-info", BybitSamples.SpotInstruments)]
    [InlineData("instruments-info", BybitSamples.InverseInstruments)]
    public void Is_not_known(string name, string frame)
    {
        using BybitBench bench = new();
        Assert.Equal(DecodeOutcome.UnknownEvent, bench.Send(frame).Outcome);
        Assert.Equal([new(name, 1)], bench.Decoder.UnknownEvents());
        Assert.Empty(bench.Decoder.ControlMessages());
    }

    [Fact]
    public void A_rest_book_is_a_stream_of_its_own()
    {
        using BybitBench bench = new(Venue.BybitSpot);
        bench.Records(BybitSamples.SpotSnapshot);
        bench.Records(BybitSamples.RestBook);
        StreamDefinition stream = Record.Read<StreamDefinition>(bench.Batch[0]);
        Assert.Equal((2u, 1u, StreamRole.BookSnapshots), (stream.Header.StreamId, stream.InstrumentId, stream.Role));
        Assert.Equal((ContinuityRule.None, BridgeRule.None, Evidence.None, 0u), (stream.Continuity, stream.Bridge, stream.Evidence, stream.DepthLimit));
        Assert.Equal("/v5/market/orderbook", Record.Read<StreamChannel>(bench.Batch[1]).Channel.ToString());
        Record[] message = bench.Message(BybitSamples.RestBook);
        MessageBegin begin = Record.Read<MessageBegin>(message[0]);
        Assert.Equal((MessageType.BookSnapshot, 230704, Sequence.None, 1432604333), (begin.Type, begin.LastSequence, begin.FirstSequence, begin.PreviousSequence));
        Assert.Equal((1716863719031_000_000, 1716863718905_000_000), (begin.Header.VenueTimeNs, begin.MatchingTimeNs));
        Assert.Equal(SnapshotLimits.BidsCut, (SnapshotLimits)begin.Detail);
        Assert.Equal(
            [(Side.Bid, 6548547, 47081829), (Side.Bid, 6548546, 500000), (Side.Ask, 6555770, 16606555)], BybitEventTests.Levels(message));
        Assert.All(message, static record => Assert.True(record.Header.Has(RecordFlags.Snapshot)));

        // The recording's own word against the answer's.
        Assert.Equal(DecodeOutcome.Records, bench.Send(BybitSamples.RestBook, "BTCUSDT").Outcome);
        DecodeResult result = bench.Send(BybitSamples.RestBook, "ETHUSDT");
        Assert.Equal((RejectReason.SymbolMismatch, 2u), (result.Reason, result.StreamId));
    }

    [Theory]
    [InlineData(0, 0, SnapshotLimits.None)]
    [InlineData(0, 1, SnapshotLimits.AsksCut)]
    [InlineData(50, 50, SnapshotLimits.BidsCut | SnapshotLimits.AsksCut)]
    [InlineData(1000, 999, SnapshotLimits.BidsCut)]
    public void The_longer_side_of_a_rest_book_may_go_on(int bids, int asks, SnapshotLimits limits)
    {
        string bidRows = string.Join(',', Enumerable.Range(0, bids).Select(static index => $"[\"{10000 - index}\",\"1\"]"));
        string askRows = string.Join(',', Enumerable.Range(0, asks).Select(static index => $"[\"{20000 + index}\",\"1\"]"));
        using BybitBench bench = new();
        Record[] message = bench.Message($$$"""{"retCode":0,"result":{"s":"BTCUSDT","a":[{{{askRows}}}],"b":[{{{bidRows}}}],"u":2}}""");
        Assert.Equal(1 + bids + asks, message.Length);
        Assert.Equal(limits, (SnapshotLimits)Record.Read<MessageBegin>(message[0]).Detail);
    }

    [Fact]
    public void A_list_of_linear_instruments()
    {
        using BybitBench bench = new();
        bench.Records(BybitSamples.LinearInstruments);
        Assert.Equal(6, bench.Batch.Count);
        (InstrumentDefinition definition, string symbol, InstrumentLimits limits) = Definition(bench, 0);
        Assert.Equal(("BTCUSDT", 1u, 1, 3), (symbol, definition.Epoch, definition.PriceDecimals, definition.QuantityDecimals));
        Assert.Equal((1, 1, 1), (definition.PriceStepTicks, definition.QuantityStepLots, limits.QuantityMinLots));
        Assert.Equal((5L, (byte)0, 1L, (byte)0, ContractType.Linear), (limits.NotionalMin, limits.NotionalDecimals, limits.ContractValue, limits.ContractValueDecimals, limits.ContractType));
        (definition, symbol, limits) = Definition(bench, 3);
        Assert.Equal(("DOGEUSDT", 1u, 5, 0), (symbol, definition.Epoch, definition.PriceDecimals, definition.QuantityDecimals));
        Assert.Equal((1, 1, 1), (definition.PriceStepTicks, definition.QuantityStepLots, limits.QuantityMinLots));

        // The same again says nothing new; frames use what is defined.
        Assert.Equal(DecodeOutcome.Control, bench.Send(BybitSamples.LinearInstruments).Outcome);
        Assert.Equal([new("instruments-info", 1)], bench.Decoder.ControlMessages());
        bench.Records(BybitSamples.Snapshot);
        Assert.Equal(2 + 5, bench.Batch.Count);

        // Another tick is another epoch, of that instrument alone.
        bench.Records(BybitSamples.LinearInstruments.Replace("\"0.10\"},\"lot", "\"0.05\"},\"lot", StringComparison.Ordinal));
        Assert.Equal(3, bench.Batch.Count);
        (definition, symbol, _) = Definition(bench, 0);
        Assert.Equal(("BTCUSDT", 2u, 2, 5L), (symbol, definition.Epoch, definition.PriceDecimals, definition.PriceStepTicks));
    }

    [Fact]
    public void Lists_of_spot_and_inverse_instruments()
    {
        using BybitBench spot = new(Venue.BybitSpot);
        spot.Records(BybitSamples.SpotInstruments);
        (InstrumentDefinition definition, string symbol, InstrumentLimits limits) = Definition(spot, 0);
        Assert.Equal(("BTCUSDT", 1, 6), (symbol, definition.PriceDecimals, definition.QuantityDecimals));
        Assert.Equal((1, 1, 0), (definition.PriceStepTicks, definition.QuantityStepLots, limits.QuantityMinLots));
        Assert.Equal((5, 0, ContractType.Spot), (limits.NotionalMin, limits.ContractValue, limits.ContractType));

        using BybitBench inverse = new(Venue.BybitInverse);
        inverse.Records(BybitSamples.InverseInstruments);
        (definition, symbol, limits) = Definition(inverse, 0);
        Assert.Equal(("BTCUSD", 1, 0), (symbol, definition.PriceDecimals, definition.QuantityDecimals));
        Assert.Equal((5, 1, 1), (definition.PriceStepTicks, definition.QuantityStepLots, limits.QuantityMinLots));
        Assert.Equal((0, 1, ContractType.Inverse), (limits.NotionalMin, limits.ContractValue, limits.ContractType));
    }

    private static (InstrumentDefinition Definition, string Symbol, InstrumentLimits Limits) Definition(BybitBench bench, int at) =>
        (Record.Read<InstrumentDefinition>(bench.Batch[at]), Record.Read<InstrumentSymbol>(bench.Batch[at + 1]).Symbol.ToString(),
            Record.Read<InstrumentLimits>(bench.Batch[at + 2]));
}
