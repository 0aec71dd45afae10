using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using static Lob.Fast.Codecs.Tests.Bitfinex.BitfinexSamples;

namespace Lob.Fast.Codecs.Tests.Bitfinex;

/// <summary>Events: connections, flags, and what a channel id stands for.</summary>
public class BitfinexEventTests
{
    private const string ConfSequenced = """{"event":"conf","status":"OK","flags":65536}""";
    private const string ConfNone = """{"event":"conf","status":"OK","flags":0}""";

    [Fact]
    public void The_first_frame_opens_the_connection_and_ends_what_was_before()
    {
        using BitfinexBench bench = new(Opening);
        bench.Accepts(Info, connection: 3);
        bench.Accepts(Conf, connection: 3);
        bench.Accepts(Book, connection: 3);
        bench.Message(BookSnapshot);

        Record[] opened = Assert.Single(bench.Accepts(Info, DecodeOutcome.Control, connection: 0));
        Connection connection = Record.Read<Connection>(Assert.Single(opened));
        Assert.Equal(RecordKind.Connection, connection.Header.Kind);
        Assert.Equal((ConnectionEvent.Opened, 0, 0u), ((ConnectionEvent)connection.Header.Code, connection.ConnectionId, connection.Header.StreamId));
        Assert.Equal(RecordFlags.FirstInMessage | RecordFlags.LastInMessage, connection.Header.Flags);
        Assert.Equal(BitfinexBench.ReceivedAtNs, connection.Header.ReceivedAtNs);

        // Channel ids and flags are gone; those of another connection are not.
        Assert.Empty(bench.Accepts("[17082,[7254.8,2,-0.5]]", DecodeOutcome.UnknownEvent));
        bench.Accepts(Book);
        Assert.Equal(Sequence.None, Record.Read<MessageBegin>(bench.Message("[17082,[7254.8,2,-0.5]]")[0]).LastSequence);
        MessageBegin other = Record.Read<MessageBegin>(bench.Message(BookSnapshot, connection: 3)[0]);
        Assert.Equal((1L, (ushort)3), (other.LastSequence, other.Connection));
        Assert.Equal(3, bench.Decoder.ControlMessages()["info"]);
    }

    [Fact]
    public void Codes_are_counted_and_the_end_of_maintenance_opens_the_connection_anew()
    {
        using BitfinexBench bench = new(Opening);
        bench.Message(BookSnapshot);
        Assert.Empty(bench.Accepts("""{"event":"info","code":20051,"msg":"Stopping. Please try to reconnect"}""", DecodeOutcome.Control));
        Assert.Empty(bench.Accepts("""{"event":"info","code":20060,"msg":"Entering maintenance mode"}""", DecodeOutcome.Control));
        bench.Message(BookUpdate);
        Record[] opened = Assert.Single(bench.Accepts("""{"event":"info","code":20061,"msg":"Maintenance ended"}""", DecodeOutcome.Control));
        Assert.Equal(RecordKind.Connection, opened[0].Header.Kind);
        bench.Accepts("""{"event":"info","code":20099}""", DecodeOutcome.Control);

        // It is the same socket: numbers go on to come, but no channel is subscribed.
        Record[] message = bench.Message(BookDelete, DecodeOutcome.UnknownEvent);
        Assert.Equal((MessageType.Heartbeat, 3), (Record.Read<MessageBegin>(message[0]).Type, Record.Read<MessageBegin>(message[0]).LastSequence));
        bench.Accepts(Book);
        Assert.Equal(MessageType.BookSnapshot, Record.Read<MessageBegin>(bench.Message(BookSnapshot)[0]).Type);
        IReadOnlyDictionary<string, long> counts = bench.Decoder.ControlMessages();
        Assert.Equal(
            (1, 1, 1, 2), (counts["info.20051 restart"], counts["info.20060 maintenance begins"], counts["info.20061 maintenance ended"], counts["info"]));
    }

