using System.Text;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Okx;

/// <summary>What is not taken in, why, where, and to whom it is attributed; and that it leaves nothing behind.</summary>
public class OkxRejectTests
{
    public static TheoryData<string, string, string, RejectReason, string> Faults => new()
    {
        // frame, text replaced, by what, reason, text at whose start the fault is seen
        { OkxSamples.Update, "\"67500.4\"", "67500.4", RejectReason.WrongType, "67500.4," },
        { OkxSamples.Update, "[\"67500.4\",\"1.50\",\"0\",\"1\"]", "\"x\"", RejectReason.WrongType, "\"x\"" },
        { OkxSamples.Update, "[\"67500.4\",\"1.50\",\"0\",\"1\"]", "[\"67500.4\",\"1.50\"]", RejectReason.MissingField, "[\"67500.4\",\"1.50\"]" },
        { OkxSamples.Update, "[\"67500.4\",\"1.50\",\"0\",\"1\"]", "[\"67500.4\"]", RejectReason.MissingField, "[\"67500.4\"]" },
        { OkxSamples.Update, "\"0\",\"1\"]", "0,\"1\"]", RejectReason.WrongType, "0,\"1\"]" },
        { OkxSamples.Update, "\"0\",\"1\"]", "\"0\",1]", RejectReason.WrongType, "1]" },
        { OkxSamples.Update, "\"0\",\"1\"]", "\"0\",\"-1\"]", RejectReason.BadNumber, "-1" },
        { OkxSamples.Update, "\"0\",\"1\"]", "\"0\",\"01\"]", RejectReason.BadNumber, "01\"]" },
        { OkxSamples.Update, "\"0\",\"1\"]", "\"0\",\"1.5\"]", RejectReason.BadNumber, "1.5\"]" },
        { OkxSamples.Update, "\"0\",\"1\"]", "\"0\",\"\"]", RejectReason.BadNumber, "\"]],\"bids" },
        { OkxSamples.Update, "\"0\",\"1\"]", "\"0\",\"4294967296\"]", RejectReason.NumberOutOfRange, "4294967296" },
        { OkxSamples.Update, "67500.4", "0", RejectReason.ImpossibleValue, "0\",\"1.50" },
        { OkxSamples.Update, "67500.4", "-1", RejectReason.BadNumber, "-1" },
        { OkxSamples.Update, "67500.4", "1e5", RejectReason.BadNumber, "e5" },
        { OkxSamples.Update, "1.50", "99999999999999999999", RejectReason.NumberOutOfRange, "99999999999999999999" },
        { OkxSamples.Update, "67500.4", "67500.2", RejectReason.LevelOrder, "[[\"67500.2" },
        { OkxSamples.Update, "\"seqId\":450007", "\"seqId\":-5", RejectReason.BadNumber, "-5" },
        { OkxSamples.Update, "\"seqId\":450007", "\"seqId\":\"450007\"", RejectReason.WrongType, "450007\"" },
        { OkxSamples.Update, "\"seqId\":450007", "\"seqId\":1.5", RejectReason.BadNumber, "1.5,\"prev" },
        { OkxSamples.Update, "\"seqId\":450007", "\"seqId\":9999999999999999999", RejectReason.NumberOutOfRange, "9999999999999999999" },
        { OkxSamples.Update, "\"seqId\":450007,", "", RejectReason.MissingField, "{\"asks\"" },
        { OkxSamples.Update, ",\"prevSeqId\":450001", "", RejectReason.MissingField, "{\"asks\"" },
        { OkxSamples.Update, "\"prevSeqId\":450001", "\"prevSeqId\":-2", RejectReason.BadNumber, "-2" },
        { OkxSamples.Update, "\"prevSeqId\":450001", "\"prevSeqId\":1,\"prevSeq\\u0049d\":2", RejectReason.DuplicateField, "2}" },
        { OkxSamples.Update, "\"checksum\":0", "\"checksum\":2147483648", RejectReason.NumberOutOfRange, "2147483648" },
        { OkxSamples.Update, "\"checksum\":0", "\"checksum\":-2147483649", RejectReason.BadNumber, "-2147483649" },
        { OkxSamples.Update, "\"checksum\":0", "\"checksum\":\"7\"", RejectReason.WrongType, "7\"" },
        { OkxSamples.Update, "\"checksum\":0", "\"checksum\":0,\"checksum\":1", RejectReason.DuplicateField, "1,\"seqId" },
        { OkxSamples.Update, "\"ts\":\"1785096000223\",", "", RejectReason.MissingField, "{\"asks\"" },
        { OkxSamples.Update, "\"ts\":\"1785096000223\"", "\"ts\":1785096000223", RejectReason.WrongType, "1785096000223" },
        { OkxSamples.Update, "\"ts\":\"1785096000223\"", "\"ts\":\"1785\"", RejectReason.ImpossibleValue, "1785\"" },
        { OkxSamples.Update, "\"ts\":\"1785096000223\"", "\"ts\":\"\"", RejectReason.BadNumber, "\",\"checksum" },
        { OkxSamples.Update, "\"bids\":[[\"67500.1\",\"1.25\",\"0\",\"5\"]],", "", RejectReason.MissingField, "{\"asks\"" },
        { OkxSamples.Update, "\"bids\":[[", "\"bids\":{},\"xids\":[[", RejectReason.WrongType, "{},\"xids" },
        { OkxSamples.Update, "\"bids\":[[", "\"asks\":[],\"bids\":[[", RejectReason.DuplicateField, "[],\"bids" },
        { OkxSamples.Update, "\"action\":\"update\"", "\"action\":\"partial\"", RejectReason.WrongType, "partial" },
        { OkxSamples.Update, "\"action\":\"update\"", "\"action\":7", RejectReason.WrongType, "7," },
        { OkxSamples.Update, "\"action\":\"update\",", "", RejectReason.MissingField, "{\"arg\"" },
        { OkxSamples.Update, "\"action\":\"update\"", "\"action\":\"update\",\"action\":\"snapshot\"", RejectReason.DuplicateField, "\"snapshot" },
        { OkxSamples.Update, "\"data\":[", "\"data\":[7,", RejectReason.WrongType, "7,{" },
        { OkxSamples.Update, "\"data\":[", "\"data\":[],\"data\":[", RejectReason.MissingField, "[],\"data" },
        { OkxSamples.Snapshot, "67500.3", "67500.2", RejectReason.LevelOrder, "67500.2\",\"0.80" },
        { OkxSamples.Snapshot, "\"67500\"", "\"67500.5\"", RejectReason.LevelOrder, "67500.5" },
        { OkxSamples.Snapshot, "2.10", "0", RejectReason.ImpossibleValue, "0\",\"0\",\"5\"" },
        { OkxSamples.Books5, "\"instId\":\"BCH-USDT-SWAP\",\"ts\"", "\"instId\":\"BTC-USDT-SWAP\",\"ts\"", RejectReason.SymbolMismatch, "BTC-USDT-SWAP" },
        { OkxSamples.Books5, "\"instId\":\"BCH-USDT-SWAP\",\"ts\"", "\"instId\":7,\"ts\"", RejectReason.WrongType, "7,\"ts" },
        { OkxSamples.Trades, "\"side\":\"buy\"", "\"side\":\"hold\"", RejectReason.WrongType, "hold" },
        { OkxSamples.Trades, "\"side\":\"buy\"", "\"side\":1", RejectReason.WrongType, "1,\"ts" },
        { OkxSamples.Trades, "\"px\":\"42219.9\"", "\"px\":\"0\"", RejectReason.ImpossibleValue, "0\",\"sz" },
        { OkxSamples.Trades, "\"px\":\"42219.9\",", "", RejectReason.MissingField, "{\"instId\":\"BTC-USDT\",\"tradeId" },
        { OkxSamples.Trades, "\"tradeId\":\"130639474\"", "\"tradeId\":\"x\"", RejectReason.BadNumber, "x\"" },
        { OkxSamples.Trades, "\"tradeId\":\"130639474\"", "\"tradeId\":130639474", RejectReason.WrongType, "130639474" },
        { OkxSamples.Trades, "\"source\":\"0\"", "\"source\":0", RejectReason.WrongType, "0,\"seqId" },
        { OkxSamples.Trades, "\"seqId\":1234", "\"seqId\":\"1234\"", RejectReason.WrongType, "1234\"" },
        { OkxSamples.TradesAll, "\"px\":\"42.5\"", "\"px\":\"\"", RejectReason.BadNumber, "\",\"sz\":\"0.25" },
        { OkxSamples.Ticker, "\"askSz\":\"1.20\"", "\"askSz\":1.2", RejectReason.WrongType, "1.2," },
        { OkxSamples.Ticker, "\"askSz\":\"1.20\",", "", RejectReason.MissingField, "{\"instType\"" },
        { OkxSamples.Ticker, "\"bidPx\":\"67500.1\"", "\"bidPx\":\"0\"", RejectReason.ImpossibleValue, "0\",\"bidSz" },
        { OkxSamples.Candle, "\"0\"]]", "\"2\"]]", RejectReason.WrongType, "2\"]]" },
        { OkxSamples.Candle, ",\"0\"]]", "]]", RejectReason.MissingField, "[\"1785096000000" },
        { OkxSamples.Candle, "\"67510.5\"", "67510.5", RejectReason.WrongType, "67510.5" },
        { OkxSamples.Candle, "\"843812.50\",\"0\"", "843812.50,\"0\"", RejectReason.WrongType, "843812.50,\"0" },
        { OkxSamples.Candle, "\"843812.50\",\"0\"", "\"x\",\"0\"", RejectReason.BadNumber, "x\",\"0" },
        { OkxSamples.Candle, "[[", "[7,[", RejectReason.WrongType, "7,[" },
        { OkxSamples.RestBook, "67500.3", "67500.2", RejectReason.LevelOrder, "67500.2\",\"0.80" },
        { OkxSamples.RestBook, "\"ts\":\"1785096000150\",", "", RejectReason.MissingField, "{\"asks\"" },
        { OkxSamples.RestBook, "\"bids\":[[\"67500.1\",\"0.95\",\"0\",\"4\"]],", "", RejectReason.MissingField, "{\"asks\"" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Is_rejected_with_its_reason_and_byte(string frame, string text, string replacement, RejectReason reason, string faultAt)
    {
        int place = frame.IndexOf(text, StringComparison.Ordinal);
        Assert.True(place >= 0);
        string faulty = frame[..place] + replacement + frame[(place + text.Length)..];
        int found = faulty.IndexOf(faultAt, StringComparison.Ordinal);
        Assert.True(found >= 0);
        int faultByte = Encoding.UTF8.GetByteCount(faulty[..found]);

        using OkxBench cold = new();
        cold.Rejects(faulty, reason, faultByte);

        // With the stream known: the fast way, and the fault is that stream's.
        using OkxBench warm = new();
        using OkxBench untouched = new();
        Assert.Equal(untouched.Records(frame), warm.Records(frame));
        warm.Rejects(faulty, reason, faultByte, streamId: 1);

        // Nothing is left behind: what follows is what follows without it, new streams included.
        foreach (string next in OkxSamples.All)
        {
            Assert.Equal(untouched.Records(next), warm.Records(next));
        }

        using OkxBench fresh = new();
        Assert.Equal(fresh.Records(frame), cold.Records(frame));
    }

    [Theory]
    [InlineData("""{"arg":{"channel":"books","instId":"BTC-USDT"},"action":"update"}""", RejectReason.MissingField)]
    [InlineData("""{"arg":{"channel":"books","instId":"BTC-USDT"},"action":"update","data":[]}""", RejectReason.MissingField)]
    [InlineData("""{"arg":{"channel":"books","instId":"BTC-USDT"},"action":"update","data":{}}""", RejectReason.WrongType)]
    [InlineData("""{"arg":{"channel":"books"},"action":"update","data":[{}]}""", RejectReason.MissingField)]
    [InlineData("""{"arg":{"channel":"books","instId":5},"action":"update","data":[{}]}""", RejectReason.WrongType)]
    [InlineData("""{"arg":{"channel":"books","instId":""},"action":"update","data":[{}]}""", RejectReason.BadName)]
    [InlineData("""{"arg":{"channel":"books","instId":"BTC USDT"},"action":"update","data":[{}]}""", RejectReason.BadName)]
    [InlineData("""{"arg":{"channel":"books","instId":"币-USDT"},"action":"update","data":[{}]}""", RejectReason.BadName)]
    [InlineData("""{"arg":{"channel":"books","instId":"BTC-USDTBTC-USDTBTC-USDTBTC-USDTBTC-USDTB"},"action":"update","data":[{}]}""", RejectReason.BadName)]
    [InlineData("""{"arg":{"channel":"candle1 m","instId":"BTC-USDT"},"data":[[]]}""", RejectReason.BadName)]
    [InlineData("""{"arg":{"channel":"books","channel":"books","instId":"BTC-USDT"},"data":[{}]}""", RejectReason.DuplicateField)]
    [InlineData("""{"arg":{"instId":"BTC-USDT"},"data":[{}]}""", RejectReason.MissingField)]
    [InlineData("""{"arg":{"channel":7,"instId":"BTC-USDT"},"data":[{}]}""", RejectReason.WrongType)]
    [InlineData("""{"arg":{"channel":"","instId":"BTC-USDT"},"data":[{}]}""", RejectReason.BadName)]
    [InlineData("""{"arg":[],"data":[{}]}""", RejectReason.WrongType)]
    [InlineData("""{"arg":{},"arg":{},"data":[{}]}""", RejectReason.DuplicateField)]
    [InlineData("""{"event":7}""", RejectReason.WrongType)]
    [InlineData("""{"event":""}""", RejectReason.BadName)]
    [InlineData("""{"event":"error","event":"error"}""", RejectReason.DuplicateField)]
    [InlineData("""{"code":0,"msg":"","data":[]}""", RejectReason.WrongType)]
    [InlineData("""{"code":"0","msg":"","data":{}}""", RejectReason.WrongType)]
    [InlineData("""{"code":"0","data":[{"instType":"SPOT","instId":"A B","tickSz":"1","lotSz":"1","minSz":"1"}]}""", RejectReason.BadName)]
    [InlineData("""{"code":"0","data":[{"instType":"SPOT","instId":"A","tickSz":"1","lotSz":"1"}]}""", RejectReason.MissingField)]
    [InlineData("""{"code":"0","data":[{"instType":"SPOT","instId":"A","tickSz":1,"lotSz":"1","minSz":"1"}]}""", RejectReason.WrongType)]
    [InlineData("""{"code":"0","data":[{"instType":"SPOT","instId":"A","tickSz":"x","lotSz":"1","minSz":"1"}]}""", RejectReason.BadNumber)]
    [InlineData("""{"code":"0","data":[{"instType":"SPOT","instId":"A","tickSz":"1","lotSz":"1","minSz":"1"},7]}""", RejectReason.WrongType)]
    [InlineData("""{"code":"0","data":[{"instType":"SWAP","instId":"A","tickSz":"1","lotSz":"1","minSz":"1","ctVal":"9999999999","ctMult":"9999999999"}]}""", RejectReason.NumberOutOfRange)]
    [InlineData("pongs", RejectReason.Syntax)]
    [InlineData("pon", RejectReason.Syntax)]
    [InlineData("17", RejectReason.WrongType)]
    [InlineData("\"text\"", RejectReason.WrongType)]
    [InlineData("{}x", RejectReason.TrailingGarbage)]
    [InlineData("", RejectReason.Empty)]
    public void Is_no_frame_of_okx(string frame, RejectReason reason)
    {
        using OkxBench bench = new();
        bench.Rejects(frame, reason);
        using OkxBench untouched = new();
        Assert.Equal(untouched.Records(OkxSamples.Snapshot), bench.Records(OkxSamples.Snapshot));
    }

    [Fact]
    public void A_list_with_one_bad_instrument_defines_none_of_them()
    {
        using OkxBench bench = new();
        string faulty = OkxSamples.Instruments.Replace("\"tickSz\":\"0.1\",\"lotSz\":\"1\"", "\"tickSz\":\"0.1\",\"lotSz\":1", StringComparison.Ordinal);
        bench.Rejects(faulty, RejectReason.WrongType, faulty.IndexOf("1,\"minSz\":\"1\"}]", StringComparison.Ordinal));
        using OkxBench untouched = new();
        Assert.Equal(untouched.Records(OkxSamples.Instruments), bench.Records(OkxSamples.Instruments));
    }

    [Fact]
    public void Rows_of_a_change_may_come_in_any_order_but_no_price_twice()
    {
        using OkxBench bench = new();
        bench.Records(OkxSamples.Snapshot);
        string frame = OkxSamples.Keepalive.Replace(
            "\"bids\":[]", "\"bids\":[[\"5\",\"1\",\"0\",\"1\"],[\"7\",\"0\",\"0\",\"0\"],[\"6\",\"1\",\"0\",\"1\"]]", StringComparison.Ordinal);
        Assert.Equal([50, 70, 60], bench.Message(frame)[1..].Select(static level => Record.Read<LevelSet>(level).PriceTicks));
        string twice = frame.Replace("\"6\"", "\"5\"", StringComparison.Ordinal);
        bench.Rejects(twice, RejectReason.LevelOrder, twice.IndexOf("[[\"5\"", StringComparison.Ordinal), streamId: 1);
    }

    [Fact]
    public void A_frame_longer_than_allowed_is_not_even_looked_at()
    {
        using OkxBench bench = new();
        DecodeResult result = bench.Send(new byte[Frame.BytesMax + 1]);
        Assert.Equal((RejectReason.Oversized, Frame.BytesMax), (result.Reason, result.FaultByte));
    }

    [Fact]
    public void A_fault_is_attributed_as_far_as_the_frame_was_read()
    {
        using OkxBench bench = new();
        bench.Records(OkxSamples.Snapshot);
        bench.Records(OkxSamples.Ticker);
        bench.Records(OkxSamples.RestBook);
        bench.Rejects(OkxSamples.Ticker[..^1] + "x", RejectReason.Syntax, streamId: 2);
        bench.Rejects("""{"arg":{"channel":"books","instId":"BTC-USDT"},x""", RejectReason.Syntax, streamId: 1);
        bench.Rejects("""{"action":"update","arg":{"instId":"BTC-USDT","channel":"books"},"data":[{"asks":[[""", RejectReason.Truncated, streamId: 1);
        bench.Rejects("""{"arg":{"channel":"books","instId":"BTC-US""", RejectReason.Truncated);
        bench.Rejects("""{"arg":{"channel":"books","instId":"ETH-USDT"},"data":[x""", RejectReason.Syntax);
        bench.Rejects("""{"data":[{"asks":[x""", RejectReason.Syntax);
        bench.Rejects("x", RejectReason.Syntax);
        bench.Rejects(OkxSamples.RestBook[..60], RejectReason.Truncated, streamId: 3);
        bench.Rejects(OkxSamples.RestBook.Replace("67500.3", "67500.1", StringComparison.Ordinal), RejectReason.LevelOrder, streamId: 3);
    }
}
