using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using FsCheck.Fluent;
using Lob.Fast.Codecs.Tests.CoinbaseAdvanced;
using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Coinbase;

/// <summary>JSON leaves order of keys, white space, escapes in names and further fields open: none of them may change a record of either feed.</summary>
public class CoinbaseFormTests
{
    private static readonly OtherForms Forms =
        new("""{"st":1,"further":{"type":"x","bids":[[]],"events":[]},"product_idx":[1,{"side":"Y"}],"sequence_nux":-1}""");

    [Theory]
    [MemberData(nameof(CoinbaseFeeds.Both), MemberType = typeof(CoinbaseFeeds))]
    public void Key_order_white_space_and_further_fields_change_nothing(Venue venue) =>
        FsCheck.Check.QuickThrowOnFailure(Prop.ForAll<int>(seed =>
        {
            using CoinbaseBench plain = CoinbaseFeeds.Bench(venue);
            using CoinbaseBench varied = CoinbaseFeeds.Bench(venue);
            Forms.ChangeNothing(plain, varied, CoinbaseFeeds.SamplesOf(venue), seed);
        }));

    [Theory]
    [InlineData("""{"type":"l2update","product_id":"BTC-USD","changes":[["buy","22356.27","0.1"]],"time":"2022-08-04T15:25:06.010758Z"}""")]
    [InlineData("""{"type":"l2update","product_id":"BTC-USD","changes":[["sell","1","0"]],"time":"2022-08-04T15:25:06Z"}""")]
    [InlineData("""{"type":"l2update","product_id":"AN-UNUSUALLY-LONG","changes":[["sell","2.5","1"]],"time":"2022-08-04T15:25:06.010758Z"}""")]
    [InlineData("""{"type":"l2update","product_id":"BTC-USD","changes":[["buy","3.5","1.25"],["sell","3.5","1.25"],["buy","2.5","0"]],"time":"2022-08-04T15:25:06.0107Z"}""")]
    [InlineData("""{"type":"snapshot","product_id":"BTC-USD","asks":[["22356.27","0.1"],["22357","12345678901234.5"]],"bids":[["22356.2","1"],["3.25","1"]]}""")]
    [InlineData("""{"type":"snapshot","product_id":"BTC-USD","bids":[["22356.27","0.1","3",{"é":[],"asks":[]}]],"asks":[],"time":"2022-08-04T15:25:06.010758Z"}""")]
    [InlineData("""{"type":"snapshot","product_id":"BTC-USD","asks":[],"bids":[["1","0.000000001"]],"time":"2022-08-04T15:25:06Z"}""")]
    public void The_usual_form_of_a_book_says_the_same_as_any_other(string frame)
    {
        using CoinbaseBench usual = new();
        using CoinbaseBench general = new();
        byte[] first = usual.Bytes(frame);
        Assert.Equal(first, general.Bytes(frame));
        FrameFuzz.SameWithBlanks(usual, general, frame, 0);
        Forms.ChangeNothingOf(usual, frame);
    }

    [Theory]
    [InlineData("""{"type":"snapshot","product_id":"BTC-USD","asks":[["22356.27","0.1"],["22357","2"]],"bids":[["22356.2","1"],["3.25","1"]]}""")]
    [InlineData("""{"type":"snapshot","product_id":"BTC-USD","bids":[["22356.2","1"]],"asks":[["22356.27","0.1","more"]],"time":"2022-08-04T15:25:06.010758Z"}""")]
    public void A_snapshot_cut_off_or_changed_in_any_byte_says_the_same_as_behind_a_blank(string text)
    {
        byte[] frame = Encoding.UTF8.GetBytes(text);
        using CoinbaseBench usual = new();
        using CoinbaseBench general = new();
        int taken = 0;
        Compare(frame);
        Compare(frame);
        for (int at = 0; at < frame.Length; at++)
        {
            Compare(frame.AsSpan(0, at));
            foreach (byte other in "0\"-}],[a\u0001\\ é"u8)
            {
                byte[] changed = [.. frame];
                changed[at] = other;
                Compare(changed);
            }
        }

        Assert.InRange(taken, 50, frame.Length * 8);

        void Compare(ReadOnlySpan<byte> bytes)
        {
            DecodeResult result = usual.Decode(bytes);
            DecodeResult expected = general.Decode([(byte)' ', .. bytes]);
            int moved = result.FaultByte + (result.Outcome == DecodeOutcome.Rejected && expected.FaultByte > 0 ? 1 : 0);
            Assert.Equal((expected.Outcome, expected.Reason, expected.StreamId, expected.FaultByte), (result.Outcome, result.Reason, result.StreamId, moved));
            Assert.True(MemoryMarshal.AsBytes(general.Batch.Records).SequenceEqual(MemoryMarshal.AsBytes(usual.Batch.Records)), Encoding.UTF8.GetString(bytes));
            taken += result.Outcome == DecodeOutcome.Records ? 1 : 0;
        }
    }

