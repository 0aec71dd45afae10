using System.Runtime.InteropServices;
using System.Text;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Bybit;

/// <summary>What is not taken in, why, where, and to whom it is attributed; and that it leaves nothing behind.</summary>
public class BybitRejectTests
{
    private const string Linear = "linear";
    private const string Spot = "spot";
    private const string Inverse = "inverse";

    public static TheoryData<string, string, string, string, RejectReason, string> Faults => new()
    {
        // market, frame, text replaced, by what, reason, text at whose start the fault is seen
        { Linear, BybitSamples.Delta, "\"30247.20\"", "30247.20", RejectReason.WrongType, "30247.20," },
        { Linear, BybitSamples.Delta, "\"30247.20\"", "null", RejectReason.WrongType, "null" },
        { Linear, BybitSamples.Delta, "[\"30247.20\",\"30.028\"]", "[\"1\"]", RejectReason.MissingField, "[\"1\"]" },
        { Linear, BybitSamples.Delta, "[\"30247.20\",\"30.028\"]", "\"x\"", RejectReason.WrongType, "\"x\"" },
        { Linear, BybitSamples.Delta, "30247.20", "0.00", RejectReason.ImpossibleValue, "0.00\"" },
        { Linear, BybitSamples.Delta, "30247.20", "-1", RejectReason.BadNumber, "-1" },
        { Linear, BybitSamples.Delta, "30247.20", "1e5", RejectReason.BadNumber, "e5" },
        { Linear, BybitSamples.Delta, "30247.20", "NaN", RejectReason.BadNumber, "NaN" },
        { Linear, BybitSamples.Delta, "30247.20", "", RejectReason.BadNumber, "\",\"30.028" },
        { Linear, BybitSamples.Delta, "30.028", "99999999999999999999", RejectReason.NumberOutOfRange, "99999999999999999999" },
        { Linear, BybitSamples.Delta, "30.028", "0.000000000000001", RejectReason.NumberOutOfRange, "1\"],[\"30245" },
        { Linear, BybitSamples.Delta, "30245.40", "30247.20", RejectReason.LevelOrder, "30247.20\",\"0.224" },
        { Linear, BybitSamples.Delta, "30240.00", "30247.2", RejectReason.LevelOrder, "30247.2\",\"0\"" },
        { Linear, BybitSamples.Delta, "30249.50", "30248.70", RejectReason.LevelOrder, "30248.70\",\"1.778" },
        { Linear, BybitSamples.Delta, "\"u\":177400507", "\"u\":-1", RejectReason.BadNumber, "-1" },
        { Linear, BybitSamples.Delta, "\"u\":177400507", "\"u\":\"1\"", RejectReason.WrongType, "1\",\"seq" },
        { Linear, BybitSamples.Delta, "\"u\":177400507", "\"u\":1.5", RejectReason.BadNumber, "1.5,\"seq" },
        { Linear, BybitSamples.Delta, "\"u\":177400507", "\"u\":9999999999999999999", RejectReason.NumberOutOfRange, "9999999999999999999" },
        { Linear, BybitSamples.Delta, "\"seq\":66544703342", "\"seq\":-66544703342", RejectReason.BadNumber, "-66544703342" },
        { Linear, BybitSamples.Delta, "\"u\":177400507,", "", RejectReason.MissingField, "{\"s\"" },
        { Linear, BybitSamples.Delta, "\"s\":\"BTCUSDT\",", "", RejectReason.MissingField, "{\"b\"" },
        { Linear, BybitSamples.Delta, "\"type\":\"delta\",", "", RejectReason.MissingField, "{\"topic" },
        { Linear, BybitSamples.Delta, "\"ts\":1687940967466,", "", RejectReason.MissingField, "{\"topic" },
        { Linear, BybitSamples.Delta, "\"delta\"", "\"partial\"", RejectReason.ImpossibleValue, "partial" },
        { Linear, BybitSamples.Delta, "\"delta\"", "7", RejectReason.WrongType, "7,\"ts" },
        { Linear, BybitSamples.Delta, "1687940967466", "1", RejectReason.ImpossibleValue, "1,\"data" },
        { Linear, BybitSamples.Delta, "1687940967464", "7258118400000", RejectReason.ImpossibleValue, "7258118400000" },
        { Linear, BybitSamples.Delta, "1687940967466", "\"1687940967466\"", RejectReason.WrongType, "1687940967466\"" },
        { Linear, BybitSamples.Delta, "\"u\":177400507", "\"u\":177400507,\"u\":177400507", RejectReason.DuplicateField, "177400507,\"seq" },
        { Linear, BybitSamples.Delta, "\"u\":177400507", "\"u\":177400507,\"\\u0075\":1", RejectReason.DuplicateField, "1,\"seq" },
        { Linear, BybitSamples.Delta, "\"a\":[", "\"b\":[],\"a\":[", RejectReason.DuplicateField, "[],\"a\"" },
        { Linear, BybitSamples.Delta, "\"data\":", "\"data\":{},\"data\":", RejectReason.DuplicateField, "{\"s\"" },
        { Linear, BybitSamples.Delta, "\"s\":\"BTCUSDT\"", "\"s\":\"ETHUSDT\"", RejectReason.SymbolMismatch, "ETHUSDT" },
        { Linear, BybitSamples.Delta, "\"s\":\"BTCUSDT\"", "\"s\":7", RejectReason.WrongType, "7," },
        { Linear, BybitSamples.Delta, "\"a\":[[", "\"a\":[5,[", RejectReason.WrongType, "5,[" },
        { Linear, BybitSamples.Delta, "\"a\":[[\"30248.70\",\"0\"],[\"30249.30\",\"0.892\"],[\"30249.50\",\"1.778\"]]", "\"a\":{}", RejectReason.WrongType, "{}" },
        { Linear, BybitSamples.Snapshot, "16493.00", "16493.50", RejectReason.LevelOrder, "16493.50\",\"0.100" },
        { Linear, BybitSamples.Snapshot, "16493.00", "16494.00", RejectReason.LevelOrder, "16494.00" },
        { Linear, BybitSamples.Snapshot, "16612.00", "16610.00", RejectReason.LevelOrder, "16610.00" },
        { Linear, BybitSamples.Snapshot, "0.100", "0", RejectReason.ImpossibleValue, "0\"]],\"a" },
        { Spot, BybitSamples.SpotSnapshot, "28165.07", "x", RejectReason.BadNumber, "x\"" },
        { Linear, BybitSamples.Trades, "\"S\":\"Buy\"", "\"S\":\"buy\"", RejectReason.ImpossibleValue, "buy" },
        { Linear, BybitSamples.Trades, "\"S\":\"Buy\"", "\"S\":true", RejectReason.WrongType, "true" },
        { Linear, BybitSamples.Trades, "16578.50", "0", RejectReason.ImpossibleValue, "0\",\"L" },
        { Linear, BybitSamples.Trades, "16578.00", "x", RejectReason.BadNumber, "x\"" },
        { Linear, BybitSamples.Trades, "20f43950-d8dd-5b31-9112-a178eb6023b0", "20f43950-d8dd-5b31-9112-a178eb6023", RejectReason.BadNumber, "f43950-d8dd-5b31-9112-a178eb6023\"" },
        { Linear, BybitSamples.Trades, "20f43950-d8dd-5b31-9112-a178eb6023b0", "", RejectReason.BadNumber, "\",\"BT\":false,\"RPI\":false,\"seq\":1783284617}]" },
        { Linear, BybitSamples.Trades, "20f43950-d8dd-5b31-9112-a178eb6023b0", "007", RejectReason.BadNumber, "07\"" },
        { Linear, BybitSamples.Trades, "20f43950-d8dd-5b31-9112-a178eb6023b0", "1.5", RejectReason.BadNumber, "1.5" },
        { Linear, BybitSamples.Trades, "20f43950-d8dd-5b31-9112-a178eb6023b0", "99999999999999999999", RejectReason.NumberOutOfRange, "99999999999999999999" },
        { Linear, BybitSamples.Trades, "\"BT\":false,", "", RejectReason.MissingField, "{\"T\"" },
        { Linear, BybitSamples.Trades, "\"BT\":false", "\"BT\":0", RejectReason.WrongType, "0,\"RPI" },
        { Linear, BybitSamples.Trades, "\"T\":1672304486865,", "", RejectReason.MissingField, "{\"s\"" },
        { Linear, BybitSamples.Trades, "\"T\":1672304486866", "\"T\":1", RejectReason.ImpossibleValue, "1,\"s" },
        { Linear, BybitSamples.Trades, "\"v\":\"0.001\"", "\"v\":\"0.001\",\"v\":\"1\"", RejectReason.DuplicateField, "\"1\"" },
        { Linear, BybitSamples.Trades, "\"s\":\"BTCUSDT\",\"S\":\"Sell\"", "\"s\":\"ETHUSDT\",\"S\":\"Sell\"", RejectReason.SymbolMismatch, "ETHUSDT" },
        { Linear, BybitSamples.Trades, "\"data\":[", "\"data\":[7,", RejectReason.WrongType, "7,{" },
        { Linear, BybitSamples.MixedTrades, "\"p\":\"16579\"", "\"p\":\"16579.000000000000001\"", RejectReason.NumberOutOfRange, "1\",\"i" },
        { Linear, BybitSamples.Ticker, "\"symbol\":\"BTCUSDT\"", "\"symbol\":\"ETHUSDT\"", RejectReason.SymbolMismatch, "ETHUSDT" },
        { Linear, BybitSamples.Ticker, "\"symbol\":\"BTCUSDT\",", "", RejectReason.MissingField, "{\"tick" },
        { Linear, BybitSamples.Ticker, "\"bid1Size\":\"5.954\"", "\"bid1Size\":5.954", RejectReason.WrongType, "5.954" },
        { Linear, BybitSamples.Ticker, "\"ask1Price\":\"65114.30\"", "\"ask1Price\":\"-65114.30\"", RejectReason.BadNumber, "-65114.30" },
        { Linear, BybitSamples.Ticker, "\"ask1Price\":\"65114.30\"", "\"ask1Price\":\"1\",\"ask1Price\":\"2\"", RejectReason.DuplicateField, "\"2\"" },
        { Linear, BybitSamples.Ticker, "\"cs\":753843900397", "\"cs\":null", RejectReason.WrongType, "null" },
        { Linear, BybitSamples.Candles, "\"interval\":\"5\"", "\"interval\":\"123456789\"", RejectReason.BadName, "123456789" },
        { Linear, BybitSamples.Candles, "\"interval\":\"5\"", "\"interval\":5", RejectReason.WrongType, "5,\"open" },
        { Linear, BybitSamples.Candles, "\"open\":\"16649.5\",", "", RejectReason.MissingField, "{\"start" },
        { Linear, BybitSamples.Candles, "\"confirm\":true", "\"confirm\":1", RejectReason.WrongType, "1,\"timestamp\":1672324988882" },
        { Linear, BybitSamples.Candles, "\"turnover\":\"34666.4005\"", "\"turnover\":\"1e5\"", RejectReason.BadNumber, "e5" },
        { Linear, BybitSamples.Candles, "\"low\":\"16608\"", "\"low\":\"0\"", RejectReason.ImpossibleValue, "0\",\"vol" },
        { Linear, BybitSamples.RestBook, "65485.46", "65485.47", RejectReason.LevelOrder, "65485.47\",\"0.5" },
        { Linear, BybitSamples.RestBook, "\"u\":230704,", "", RejectReason.MissingField, "{\"s\"" },
        { Linear, BybitSamples.RestBook, "\"s\":\"BTCUSDT\"", "\"s\":\"BTC USDT\"", RejectReason.BadName, "BTC USDT" },
        { Linear, BybitSamples.RestBook, "\"s\":\"BTCUSDT\"", "\"s\":\"BTCUSDT\",\"s\":\"X\"", RejectReason.DuplicateField, "\"X\"" },
        { Linear, BybitSamples.RestBook, "\"retCode\":0", "\"retCode\":\"0\"", RejectReason.WrongType, "0\"" },
        { Linear, BybitSamples.LinearInstruments, "\"category\":\"linear\",", "", RejectReason.MissingField, "{\"list" },
        { Linear, BybitSamples.LinearInstruments, "\"tickSize\":\"0.00001\"", "\"tickSize\":\"0\"", RejectReason.ImpossibleValue, "0\"},\"lotSizeFilter\":{\"minOrderQty\":\"1\"" },
        { Linear, BybitSamples.LinearInstruments, "\"tickSize\":\"0.00001\"", "\"tickSize\":1", RejectReason.WrongType, "1},\"lot" },
        { Linear, BybitSamples.LinearInstruments, "\"tickSize\":\"0.00001\"", "\"tickSize\":\"x\"", RejectReason.BadNumber, "x\"}" },
        { Linear, BybitSamples.LinearInstruments, "\"qtyStep\":\"1\",", "", RejectReason.MissingField, "{\"minOrderQty\":\"1\"" },
        { Linear, BybitSamples.LinearInstruments, "\"DOGEUSDT\"", "\"DOGE USDT\"", RejectReason.BadName, "DOGE USDT" },
        { Linear, BybitSamples.LinearInstruments, "\"DOGEUSDT\"", "null", RejectReason.WrongType, "null,\"price" },
        { Linear, BybitSamples.LinearInstruments, "{\"symbol\":\"DOGEUSDT\"", "7,{\"symbol\":\"DOGEUSDT\"", RejectReason.WrongType, "7,{" },
        { Linear, BybitSamples.LinearInstruments, "\"priceFilter\":{\"tickSize\":\"0.00001\"}", "\"priceFilter\":7", RejectReason.WrongType, "7,\"lot" },
        { Spot, BybitSamples.SpotInstruments, "\"basePrecision\":\"0.000001\",", "", RejectReason.MissingField, "{\"quotePrecision" },
        { Inverse, BybitSamples.InverseInstruments, "\"minOrderQty\":\"1\",", "", RejectReason.MissingField, "{\"qtyStep" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Is_rejected_with_its_reason_and_byte(string market, string frame, string text, string replacement, RejectReason reason, string faultAt)
    {
        Venue venue = market == Linear ? Venue.BybitLinear : market == Spot ? Venue.BybitSpot : Venue.BybitInverse;
        int place = frame.IndexOf(text, StringComparison.Ordinal);
        Assert.True(place >= 0);
        string faulty = frame[..place] + replacement + frame[(place + text.Length)..];
        int fault = faulty.IndexOf(faultAt, StringComparison.Ordinal);
        Assert.True(fault >= 0);
        int faultByte = Encoding.UTF8.GetByteCount(faulty[..fault]);
        using BybitBench cold = new(venue);
        cold.Rejects(faulty, reason, faultByte);

        // With the stream known: the fast way, and the fault is that stream's, where a stream is named.
        using BybitBench warm = new(venue);
        using BybitBench untouched = new(venue);
        Assert.Equal(untouched.Records(frame), warm.Records(frame));
        bool named = !frame.Contains("\"list\"", StringComparison.Ordinal)
            && !(frame == BybitSamples.RestBook && (reason is RejectReason.DuplicateField or RejectReason.BadName));
        warm.Rejects(faulty, reason, faultByte, streamId: named ? 1u : 0u);

        // Nothing is left behind: what follows is what follows without it, new streams included.
        foreach (string next in BybitSamples.Of(venue))
        {
            Assert.Equal(Sent(untouched, next), Sent(warm, next));
        }

        using BybitBench fresh = new(venue);
        foreach (string next in BybitSamples.Of(venue))
        {
            Assert.Equal(Sent(fresh, next), Sent(cold, next));
        }
    }

    [Theory]
    [InlineData("""{"topic":"orderbook.50.BTCUSDT"}""", RejectReason.MissingField)]
    [InlineData("""{"topic":"tickers.BTCUSDT","type":"snapshot","ts":1672304486868}""", RejectReason.MissingField)]
    [InlineData("""{"topic":"publicTrade.BTCUSDT","type":"snapshot","ts":1672304486868,"data":{}}""", RejectReason.WrongType)]
    [InlineData("""{"topic":"kline.1.BTCUSDT","type":"snapshot","ts":1672304486868,"data":{}}""", RejectReason.WrongType)]
    [InlineData("""{"topic":"tickers.BTCUSDT","type":"snapshot","ts":1672304486868,"data":[]}""", RejectReason.WrongType)]
    [InlineData("""{"topic":"orderbook.50.BTCUSDT","type":"snapshot","ts":1672304486868,"data":[]}""", RejectReason.WrongType)]
    [InlineData("""{"topic":5}""", RejectReason.WrongType)]
    [InlineData("""{"topic":""}""", RejectReason.BadName)]
    [InlineData("""{"topic":"orderbook.50.BTC USDT"}""", RejectReason.BadName)]
    [InlineData("""{"topic":"orderbook.50.BTCUSDTBTCUSDTBTCUSDTBTCUSDTBTCUSDTBTCUSDT"}""", RejectReason.BadName)]
    [InlineData("""{"topic":"kline.1234567890123456789012345678901234567890.BTCUSDT"}""", RejectReason.BadName)]
    [InlineData("""{"topic":"orderbook.50.12345678901234567890123456789012345678901234567890123456789012345678901234567890"}""", RejectReason.BadName)]
    [InlineData("""{"topic":"tickers.A","topic":"tickers.B","data":{}}""", RejectReason.DuplicateField)]
    [InlineData("""{"success":true,"success":false}""", RejectReason.DuplicateField)]
    [InlineData("""{"retCode":0,"result":{"category":"linear","list":{}}}""", RejectReason.WrongType)]
    [InlineData("""{"retCode":0,"result":{"category":"linear","list":[7]}}""", RejectReason.WrongType)]
    [InlineData("17", RejectReason.WrongType)]
    [InlineData("[]", RejectReason.WrongType)]
    [InlineData("{}x", RejectReason.TrailingGarbage)]
    [InlineData("", RejectReason.Empty)]
    [InlineData("  ", RejectReason.Empty)]
    public void Is_no_frame_of_bybit(string frame, RejectReason reason)
    {
        using BybitBench bench = new();
        bench.Rejects(frame, reason);
    }

    [Fact]
    public void Missing_fields_are_named()
    {
        using BybitBench bench = new();
        bench.Rejects("""{"topic":"orderbook.50.BTCUSDT","data":{}}""", RejectReason.MissingField);
        Assert.Equal(["type", "ts"], bench.Decoder.MissingFields());
        bench.Rejects("""{"topic":"orderbook.50.BTCUSDT","type":"delta","ts":1672304486868,"data":{"b":[]}}""", RejectReason.MissingField);
        Assert.Equal(["s", "a", "u"], bench.Decoder.MissingFields());
        bench.Records(BybitSamples.Delta);
        Assert.Empty(bench.Decoder.MissingFields());
    }

    [Fact]
    public void A_frame_longer_than_allowed_is_not_even_looked_at()
    {
        using BybitBench bench = new();
        DecodeResult result = bench.Send(new byte[Frame.BytesMax + 1]);
        Assert.Equal((RejectReason.Oversized, Frame.BytesMax), (result.Reason, result.FaultByte));
        Assert.Equal(RejectReason.Syntax, bench.Send(new byte[Frame.BytesMax]).Reason);
    }

    [Fact]
    public void A_fault_is_attributed_as_far_as_the_frame_was_read()
    {
        using BybitBench bench = new();
        bench.Records(BybitSamples.Snapshot);
        bench.Records(BybitSamples.Ticker);
        bench.Rejects(BybitSamples.Ticker[..^1] + "x", RejectReason.Syntax, streamId: 2);
        bench.Rejects("""{"topic":"tickers.BTCUSDT","data":{x""", RejectReason.Syntax, streamId: 2);
        bench.Rejects("""{"topic":"tickers.BTC\u0055SDT","data":{x""", RejectReason.Syntax, streamId: 2);
        bench.Rejects("""{"topic":"tickers.BTCUS""", RejectReason.Truncated);
        bench.Rejects("""{"topic":"tickers.ETHUSDT","data":{x""", RejectReason.Syntax);
        bench.Rejects("""{"data":{"symbol":"BTCUSDT"},x""", RejectReason.Syntax);

        // With two topics nobody can tell whose the frame is.
        bench.Rejects("""{"topic":"tickers.BTCUSDT","topic":"orderbook.50.BTCUSDT","type":"delta"}""", RejectReason.DuplicateField);
        bench.Rejects("x", RejectReason.Syntax);
    }

    [Fact]
    public void A_price_named_twice_is_found_in_any_order()
    {
        using BybitBench bench = new();
        bench.Records(BybitSamples.Snapshot);
        string[] prices = ["5", "3", "9", "1", "7", "3.0", "9"];
        for (int rows = 1; rows <= prices.Length; rows++)
        {
            string side = string.Join(',', prices.Take(rows).Select(static price => $"[\"{price}\",\"1\"]"));
            string frame = $$$"""{"topic":"orderbook.50.BTCUSDT","type":"delta","ts":1687940967466,"data":{"s":"BTCUSDT","b":[],"a":[{{{side}}}],"u":5,"seq":7}}""";
            if (rows < 6)
            {
                Assert.Equal(prices.Take(rows), BybitEventTests.Levels(bench.Message(frame)).Select(static level => $"{level.Item2 / 10}"));
            }
            else
            {
                bench.Rejects(frame, RejectReason.LevelOrder, frame.IndexOf("3.0", StringComparison.Ordinal), streamId: 1);
            }
        }
    }

    // What a frame becomes, be it records or not.
    private static (DecodeResult Result, string Records) Sent(BybitBench bench, string frame)
    {
        DecodeResult result = bench.Send(frame);
        return (result, Convert.ToHexString(MemoryMarshal.AsBytes((ReadOnlySpan<Record>)bench.Batch.Records)));
    }
}
