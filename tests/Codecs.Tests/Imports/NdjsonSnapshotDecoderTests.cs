using System.Text;
using Lob.Fast.Codecs.Imports;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Imports;

/// <summary>What a collector's line becomes, and which lines are not taken in.</summary>
public class NdjsonSnapshotDecoderTests
{
    private const string Line = """{"ts":1700000000123,"symbol":"BTCUSDT","bids":[[43250.5,1.25],[43250.4,0.001]],"asks":[[43250.6,2],[43251.00,1e-05]],"u":77,"seq":9001}""";

    public static TheoryData<string, string, RejectReason, string> Faults => new()
    {
        // text replaced, by what, reason, text at whose start the fault is seen ("" = anywhere)
        { "1700000000123", "1", RejectReason.ImpossibleValue, "1,\"symbol\"" },
        { "1700000000123", "\"1700000000123\"", RejectReason.WrongType, "1700000000123\"" },
        { "1700000000123", "1700000000.123", RejectReason.BadNumber, "1700000000.123" },
        { "\"ts\":1700000000123,", "", RejectReason.MissingField, "{" },
        { "\"bids\"", "\"bid\"", RejectReason.MissingField, "{" },
        { "\"asks\":[[43250.6,2],[43251.00,1e-05]]", "\"asks\":null", RejectReason.WrongType, "null" },
        { "\"symbol\":\"BTCUSDT\",", "", RejectReason.UnknownSymbol, "" },
        { "\"BTCUSDT\"", "7", RejectReason.WrongType, "7," },
        { "\"BTCUSDT\"", "\"\"", RejectReason.BadName, "" },
        { "\"BTCUSDT\"", "\"BTC USDT\"", RejectReason.BadName, "BTC USDT" },
        { "\"u\":77", "\"u\":-1", RejectReason.BadNumber, "-1" },
        { "\"u\":77", "\"u\":\"77\"", RejectReason.WrongType, "77\"" },
        { "\"u\":77", "\"u\":77,\"u\":78", RejectReason.DuplicateField, "78" },
        { "[43250.4,0.001]", "[43250.5,0.001]", RejectReason.LevelOrder, "43250.5,0.001" },
        { "[43250.4,0.001]", "[43250.6,0.001]", RejectReason.LevelOrder, "43250.6,0.001" },
        { "[43251.00,1e-05]", "[43250.5,1e-05]", RejectReason.LevelOrder, "43250.5,1e-05" },
        { "[43250.4,0.001]", "[43250.4,0]", RejectReason.ImpossibleValue, "0]" },
        { "[43250.4,0.001]", "[0,0.001]", RejectReason.ImpossibleValue, "0,0.001" },
        { "[43250.4,0.001]", "[-43250.4,0.001]", RejectReason.ImpossibleValue, "-43250.4" },
        { "[43250.4,0.001]", "[43250.4]", RejectReason.MissingField, "[43250.4]" },
        { "[43250.4,0.001]", "[]", RejectReason.MissingField, "[]" },
        { "[43250.4,0.001]", "43250.4", RejectReason.WrongType, "43250.4]" },
        { "[43250.4,0.001]", "[43250.4,null]", RejectReason.WrongType, "null" },
        { "[43250.4,0.001]", "[43250.4,NaN]", RejectReason.Syntax, "NaN" },
        { "[43250.4,0.001]", "[43250.4,1e40]", RejectReason.NumberOutOfRange, "1e40" },
        { "[43250.4,0.001]", "[43250.4,0.10000000000000001]", RejectReason.NumberOutOfRange, "" },
        { "\"seq\":9001}", "\"seq\":9001", RejectReason.Truncated, "" },
        { "\"seq\":9001}", "\"seq\":9001}x", RejectReason.TrailingGarbage, "x" },
        { Line, "[1]", RejectReason.WrongType, "[1]" },
        { Line, "", RejectReason.Empty, "" },
    };

    [Fact]
    public void A_line_becomes_definitions_and_a_whole_book()
    {
        using RecordBuffer batch = new();
        Decode(new NdjsonSnapshotDecoder(Venue.BybitLinear), Line, batch);

        ReadOnlySpan<Record> records = batch.Records;
        InstrumentDefinition instrument = Record.Read<InstrumentDefinition>(records[0]);
        Assert.Equal((Venue.BybitLinear, 1, 5), (instrument.Venue, instrument.PriceDecimals, instrument.QuantityDecimals));
        Assert.Equal("BTCUSDT", Record.Read<InstrumentSymbol>(records[1]).Symbol.ToString());
        StreamDefinition stream = Record.Read<StreamDefinition>(records[3]);
        Assert.Equal((StreamRole.Book, ContinuityRule.None, BridgeRule.None, Evidence.None), (stream.Role, stream.Continuity, stream.Bridge, stream.Evidence));
        Assert.Equal("ndjson", Record.Read<StreamChannel>(records[4]).Channel.ToString());
        MessageBegin begin = Record.Read<MessageBegin>(records[5]);
        Assert.Equal(MessageType.BookSnapshot, begin.Type);
        Assert.Equal((77, Sequence.None, 9001), (begin.LastSequence, begin.FirstSequence, begin.PreviousSequence));
        Assert.Equal(1_700_000_000_123_000_000, begin.Header.VenueTimeNs);
        Assert.Equal((byte)(SnapshotLimits.BidsCut | SnapshotLimits.AsksCut), begin.Detail);

        string[] levels = [.. records[6..].ToArray().Select(static record =>
        {
            LevelSet level = Record.Read<LevelSet>(record);
            return $"{level.Header.Side} {DecimalText.Format(level.PriceTicks, 1, level.Header.TextForm.PriceDecimals)} "
                + DecimalText.Format(level.QuantityLots, 5, level.Header.TextForm.QuantityDecimals);
        })];
        Assert.Equal(["Bid 43250.5 1.25", "Bid 43250.4 0.001", "Ask 43250.6 2", "Ask 43251.00 0.00001"], levels);
        Assert.True(records[^1].Header.Has(RecordFlags.LastInMessage));
    }