    [Theory]
    [InlineData("snapshot")]
    [InlineData("update")]
    public void The_usual_form_of_rows_says_the_same_as_any_other(string type)
    {
        // Two rows at one time, then two at another; the last one ends near the end of the frame.
        const string Rows = """
            {"side":"bid","event_time":"2026-08-09T21:05:48.5Z","price_level":"65062.5","new_quantity":"0.00583"},
            {"side":"bid","event_time":"2026-08-09T21:05:48.5Z","price_level":"65061.25","new_quantity":"12"},
            {"side":"offer","event_time":"2026-08-09T21:05:48.123456789Z","price_level":"65063","new_quantity":"1"},
            {"side":"offer","event_time":"2026-08-09T21:05:48.123456Z","price_level":"65064","new_quantity":"3"}
            """;
        string frame = $$"""{"channel":"l2_data","timestamp":"2026-08-09T21:05:48.5Z","sequence_num":14,"events":[{"type":"{{type}}","product_id":"BTC-USD","updates":[{{Rows.ReplaceLineEndings("")}}]}]}""";
        int[] blanks = [.. Enumerable.Range(0, frame.Length).Where(place => frame.AsSpan(place).StartsWith("\"side\""))];
        using CoinbaseBench usual = new(Venue.CoinbaseAdvanced);
        using CoinbaseBench general = new(Venue.CoinbaseAdvanced);
        Assert.Equal(usual.Bytes(frame), general.Bytes(frame));
        Assert.Equal(4, blanks.Length);
        FrameFuzz.SameWithBlanks(usual, general, frame, blanks);

        // The rows in their usual form, and what stands around them in another.
        FrameFuzz.SameWithBlanks(usual, general, frame, 0);
    }

    [Theory]
    [InlineData("snapshot")]
    [InlineData("update")]
    public void Rows_read_alike_are_the_same_row_by_row(string type)
    {
        Random random = new(7);
        StringBuilder rows = new();
        long price = 9_000_000;
        for (int row = 0; row < 400; row++)
        {
            // Up to seven digits before the point, as the fast rows take them, and sometimes more; the time changes now and then, and so does what stands where.
            price -= random.Next(1, 9_000);
            bool isBid = row < 200;
            string priceText = DecimalText.Format(isBid ? price : 20_000_000 - price, 2, random.Next(100) == 0 ? 9 : 2);
            string time = $"2026-08-09T21:05:48.{row / 50}Z";
            int decimals = random.Next(9);
            string quantity = DecimalText.Format(random.NextInt64(1, PowersOfTen.Of(random.Next(1, 10))), decimals, decimals);
            string more = random.Next(50) == 0 ? ",\"more\":1" : "";
            rows.Append(row == 0 ? "" : ",").Append(CultureInfo.InvariantCulture,
                $"{{\"side\":\"{(isBid ? "bid" : "offer")}\",\"event_time\":\"{time}\",\"price_level\":\"{priceText}\",\"new_quantity\":\"{quantity}\"{more}}}");
        }

        string frame = $$"""{"channel":"l2_data","timestamp":"2026-08-09T21:05:48.5Z","sequence_num":14,"events":[{"type":"{{type}}","product_id":"BTC-USD","updates":[{{rows}}]}]}""";
        using CoinbaseBench bench = new(Venue.CoinbaseAdvanced);
        Assert.Equal(401, bench.Message(frame).Length);
        Forms.ChangeNothingOf(bench, frame);
    }

    [Fact]
    public void A_book_that_a_rejected_frame_declared_is_not_known_by_its_product()
    {
        using CoinbaseBench bench = new(Venue.CoinbaseAdvanced);
        string faulty = AdvancedSamples.TwoBooks.Replace("\"1919.49\"", "\"x\"", StringComparison.Ordinal);
        bench.Rejects(faulty, RejectReason.BadNumber);

        // Declared again, with the number that the first one had.
        Assert.Equal(2, bench.Messages(AdvancedSamples.TwoBooks).Count);
        Assert.Equal(1u, bench.Message(AdvancedSamples.Update)[0].Header.StreamId);
    }

    [Fact]
    public void A_prefix_that_was_read_once_is_not_believed_for_other_rows()
    {
        using CoinbaseBench bench = new(Venue.CoinbaseAdvanced);
        bench.Bytes(AdvancedSamples.Snapshot);

        // The second row names its price twice: the first of the two stands where the rows before have theirs.
        string faulty = AdvancedSamples.Snapshot.Replace(
            "\"price_level\":\"65083.2\"", "\"price_level\":\"65083.2\",\"price_level\":\"65083.1\"", StringComparison.Ordinal);
        bench.Rejects(faulty, RejectReason.DuplicateField, faulty.IndexOf("\"65083.1\"", StringComparison.Ordinal), 1);

        // And a row that goes on behind its quantity.
        faulty = AdvancedSamples.Snapshot.Replace("\"0.02244516\"", "\"0.02244516\",\"side\":\"bid\"", StringComparison.Ordinal);
        bench.Rejects(faulty, RejectReason.DuplicateField, faulty.IndexOf("\"bid\"}", StringComparison.Ordinal), 1);
    }

    [Theory]
    [InlineData(Venue.Coinbase, """{"type":"l2update","product_id":"BTC-USD","changes":[["buy","22356.27","0.1"]],"time":"2022-08-04T15:25:06.010758Z"}""")]
    [InlineData(Venue.CoinbaseAdvanced, AdvancedSamples.Update)]
    public void A_product_with_a_control_character_behind_it_is_no_product(Venue venue, string frame)
    {
        using CoinbaseBench bench = new(venue);
        bench.Bytes(frame);
        int at = frame.IndexOf("BTC-USD", StringComparison.Ordinal) + "BTC-USD".Length;
        for (int count = 1; count < 12; count++)
        {
            bench.Rejects(frame.Insert(at, new string('\0', count)), RejectReason.Syntax, at);
        }
    }
}