    [Fact]
    public void Other_events_are_counted_by_name()
    {
        using BitfinexBench bench = new();
        Assert.Empty(bench.Accepts("""{"event":"pong","ts":1511545528111,"cid":1234}""", DecodeOutcome.Control));
        Assert.Empty(bench.Accepts("""{"event":"error","msg":"symbol: invalid","code":10300,"event2":[1,{"x":null}]}""", DecodeOutcome.Control));
        Assert.Empty(bench.Accepts("""["error",11010,"ratelimit: error"]""", DecodeOutcome.Control));
        Assert.Empty(bench.Accepts("""{"event":"subscribeStatus"}""", DecodeOutcome.UnknownEvent));
        Assert.Empty(bench.Accepts("""{"x":1}""", DecodeOutcome.UnknownEvent));
        Assert.Empty(bench.Accepts("[[7254.7,3,3.3],[7254.8,2,-1.1]]", DecodeOutcome.UnknownEvent));
        Assert.Equal(new Dictionary<string, long> { ["pong"] = 1, ["error"] = 2 }, bench.Decoder.ControlMessages());
        Assert.Equal(new Dictionary<string, long> { ["subscribeStatus"] = 1, ["unnamed"] = 1, ["answer"] = 1 }, bench.Decoder.UnknownEvents());
    }

    [Theory]
    [InlineData(Book, "book.P0.F0.25", StreamRole.Book, Evidence.Sequence, ChecksumRule.InterleavedSigned, 25u)]
    [InlineData(Orders, "book.R0.F0.100", StreamRole.Orders, Evidence.Sequence, ChecksumRule.None, 100u)]
    [InlineData(Trades, "trades", StreamRole.Trades, Evidence.None, ChecksumRule.None, 0u)]
    [InlineData(Ticker, "ticker", StreamRole.Ticker, Evidence.None, ChecksumRule.None, 0u)]
    [InlineData(Candles, "candles.trade:1m", StreamRole.Candles, Evidence.None, ChecksumRule.None, 0u)]
    [InlineData(Status, "connection", StreamRole.Heartbeats, Evidence.None, ChecksumRule.None, 0u)]
    [InlineData(FundingTicker, "connection", StreamRole.Heartbeats, Evidence.None, ChecksumRule.None, 0u)]
    public void Subscribing_declares_the_stream_by_the_flags(string frame, string name, StreamRole role, Evidence evidence, ChecksumRule checksum, uint depth)
    {
        using BitfinexBench bench = new(new DecoderOptions { OnChecksumMismatch = MismatchPolicy.Warn }, Info, ConfSequenced);
        List<Record[]> messages = bench.Accepts(frame, DecodeOutcome.Control);
        bool ofConnection = role == StreamRole.Heartbeats;
        Assert.Equal(ofConnection ? 1 : 2, messages.Count);
        if (!ofConnection)
        {
            InstrumentDefinition instrument = Record.Read<InstrumentDefinition>(messages[0][0]);
            Assert.Equal((Venue.Bitfinex, 1u, 1u), (instrument.Venue, instrument.InstrumentId, instrument.Epoch));
            Assert.Equal("tBTCUSD", Record.Read<InstrumentSymbol>(messages[0][1]).Symbol.ToString());
        }

        StreamDefinition stream = Record.Read<StreamDefinition>(messages[^1][0]);
        Assert.Equal(name, Record.Read<StreamChannel>(messages[^1][1]).Channel.ToString());
        Assert.Equal((role, ContinuityRule.Connection, evidence, checksum, depth), (stream.Role, stream.Continuity, stream.Evidence, stream.Checksum, stream.DepthLimit));
        Assert.Equal((ofConnection ? 0u : 1u, BridgeRule.None), (stream.InstrumentId, stream.Bridge));
        bool ofBook = role is StreamRole.Book or StreamRole.Orders;
        Assert.Equal(ofBook ? (MismatchPolicy.Warn, 35_000_000_000) : (MismatchPolicy.Resync, 0), (stream.OnMismatch, stream.StaleAfterNs));

        // Once is enough, and without sequence numbers nothing is proven.
        Assert.Empty(bench.Accepts(frame, DecodeOutcome.Control));
        using BitfinexBench unsequenced = new();
        stream = Record.Read<StreamDefinition>(unsequenced.Accepts(frame)[^1][0]);
        Assert.Equal((ContinuityRule.None, Evidence.None, checksum), (stream.Continuity, stream.Evidence, stream.Checksum));
    }

