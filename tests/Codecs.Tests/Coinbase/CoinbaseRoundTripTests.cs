using System.Text;
using System.Text.Json.Nodes;
using Lob.Fast.Codecs.Coinbase;
using Lob.Fast.Codecs.CoinbaseAdvanced;
using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.Engine.Records;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Codecs.Tests.Coinbase;

/// <summary>The records hold all that the frames of both feeds say, but for what docs/fields names as not kept.</summary>
public class CoinbaseRoundTripTests
{
    private const string Full = "coinbase/exchange_full_excerpt_20170625.ndjson";
    private const string Edge = "coinbase/edge_messages_2019-2022.ndjson";
    private const string Advanced = "coinbase/advancedtrade_l2data_btc_eth_20260809.rec.gz";

    // What docs/fields/coinbase.md and coinbase-advanced.md call "not kept", by the kind of object.
    private static readonly HashSet<string> OfTicker =
    [
        "price", "side", "trade_id", "last_size", "open_24h", "volume_24h", "low_24h", "high_24h", "volume_30d",
        "type", "volume_24_h", "low_24_h", "high_24_h", "low_52_w", "high_52_w", "price_percent_chg_24_h",
    ];

    private static readonly HashSet<string> OfTrade = ["maker_order_id", "taker_order_id"];

    private static readonly HashSet<string> OfOthers = ["auction_mode", "auction", "current_time"];

    [Theory]
    [InlineData(Venue.Coinbase, "coinbase/exchange_level2_7products_20210417.rec.gz", 4595)]
    [InlineData(Venue.Coinbase, "synthetic/coinbase_level2.rec", 1510)]
    [InlineData(Venue.Coinbase, "synthetic/coinbase_full.rec", 1164)]
    [InlineData(Venue.Coinbase, "synthetic/coinbase_rest_level3.rec", 1)]
    [InlineData(Venue.CoinbaseAdvanced, "synthetic/coinbase_advanced.rec", 446)]
    public void A_recording_of_the_repository_comes_back(Venue venue, string file, int frames) => Check(venue, file, frames);

    [RecordingTheory(Full, Edge, Advanced)]
    [InlineData(Venue.Coinbase, Full, 20)]
    [InlineData(Venue.Coinbase, Edge, 7)]
    [InlineData(Venue.CoinbaseAdvanced, Advanced, 1023)]
    public void A_recording_from_elsewhere_comes_back(Venue venue, string file, int frames) => Check(venue, file, frames);

    [Theory]
    [MemberData(nameof(CoinbaseFeeds.Both), MemberType = typeof(CoinbaseFeeds))]
    public void Sample_frames_come_back(Venue venue)
    {
        using CoinbaseBench bench = CoinbaseFeeds.Bench(venue);
        Writer writer = new(venue);
        foreach (string frame in CoinbaseFeeds.SamplesOf(venue))
        {
            bench.Bytes(frame);
            Compare(venue, frame, writer.Write(bench.Batch.Records));
        }
    }

    private static void Check(Venue venue, string file, int frames)
    {
        IVenueDecoder decoder = CodecFactory.Create(venue);
        Writer writer = new(venue);
        using RecordBuffer batch = new();
        using RecordingReader reader = new([TestSupport.Recordings.PathOf(file)]);
        int compared = 0;
        while (reader.TryRead(out RecordedLine line))
        {
            batch.Clear();
            decoder.Decode(line.Frame, batch);
            compared += Compare(venue, Encoding.UTF8.GetString(line.Frame.Bytes), writer.Write(batch.Records)) ? 1 : 0;
        }

        Assert.Equal(frames, compared);
    }

    private static bool Compare(Venue venue, string frame, List<string> written)
    {
        if (written.Count == 0)
        {
            return false;
        }

        List<(string Head, JsonObject Item)> expected = Parts(venue, frame);
        List<(string Head, JsonObject Item)> found = [.. written.SelectMany(text => Parts(venue, text))];
        if (expected.Count != found.Count || !expected.Zip(found).All(static pair => pair.First.Head == pair.Second.Head && IsSame(pair.First.Item, pair.Second.Item)))
        {
            Assert.Fail($"{frame}\n{string.Join('\n', written)}");
        }

        return true;
    }

    // The parts that become a message each, with what stands around them.
    private static List<(string Head, JsonObject Item)> Parts(Venue venue, string frame)
    {
        JsonObject root = JsonNode.Parse(frame.Replace("\"client-oid\"", "\"client_oid\"", StringComparison.Ordinal))!.AsObject();
        if (venue == Venue.Coinbase)
        {
            return [("", root)];
        }

        List<(string, JsonObject)> parts = [];
        foreach (JsonNode? node in root["events"]!.AsArray())
        {
            JsonObject item = node!.AsObject();
            string? list = item.Select(static member => member.Key).FirstOrDefault(static key => key is "trades" or "tickers" or "candles");
            string head = $"{root["channel"]} {Short("timestamp", root["timestamp"]!)} {root["sequence_num"]}";
            parts.AddRange(list is null ? [(head, item)] : item[list]!.AsArray().Select(row => (head, row!.AsObject())));
        }

        return parts;
    }

    // What came back is what was sent, and what did not come back is not kept.
    private static bool IsSame(JsonObject sent, JsonObject back)
    {
        HashSet<string> notKept = sent.ContainsKey("best_bid") ? OfTicker : (string?)sent["type"] == "match" && !back.ContainsKey("maker_order_id") ? OfTrade : OfOthers;
        return back.All(member => sent.TryGetPropertyValue(member.Key, out JsonNode? value) && IsSame(member.Key, value, member.Value))
            && sent.All(member => back.ContainsKey(member.Key) || member.Value is null || notKept.Contains(member.Key));
    }

    private static bool IsSame(string key, JsonNode? sent, JsonNode? back) => (sent, back) switch
    {
        (JsonObject one, JsonObject other) => IsSame(one, other),
        (JsonArray one, JsonArray other) => one.Count == other.Count && one.Zip(other).All(pair => IsSame(key, pair.First, pair.Second)),
        (not null, not null) => Short(key, sent) == Short(key, back),
        _ => false,
    };

    // Times and funds without the zeros behind them: how many there were is not kept.
    private static string Short(string key, JsonNode value)
    {
        string text = value.ToJsonString();
        return key is "time" or "timestamp" or "event_time" or "funds" && text.Contains('.', StringComparison.Ordinal)
            ? text.TrimEnd('"').TrimEnd('Z').TrimEnd('0').TrimEnd('.')
            : text.TrimEnd('"').TrimEnd('Z');
    }

    // Either feed's writer: the frames of the messages in a batch.
    private sealed class Writer(Venue venue)
    {
        private readonly CoinbaseFrameWriter _exchange = new();
        private readonly AdvancedFrameWriter _advanced = new();

        // In order: a frame may define an instrument anew between two of its messages.
        public List<string> Write(ReadOnlySpan<Record> records)
        {
            List<string> written = [];
            foreach (Record[] message in Batches.Split(records))
            {
                if (message[0].Header.Kind is RecordKind.InstrumentDefinition or RecordKind.StreamDefinition)
                {
                    Learn(message);
                }
                else if (message[0].Header.Kind == RecordKind.MessageBegin && (venue == Venue.Coinbase ? _exchange.Write(message) : _advanced.Write(message)) is { } text)
                {
                    written.Add(text);
                }
            }

            return written;
        }

        private void Learn(Record[] definition)
        {
            _exchange.Learn(definition);
            _advanced.Learn(definition);
        }
    }
}
