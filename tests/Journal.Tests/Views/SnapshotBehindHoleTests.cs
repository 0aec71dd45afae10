using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Views;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Journal.Tests.Views;

/// <summary>A snapshot that is itself what shows the hole before it: Coinbase Advanced Trade counts the frames of a connection.</summary>
public sealed class SnapshotBehindHoleTests
{
    [Theory]
    [InlineData(ViewFormat.Jsonl, 4)]
    [InlineData(ViewFormat.Csv, 3)]
    public void It_has_a_row_of_its_own_behind_the_gap(ViewFormat format, int rows)
    {
        using TemporaryFolder folder = new();
        ViewReport report = Convert(folder, format);

        Assert.Equal((rows, 1), (report.Rows, report.Gaps));
    }

    [Fact]
    public void Its_line_shows_the_new_book_and_the_gap_the_old_one()
    {
        using TemporaryFolder folder = new();
        string file = Convert(folder, ViewFormat.Jsonl).Streams[0].Files[0];

        JsonElement[] lines = [.. File.ReadLines(Path.Combine(folder.Of("out"), file)).Select(static line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(
            ["0 100.00 False", "1 100.10 False", "1 100.10 True", "5 100.20 False"],
            lines.Select(static line =>
                $"{line.GetProperty("seqId").GetRawText()} {line.GetProperty("best_bid").GetString()} {line.GetProperty("gap_detected").GetBoolean()}"));
    }

    [Fact]
    public void A_level_that_is_missing_is_no_number_in_the_scaled_array()
    {
        using TemporaryFolder folder = new();
        Convert(folder, ViewFormat.Npy);

        // Behind the head: bid 1, bid 2, ask 1, ask 2 of the first row, each a price and a quantity.
        byte[] array = File.ReadAllBytes(folder.Of("out/coinbase-advanced/BTC-USD/l2_data.scaled.npy"));
        int head = 10 + BinaryPrimitives.ReadUInt16LittleEndian(array.AsSpan(8));
        double[] row = [.. Enumerable.Range(0, 8).Select(i => BinaryPrimitives.ReadDoubleLittleEndian(array.AsSpan(head + (8 * i))))];
        Assert.Equal([100.0, 1.0, double.NaN, 0.0, 101.0, 1.0, double.NaN, 0.0], row);
    }

    private static ViewReport Convert(TemporaryFolder folder, ViewFormat format)
    {
        using (OkxFeed feed = new(folder.Journal, RecordedJournal.OneSegment, Venue.CoinbaseAdvanced))
        {
            feed.Line(Frame(0, "snapshot", "100.00"), 1000);
            feed.Line(Frame(1, "update", "100.10"), 1100);
            feed.Line(Frame(5, "snapshot", "100.20"), 1200);
        }

        return ViewConversion.Run(new ViewRequest
        {
            JournalFolder = folder.Journal,
            OutFolder = folder.Of("out"),
            Format = format,
            Cadence = ViewCadence.EveryMessage,
            Levels = 2,
        });
    }

    /// <summary>One bid, and in a snapshot one ask.</summary>
    private static string Frame(int number, string type, string bid)
    {
        string ask = type == "snapshot" ? """,{"side":"offer","event_time":"1970-01-01T00:00:00Z","price_level":"101.00","new_quantity":"1"}""" : "";
        return $$"""{"channel":"l2_data","client_id":"","timestamp":"2023-11-14T22:13:21.000000Z","sequence_num":{{number.ToString(CultureInfo.InvariantCulture)}},"""
            + $$""" "events":[{"type":"{{type}}","product_id":"BTC-USD","updates":[{"side":"bid","event_time":"1970-01-01T00:00:00Z","price_level":"{{bid}}","new_quantity":"1"}{{ask}}]}]}""".TrimStart();
    }
}