    [Fact]
    public void The_order_of_keys_and_escapes_do_not_matter()
    {
        using BitfinexBench plain = new(Info, Conf, Book);
        using BitfinexBench turned = new(
            "{ \"platform\":{\"status\":1,\"event\":2}, \"version\":2, \"event\":\"info\" }",
            """{"flags":196608,"status":"OK","event":"conf"}""",
            """{"pair":"BTCUSD","len":25,"freq":"F0","prec":"P0","symbol":"tB\u0054CUSD","chanId":17082,"channel":"b\u006fok","event":"subscribed"}""");
        Assert.Equal(plain.Batch.Records.ToArray(), turned.Batch.Records.ToArray());
        Assert.Equal(plain.Bytes(BookSnapshot), turned.Bytes(BookSnapshot));
        Assert.Equal(plain.Bytes(BookUpdate), turned.Bytes("[ 17082 , [ 7254.8 , 2 , -0.03483509 , \"new\" ] , { \"x\" : [ ] } , 2 ]"));
    }

    [Theory]
    [InlineData("""{"event":"subscribed","channel":"book","chanId":1,"symbol":"fUSD","prec":"P0","freq":"F0","len":"25"}""", "book of funding")]
    [InlineData("""{"event":"subscribed","channel":"trades","chanId":1,"symbol":"fUSD"}""", "trades of funding")]
    [InlineData("""{"event":"subscribed","channel":"candles","chanId":1,"key":"trade:1m:fUSD:a30:p2:p30"}""", "candles of funding")]
    [InlineData("""{"event":"subscribed","channel":"candles","chanId":1,"key":"other"}""", "candles")]
    [InlineData("""{"event":"subscribed","channel":"book","chanId":1,"symbol":"tBTCUSD","prec":"P9","freq":"F0","len":"25"}""", "book")]
    [InlineData("""{"event":"subscribed","channel":"status","chanId":1,"key":"liq:global"}""", "status")]
    public void What_is_set_aside_is_counted_and_so_are_its_numbers(string subscribed, string name)
    {
        using BitfinexBench bench = new(Info, ConfSequenced, subscribed);
        foreach (string frame in new[] { "[1,[[0.0001,30,1,100.5]],1]", "[1,\"hb\",2]", "[1,\"fte\",[1,2,3],3]" })
        {
            Record[] message = bench.Message(frame, DecodeOutcome.UnknownEvent);
            MessageBegin begin = Record.Read<MessageBegin>(Assert.Single(message));
            Assert.Equal((MessageType.Heartbeat, 1u), (begin.Type, begin.Header.StreamId));
            Assert.Equal(frame, $"[1{frame[2..^2]}{begin.LastSequence}]");
        }

        Assert.Equal(new Dictionary<string, long> { [name] = 3 }, bench.Decoder.UnknownEvents());

        // A bad frame of it breaks no book.
        bench.Rejects("[1,x", RejectReason.Syntax, streamId: 1);
        using BitfinexBench unsequenced = new(subscribed);
        Assert.Empty(unsequenced.Accepts("[1,\"hb\"]", DecodeOutcome.UnknownEvent));
    }

    [Fact]
    public void Frames_of_an_unknown_channel_are_signs_of_life_of_their_connection()
    {
        using BitfinexBench bench = new();
        Assert.Empty(bench.Accepts("[5,\"hb\"]", DecodeOutcome.Control, connection: 7));
        bench.Accepts(ConfSequenced, connection: 7);
        List<Record[]> messages = bench.Accepts("[5,\"hb\",1]", DecodeOutcome.Control, connection: 7);
        Assert.Equal(2, messages.Count);
        StreamDefinition stream = Record.Read<StreamDefinition>(messages[0][0]);
        Assert.Equal((StreamRole.Heartbeats, ContinuityRule.Connection, 0u), (stream.Role, stream.Continuity, stream.InstrumentId));
        Assert.Equal("connection", Record.Read<StreamChannel>(messages[0][1]).Channel.ToString());
        Assert.Equal((1L, (ushort)7), (Record.Read<MessageBegin>(messages[1][0]).LastSequence, Record.Read<MessageBegin>(messages[1][0]).Connection));
        Assert.Equal(2, Record.Read<MessageBegin>(bench.Message("[5,[1,2,3],2]", DecodeOutcome.UnknownEvent, connection: 7)[0]).LastSequence);

        bench.Accepts(Book, connection: 7);
        Assert.Equal(MessageType.BookSnapshot, Record.Read<MessageBegin>(bench.Message(BookSnapshot, connection: 7)[0]).Type);
        bench.Accepts("""{"event":"unsubscribed","status":"OK","chanId":17082}""", DecodeOutcome.Control, connection: 7);
        Assert.Equal(2, Record.Read<MessageBegin>(bench.Message(BookUpdate, DecodeOutcome.UnknownEvent, connection: 7)[0]).LastSequence);
        Assert.Equal(new Dictionary<string, long> { ["unknown channel"] = 2 }, bench.Decoder.UnknownEvents());
    }

