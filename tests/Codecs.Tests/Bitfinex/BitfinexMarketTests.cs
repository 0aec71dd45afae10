using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using static Lob.Fast.Codecs.Tests.Bitfinex.BitfinexSamples;

namespace Lob.Fast.Codecs.Tests.Bitfinex;

/// <summary>Trades, tickers, candles.</summary>
public class BitfinexMarketTests
{
    [Fact]
    public void A_trade_is_counted_once_and_those_of_the_past_never()
    {
        using BitfinexBench bench = new(Opening);
        Record[] past = bench.Message(PastTrades, DecodeOutcome.UnknownEvent);
        Assert.Equal((MessageType.Heartbeat, 10, 3u), Begin(past));
        Assert.Single(past);

        Record[] executed = bench.Message(TradeExecuted);
        Assert.Equal((MessageType.Trades, 11, 3u), Begin(executed));
        Assert.Equal(1_574_694_478_808_000_000, Record.Read<MessageBegin>(executed[0]).MatchingTimeNs);
        Trade trade = Record.Read<Trade>(Assert.Single(executed[1..]));
        Assert.Equal((Side.Ask, 72453, 5, TextForm.Of(1, 3)), (trade.Header.Side, trade.PriceTicks, trade.QuantityLots, trade.Header.TextForm));
        Assert.Equal((401597395, 0, Sequence.None), (trade.TradeIdLow, trade.TradeIdHigh, trade.TradeSequence));
        Assert.Equal((2u, 1, 3), Exponents(bench));

        Record[] updated = bench.Message(TradeUpdated, DecodeOutcome.UnknownEvent);
        Assert.Equal((MessageType.Heartbeat, 12, 3u), Begin(updated));
        Assert.Single(updated);
        Assert.Equal(0, Record.Read<MessageBegin>(updated[0]).MatchingTimeNs);

        // What is only looked at makes nothing finer.
        bench.Message("[17470,\"tu\",[401597395,1574694478808,0.00000001,7245.12345678],13]", DecodeOutcome.UnknownEvent);
        bench.Message("[17470,[[401597395,1574694478808,0.00000001,7245.12345678]],14]", DecodeOutcome.UnknownEvent);
        bench.Message("[17470,[],15]", DecodeOutcome.UnknownEvent);
        trade = Record.Read<Trade>(bench.Message("[17470,\"te\",[401597396,1574694478809,1,7245],16]")[1]);
        Assert.Equal((Side.Bid, 72450, 1000), (trade.Header.Side, trade.PriceTicks, trade.QuantityLots));
        Assert.Equal(new Dictionary<string, long> { ["trades of the past"] = 3, ["tu"] = 2 }, bench.Decoder.UnknownEvents());
    }

    [Fact]
    public void A_ticker_has_prices_and_no_sizes()
    {
        using BitfinexBench bench = new(Opening);
        Record[] message = bench.Message(TickerRow);
        Assert.Equal((MessageType.Ticker, 13, 4u), Begin(message));
        Quote[] quotes = [.. message[1..].Select(static record => Record.Read<Quote>(record))];
        Assert.Equal(
            [(Side.Bid, 72547, Sequence.None, Sequence.None), (Side.Ask, 72548, Sequence.None, Sequence.None)],
            quotes.Select(static quote => (quote.Header.Side, quote.PriceTicks, quote.QuantityLots, quote.UpdateId)));
        Assert.Equal((2u, 1, 0), Exponents(bench));

        foreach (string none in new[] { "null", "0" })
        {
            quotes = [.. bench.Message($"[232950,[{none},null,7254.8,2.2626931299999997,1,1,1],14]")[1..].Select(static record => Record.Read<Quote>(record))];
            Assert.Equal([0, 72548], quotes.Select(static quote => quote.PriceTicks));
        }
    }

