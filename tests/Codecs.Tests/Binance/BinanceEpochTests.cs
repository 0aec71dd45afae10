using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Binance;

/// <summary>Exponents: learnt from the numbers, raised when more decimals come, and never at the price of a digit.</summary>
public class BinanceEpochTests
{
    private const string Template = """{"e":"depthUpdate","E":1723161255208,"s":"BTCUSDT","U":1,"u":2,"b":[["PRICE","QUANTITY"],["1","1"]],"a":[]}""";

    [Fact]
    public void Decimals_grow_with_what_is_seen_and_trailing_zeros_do_not_count()
    {
        using Bench bench = new();
        Assert.Equal((1, 1, 1), Definition(bench, Depth("61837.50000000", "0.10000000")));
        Assert.Equal((618375, 1), Level(bench));

        Assert.Null(Definition(bench, Depth("61837.40000000", "0.20000000")));
        Assert.Equal((2, 2, 1), Definition(bench, Depth("61837.45000000", "0.2")));
        Assert.Equal((6183745, 2), Level(bench));
        Assert.Equal((3, 2, 8), Definition(bench, Depth("61837.4", "0.00000001")));
        Assert.Equal((6183740, 1), Level(bench));
        Assert.Null(Definition(bench, Depth("61837.4", "0.1")));
        Assert.Equal((6183740, 10_000_000), Level(bench));
    }

    [Fact]
    public void Decimals_learnt_from_one_kind_of_message_hold_for_all()
    {
        using Bench bench = new();
        bench.Records("""{"e":"trade","E":1723161255343,"s":"BTCUSDT","t":1,"p":"61837.123","q":"0.02","T":1723161255342,"m":true}""");
        Assert.Null(Definition(bench, Depth("61837.5", "1")));
        Assert.Equal((61837500, 100), Level(bench));
        Assert.Equal((2, 4, 2), Definition(bench, """{"u":4,"s":"BTCUSDT","b":"61837.1234","B":"1","a":"61838","A":"1"}"""));
    }

    [Fact]
    public void A_new_epoch_comes_before_its_message_in_messages_of_its_own()
    {
        using Bench bench = new();
        bench.Records(Depth("1", "1"));
        bench.Records(Depth("1.5", "1"));
        Assert.Equal(3 + 3, bench.Batch.Count);
        Assert.Equal(RecordFlags.FirstInMessage, bench.Batch[0].Header.Flags);
        Assert.Equal(RecordFlags.Continued | RecordFlags.LastInMessage, bench.Batch[2].Header.Flags);
        Assert.Equal(RecordFlags.FirstInMessage, bench.Batch[3].Header.Flags);
        Assert.Equal((Bench.ReceivedAtNs, 1723161255208_000_000), (bench.Batch[0].Header.ReceivedAtNs, bench.Batch[0].Header.VenueTimeNs));
        Assert.Equal("BTCUSDT", Record.Read<InstrumentSymbol>(bench.Batch[1]).Symbol.ToString());
    }

    [Fact]
    public void A_definition_says_how_large_the_numbers_were()
    {
        using Bench bench = new();
        bench.Records(Depth("1023", "15.5"));
        InstrumentDefinition definition = Record.Read<InstrumentDefinition>(bench.Batch[0]);
        Assert.Equal((10, 8), (definition.PriceBits, definition.QuantityBits));
    }

    [Fact]
    public void More_decimals_are_refused_when_the_largest_value_so_far_would_not_fit()
    {
        using Bench bench = new();
        using Bench untouched = new();
        string large = Depth("1", "922337203685477580");
        bench.Records(large);
        untouched.Records(large);

        // 18 digits at 0 decimals leave room for one decimal by value, but not by bit length, and none for two.
        foreach (string quantity in new[] { "0.12", "0.00000001" })
        {
            string frame = Depth("1", quantity);
            bench.Rejects(frame, RejectReason.NumberOutOfRange, frame.IndexOf("\"" + quantity, StringComparison.Ordinal) + 1, streamId: 1);
        }

        // Prices are judged for themselves, and nothing has changed.
        Assert.Equal(untouched.Records(Depth("1.25", "7")), bench.Records(Depth("1.25", "7")));
    }