    [Fact]
    public void Keys_in_any_order_other_keys_and_the_venues_strings_are_read_too()
    {
        using RecordBuffer first = new();
        using RecordBuffer second = new();
        Decode(new NdjsonSnapshotDecoder(Venue.BybitSpot), """{"ts":1700000000123,"symbol":"BTCUSDT","bids":[[1.5,2]],"asks":[]}""", first);
        Decode(
            new NdjsonSnapshotDecoder(Venue.BybitSpot),
            """{ "asks": [], "mid": {"x": [1, null]}, "bids": [["1.5", "2", 7]], "u": null, "symbol": "BTC\u0055SDT", "ts": 1700000000123 }""",
            second);

        Assert.True(RecordsOf(first).SequenceEqual(RecordsOf(second)));
        Assert.Equal(Sequence.None, Record.Read<MessageBegin>(first.Records[5]).LastSequence);
    }

    [Fact]
    public void A_line_without_a_symbol_takes_the_one_that_was_given()
    {
        using RecordBuffer batch = new();
        var decoder = new NdjsonSnapshotDecoder(Venue.BybitLinear, new DecoderOptions { DefaultSymbol = "ETHUSDT" });
        Decode(decoder, """{"ts":1700000000123,"bids":[],"asks":[[1,1]]}""", batch);
        Assert.Equal("ETHUSDT", Record.Read<InstrumentSymbol>(batch.Records[1]).Symbol.ToString());
    }

    [Fact]
    public void More_decimals_are_a_new_epoch_and_a_known_stream_needs_no_definition()
    {
        using RecordBuffer batch = new();
        var decoder = new NdjsonSnapshotDecoder(Venue.BybitLinear);
        Decode(decoder, Line, batch);
        Decode(decoder, Line, batch);
        Assert.Equal(5, batch.Count);

        Decode(decoder, Line.Replace("43250.4", "43250.415", StringComparison.Ordinal), batch);
        InstrumentDefinition finer = Record.Read<InstrumentDefinition>(batch.Records[0]);
        Assert.Equal((2u, 3), (finer.Epoch, finer.PriceDecimals));
        Assert.Equal(8, batch.Count);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void What_is_not_taken_in_is_named_and_leaves_nothing_behind(string text, string by, RejectReason reason, string at)
    {
        string bad = Line.Replace(text, by, StringComparison.Ordinal);
        Assert.NotEqual(Line, bad);
        using RecordBuffer batch = new();
        using RecordBuffer clean = new();
        var decoder = new NdjsonSnapshotDecoder(Venue.BybitLinear);

        DecodeResult result = decoder.Decode(new Frame { Bytes = Encoding.UTF8.GetBytes(bad) }, batch);

        Assert.Equal((DecodeOutcome.Rejected, reason), (result.Outcome, result.Reason));
        Assert.Equal(0, batch.Count);
        Assert.Equal(0u, result.StreamId);
        if (at.Length > 0)
        {
            Assert.Equal(bad.IndexOf(at, StringComparison.Ordinal), result.FaultByte);
        }

        Assert.Equal(reason == RejectReason.MissingField && at == "{", decoder.MissingFields().Count > 0);

        // The decoder is as it was: the good line gives what a fresh one makes of it.
        Decode(decoder, Line, batch);
        Decode(new NdjsonSnapshotDecoder(Venue.BybitLinear), Line, clean);
        Assert.True(RecordsOf(clean).SequenceEqual(RecordsOf(batch)));
    }

    [Fact]
    public void A_bad_line_of_a_known_stream_is_said_to_be_its()
    {
        using RecordBuffer batch = new();
        var decoder = new NdjsonSnapshotDecoder(Venue.BybitLinear);
        Decode(decoder, Line, batch);
        batch.Clear();
        Assert.Equal(1u, decoder.Decode(new Frame { Bytes = Encoding.UTF8.GetBytes(Line[..60]) }, batch).StreamId);
    }

    [Fact]
    public void A_decoder_that_learned_the_definitions_goes_on_with_them()
    {
        using RecordBuffer batch = new();
        Decode(new NdjsonSnapshotDecoder(Venue.BybitLinear), Line, batch);
        var decoder = new NdjsonSnapshotDecoder(Venue.BybitLinear);
        decoder.Learn(batch.Records[..InstrumentDefinition.Slots]);
        decoder.Learn(batch.Records.Slice(InstrumentDefinition.Slots, StreamDefinition.Slots));

        Decode(decoder, Line, batch);

        Assert.Equal(5, batch.Count);
        Assert.Equal(1u, batch.Records[0].Header.StreamId);
    }

    private static void Decode(NdjsonSnapshotDecoder decoder, string line, RecordBuffer batch)
    {
        batch.Clear();
        DecodeResult result = decoder.Decode(new Frame { Bytes = Encoding.UTF8.GetBytes(line) }, batch);
        Assert.True(result == DecodeResult.Ok, $"{result}: {line}");
    }

    private static ReadOnlySpan<byte> RecordsOf(RecordBuffer batch) => System.Runtime.InteropServices.MemoryMarshal.AsBytes((ReadOnlySpan<Record>)batch.Records);
}
