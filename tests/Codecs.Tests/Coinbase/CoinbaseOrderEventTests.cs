using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Coinbase;

/// <summary>Events of single orders, and to which channel a match belongs.</summary>
public class CoinbaseOrderEventTests
{
    private const long OrderHigh = unchecked((long)0xd50ec98477a8460a);
    private const long OrderLow = unchecked((long)0xb95866f114b0de9b);

    [Fact]
    public void Full_has_a_sequence_of_its_product()
    {
        using CoinbaseBench bench = new();
        MessageBegin begin = Record.Read<MessageBegin>(bench.Message(CoinbaseSamples.Open)[0]);
        Assert.Equal((MessageType.Orders, 13, 13), (begin.Type, begin.FirstSequence, begin.LastSequence));
        StreamDefinition stream = Record.Read<StreamDefinition>(bench.Batch[3]);
        Assert.Equal(
            (StreamRole.Orders, ContinuityRule.Range, BridgeRule.RangeAfter, Evidence.Sequence), (stream.Role, stream.Continuity, stream.Bridge, stream.Evidence));
        Assert.Equal("full", Record.Read<StreamChannel>(bench.Batch[4]).Channel.ToString());
    }

    [Fact]
    public void Received()
    {
        using CoinbaseBench bench = new();
        Record[] message = bench.Message(CoinbaseSamples.Received);
        OrderReceived received = Record.Read<OrderReceived>(message[1]);
        OrderReceivedTerms terms = Record.Read<OrderReceivedTerms>(message[2]);
        Assert.Equal(OrderCode.Of(Side.Bid, OrderReason.Limit), new OrderCode(received.Header.Code));
        Assert.Equal((5021, 134, 10), (received.PriceTicks, received.QuantityLots, received.OrderSequence));
        Assert.Equal((OrderHigh, OrderLow), (received.OrderIdHigh, received.OrderIdLow));
        Assert.True(terms.Header.Has(RecordFlags.Continued));
        Assert.Equal((unchecked((long)0xd50ec97476a2454b), 0x66f135b1ea8c0001, Sequence.None), (terms.ClientIdHigh, terms.ClientIdLow, terms.Funds));

        message = bench.Message(CoinbaseSamples.ReceivedMarket);
        received = Record.Read<OrderReceived>(message[1]);
        terms = Record.Read<OrderReceivedTerms>(message[2]);
        Assert.Equal(OrderCode.Of(Side.Bid, OrderReason.Market), new OrderCode(received.Header.Code));
        Assert.Equal((0, Sequence.None, 3000234, 3), (received.PriceTicks, received.QuantityLots, terms.Funds, (int)terms.FundsDecimals));
        Assert.NotEqual(0, terms.ClientIdHigh);

        // The documentation's own client id is no UUID, and many orders have none.
        foreach (string other in (ReadOnlySpan<string>)["\"d50ec974-76a2-454b-66f135b1ea8c\"", "\"\"", "null", "7"])
        {
            terms = Record.Read<OrderReceivedTerms>(
                bench.Message(CoinbaseSamples.Received.Replace("\"d50ec974-76a2-454b-66f1-35b1ea8c0001\"", other, StringComparison.Ordinal))[2]);
            Assert.Equal((0, 0), (terms.ClientIdHigh, terms.ClientIdLow));
        }
    }

    [Fact]
    public void Open_and_done()
    {
        using CoinbaseBench bench = new();
        OrderOpen open = Record.Read<OrderOpen>(bench.Message(CoinbaseSamples.Open)[1]);
        Assert.Equal((Side.Ask, 2002, 1, 13), (new OrderCode(open.Header.Code).Side, open.PriceTicks, open.QuantityLots, open.OrderSequence));
        Assert.Equal(TextForm.Of(1, 2), open.Header.TextForm);

        OrderDone done = Record.Read<OrderDone>(bench.Message(CoinbaseSamples.Done)[1]);
        Assert.Equal(OrderCode.Of(Side.Ask, OrderReason.Filled), new OrderCode(done.Header.Code));
        Assert.Equal((2002, 0, 14), (done.PriceTicks, done.QuantityLots, done.OrderSequence));

        done = Record.Read<OrderDone>(bench.Message(CoinbaseSamples.DoneMarket)[1]);
        Assert.Equal(OrderCode.Of(Side.Ask, OrderReason.Canceled), new OrderCode(done.Header.Code));
        Assert.Equal((0, Sequence.None), (done.PriceTicks, done.QuantityLots));
    }

    [Fact]
    public void Change()
    {
        using CoinbaseBench bench = new();
        Record[] message = bench.Message(CoinbaseSamples.ChangeModify);
        OrderChange change = Record.Read<OrderChange>(message[1]);
        OrderBefore before = Record.Read<OrderBefore>(message[2]);
        Assert.Equal(OrderCode.Of(Side.Bid, OrderReason.Modified), new OrderCode(change.Header.Code));
        Assert.Equal((6, 805, 7, 800), (change.PriceTicks, change.QuantityLots, before.PriceTicks, before.QuantityLots));

        message = bench.Message(CoinbaseSamples.ChangeStp);
        change = Record.Read<OrderChange>(message[1]);
        before = Record.Read<OrderBefore>(message[2]);
        Assert.Equal(OrderCode.Of(Side.Ask, OrderReason.SelfTradePrevention), new OrderCode(change.Header.Code));
        Assert.Equal((0, 5235120, 0, 12234412), (change.PriceTicks, change.QuantityLots, before.PriceTicks, before.QuantityLots));

        message = bench.Message(CoinbaseSamples.ChangeStp.Replace("null", "\"400.23\"", StringComparison.Ordinal).Replace("STP", "new", StringComparison.Ordinal));
        Assert.Equal(OrderReason.Other, new OrderCode(message[1].Header.Code).Reason);
        Assert.Equal(40023, Record.Read<OrderChange>(message[1]).PriceTicks);
    }

