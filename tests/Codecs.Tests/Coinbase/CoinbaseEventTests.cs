using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Coinbase;

/// <summary>What each kind of frame of Coinbase Exchange becomes, field by field.</summary>
public class CoinbaseEventTests
{
    private static readonly long Time2022 = new DateTimeOffset(2022, 8, 4, 15, 25, 5, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1_000_000;

    [Fact]
    public void A_snapshot_is_bids_then_asks()
    {
        using CoinbaseBench bench = new();
        Record[] message = bench.Message(CoinbaseSamples.Snapshot);
        MessageBegin begin = Record.Read<MessageBegin>(message[0]);
        Assert.Equal((MessageType.BookSnapshot, Sequence.None, Sequence.None), (begin.Type, begin.LastSequence, begin.FirstSequence));
        Assert.Equal(Time2022 + 10_758_000, begin.Header.VenueTimeNs);
        Assert.Equal(
            [(Side.Bid, 1010110, 45054140), (Side.Bid, 1010105, 200000000), (Side.Ask, 1010255, 57753524), (Side.Ask, 1010260, 150000000)],
            CoinbaseMessages.Levels(message));
        Assert.Equal([TextForm.Of(2, 8), TextForm.Of(2, 8), TextForm.Of(2, 8), TextForm.Of(2, 1)], message[1..].Select(static level => level.Header.TextForm));
        Assert.All(message, static record => Assert.True(record.Header.Has(RecordFlags.Snapshot)));
    }

    [Fact]
    public void A_snapshot_of_2021_has_no_time()
    {
        using CoinbaseBench bench = new();
        Assert.Equal(0, bench.Message("""{"type":"snapshot","product_id":"BTC-USD","bids":[["1","2"]],"asks":[]}""")[0].Header.VenueTimeNs);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_update_sets_and_deletes(bool isKnown)
    {
        using CoinbaseBench bench = new();
        if (isKnown)
        {
            bench.Bytes(CoinbaseSamples.Snapshot);
        }

        Record[] message = bench.Message(CoinbaseSamples.Update);
        Assert.Equal(MessageType.BookDelta, Record.Read<MessageBegin>(message[0]).Type);
        Assert.Equal([(Side.Bid, 0L), (Side.Ask, isKnown ? 100000000 : 1)], CoinbaseMessages.Levels(message).Select(static level => (level.Side, level.Quantity)));
        Assert.All(message, static record => Assert.Equal(Time2022 + 1_010_758_000, record.Header.VenueTimeNs));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0.0")]
    [InlineData("0.000000")]
    [InlineData("0.00000000")]
    public void Zero_of_any_length_deletes(string zero)
    {
        using CoinbaseBench bench = new();
        Record[] message = bench.Message(CoinbaseSamples.Update.Replace("0.00000000", zero, StringComparison.Ordinal));
        Assert.Equal(0, CoinbaseMessages.Levels(message)[0].Quantity);
        Assert.Equal(Math.Max(0, zero.Length - 2), message[1].Header.TextForm.QuantityDecimals);
    }

    [Fact]
    public void Nothing_proves_a_level2_book()
    {
        using CoinbaseBench bench = new();
        bench.Bytes(CoinbaseSamples.Snapshot);
        InstrumentDefinition instrument = Record.Read<InstrumentDefinition>(bench.Batch[0]);
        Assert.Equal((1u, Venue.Coinbase, 2, 8), (instrument.InstrumentId, instrument.Venue, instrument.PriceDecimals, instrument.QuantityDecimals));
        StreamDefinition stream = Record.Read<StreamDefinition>(bench.Batch[3]);
        Assert.Equal(
            (StreamRole.Book, ContinuityRule.None, BridgeRule.None, Evidence.None, 0u, 30_000_000_000L),
            (stream.Role, stream.Continuity, stream.Bridge, stream.Evidence, stream.DepthLimit, stream.StaleAfterNs));
    }

    [Theory]
    [InlineData(null, "level2")]
    [InlineData("level2", "level2")]
    [InlineData("level2_batch", "level2_batch")]
    [InlineData("level2_50", "level2_50")]
    public void A_book_is_named_as_its_acknowledgement_names_it(string? acknowledged, string channel)
    {
        using CoinbaseBench bench = new();
        if (acknowledged is not null)
        {
            bench.Send($$"""{"type":"subscriptions","channels":[{"product_ids":["ETH-USD","BTC-USD"],"name":"{{acknowledged}}"}]}""");
        }

        bench.Bytes(CoinbaseSamples.Snapshot);
        Assert.Equal(channel, Record.Read<StreamChannel>(bench.Batch[4]).Channel.ToString());

        // Whatever its name, there is one such stream.
        Assert.Single(bench.Messages(CoinbaseSamples.Update));
        Assert.Equal(3, bench.Batch.Count);
    }

    [Fact]
    public void A_ticker_is_two_quotes()
    {
        using CoinbaseBench bench = new();
        Record[] message = bench.Message(CoinbaseSamples.Ticker);
        MessageBegin begin = Record.Read<MessageBegin>(message[0]);
        Assert.Equal((MessageType.Ticker, 37475248783), (begin.Type, begin.LastSequence));
        Quote[] quotes = [.. message[1..].Select(static record => Record.Read<Quote>(record))];
        Assert.Equal(
            [(Side.Bid, 128504, 46688654, 37475248783), (Side.Ask, 128527, 156637040, 37475248783)],
            quotes.Select(static quote => (quote.Header.Side, quote.PriceTicks, quote.QuantityLots, quote.UpdateId)));

        quotes = [.. bench.Message(CoinbaseSamples.Ticker2021)[1..].Select(static record => Record.Read<Quote>(record))];
        Assert.Equal([(58800_00, Sequence.None), (58800_01, Sequence.None)], quotes.Select(static quote => (quote.PriceTicks, quote.QuantityLots)));

        quotes = [.. bench.Message(CoinbaseSamples.Ticker2021.Replace("58800.00", "0", StringComparison.Ordinal))[1..].Select(static record => Record.Read<Quote>(record))];
        Assert.Equal((0, 0), (quotes[0].PriceTicks, quotes[0].QuantityLots));
    }

    [Fact]
    public void The_side_of_a_match_is_the_makers()
    {
        using CoinbaseBench bench = new();
        Record[] message = bench.Message(CoinbaseSamples.Match);
        MessageBegin begin = Record.Read<MessageBegin>(message[0]);
        Assert.Equal((MessageType.Trades, 50), (begin.Type, begin.LastSequence));
        Trade trade = Record.Read<Trade>(message[1]);
        Assert.Equal(
            (Side.Bid, 40023, 523512, 10, 0, 50),
            (trade.Header.Side, trade.PriceTicks, trade.QuantityLots, trade.TradeIdLow, trade.TradeIdHigh, trade.TradeSequence));
        message = bench.Message(CoinbaseSamples.Match.Replace("sell", "buy", StringComparison.Ordinal));
        Assert.Equal(Side.Ask, message[1].Header.Side);
    }

    [Fact]
    public void A_heartbeat_has_the_products_sequence_and_last_trade()
    {
        using CoinbaseBench bench = new();
        Record[] message = bench.Message(CoinbaseSamples.Heartbeat);
        MessageBegin begin = Record.Read<MessageBegin>(Assert.Single(message));
        Assert.Equal((MessageType.Heartbeat, 90, 20), (begin.Type, begin.LastSequence, begin.FirstSequence));
        StreamDefinition stream = Record.Read<StreamDefinition>(bench.Batch[3]);
        Assert.Equal((StreamRole.Heartbeats, 1u), (stream.Role, stream.InstrumentId));
    }

    [Fact]
    public void Rest_levels_have_order_counts()
    {
        using CoinbaseBench bench = new();
        Record[] message = bench.Message(CoinbaseSamples.RestLevels, "btc-usd");
        Assert.Equal("BTC-USD", Record.Read<InstrumentSymbol>(bench.Batch[1]).Symbol.ToString());
        Assert.Equal(StreamRole.BookSnapshots, Record.Read<StreamDefinition>(bench.Batch[3]).Role);
        MessageBegin begin = Record.Read<MessageBegin>(message[0]);
        Assert.Equal((MessageType.BookSnapshot, 13051505638, (byte)SnapshotLimits.None), (begin.Type, begin.LastSequence, begin.Detail));
        Assert.Equal([2u, 1u, 1u, 12u], message[1..].Select(static record => Record.Read<LevelSet>(record).OrderCount));

        // Level 1: the best of each side, and no word of what is behind.
        message = bench.Message("""{"sequence":3,"bids":[["6247.58","6.3578146",2]],"asks":[["6251.52","2",1]]}""", "BTC-USD");
        Assert.Equal(SnapshotLimits.BidsCut | SnapshotLimits.AsksCut, (SnapshotLimits)Record.Read<MessageBegin>(message[0]).Detail);
    }

    [Fact]
    public void Rest_orders_are_resting_orders()
    {
        using CoinbaseBench bench = new(options: new DecoderOptions { DefaultSymbol = "BTC-USD" });
        Record[] message = bench.Message(CoinbaseSamples.RestOrders);
        Assert.Equal("book?level=3", Record.Read<StreamChannel>(bench.Batch[4]).Channel.ToString());
        MessageBegin begin = Record.Read<MessageBegin>(message[0]);
        Assert.Equal((MessageType.OrderSnapshot, 13051505638), (begin.Type, begin.LastSequence));
        OrderOpen[] orders = [.. message[1..].Select(static record => Record.Read<OrderOpen>(record))];
        Assert.Equal([Side.Bid, Side.Bid, Side.Ask], orders.Select(static order => new OrderCode(order.Header.Code).Side));
        Assert.Equal([624758L, 624758, 625152], orders.Select(static order => order.PriceTicks));
        Assert.Equal((unchecked((long)0xcb1a3e2a5d5c4cd4), unchecked((long)0xb4f04d0bd0d0a7b1)), (orders[0].OrderIdHigh, orders[0].OrderIdLow));
        Assert.All(orders, static order => Assert.Equal(Sequence.None, order.OrderSequence));
    }

    [Fact]
    public void Whose_a_rest_book_is_must_be_told()
    {
        using CoinbaseBench bench = new();
        bench.Bytes(CoinbaseSamples.Snapshot);
        bench.Rejects(CoinbaseSamples.RestLevels, RejectReason.UnknownSymbol, 0);
        int asked = 0;
        using CoinbaseBench resolving = new(options: new DecoderOptions { SymbolResolver = () => $"ETH-{(++asked == 1 ? "USD" : "EUR")}" });
        resolving.Bytes(CoinbaseSamples.RestLevels);
        Assert.Equal("ETH-USD", Record.Read<InstrumentSymbol>(resolving.Batch[1]).Symbol.ToString());
        resolving.Bytes(CoinbaseSamples.RestLevels);
        Assert.Equal(1, asked);
    }

    [Fact]
    public void Status_defines_instruments_once()
    {
        using CoinbaseBench bench = new();
        Assert.Equal(DecodeOutcome.Records, bench.Send(CoinbaseSamples.Status).Outcome);
        Assert.Equal(6, bench.Batch.Count);
        InstrumentDefinition first = Record.Read<InstrumentDefinition>(bench.Batch[0]);
        InstrumentLimits limits = Record.Read<InstrumentLimits>(bench.Batch[2]);
        Assert.Equal((2, 8, 1, 1), ((int)first.PriceDecimals, (int)first.QuantityDecimals, first.PriceStepTicks, first.QuantityStepLots));
        Assert.Equal((15, 1, 0, ContractType.Spot), (limits.NotionalMin, (int)limits.NotionalDecimals, limits.QuantityMinLots, limits.ContractType));
        InstrumentDefinition second = Record.Read<InstrumentDefinition>(bench.Batch[3]);
        limits = Record.Read<InstrumentLimits>(bench.Batch[5]);
        Assert.Equal((2, 4, 5, 1), ((int)second.PriceDecimals, (int)second.QuantityDecimals, second.PriceStepTicks, second.QuantityStepLots));
        Assert.Equal((10, 0), (limits.QuantityMinLots, limits.NotionalMin));

        // Nothing new: no record.
        Assert.Equal(DecodeOutcome.Control, bench.Send(CoinbaseSamples.Status).Outcome);
        Assert.Equal(0, bench.Batch.Count);

        // The streams of the product find it.
        bench.Bytes(CoinbaseSamples.Snapshot);
        Assert.Equal(RecordKind.StreamDefinition, bench.Batch[0].Header.Kind);
        Assert.Equal(1u, Record.Read<StreamDefinition>(bench.Batch[0]).InstrumentId);
    }

    [Theory]
    [InlineData("""[{"id":"BTC-USD","quote_increment":"0.01","base_increment":"0.00000001"},{"id":"X"}]""")]
    [InlineData("""{"id":"BTC-USD","quote_increment":"0.01","base_increment":"0.00000001"}""")]
    public void Rest_products_define_instruments(string frame)
    {
        using CoinbaseBench bench = new();
        Assert.Equal(DecodeOutcome.Records, bench.Send(frame).Outcome);
        Assert.Equal(InstrumentDefinition.Slots, bench.Batch.Count);
    }

    [Theory]
    [InlineData("""{"type":"last_match","trade_id":1}""", "last_match")]
    [InlineData("""{"type":"level3","schema":{"open":["type"]}}""", "level3")]
    [InlineData(CoinbaseSamples.Level3, "level3")]
    [InlineData("""{"type":"activate","product_id":"BTC-USD","timestamp":"1483736448.299000","private":true}""", "activate")]
    [InlineData("""{"type":"auction","product_id":"BTC-USD","sequence":3}""", "auction")]
    [InlineData("""{"x":1}""", "unnamed")]
    [InlineData("[]", "array")]
    [InlineData("[7]", "array")]
    public void Is_counted_by_name(string frame, string name)
    {
        using CoinbaseBench bench = new();
        Assert.Equal(DecodeOutcome.UnknownEvent, bench.Send(frame).Outcome);
        Assert.Equal([new(name, 1)], bench.Decoder.UnknownEvents());
    }

    [Theory]
    [InlineData(CoinbaseSamples.Subscriptions, "subscriptions")]
    [InlineData("""{"type":"error","message":"Failed to subscribe","reason":"…"}""", "error")]
    [InlineData("""{"message":"NotFound"}""", "error")]
    public void Says_nothing_about_markets(string frame, string name)
    {
        using CoinbaseBench bench = new();
        Assert.Equal(DecodeOutcome.Control, bench.Send(frame).Outcome);
        Assert.Equal([new(name, 1)], bench.Decoder.ControlMessages());
    }

    [Fact]
    public void A_stream_that_is_no_longer_listed_has_ended()
    {
        using CoinbaseBench bench = new();
        const string none = """{"type":"subscriptions","channels":[]}""";
        bench.Bytes(CoinbaseSamples.Snapshot);
        uint stream = bench.Message(CoinbaseSamples.Update)[0].Header.StreamId;

        // Never listed: the data may be ahead of their acknowledgement.
        Assert.Empty(bench.Bytes(none));
        bench.Send(CoinbaseSamples.Subscriptions);
        Assert.Empty(bench.Bytes(none, connection: 1));
        Record[] ended = bench.Message(none);
        Assert.Equal((MessageType.Ended, stream), (Record.Read<MessageBegin>(Assert.Single(ended)).Type, ended[0].Header.StreamId));
        Assert.Empty(bench.Bytes(none));
        Assert.Single(bench.Messages(CoinbaseSamples.Snapshot));
    }
}