    [Fact]
    public void A_candle_has_a_volume_with_decimals_of_its_own()
    {
        using BitfinexBench bench = new(Opening);
        Record[] message = bench.Message(CandleRow);
        Assert.Equal((MessageType.Candles, 15, 5u), Begin(message));
        Assert.Equal(1 + 3, message.Length);
        Candle candle = Record.Read<Candle>(message[1]);
        CandleTurnover second = Record.Read<CandleTurnover>(message[2]);
        CandleTaker third = Record.Read<CandleTaker>(message[3]);
        Assert.Equal((73838, 73901, 73835, 73840), (candle.OpenTicks, candle.HighTicks, candle.LowTicks, candle.CloseTicks));
        Assert.Equal((20000000000001L, 13), (candle.VolumeLots, second.VolumeDecimals));
        Assert.Equal((2u, 1, 0), Exponents(bench));
        Assert.Equal(1_574_698_320_000_000_000, second.StartNs);
        Assert.Equal(0x6D31UL, second.IntervalText);
        Assert.Equal((Sequence.None, Sequence.None, 0), (second.Turnover, second.TradeCount, second.Header.Code));
        Assert.Equal((Sequence.None, Sequence.None, 0), (third.TakerVolumeLots, third.TakerTurnover, third.CloseNs));
        Assert.Equal([RecordKind.MessageBegin, RecordKind.Candle, RecordKind.Candle, RecordKind.Candle], message.Select(static record => record.Header.Kind));
        Assert.True(message[2].Header.Has(RecordFlags.Continued) && message[3].Header.Has(RecordFlags.Continued));

        message = bench.Message(PastCandles);
        Assert.Equal(1 + (2 * 3), message.Length);
        Assert.All(message, static record => Assert.True(record.Header.Has(RecordFlags.Snapshot)));
        Assert.Equal([73797857, 73999000], message.Where((_, index) => index % 3 == 1).Select(static record => Record.Read<Candle>(record).OpenTicks));
        Assert.Equal((168L, 2), (Record.Read<Candle>(message[1]).VolumeLots, Record.Read<CandleTurnover>(message[2]).VolumeDecimals));
        Assert.Equal((4163360000000003L, 14), (Record.Read<Candle>(message[4]).VolumeLots, Record.Read<CandleTurnover>(message[5]).VolumeDecimals));

        Assert.Single(bench.Message("[343351,[],16]"));
        Assert.Equal(0, Record.Read<Candle>(bench.Message("[343351,[1574698380000,7,7,7,7,0],17]")[1]).VolumeLots);
        message = bench.Message("[343351,[1574698380000,7,7,7,7,1.5e-7],18]");
        Assert.Equal((15L, 8), (Record.Read<Candle>(message[1]).VolumeLots, Record.Read<CandleTurnover>(message[2]).VolumeDecimals));
    }

    [Fact]
    public void A_symbol_with_a_colon_is_found_in_a_candles_key()
    {
        using BitfinexBench bench = new(Info);
        List<Record[]> messages = bench.Accepts("""{"event":"subscribed","channel":"candles","chanId":1,"key":"trade:14D:tTESTBTC:TESTUSD"}""");
        Assert.Equal("tTESTBTC:TESTUSD", Record.Read<InstrumentSymbol>(messages[0][1]).Symbol.ToString());
        Assert.Equal("candles.trade:14D", Record.Read<StreamChannel>(messages[1][1]).Channel.ToString());
    }

    private static (MessageType, long, uint) Begin(Record[] message)
    {
        MessageBegin begin = Record.Read<MessageBegin>(message[0]);
        return (begin.Type, begin.LastSequence, begin.Header.StreamId);
    }

    private static (uint, int, int) Exponents(BitfinexBench bench)
    {
        InstrumentDefinition definition = Record.Read<InstrumentDefinition>(bench.Batch[0]);
        Assert.Equal(RecordKind.InstrumentDefinition, definition.Header.Kind);
        return (definition.Epoch, definition.PriceDecimals, definition.QuantityDecimals);
    }
}
