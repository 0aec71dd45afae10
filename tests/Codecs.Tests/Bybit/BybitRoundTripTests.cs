using System.Text;
using System.Text.Json;
using Lob.Fast.Codecs.Bybit;
using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.Engine.Records;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Codecs.Tests.Bybit;

/// <summary>Records hold all that the frames say, but for what docs/fields/bybit.md names as not kept.</summary>
public class BybitRoundTripTests
{
    private const string Linear = "bybit/linear_orderbook200_4symbols_20260809.rec";
    private const string Spot = "bybit/spot_orderbook50_btcusdt_20260824.ndjson";
    private const string Archive = "bybit/xrpusdt_orderbook500_20241201.ndjson";
    private const string Edge = "bybit/edge_messages_v5_2023-2025.ndjson";

    private static readonly string[] Quotes = ["bid1Price", "bid1Size", "ask1Price", "ask1Size"];

    [RecordingTheory(Linear, Spot, Archive, Edge)]
    [InlineData(Linear, Venue.BybitLinear, 1598 + 758 + 102 + 71)]
    [InlineData(Spot, Venue.BybitSpot, 9)]
    [InlineData(Archive, Venue.BybitLinear, 50)]
    [InlineData(Edge, Venue.BybitInverse, 23)]
    public void Every_recorded_frame_comes_back_from_its_records(string file, Venue venue, int expected)
    {
        using RecordingReader reader = new([TestSupport.Recordings.PathOf(file)]);
        using RecordBuffer batch = new();
        BybitDecoder decoder = new(venue);
        BybitFrameWriter writer = new();
        int compared = 0;
        while (reader.TryRead(out RecordedLine line))
        {
            batch.Clear();
            decoder.Decode(line.Frame, batch);
            compared += Compare(writer, batch, Encoding.UTF8.GetString(line.Frame.Bytes));
        }

        Assert.Equal(expected, compared);
    }

    [Theory]
    [InlineData(Venue.BybitLinear, 8)]
    [InlineData(Venue.BybitSpot, 6)]
    public void Every_sample_comes_back_from_its_records(Venue venue, int expected)
    {
        using BybitBench bench = new(venue);
        BybitFrameWriter writer = new();
        int compared = 0;
        foreach (string frame in BybitSamples.Of(venue))
        {
            bench.Records(frame);
            compared += Compare(writer, bench.Batch, frame);
        }

        Assert.Equal(expected, compared);
    }

    [Fact]
    public void Other_records_are_refused()
    {
        using BybitBench bench = new();
        bench.Records(BybitSamples.Snapshot);
        BybitFrameWriter writer = new();
        Assert.Throws<ArgumentException>(() => writer.Write([]));
        Assert.Throws<ArgumentException>(() => writer.Write(bench.Batch.Records[5..]));
        Assert.Throws<ArgumentException>(() => writer.Write(bench.Batch.Records[..5]));
    }

    private static int Compare(BybitFrameWriter writer, RecordBuffer batch, string text)
    {
        if (Batches.Messages(batch).Count == 0)
        {
            return 0;
        }

        string written = writer.Write(batch.Records);
        using JsonDocument original = JsonDocument.Parse(text);
        using JsonDocument back = JsonDocument.Parse(written);
        bool ticker = text.Contains("\"topic\":\"tickers.", StringComparison.Ordinal);

        // A delta leaves out what has not changed.
        if (!JsonComparison.Same(original.RootElement, back.RootElement, (owner, name) => IsNotKept(owner, name, ticker), Quotes.Contains))
        {
            Assert.Fail($"{text}\n{written}");
        }

        return 1;
    }

    // Of a ticker its best prices are kept.
    private static bool IsNotKept(JsonElement owner, string name, bool ticker) => name is "L" or "id" or "retExtInfo" or "time"
        || (ticker && (owner.TryGetProperty("topic", out _) ? name == "type" : name != "symbol" && !Quotes.Contains(name)));
}