    [Fact]
    public void A_message_whose_own_numbers_do_not_fit_together_is_refused()
    {
        using Bench bench = new();
        string frame = """{"e":"depthUpdate","E":1723161255208,"s":"BTCUSDT","U":1,"u":2,"b":[["1","9223372036854775807"],["2","0.1"]],"a":[]}""";
        bench.Rejects(frame, RejectReason.NumberOutOfRange, frame.IndexOf("92233", StringComparison.Ordinal));
        Assert.Equal((1, 0, 0), Definition(bench, Depth("1", "9223372036854775807")));
    }

    [Fact]
    public void Fourteen_decimals_are_the_most()
    {
        using Bench bench = new();
        Assert.Equal((1, 14, 14), Definition(bench, Depth("0.00000000000001", "0.00000000000001")));
        Assert.Equal((1, 1), Level(bench));
        bench.Rejects(Depth("0.000000000000001", "1"), RejectReason.NumberOutOfRange, streamId: 1);
        Assert.Null(Definition(bench, Depth("0.00000000000002", "1")));
        Assert.Equal((2, 100_000_000_000_000), Level(bench));
    }

    [Fact]
    public void A_continued_journal_gives_the_decoder_back_what_it_knew()
    {
        string[] frames = [SampleFrames.SpotDepth, SampleFrames.SpotTicker, SampleFrames.SpotTrade2019, SampleFrames.SpotRest, SampleFrames.SpotCandle];
        using Bench first = new();
        using Bench second = new();
        second.Decoder.Learn(OtherMarket(second));
        second.Decoder.Learn(OtherStream(second));
        foreach (string frame in frames)
        {
            first.Records(frame);
            Batches.Messages(first.Batch, second.Decoder.Learn);
        }

        foreach (string frame in frames)
        {
            Assert.Equal(first.Records(frame), second.Records(frame));
        }

        // New ones go on counting, behind the other market's too.
        second.Records("""{"u":4,"s":"NEWUSDT","b":"1","B":"1","a":"2","A":"1"}""");
        Assert.Equal(41u, Record.Read<InstrumentDefinition>(second.Batch[0]).InstrumentId);
        Assert.Equal(51u, Record.Read<StreamDefinition>(second.Batch[3]).Header.StreamId);
        Assert.Throws<ArgumentException>(() => second.Decoder.Learn(default));
        Assert.Throws<ArgumentException>(() => second.Decoder.Learn(new Record[3]));
    }

    private static Record[] OtherMarket(Bench bench)
    {
        bench.Batch.Clear();
        ref InstrumentDefinition definition = ref bench.Batch.Add<InstrumentDefinition>();
        definition.InstrumentId = 40;
        definition.Venue = Venue.BinanceUsdM;
        bench.Batch.Add<InstrumentSymbol>().Symbol = Text40.Of("BTCUSDT"u8);
        bench.Batch.Add<InstrumentLimits>();
        return bench.Batch.Records.ToArray();
    }

    private static Record[] OtherStream(Bench bench)
    {
        bench.Batch.Clear();
        ref StreamDefinition definition = ref bench.Batch.Add<StreamDefinition>();
        definition.Header.StreamId = 50;
        definition.InstrumentId = 40;
        bench.Batch.Add<StreamChannel>().Channel = Text40.Of("depth@100ms"u8);
        return bench.Batch.Records.ToArray();
    }

    private static string Depth(string price, string quantity) =>
        Template.Replace("PRICE", price, StringComparison.Ordinal).Replace("QUANTITY", quantity, StringComparison.Ordinal);

    // Epoch, price decimals and quantity decimals of the definition in the batch, if there is one.
    private static (int Epoch, int Price, int Quantity)? Definition(Bench bench, string frame)
    {
        bench.Records(frame);
        if (bench.Batch[0].Header.Kind != RecordKind.InstrumentDefinition)
        {
            return null;
        }

        InstrumentDefinition definition = Record.Read<InstrumentDefinition>(bench.Batch[0]);
        return ((int)definition.Epoch, definition.PriceDecimals, definition.QuantityDecimals);
    }

    private static (long Price, long Quantity) Level(Bench bench)
    {
        LevelSet level = Record.Read<LevelSet>(Assert.Single(Batches.Messages(bench.Batch))[1]);
        return (level.PriceTicks, level.QuantityLots);
    }
}
