using System.Text;
using Lob.Fast.Codecs.Tests.CoinbaseAdvanced;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Coinbase;

/// <summary>What is not taken in of either feed, why, where, and to whom it is attributed; and that it leaves nothing behind.</summary>
public class CoinbaseRejectTests
{
    public static TheoryData<Venue, string, string, string, RejectReason, string> Faults => new()
    {
        // venue, frame, text replaced, by what, reason, text at whose start the fault is seen
        { Venue.Coinbase, CoinbaseSamples.Update, "\"10101.10\"", "10101.10", RejectReason.WrongType, "10101.10" },
        { Venue.Coinbase, CoinbaseSamples.Update, "\"10101.10\"", "null", RejectReason.WrongType, "null" },
        { Venue.Coinbase, CoinbaseSamples.Update, "10101.10", "0.00", RejectReason.ImpossibleValue, "0.00\",\"0" },
        { Venue.Coinbase, CoinbaseSamples.Update, "10101.10", "-1", RejectReason.BadNumber, "-1" },
        { Venue.Coinbase, CoinbaseSamples.Update, "1.00000000", "0.-10000", RejectReason.BadNumber, "-10000" },
        { Venue.Coinbase, CoinbaseSamples.Update, "1.00000000", "99999999999999999999", RejectReason.NumberOutOfRange, "99999999999999999999" },
        { Venue.Coinbase, CoinbaseSamples.Update, "1.00000000", "0.000000000000001", RejectReason.NumberOutOfRange, "1\"]]" },
        { Venue.Coinbase, CoinbaseSamples.Update, "\"buy\"", "\"bid\"", RejectReason.ImpossibleValue, "bid\"" },
        { Venue.Coinbase, CoinbaseSamples.Update, "\"buy\"", "7", RejectReason.WrongType, "7" },
        { Venue.Coinbase, CoinbaseSamples.Update, "[\"buy\",\"10101.10\",\"0.00000000\"]", "[\"buy\",\"10101.10\"]", RejectReason.MissingField, "[\"buy\"" },
        { Venue.Coinbase, CoinbaseSamples.Update, "[\"buy\",\"10101.10\",\"0.00000000\"]", "{}", RejectReason.WrongType, "{}," },
        { Venue.Coinbase, CoinbaseSamples.Update, "[\"sell\",\"10102.58\"", "[\"buy\",\"10101.1\"", RejectReason.LevelOrder, "[\"buy\",\"10101.1\"" },
        { Venue.Coinbase, CoinbaseSamples.Update, "2022-08-04T15:25:06.010758Z", "0001-01-01T00:00:00.000000Z", RejectReason.ImpossibleValue, "0001" },
        { Venue.Coinbase, CoinbaseSamples.Update, "2022-08-04T15:25:06.010758Z", "yesterday", RejectReason.BadNumber, "yesterday" },
        { Venue.Coinbase, CoinbaseSamples.Update, ",\"time\":\"2022-08-04T15:25:06.010758Z\"", "", RejectReason.MissingField, "{" },
        { Venue.Coinbase, CoinbaseSamples.Update, "\"changes\":[", "\"changes\":7,\"other\":[", RejectReason.WrongType, "7" },
        { Venue.Coinbase, CoinbaseSamples.Update, "\"changes\":[", "\"changes\":[],\"changes\":[", RejectReason.DuplicateField, "[[" },
        { Venue.Coinbase, CoinbaseSamples.Update, "\"time\":", "\"product_id\":\"BTC-USD\",\"time\":", RejectReason.DuplicateField, "\"BTC-USD\",\"time\"" },
        { Venue.Coinbase, CoinbaseSamples.Snapshot, "10102.60", "10102.55", RejectReason.LevelOrder, "10102.55\",\"1.5" },
        { Venue.Coinbase, CoinbaseSamples.Snapshot, "10101.05", "10101.15", RejectReason.LevelOrder, "10101.15" },
        { Venue.Coinbase, CoinbaseSamples.Snapshot, "2.00000000", "0.00000000", RejectReason.ImpossibleValue, "0.00000000" },
        { Venue.Coinbase, CoinbaseSamples.Snapshot, "\"asks\"", "\"ask\"", RejectReason.MissingField, "{" },
        { Venue.Coinbase, CoinbaseSamples.Ticker, "\"best_bid\":\"1285.04\"", "\"best_bid\":1285.04", RejectReason.WrongType, "1285.04" },
        { Venue.Coinbase, CoinbaseSamples.Ticker, "\"best_bid\":\"1285.04\"", "\"best_bid\":\"0\"", RejectReason.ImpossibleValue, "0\",\"best" },
        { Venue.Coinbase, CoinbaseSamples.Ticker, "\"sequence\":37475248783", "\"sequence\":\"37475248783\"", RejectReason.WrongType, "37475248783\"" },
        { Venue.Coinbase, CoinbaseSamples.Match, "\"trade_id\":10", "\"trade_id\":-10", RejectReason.BadNumber, "-10" },
        { Venue.Coinbase, CoinbaseSamples.Match, "\"price\":\"400.23\"", "\"price\":\"0\"", RejectReason.ImpossibleValue, "0\",\"side" },
        { Venue.Coinbase, CoinbaseSamples.Match, "\"sell\"", "\"SELL\"", RejectReason.ImpossibleValue, "SELL" },
        { Venue.Coinbase, CoinbaseSamples.Heartbeat, "\"last_trade_id\":20,", "", RejectReason.MissingField, "{" },
        { Venue.Coinbase, CoinbaseSamples.Open, "d50ec984-77a8-460a-b958-66f114b0de9b", "d50ec984", RejectReason.BadNumber, "d50ec984" },
        { Venue.Coinbase, CoinbaseSamples.Open, "\"remaining_size\":\"1.00\",", "", RejectReason.MissingField, "{" },
        { Venue.Coinbase, CoinbaseSamples.Received, "\"price\":\"502.1\",", "", RejectReason.MissingField, "{" },
        { Venue.Coinbase, CoinbaseSamples.Received, "\"limit\"", "1", RejectReason.WrongType, "1,\"client" },
        { Venue.Coinbase, CoinbaseSamples.ReceivedMarket, "3000.234", "3000.", RejectReason.BadNumber, "\",\"side" },
        { Venue.Coinbase, CoinbaseSamples.Done, "\"filled\"", "null", RejectReason.WrongType, "null" },
        { Venue.Coinbase, CoinbaseSamples.ChangeModify, "\"new_size\":\"80.5\",", "", RejectReason.MissingField, "{" },
        { Venue.Coinbase, CoinbaseSamples.ChangeModify, "\"old_price\":\"7\"", "\"old_price\":7", RejectReason.WrongType, "7,\"new" },
        { Venue.CoinbaseAdvanced, AdvancedSamples.Snapshot, "65083.2\"", "65083.66\"", RejectReason.LevelOrder, "65083.66\",\"new_quantity\":\"0.022" },
        { Venue.CoinbaseAdvanced, AdvancedSamples.Snapshot, "65084", "65083.60", RejectReason.LevelOrder, "65083.60" },
        { Venue.CoinbaseAdvanced, AdvancedSamples.Snapshot, "\"0.001546\"", "\"0.000\"", RejectReason.ImpossibleValue, "0.000\"" },
        { Venue.CoinbaseAdvanced, AdvancedSamples.Update, "\"price_level\":\"65061.91\"", "\"price_level\":\"65062.50\"", RejectReason.LevelOrder, "{\"side\":\"bid\",\"event_time\":\"2026-08-09T21:05:48.210883Z\",\"price_level\":\"65062.50" },
        { Venue.CoinbaseAdvanced, AdvancedSamples.Update, "65061.91", "65061.-1", RejectReason.BadNumber, "-1" },
        { Venue.CoinbaseAdvanced, AdvancedSamples.Update, "\"65061.91\"", "65061.91", RejectReason.WrongType, "65061.91" },
        { Venue.CoinbaseAdvanced, AdvancedSamples.Update, "65061.91", "0.0", RejectReason.ImpossibleValue, "0.0\"" },
        { Venue.CoinbaseAdvanced, AdvancedSamples.Update, "\"offer\"", "\"ask\"", RejectReason.ImpossibleValue, "ask" },
        { Venue.CoinbaseAdvanced, AdvancedSamples.Update, "48.21Z", "48.Z", RejectReason.BadNumber, "2026-08-09T21:05:48.Z" },
        { Venue.CoinbaseAdvanced, AdvancedSamples.Update, "2026-08-09T21:05:48.21Z", "1970-01-01T00:00:01Z", RejectReason.ImpossibleValue, "1970" },
        { Venue.CoinbaseAdvanced, AdvancedSamples.Update, ",\"new_quantity\":\"0.00583\"", "", RejectReason.MissingField, "{\"side\"" },
        { Venue.CoinbaseAdvanced, AdvancedSamples.Update, "\"update\"", "\"change\"", RejectReason.ImpossibleValue, "change\"" },
        { Venue.CoinbaseAdvanced, AdvancedSamples.Update, "\"updates\":[", "\"updates\":[5,", RejectReason.WrongType, "5,{" },
        { Venue.CoinbaseAdvanced, AdvancedSamples.Trades, "1068572092", "x", RejectReason.BadNumber, "x\"" },
        { Venue.CoinbaseAdvanced, AdvancedSamples.Trades, "\"SELL\"", "\"sell\"", RejectReason.ImpossibleValue, "sell" },
        { Venue.CoinbaseAdvanced, AdvancedSamples.Ticker, "\"best_ask\":\"1919.49\",", "", RejectReason.MissingField, "{\"type\":\"ticker\"" },
        { Venue.CoinbaseAdvanced, AdvancedSamples.Candles, "1786309500", "17863095", RejectReason.ImpossibleValue, "17863095" },
        { Venue.CoinbaseAdvanced, AdvancedSamples.Candles, "1786309500", "999999999999999999", RejectReason.ImpossibleValue, "999999999999999999" },
        { Venue.CoinbaseAdvanced, AdvancedSamples.Heartbeats, ":41691}", ":[]}", RejectReason.WrongType, "[]}" },
    };