    [Fact]
    public void What_changes_no_resting_order_still_counts()
    {
        using CoinbaseBench bench = new();
        string funds = CoinbaseSamples.ChangeStp.Replace("old_size", "old_funds", StringComparison.Ordinal).Replace("new_size", "new_funds", StringComparison.Ordinal);
        MessageBegin begin = Record.Read<MessageBegin>(Assert.Single(bench.Message(funds)));
        Assert.Equal((MessageType.Orders, 80, 80), (begin.Type, begin.FirstSequence, begin.LastSequence));
        begin = Record.Read<MessageBegin>(Assert.Single(bench.Message("""{"type":"activate","product_id":"BTC-USD","sequence":81}""")));
        Assert.Equal((MessageType.Orders, 81, 81), (begin.Type, begin.FirstSequence, begin.LastSequence));
    }

    [Fact]
    public void A_match_of_full()
    {
        using CoinbaseBench bench = new();
        bench.Send(CoinbaseSamples.FullSubscriptions);
        Record[] message = bench.Message(CoinbaseSamples.Match);
        Assert.Equal(MessageType.Orders, Record.Read<MessageBegin>(message[0]).Type);
        OrderMatch match = Record.Read<OrderMatch>(message[1]);
        OrderMatchTaker taker = Record.Read<OrderMatchTaker>(message[2]);
        Assert.Equal((Side.Ask, 40023, 523512, 10), (new OrderCode(match.Header.Code).Side, match.PriceTicks, match.QuantityLots, match.TradeId));
        Assert.Equal((unchecked((long)0xac928c66ca53498f), unchecked((long)0x9c13a110027a60e8)), (match.MakerIdHigh, match.MakerIdLow));
        Assert.Equal((0x132fb6ae456b4654, unchecked((long)0xb4e0d681ac05cea1), 50), (taker.TakerIdHigh, taker.TakerIdLow, taker.OrderSequence));
    }

    [Fact]
    public void A_match_is_of_full_where_full_is_known_to_come()
    {
        using CoinbaseBench bench = new();
        Assert.Equal(MessageType.Trades, TypeOf(bench, CoinbaseSamples.Match));

        // Another event of full: so full comes by this connection, and for this product.
        bench.Bytes(CoinbaseSamples.Open);
        Assert.Equal(MessageType.Orders, TypeOf(bench, CoinbaseSamples.Match));
        Assert.Equal(MessageType.Trades, TypeOf(bench, CoinbaseSamples.Match.Replace("BTC-USD", "ETH-USD", StringComparison.Ordinal)));

        // Another connection, whose acknowledgement lists matches alone.
        const string matches = """{"type":"subscriptions","channels":[{"name":"matches","product_ids":["BTC-USD"]}]}""";
        bench.Send(matches, connection: 1);
        Assert.Equal(MessageType.Trades, TypeOf(bench, CoinbaseSamples.Match, connection: 1));
        Assert.Equal(MessageType.Orders, TypeOf(bench, CoinbaseSamples.Match));

        // An acknowledgement that is older than the data does not end what it never listed; one that is newer does.
        bench.Send(matches);
        Assert.Equal(MessageType.Orders, TypeOf(bench, CoinbaseSamples.Match));
        bench.Send(CoinbaseSamples.FullSubscriptions);
        Assert.Equal(MessageType.Ended, TypeOf(bench, matches));
        Assert.Equal(MessageType.Trades, TypeOf(bench, CoinbaseSamples.Match));
    }

    [Fact]
    public void A_decoder_that_continues_a_journal_knows_its_full_streams()
    {
        using CoinbaseBench first = new();
        using CoinbaseBench second = new();
        first.Bytes(CoinbaseSamples.Open);
        Batches.Messages(first.Batch, second.Decoder.Learn);
        Assert.Equal(MessageType.Orders, TypeOf(second, CoinbaseSamples.Match));
        Assert.Equal(MessageType.Orders, TypeOf(first, CoinbaseSamples.Match));
        Assert.Equal(first.Bytes(CoinbaseSamples.Done), second.Bytes(CoinbaseSamples.Done));
    }

    [Fact]
    public void A_rejected_event_of_full_does_not_make_matches_part_of_it()
    {
        using CoinbaseBench bench = new();
        bench.Rejects(CoinbaseSamples.Open.Replace("200.2", "x", StringComparison.Ordinal), RejectReason.BadNumber);
        Assert.Equal(MessageType.Trades, TypeOf(bench, CoinbaseSamples.Match));
    }

    private static MessageType TypeOf(CoinbaseBench bench, string frame, ushort connection = 0) =>
        Record.Read<MessageBegin>(bench.Message(frame, connection: connection)[0]).Type;
}