    /// <summary>Whether a connection has been in use must not be told from anything that a rejected frame touches.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Other_flags_behind_a_rejected_frame_start_the_books_over_as_without_it(bool rejected)
    {
        using BitfinexBench bench = new(Info, ConfSequenced);
        bench.Accepts("[5,\"hb\",1]", DecodeOutcome.Control);
        if (rejected)
        {
            Assert.Equal(DecodeOutcome.Rejected, bench.Send("[,").Outcome);
        }

        Assert.Equal(RecordKind.Connection, bench.Accepts(ConfNone, DecodeOutcome.Control)[^1][0].Header.Kind);
    }

    [Fact]
    public void Sequence_and_time_stand_at_the_end_as_the_flags_say()
    {
        const string Rows = "[17082,[[7254.7,3,3.3]]";
        foreach ((long flags, string tail, long sequence, long time) in new (long, string, long, long)[]
        {
            (0, "]", Sequence.None, 0),
            (0, ",5,1790134414850]", Sequence.None, 0),
            (131072, "]", Sequence.None, 0),
            (32768, ",1790134414850]", Sequence.None, 1_790_134_414_850_000_000),
            (65536, ",2]", 2, 0),
            (65536 + 32768, ",2,1790134414850]", 2, 1_790_134_414_850_000_000),
            (537100288, ",\"new\",2,1790134414850]", 2, 1_790_134_414_850_000_000),
        })
        {
            using BitfinexBench bench = new(Info, $$"""{"event":"conf","status":"OK","flags":{{flags}}}""", Book);
            List<Record[]> messages = bench.Accepts(Rows + tail);
            MessageBegin begin = Record.Read<MessageBegin>(messages[^1][0]);
            Assert.Equal((sequence, Sequence.None, Sequence.None), (begin.LastSequence, begin.FirstSequence, begin.PreviousSequence));
            Assert.All(messages.SelectMany(static message => message), record => Assert.Equal(time, record.Header.VenueTimeNs));
        }

        foreach ((long flags, string tail, string missing) in new[]
        {
            (65536L, "]", "sequence"), (32768L, "]", "timestamp"), (98304L, "]", "sequence"), (98304L, ",5]", "timestamp"),
        })
        {
            using BitfinexBench bench = new(Info, $$"""{"event":"conf","status":"OK","flags":{{flags}}}""", Book);
            bench.Rejects(Rows + tail, RejectReason.MissingField, streamId: 1);
            Assert.Equal([missing], bench.Decoder.MissingFields());
        }
    }