    // Faults of the frame itself: nobody can tell whose it is, or it is no stream's.
    public static TheoryData<Venue, string, RejectReason, string> Frames => new()
    {
        { Venue.Coinbase, CoinbaseSamples.Update.Replace("BTC-USD", "BTC USD", StringComparison.Ordinal), RejectReason.BadName, "BTC USD" },
        { Venue.Coinbase, CoinbaseSamples.Update.Replace("\"BTC-USD\"", "7", StringComparison.Ordinal), RejectReason.WrongType, "7," },
        { Venue.Coinbase, CoinbaseSamples.Update.Replace("BTC-USD", new string('B', 41), StringComparison.Ordinal), RejectReason.BadName, "BBB" },
        { Venue.Coinbase, """{"type":7}""", RejectReason.WrongType, "7" },
        { Venue.Coinbase, """{"type":"x","type":"y"}""", RejectReason.DuplicateField, "\"y\"" },
        { Venue.Coinbase, """{"type":""}""", RejectReason.BadName, "\"}" },
        { Venue.Coinbase, """{"type":"subscriptions"}""", RejectReason.MissingField, "{" },
        { Venue.Coinbase, """{"type":"subscriptions","channels":[{"product_ids":["X"]}]}""", RejectReason.MissingField, "{\"product" },
        { Venue.Coinbase, """{"type":"subscriptions","channels":[{"name":"full","product_ids":[7]}]}""", RejectReason.WrongType, "7]" },
        { Venue.Coinbase, """{"type":"status","products":[{"id":7,"quote_increment":"1","base_increment":"1"}]}""", RejectReason.WrongType, "7," },
        { Venue.Coinbase, """{"type":"status","products":[{"id":"A","quote_increment":"x","base_increment":"1"}]}""", RejectReason.BadNumber, "x\"" },
        { Venue.Coinbase, """{"type":"status","products":7}""", RejectReason.WrongType, "7" },
        { Venue.Coinbase, """{"sequence":1,"bids":[],"asks":7}""", RejectReason.WrongType, "7" },
        { Venue.Coinbase, """{"sequence":1,"bids":[["1","2",3],["1","2",3]],"asks":[]}""", RejectReason.LevelOrder, "1\",\"2\",3]]" },
        { Venue.Coinbase, """{"sequence":1,"bids":[["1","2","x"]],"asks":[]}""", RejectReason.BadNumber, "x\"" },
        { Venue.Coinbase, """{"bids":[],"asks":[]}""", RejectReason.MissingField, "{" },
        { Venue.Coinbase, "17", RejectReason.WrongType, "17" },
        { Venue.Coinbase, "{}x", RejectReason.TrailingGarbage, "x" },
        { Venue.CoinbaseAdvanced, "[]", RejectReason.WrongType, "[" },
        { Venue.CoinbaseAdvanced, AdvancedSamples.Update.Replace("BTC-USD", "BTC USD", StringComparison.Ordinal), RejectReason.BadName, "BTC USD" },
        { Venue.CoinbaseAdvanced, AdvancedSamples.Update.Replace("\"BTC-USD\"", "7", StringComparison.Ordinal), RejectReason.WrongType, "7,\"updates" },
        { Venue.CoinbaseAdvanced, AdvancedSamples.Update.Replace("\"sequence_num\":14", "\"sequence_num\":-1", StringComparison.Ordinal), RejectReason.BadNumber, "-1" },
        { Venue.CoinbaseAdvanced, AdvancedSamples.Update.Replace("\"sequence_num\":14,", "", StringComparison.Ordinal), RejectReason.MissingField, "{" },
        { Venue.CoinbaseAdvanced, AdvancedSamples.Update.Replace("2026-08-09T21:05:48.505350477Z", "0001-01-01T00:00:00Z", StringComparison.Ordinal), RejectReason.ImpossibleValue, "0001" },
        { Venue.CoinbaseAdvanced, AdvancedSamples.Update.Replace("\"l2_data\"", "\"\"", StringComparison.Ordinal), RejectReason.BadName, "\",\"time" },
        { Venue.CoinbaseAdvanced, """{"channel":"x","timestamp":"2026-08-09T21:05:48Z","sequence_num":1,"events":{}}""", RejectReason.WrongType, "{}" },
        { Venue.CoinbaseAdvanced, """{"channel":"ticker","timestamp":"2026-08-09T21:05:48Z","sequence_num":1,"events":[7]}""", RejectReason.WrongType, "7]" },
        { Venue.CoinbaseAdvanced, """{"channel":"ticker","timestamp":"2026-08-09T21:05:48Z","sequence_num":1,"events":[{}]}""", RejectReason.MissingField, "{}" },
        { Venue.CoinbaseAdvanced, """{"channel":"x","channel":"x","timestamp":"2026-08-09T21:05:48Z","sequence_num":1,"events":[]}""", RejectReason.DuplicateField, "\"x\",\"t" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Is_rejected_with_its_reason_and_byte(Venue venue, string frame, string text, string replacement, RejectReason reason, string faultAt)
    {
        int place = frame.IndexOf(text, StringComparison.Ordinal);
        Assert.True(place >= 0);
        string faulty = frame[..place] + replacement + frame[(place + text.Length)..];
        int faultByte = Encoding.UTF8.GetByteCount(faulty[..faulty.IndexOf(faultAt, StringComparison.Ordinal)]);

        using CoinbaseBench cold = CoinbaseFeeds.Bench(venue);
        cold.Rejects(faulty, reason, faultByte);

        // With the stream known: the fast way, and the fault is that stream's, or of no stream where it was not reached.
        using CoinbaseBench warm = CoinbaseFeeds.Bench(venue);
        using CoinbaseBench untouched = CoinbaseFeeds.Bench(venue);
        Assert.Equal(untouched.Bytes(frame), warm.Bytes(frame));
        warm.Rejects(faulty, reason, faultByte, streamId: frame == AdvancedSamples.Heartbeats ? 0u : 1u);
        Assert.Equal(reason == RejectReason.MissingField && !text.StartsWith('['), warm.Decoder.MissingFields().Count > 0);

        // Nothing is left behind: what follows is what follows without it, new streams included.
        foreach (string next in CoinbaseFeeds.SamplesOf(venue))
        {
            Assert.Equal(untouched.Bytes(next), warm.Bytes(next));
        }

        using CoinbaseBench fresh = CoinbaseFeeds.Bench(venue);
        Assert.Equal(fresh.Bytes(frame), cold.Bytes(frame));
    }

    [Theory]
    [MemberData(nameof(Frames))]
    public void Is_no_frame_of_coinbase(Venue venue, string frame, RejectReason reason, string faultAt)
    {
        using CoinbaseBench bench = CoinbaseFeeds.Bench(venue);
        bench.Rejects(frame, reason, Encoding.UTF8.GetByteCount(frame[..frame.IndexOf(faultAt, StringComparison.Ordinal)]));
    }

    [Fact]
    public void A_fault_is_attributed_as_far_as_the_frame_was_read()
    {
        using CoinbaseBench bench = new();
        bench.Bytes(CoinbaseSamples.Snapshot);
        bench.Bytes(CoinbaseSamples.Open);
        bench.Rejects(CoinbaseSamples.Update[..^1] + "x", RejectReason.Syntax, streamId: 1);
        bench.Rejects("""{"type":"l2update","product_id":"BTC-USD","changes":[x""", RejectReason.Syntax, streamId: 1);
        bench.Rejects("""{"product_id":"BTC-USD","type":"l2update","changes":[x""", RejectReason.Syntax, streamId: 1);
        bench.Rejects("""{"type":"l2update","product_id":"ETH-USD","changes":[x""", RejectReason.Syntax);
        bench.Rejects("""{"type":"l2update","changes":[x""", RejectReason.Syntax);
        bench.Rejects("""{"type":"done","product_id":"BTC-USD","x""", RejectReason.Truncated, streamId: 2);

        // A match that can only be one of full.
        bench.Rejects("""{"type":"match","product_id":"BTC-USD","x""", RejectReason.Truncated, streamId: 2);
    }

    [Fact]
    public void A_frame_about_several_books_is_not_attributed_to_one()
    {
        using CoinbaseBench bench = new(Venue.CoinbaseAdvanced);
        bench.Bytes(AdvancedSamples.TwoBooks);
        bench.Rejects(AdvancedSamples.TwoBooks.Replace("\"0.1\"", "\"x\"", StringComparison.Ordinal), RejectReason.BadNumber);
        bench.Rejects(AdvancedSamples.TwoBooks.Replace("\"2\"", "\"x\"", StringComparison.Ordinal), RejectReason.BadNumber);
        bench.Rejects(AdvancedSamples.Update.Replace("\"0.5\"", "\"x\"", StringComparison.Ordinal), RejectReason.BadNumber, streamId: 1);

        // Cut inside its first event: there may have been more.
        bench.Rejects(AdvancedSamples.Update[..^10], RejectReason.Truncated);
    }
}
