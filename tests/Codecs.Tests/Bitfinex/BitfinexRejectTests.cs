using System.Text;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using static Lob.Fast.Codecs.Tests.Bitfinex.BitfinexSamples;

namespace Lob.Fast.Codecs.Tests.Bitfinex;

/// <summary>Array frames with one fault each: the reason, the byte, the stream, and a decoder that is as it was.</summary>
public class BitfinexRejectTests
{
    // Frame; text to replace; replacement; reason; text at whose last place the fault is seen; stream.
    public static TheoryData<string, string, string, RejectReason, string, uint> Faults => new()
    {
        { BookSnapshot, "],1]", "],1", RejectReason.Truncated, "", 1 },
        { BookSnapshot, "],1]", "],1]]", RejectReason.TrailingGarbage, "]", 1 },
        { BookSnapshot, "],1]", "]]", RejectReason.MissingField, "[17082", 1 },
        { BookSnapshot, "],1]", "],1.5]", RejectReason.BadNumber, "1.5", 1 },
        { BookSnapshot, "],1]", "],\"1\"]", RejectReason.WrongType, "1\"]", 1 },
        { BookSnapshot, "],1]", "],-1]", RejectReason.BadNumber, "-1]", 1 },
        { BookSnapshot, "7254.6,1", "7254.7,1", RejectReason.LevelOrder, "7254.7,1", 1 },
        { BookSnapshot, "7254.6,1", "7254.75,1", RejectReason.LevelOrder, "7254.75,1", 1 },
        { BookSnapshot, "[7255,1,", "[7254.8,1,", RejectReason.LevelOrder, "7254.8,1", 1 },
        { BookSnapshot, "[7255,1,-2e-7]", "[7254,1,2e-7]", RejectReason.LevelOrder, "7254,1", 1 },
        { BookSnapshot, "7254.6,1,0.5", "7254.6,0,1", RejectReason.ImpossibleValue, "0,1]", 1 },
        { BookSnapshot, "7254.6,1,0.5", "7254.6,1,0", RejectReason.ImpossibleValue, "0],[7254.8", 1 },
        { BookSnapshot, "7254.6,1,0.5", "7254.6,1,-0", RejectReason.BadNumber, "-0]", 1 },
        { BookSnapshot, "7254.6,1,0.5", "7254.6,1", RejectReason.MissingField, "[7254.6", 1 },
        { BookSnapshot, "[7254.6,1,0.5]", "7", RejectReason.WrongType, "7,[", 1 },
        { BookSnapshot, "[7254.6,1,0.5]", "[]", RejectReason.MissingField, "[],[", 1 },
        { BookSnapshot, "7254.6", "0", RejectReason.ImpossibleValue, "0,1,0.5", 1 },
        { BookSnapshot, "7254.6", "-7254.6", RejectReason.ImpossibleValue, "-7254.6", 1 },
        { BookSnapshot, "7254.6", "\"7254.6\"", RejectReason.WrongType, "7254.6\"", 1 },
        { BookSnapshot, "7254.6", "7254.600000000000001", RejectReason.NumberOutOfRange, "1,1,0.5", 1 },
        { BookSnapshot, "7254.6", "99999999999999999999", RejectReason.NumberOutOfRange, "99999999999999999999", 1 },
        { BookSnapshot, "7254.6", "1e-6", RejectReason.BadNumber, "6,1,0.5", 1 },
        { BookSnapshot, "7254.6", "07254.6", RejectReason.Syntax, "7254.6", 1 },
        { BookUpdate, "7254.8", "NaN", RejectReason.Syntax, "NaN", 1 },
        { BookUpdate, ",2,-0", ",4294967296,-0", RejectReason.NumberOutOfRange, "4294967296", 1 },
        { BookUpdate, ",2,-0", ",-2,-0", RejectReason.BadNumber, "-2,-0", 1 },
        { BookUpdate, ",2,-0", ",2.0,-0", RejectReason.BadNumber, "2.0,-0", 1 },
        { BookUpdate, "-0.03483509", "1.000000000000000e-7", RejectReason.NumberOutOfRange, "0e-7", 1 },
        { BookUpdate, "[7254.8,2,-0.03483509]", "{\"a\":1}", RejectReason.WrongType, "{", 1 },
        { BookUpdate, ",[7254.8,2,-0.03483509],2]", "]", RejectReason.MissingField, "[17082", 1 },
        { BookDelete, "0,1]", "0,2]", RejectReason.ImpossibleValue, "2]", 1 },
        { BookDelete, "0,1]", "0,0.5]", RejectReason.BadNumber, "0.5]", 1 },
        { BookDelete, "0,1]", "0,0]", RejectReason.ImpossibleValue, "0]", 1 },
        { BookChecksum, "1330055495", "2147483648", RejectReason.NumberOutOfRange, "2147483648", 1 },
        { BookChecksum, "1330055495", "-2147483649", RejectReason.NumberOutOfRange, "-2147483649", 1 },
        { BookChecksum, "1330055495", "\"x\"", RejectReason.WrongType, "x\",4", 1 },
        { BookChecksum, ",1330055495,4", "", RejectReason.MissingField, "[17082", 1 },
        { BookHeartbeat, "hb", "", RejectReason.BadName, "\",5", 1 },
        { OrdersSnapshot, "7294.5", "7294.75", RejectReason.LevelOrder, "7294.75", 2 },
        { OrdersSnapshot, "7295,-1.2e-7", "7294.7,-1.2e-7", RejectReason.LevelOrder, "7294.7,-1.2e-7", 2 },
        { OrdersSnapshot, "7295,-1.2e-7", "7295,1.2e-7", RejectReason.LevelOrder, "7295,1.2e-7", 2 },
        { OrdersSnapshot, "7294.5,3", "0,1", RejectReason.ImpossibleValue, "0,1]", 2 },
        { OrdersSnapshot, "7294.5,3", "7294.5,0", RejectReason.ImpossibleValue, "0],[34753003110", 2 },
        { OrdersUpdate, "34753002978", "-5", RejectReason.BadNumber, "-5", 2 },
        { OrdersUpdate, "34753002978", "92233720368547758080", RejectReason.NumberOutOfRange, "92233720368547758080", 2 },
        { OrdersUpdate, ",1.2]", "]", RejectReason.MissingField, "[34753002978", 2 },
        { OrdersDelete, "0,1]", "0,3]", RejectReason.ImpossibleValue, "3]", 2 },
        { PastTrades, "[401597392,1574694475039,-2.5,7244.8]", "5", RejectReason.WrongType, "5]", 3 },
        { PastTrades, "-2.5", "0", RejectReason.ImpossibleValue, "0,7244.8", 3 },
        { TradeExecuted, ",7245.3]", "]", RejectReason.MissingField, "[401597395", 3 },
        { TradeExecuted, "1574694478808", "15", RejectReason.ImpossibleValue, "15,-0.005", 3 },
        { TradeExecuted, "-0.005", "0", RejectReason.ImpossibleValue, "0,7245.3", 3 },
        { TradeExecuted, "7245.3", "-1", RejectReason.ImpossibleValue, "-1]", 3 },
        { TradeExecuted, "[401597395,1574694478808,-0.005,7245.3]", "7", RejectReason.WrongType, "7,11", 3 },
        { TradeExecuted, ",[401597395,1574694478808,-0.005,7245.3],11", "", RejectReason.MissingField, "[17470", 3 },
        { TradeUpdated, "7245.3", "0", RejectReason.ImpossibleValue, "0],12", 3 },
        { TradeUpdated, "401597395", "true", RejectReason.WrongType, "true", 3 },
        { TickerRow, "7254.7,", "-7254.7,", RejectReason.ImpossibleValue, "-7254.7", 4 },
        { TickerRow, "1.7023900800000002", "\"x\"", RejectReason.WrongType, "x\",7254", 4 },
        { TickerRow, "[7254.7,1.7023900800000002,7254.8,2.2626931299999997,-66440,-0.1903,7254.8,32.20946748,7402,7231]", "[1,2,3]", RejectReason.MissingField, "[1,", 4 },
        { TickerRow, "[7254.7,", "[[],", RejectReason.WrongType, "[],", 4 },
        { CandleRow, "7383.8", "0", RejectReason.ImpossibleValue, "0,7384", 5 },
        { CandleRow, "2.0000000000001", "2.000000000000001", RejectReason.NumberOutOfRange, "1],15", 5 },
        { CandleRow, "2.0000000000001", "999999.00000000000001", RejectReason.NumberOutOfRange, "999999.0", 5 },
        { CandleRow, "2.0000000000001", "-2", RejectReason.ImpossibleValue, "-2]", 5 },
        { CandleRow, ",2.0000000000001", "", RejectReason.MissingField, "[1574698320000", 5 },
        { PastCandles, "7399.9,7379.7", "7399.9,null", RejectReason.WrongType, "null", 5 },
        { StatusRow, ",16]", "]", RejectReason.MissingField, "[127758", 6 },
        { StatusRow, "null", "nil", RejectReason.Syntax, "il,173", 6 },
        { UnknownHeartbeat, ",18", "", RejectReason.MissingField, "[232954", 0 },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Is_rejected_and_leaves_nothing(string frame, string text, string replacement, RejectReason reason, string faultAt, uint streamId)
    {
        int place = frame.IndexOf(text, StringComparison.Ordinal);
        Assert.True(place >= 0);
        string faulty = frame[..place] + replacement + frame[(place + text.Length)..];
        string? where = faultAt.Length == 0 ? null : faultAt;

        // Before each good frame of the connection, which comes out as without it. A whole book is judged as one until it has come.
        using BitfinexBench damaged = new(Opening);
        using BitfinexBench untouched = new(Opening);
        string[] good = frame is BookSnapshot or OrdersSnapshot ? [.. Data.TakeWhile(next => next != frame)] : [.. Data, .. Data];
        foreach (string next in good)
        {
            damaged.Rejects(faulty, reason, where, streamId);
            Assert.Equal(untouched.Bytes(next), damaged.Bytes(next));
        }

        damaged.Rejects(faulty, reason, where, streamId);
        Assert.Equal(untouched.Bytes(frame), damaged.Bytes(frame));
        Assert.Equal(untouched.Decoder.UnknownEvents(), damaged.Decoder.UnknownEvents());
        Assert.Equal(untouched.Decoder.ControlMessages(), damaged.Decoder.ControlMessages());
    }

    [Fact]
    public void Missing_items_have_names()
    {
        using BitfinexBench bench = new(Opening);
        bench.Rejects("[17082]", RejectReason.MissingField, streamId: 1);
        Assert.Equal(["payload"], bench.Decoder.MissingFields());
        bench.Rejects("[17082,\"cs\"]", RejectReason.MissingField, streamId: 1);
        Assert.Equal(["checksum"], bench.Decoder.MissingFields());
        bench.Rejects("[17470,\"te\"]", RejectReason.MissingField, streamId: 3);
        Assert.Equal(["trade"], bench.Decoder.MissingFields());
        bench.Rejects("""{"event":"subscribed","channel":"book","chanId":5,"symbol":"tBTCUSD"}""", RejectReason.MissingField);
        Assert.Equal(["prec", "freq", "len"], bench.Decoder.MissingFields());
        bench.Message(BookSnapshot);
        Assert.Empty(bench.Decoder.MissingFields());
    }

    [Fact]
    public void A_frame_cut_anywhere_is_rejected_for_that()
    {
        using BitfinexBench bench = new();
        using BitfinexBench untouched = new();
        foreach (string frame in (string[])[.. Opening, .. Data])
        {
            byte[] bytes = Encoding.UTF8.GetBytes(frame);
            for (int length = 0; length < bytes.Length; length++)
            {
                DecodeResult result = bench.Send(bytes.AsSpan(0, length));
                Assert.Equal((DecodeOutcome.Rejected, length == 0 ? RejectReason.Empty : RejectReason.Truncated), (result.Outcome, result.Reason));
                Assert.Equal(length, result.FaultByte);

                // Whose it is can be told from the comma behind the channel's id on.
                Assert.True(result.StreamId == 0 || frame.AsSpan(0, length).Contains(','));
            }

            Assert.Equal(untouched.Bytes(frame), bench.Bytes(frame));
        }
    }

    [Fact]
    public void An_id_that_is_cut_off_is_not_taken_for_another()
    {
        using BitfinexBench bench = new(Opening);
        bench.Accepts(Book.Replace("17082", "170", StringComparison.Ordinal).Replace("tBTCUSD", "tETHUSD", StringComparison.Ordinal));
        bench.Rejects("[170", RejectReason.Truncated);
        bench.Rejects("[170,[", RejectReason.Truncated, streamId: 7);
        bench.Rejects("[17082,[", RejectReason.Truncated, streamId: 1);
    }

    [Fact]
    public void A_frame_longer_than_allowed_is_not_even_looked_at()
    {
        using BitfinexBench bench = new();
        DecodeResult result = bench.Send(new byte[Frame.BytesMax + 1]);
        Assert.Equal((RejectReason.Oversized, Frame.BytesMax), (result.Reason, result.FaultByte));
    }

    [Fact]
    public void A_number_that_does_not_fit_with_those_before_is_refused()
    {
        using BitfinexBench bench = new(Opening);
        bench.Message("[17082,[[5,1,900000000000000000]],1]");
        bench.Rejects("[17082,[5,1,0.25],2]", RejectReason.NumberOutOfRange, "0.25", streamId: 1);
        bench.Message("[17082,[5.25,1,7],2]");
    }
}