    [Fact]
    public void Other_flags_in_the_middle_lead_to_another_stream()
    {
        using BitfinexBench bench = new(Info, Book, Status);
        Assert.Equal(1u, Stream(bench.Message("[17082,[[7254.7,3,3.3]]]")));

        // The same rules by other flags: nothing changes.
        Assert.Empty(bench.Accepts("""{"event":"conf","status":"OK","flags":131072}""", DecodeOutcome.Control));
        List<Record[]> moved = bench.Accepts(Conf, DecodeOutcome.Control);
        Assert.Equal(["book.P0.F0.25~seq", "connection~seq"], Names(moved));

        // The book before is fed no more, and the count begins anew.
        Assert.Equal(RecordKind.Connection, moved[^1][0].Header.Kind);
        Assert.Equal(3u, Stream(bench.Message(BookUpdate)));
        Assert.Equal([RecordKind.Connection], bench.Accepts(ConfNone, DecodeOutcome.Control).Select(static message => message[0].Header.Kind));
        Assert.Equal(1u, Stream(bench.Message("[17082,[7254.8,2,-0.5]]")));
        Assert.Empty(bench.Accepts("""{"event":"conf","status":"FAILED"}""", DecodeOutcome.Control));
        bench.Accepts(Conf);
        Assert.Equal(3u, Stream(bench.Message(BookUpdate)));

        // Met with numbers first, it is the other one that has the longer name.
        using BitfinexBench sequenced = new(Info, Conf, Book);
        Assert.Equal(["book.P0.F0.25~noseq"], Names(sequenced.Accepts(ConfNone)));

        // A continued journal finds both again.
        using BitfinexBench continued = new();
        using BitfinexBench source = new();
        foreach (string frame in new[] { Info, Conf, Book, ConfNone, BookSnapshot })
        {
            foreach (Record[] message in source.Accepts(frame).Where(static message => message[0].Header.Kind is RecordKind.StreamDefinition or RecordKind.InstrumentDefinition))
            {
                continued.Decoder.Learn(message);
            }
        }

        Assert.Equal(RecordKind.Connection, Assert.Single(continued.Accepts(Info))[0].Header.Kind);
        Assert.Empty(continued.Accepts(Book));
        Assert.Equal(2u, Stream(continued.Message("[17082,[[7254.7,3,3.3]]]")));
        Assert.Empty(Names(continued.Accepts(Conf)));
        Assert.Equal(1u, Stream(continued.Message(BookUpdate)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("status")]
    public void An_id_that_means_another_channel_now_ends_the_one_before(string channel)
    {
        string other = channel.Length == 0 ? Book.Replace("tBTCUSD", "tETHUSD", StringComparison.Ordinal)
            : """{"event":"subscribed","channel":"status","chanId":17082,"key":"liq:global"}""";
        using BitfinexBench bench = new(Info, Conf, Book);
        bench.Message(BookSnapshot);
        Assert.Empty(bench.Accepts(Book));
        MessageBegin ended = Record.Read<MessageBegin>(bench.Accepts(other, DecodeOutcome.Control)[^1][0]);
        Assert.Equal((MessageType.Ended, 1u, Sequence.None), (ended.Type, ended.Header.StreamId, ended.LastSequence));
    }

    [Fact]
    public void The_rest_of_a_connection_behind_a_continued_journal_starts_its_books_over()
    {
        using BitfinexBench source = new(Info, Conf);
        using BitfinexBench continued = new();
        source.Accepts(Book).ForEach(message => continued.Decoder.Learn(message));
        continued.Rejects("[17082,", RejectReason.Truncated);
        Record[] opened = Assert.Single(continued.Accepts(BookUpdate, DecodeOutcome.UnknownEvent));
        Assert.Equal((RecordKind.Connection, (byte)ConnectionEvent.Opened), (opened[0].Header.Kind, opened[0].Header.Code));
        Assert.Empty(continued.Accepts(BookDelete, DecodeOutcome.UnknownEvent));
    }

    [Fact]
    public void No_more_channels_than_a_connection_can_have()
    {
        using BitfinexBench bench = new();
        for (int id = 0; id < 1024; id++)
        {
            bench.Accepts(Book.Replace("17082", $"{id}", StringComparison.Ordinal));
        }

        bench.Rejects(Book, RejectReason.TooManyStreams, "17082");
        bench.Accepts(Book.Replace("17082", "5", StringComparison.Ordinal));
        bench.Accepts("""{"event":"unsubscribed","chanId":5}""");
        bench.Accepts(Book);
    }

    [Theory]
    [InlineData("""{"event":5}""", RejectReason.WrongType, "5}")]
    [InlineData("""{"event":""}""", RejectReason.BadName, "\"}")]
    [InlineData("""{"event":"info","event":"x"}""", RejectReason.DuplicateField, "\"x\"}")]
    [InlineData("""{"event":"info","version":3}""", RejectReason.ImpossibleValue, "3}")]
    [InlineData("""{"event":"info","version":1.1}""", RejectReason.BadNumber, "1.1}")]
    [InlineData("""{"event":"info","code":"x"}""", RejectReason.WrongType, "x\"}")]
    [InlineData("""{"event":"conf","status":"OK"}""", RejectReason.MissingField, "{\"event")]
    [InlineData("""{"event":"conf","flags":5}""", RejectReason.MissingField, "{\"event")]
    [InlineData("""{"event":"conf","status":"OK","flags":"5"}""", RejectReason.WrongType, "5\"}")]
    [InlineData("""{"event":"unsubscribed","status":"OK"}""", RejectReason.MissingField, "{\"event")]
    [InlineData("""{"event":"subscribed","channel":"trades","symbol":"tBTCUSD"}""", RejectReason.MissingField, "{\"event")]
    [InlineData("""{"event":"subscribed","channel":"trades","chanId":5}""", RejectReason.MissingField, "{\"event")]
    [InlineData("""{"event":"subscribed","channel":"candles","chanId":5}""", RejectReason.MissingField, "{\"event")]
    [InlineData("""{"event":"subscribed","channel":"trades","chanId":-5,"symbol":"tBTCUSD"}""", RejectReason.BadNumber, "-5")]
    [InlineData("""{"event":"subscribed","channel":"trades","chanId":5,"symbol":7}""", RejectReason.WrongType, "7}")]
    [InlineData("""{"event":"subscribed","channel":"trades","chanId":5,"symbol":"t BTC"}""", RejectReason.BadName, "t BTC")]
    [InlineData("""{"event":"subscribed","channel":"trades","chanId":5,"symbol":"t23456789012345678901234567890123456789012"}""", RejectReason.BadName, "t23")]
    [InlineData("""{"event":"subscribed","channel":"candles","chanId":5,"key":"trade:123456789:tBTCUSD"}""", RejectReason.BadName, "trade:")]
    [InlineData("""{"event":"subscribed","channel":"book","chanId":5,"symbol":"tBTCUSD","prec":"P0","freq":"F0"}""", RejectReason.MissingField, "{\"event")]
    [InlineData("""{"event":"subscribed","channel":"book","chanId":5,"symbol":"tBTCUSD","prec":"P0","freq":"F0","len":"x"}""", RejectReason.BadNumber, "x\"}")]
    [InlineData("""{"event":"subscribed","channel":"book","chanId":5,"symbol":"tBTCUSD","prec":"P0","freq":"F0","len":"0"}""", RejectReason.BadNumber, "0\"}")]
    [InlineData("""{"event":"subscribed","channel":"book","chanId":5,"symbol":"tBTCUSD","prec":"P0","freq":"F0","len":null}""", RejectReason.WrongType, "null}")]
    [InlineData("""{"event":"subscribed","channel":"book","chanId":5,"symbol":"tBTCUSD","prec":"P0","freq":[],"len":"25"}""", RejectReason.WrongType, "[],")]
    [InlineData("""{"event":"subscribed","channel":"book","chanId":5,"symbol":"tBTCUSD","prec":"P0","freq":"F0123456789012345678901234567","len":"25"}""", RejectReason.BadName, "F01")]
    [InlineData("""{"event":"info"}x""", RejectReason.TrailingGarbage, "x")]
    [InlineData("17", RejectReason.WrongType, "17")]
    [InlineData("[]", RejectReason.MissingField, "[")]
    [InlineData("[5]", RejectReason.MissingField, "[")]
    [InlineData("[5.5,[]]", RejectReason.BadNumber, "5.5")]
    [InlineData("[null,[]]", RejectReason.WrongType, "null")]
    [InlineData("", RejectReason.Empty, null)]
    public void Is_rejected_with_its_reason_and_byte(string frame, RejectReason reason, string? faultAt)
    {
        using BitfinexBench bench = new();
        bench.Rejects(frame, reason, faultAt);
        Assert.Equal(reason == RejectReason.MissingField, bench.Decoder.MissingFields().Count > 0);

        // Nothing is left behind.
        using BitfinexBench fresh = new();
        foreach (string next in (string[])[.. Opening, .. Data])
        {
            Assert.Equal(fresh.Bytes(next), bench.Bytes(next));
        }
    }

    private static uint Stream(Record[] message) => message[0].Header.StreamId;

    private static List<string> Names(List<Record[]> messages) =>
        [.. messages.Where(static message => message[0].Header.Kind == RecordKind.StreamDefinition)
            .Select(static message => Record.Read<StreamChannel>(message[1]).Channel.ToString())];
}
