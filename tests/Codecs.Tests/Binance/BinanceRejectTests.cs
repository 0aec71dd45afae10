using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Binance;

/// <summary>What is not taken in, why, where, and to whom it is attributed; and that it leaves nothing behind.</summary>
public class BinanceRejectTests
{
    public static TheoryData<Venue, string, string, string, RejectReason, string> Faults => new()
    {
        // venue, frame, text replaced, by what, reason, text at whose start the fault is seen ("" = anywhere)
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "\"61737.63000000\"", "61737.63", RejectReason.WrongType, "61737.63," },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "\"61737.63000000\"", "null", RejectReason.WrongType, "null" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "[\"61737.63000000\",\"0.00000000\"]", "\"x\"", RejectReason.WrongType, "\"x\"" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "[\"61737.63000000\",\"0.00000000\"]", "[\"1\"]", RejectReason.MissingField, "[\"1\"]" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "[\"61737.63000000\",\"0.00000000\"]", "[]", RejectReason.MissingField, "[],[" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "61737.63000000", "0.00000000", RejectReason.ImpossibleValue, "0.00000000" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "61737.63000000", "-1", RejectReason.BadNumber, "-1" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "61737.63000000", "--1", RejectReason.BadNumber, "--1" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "61737.63000000", "+1", RejectReason.BadNumber, "+1" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "61737.63000000", "", RejectReason.BadNumber, "\",\"0.0" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "61737.63000000", ".5", RejectReason.BadNumber, ".5" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "61737.63000000", "5.", RejectReason.BadNumber, "\",\"0.0" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "61737.63000000", "061737.63", RejectReason.BadNumber, "61737.63" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "61737.63000000", "1e5", RejectReason.BadNumber, "e5" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "61737.63000000", "NaN", RejectReason.BadNumber, "NaN" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "61737.63000000", "61737\\u002e63", RejectReason.BadNumber, "\\u002e" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "0.00001000", "-0.1", RejectReason.BadNumber, "-0.1" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "0.00001000", "99999999999999999999", RejectReason.NumberOutOfRange, "99999999999999999999" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "0.00001000", "0.000000000000001", RejectReason.NumberOutOfRange, "1\"]]" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "\"U\":50093239189", "\"U\":50093239203", RejectReason.SequenceOrder, "50093239203" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "\"U\":50093239189", "\"U\":-1", RejectReason.BadNumber, "-1" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "\"U\":50093239189", "\"U\":\"1\"", RejectReason.WrongType, "1\"" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "\"U\":50093239189", "\"U\":1.0", RejectReason.BadNumber, "1.0" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "\"U\":50093239189", "\"U\":9999999999999999999", RejectReason.NumberOutOfRange, "9999999999999999999" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "\"U\":50093239189,", "", RejectReason.MissingField, "{\"e\"" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "\"u\":50093239202,", "", RejectReason.MissingField, "{\"e\"" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "\"E\":1723161255208,", "", RejectReason.MissingField, "{\"e\"" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "\"s\":\"BTCUSDT\",", "", RejectReason.MissingField, "{\"e\"" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "\"e\":\"depthUpdate\",", "", RejectReason.MissingField, "{\"E\"" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "\"e\":\"depthUpdate\"", "\"e\":7", RejectReason.WrongType, "7," },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "1723161255208", "1", RejectReason.ImpossibleValue, "1,\"s\"" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "1723161255208", "7258118400000", RejectReason.ImpossibleValue, "7258118400000" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "1723161255208", "\"1723161255208\"", RejectReason.WrongType, "1723161255208\"" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "\"U\":50093239189", "\"U\":50093239189,\"U\":50093239189", RejectReason.DuplicateField, "50093239189,\"u\"" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "\"U\":50093239189", "\"U\":50093239189,\"\\u0055\":1", RejectReason.DuplicateField, "1,\"u\"" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "\"a\":[", "\"b\":[],\"a\":[", RejectReason.DuplicateField, "[],\"a\"" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "\"data\":", "\"data\":{},\"data\":", RejectReason.DuplicateField, "{\"e\"" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "\"s\":\"BTCUSDT\"", "\"s\":\"ETHUSDT\"", RejectReason.SymbolMismatch, "ETHUSDT" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "\"s\":\"BTCUSDT\"", "\"s\":\"BTC USDT\"", RejectReason.BadName, "BTC USDT" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "\"s\":\"BTCUSDT\"", "\"s\":\"币USDT\"", RejectReason.BadName, "币USDT" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "\"s\":\"BTCUSDT\"", "\"s\":\"BTCUSDTBTCUSDTBTCUSDTBTCUSDTBTCUSDTBTCUSDT\"", RejectReason.BadName, "BTCUSDTB" },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "\"s\":\"BTCUSDT\"", "\"s\":7", RejectReason.WrongType, "7," },
        { Venue.BinanceSpot, SampleFrames.SpotDepth, "\"a\":[[", "\"a\":[5,[", RejectReason.WrongType, "5,[" },
        { Venue.BinanceUsdM, SampleFrames.FuturesDepth, "\"pu\":5123107831937,", "", RejectReason.MissingField, "{\"e\"" },
        { Venue.BinanceUsdM, SampleFrames.FuturesDepth, "\"T\":1723161256298,", "", RejectReason.MissingField, "{\"e\"" },
        { Venue.BinanceSpot, SampleFrames.SpotRest, "61837.62000000", "61837.63000000", RejectReason.LevelOrder, "61837.63000000\",\"0.6" },
        { Venue.BinanceSpot, SampleFrames.SpotRest, "61837.62000000", "61837.64000000", RejectReason.LevelOrder, "61837.64000000\",\"0.6" },
        { Venue.BinanceSpot, SampleFrames.SpotRest, "61838.04000000", "61837.63000000", RejectReason.LevelOrder, "61837.63000000\",\"0.3" },
        { Venue.BinanceSpot, SampleFrames.SpotRest, "0.61700000", "0.00000000", RejectReason.ImpossibleValue, "0.00000000" },
        { Venue.BinanceSpot, SampleFrames.SpotRest, "\"lastUpdateId\":50093239218,", "", RejectReason.MissingField, "{\"bids\"" },
        { Venue.BinanceSpot, SampleFrames.SpotRest, "50093239218", "null", RejectReason.WrongType, "null" },
        { Venue.BinanceSpot, SampleFrames.SpotRest, "\"lastUpdateId\":50093239218,", "\"lastUpdateId\":1,\"lastUpdate\\u0049d\":2,", RejectReason.DuplicateField, "2,\"b" },
        { Venue.BinanceSpot, SampleFrames.SpotTrade, "\"m\":true", "\"m\":1", RejectReason.WrongType, "1,\"M" },
        { Venue.BinanceSpot, SampleFrames.SpotTrade, "61837.63000000", "0", RejectReason.ImpossibleValue, "0\",\"q" },
        { Venue.BinanceSpot, SampleFrames.SpotTrade, "\"t\":3735683259", "\"t\":-3", RejectReason.BadNumber, "-3" },
        { Venue.BinanceSpot, SampleFrames.SpotAggregate, "\"f\":100", "\"f\":106", RejectReason.SequenceOrder, "106" },
        { Venue.BinanceSpot, SampleFrames.SpotCandle, "\"i\":\"1m\"", "\"i\":\"123456789\"", RejectReason.BadName, "123456789\"" },
        { Venue.BinanceSpot, SampleFrames.SpotCandle, "\"s\":\"NKNUSDT\",\"i\"", "\"s\":\"NKNBTC\",\"i\"", RejectReason.SymbolMismatch, "NKNBTC" },
        { Venue.BinanceSpot, SampleFrames.SpotCandle, "\"o\":\"0.35270000\",", "", RejectReason.MissingField, "{\"t\"" },
        { Venue.BinanceSpot, SampleFrames.SpotCandle, "\"n\":30", "\"n\":30,\"n\":31", RejectReason.DuplicateField, "31" },
        { Venue.BinanceSpot, SampleFrames.SpotTicker, "\"A\":\"1.54698000\"", "\"A\":1.5", RejectReason.WrongType, "1.5" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Is_rejected_with_its_reason_and_byte(Venue venue, string frame, string text, string replacement, RejectReason reason, string faultAt)
    {
        int place = frame.IndexOf(text, StringComparison.Ordinal);
        Assert.True(place >= 0);
        string faulty = frame[..place] + replacement + frame[(place + text.Length)..];
        int faultByte = System.Text.Encoding.UTF8.GetByteCount(faulty[..faulty.IndexOf(faultAt, StringComparison.Ordinal)]);

        using Bench cold = new(venue);
        cold.Rejects(faulty, reason, faultByte);

        // With the stream known: the fast way, and the fault is that stream's.
        using Bench warm = new(venue);
        using Bench untouched = new(venue);
        Assert.Equal(untouched.Records(frame), warm.Records(frame));
        warm.Rejects(faulty, reason, faultByte, streamId: 1);

        // Nothing is left behind: what follows is what follows without it, new streams included.
        foreach (string next in venue == Venue.BinanceSpot ? SampleFrames.Spot : SampleFrames.Futures)
        {
            byte[] expected = untouched.Records(next);
            Assert.Equal(expected, warm.Records(next));
        }

        cold.Records(frame);
        using Bench fresh = new(venue);
        Assert.Equal(fresh.Records(frame), new Func<byte[]>(() =>
        {
            using Bench again = new(venue);
            again.Send(faulty);
            return again.Records(frame);
        })());
    }

    [Theory]
    [InlineData("""{"stream":"btcusdt@depth"}""", RejectReason.MissingField)]
    [InlineData("""{"data":{"e":"trade"}}""", RejectReason.MissingField)]
    [InlineData("""{"stream":5,"data":{}}""", RejectReason.WrongType)]
    [InlineData("""{"stream":"btcusdt@depth","data":5}""", RejectReason.WrongType)]
    [InlineData("""{"stream":"a","stream":"b","data":{}}""", RejectReason.DuplicateField)]
    [InlineData("17", RejectReason.WrongType)]
    [InlineData("\"text\"", RejectReason.WrongType)]
    [InlineData("{}x", RejectReason.TrailingGarbage)]
    [InlineData("", RejectReason.Empty)]
    [InlineData("  ", RejectReason.Empty)]
    public void Is_no_frame_of_binance(string frame, RejectReason reason)
    {
        using Bench bench = new();
        bench.Rejects(frame, reason);
    }

    [Fact]
    public void A_frame_longer_than_allowed_is_not_even_looked_at()
    {
        using Bench bench = new();
        DecodeResult result = bench.Send(new byte[Frame.BytesMax + 1]);
        Assert.Equal((RejectReason.Oversized, Frame.BytesMax), (result.Reason, result.FaultByte));
        Assert.Equal(RejectReason.Syntax, bench.Send(new byte[Frame.BytesMax]).Reason);
    }

    [Fact]
    public void A_fault_is_attributed_as_far_as_the_frame_was_read()
    {
        using Bench bench = new();
        foreach (string frame in SampleFrames.Spot)
        {
            bench.Records(frame);
        }

        bench.Rejects(SampleFrames.SpotTicker[..^1] + "x", RejectReason.Syntax, streamId: 2);
        bench.Rejects("""{"stream":"btcusdt@bookTicker","data":{x""", RejectReason.Syntax, streamId: 2);
        bench.Rejects("""{"stream":"BTCUSDT@bookTicker","data":{x""", RejectReason.Syntax, streamId: 2);
        bench.Rejects("""{"stream":"btcusdt@bookTick""", RejectReason.Truncated);
        bench.Rejects("""{"stream":"ethusdt@bookTicker","data":{x""", RejectReason.Syntax);
        bench.Rejects("""{"data":{"e":"depthUpdate","s":"BTCUSDT",x""", RejectReason.Syntax);
        bench.Rejects("""{"lastUpdateId":7,"bids":[[""", RejectReason.Truncated, streamId: 5);
        bench.Rejects("x", RejectReason.Syntax);

        // Bare frames by event and symbol.
        uint depth = Record.Read<MessageBegin>(bench.Message(BinanceEventTests.Bare(SampleFrames.SpotDepth))[0]).Header.StreamId;
        bench.Rejects("""{"e":"depthUpdate","s":"BTCUSDT","b":[["1","2"],x""", RejectReason.Syntax, streamId: depth);
        bench.Rejects("""{"s":"BTCUSDT","e":"depthUpdate","b":7""", RejectReason.Truncated, streamId: depth);
    }

    [Fact]
    public void A_book_without_a_symbol_is_nobodys_until_someone_says_whose()
    {
        using Bench bench = new(symbol: null);
        bench.Records(SampleFrames.SpotDepth);
        bench.Rejects(SampleFrames.SpotRest, RejectReason.UnknownSymbol, 0);
        Assert.Equal(DecodeOutcome.Records, bench.Send(SampleFrames.SpotRest, "BTCUSDT").Outcome);
        bench.Rejects(SampleFrames.SpotRest, RejectReason.UnknownSymbol, 0);

        int asked = 0;
        using Bench resolving = new(symbol: null, resolver: () =>
        {
            asked++;
            return "ethusdt";
        });
        resolving.Records(SampleFrames.SpotDepth);
        Assert.Equal(DecodeOutcome.Records, resolving.Send(SampleFrames.SpotRest, "BTCUSDT").Outcome);
        Assert.Equal(0, asked);
        resolving.Records(SampleFrames.SpotRest);
        Assert.Equal("ETHUSDT", Record.Read<InstrumentSymbol>(resolving.Batch[1]).Symbol.ToString());
        resolving.Records(SampleFrames.SpotRest);
        Assert.Equal(1, asked);
    }

    [Fact]
    public void The_symbol_inside_a_book_wins_and_must_agree_with_the_recordings()
    {
        using Bench bench = new(Venue.BinanceCoinM, symbol: null, resolver: () => throw new InvalidOperationException("not to be asked"));
        bench.Records(SampleFrames.CoinRest);
        Assert.Equal("BTCUSD_PERP", Record.Read<InstrumentSymbol>(bench.Batch[1]).Symbol.ToString());
        Assert.Equal(DecodeOutcome.Records, bench.Send(SampleFrames.CoinRest, "btcusd_perp").Outcome);
        DecodeResult result = bench.Send(SampleFrames.CoinRest, "ETHUSD_PERP");
        Assert.Equal((RejectReason.SymbolMismatch, 1u), (result.Reason, result.StreamId));
    }
}
