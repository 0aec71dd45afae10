using System.Globalization;
using System.Text;
using System.Text.Json;
using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Books;
using Lob.Fast.Journal.Reading;
using Lob.Fast.Journal.Tests.Support;
using Lob.Fast.Journal.Views;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Journal.Tests.Views;

/// <summary>Which rows there are and what they say, against a plain walk over the journal that knows nothing of segments, plans and threads.</summary>
public sealed class RowTests
{
    private const int Levels = 5;

    [Theory]
    [InlineData(RecordedJournal.Spot, "2s")]
    [InlineData(RecordedJournal.Spot, "100ms")]
    [InlineData(RecordedJournal.Spot, "message")]
    [InlineData(RecordedJournal.Nkn, "1s")]
    [InlineData(RecordedJournal.Blz, "message")]
    public void Csv_has_the_rows_of_a_plain_walk(string recording, string every)
    {
        using TemporaryFolder folder = new();
        RecordedJournal.Write(folder.Journal, recording, Journals.Small);
        Assert.True(ViewCadence.TryParse(every, out ViewCadence cadence));

        ViewReport report = Convert(folder, ViewFormat.Csv, cadence);

        string[] expected = PlainRows(folder.Journal, cadence);
        string file = Assert.Single(Assert.Single(report.Streams).Files);
        string[] lines = File.ReadAllLines(Path.Combine(folder.Of("out"), file));
        Assert.True(expected.Length > 5, $"{expected.Length} rows");
        Assert.Equal(expected, lines[1..]);
        Assert.Equal(expected.Length, report.Rows);
        Assert.Equal(
            "ts_ns,venue_ts_ns,symbol,channel,state,evidence,sequence,bid_price_1,bid_qty_1,bid_price_2,bid_qty_2,bid_price_3,bid_qty_3,bid_price_4,bid_qty_4,"
                + "bid_price_5,bid_qty_5,ask_price_1,ask_qty_1,ask_price_2,ask_qty_2,ask_price_3,ask_qty_3,ask_price_4,ask_qty_4,ask_price_5,ask_qty_5",
            lines[0]);
    }

    [Fact]
    public void A_line_of_jsonl_is_the_exporters()
    {
        using TemporaryFolder folder = new();
        RecordedJournal.Write(folder.Journal, RecordedJournal.Spot, Journals.Small);

        ViewReport report = Convert(folder, ViewFormat.Jsonl, ViewCadence.Default, levels: null);

        string file = Assert.Single(Assert.Single(report.Streams).Files);
        Assert.Equal("raw/binance-spot/l2/BTCUSDT/2024-08-08/23.jsonl", file);
        string[] lines = File.ReadAllLines(Path.Combine(folder.Of("out"), file));
        Assert.Equal(report.Rows, lines.Length);
        string[] csv = PlainRows(folder.Journal, ViewCadence.Default);
        Assert.Equal(csv.Length, lines.Length);
        for (int i = 0; i < lines.Length; i++)
        {
            using JsonDocument document = JsonDocument.Parse(lines[i]);
            JsonElement line = document.RootElement;
            Assert.Equal(
                [
                    "timestamp_utc", "exchange", "market", "channel", "instId", "bids_top400", "asks_top400", "best_bid", "best_ask", "mid_price", "checksum",
                    "seqId", "prevSeqId", "gap_detected",
                ],
                line.EnumerateObject().Select(static field => field.Name));
            Assert.Equal("binance-spot", line.GetProperty("exchange").GetString());
            Assert.Equal("spot", line.GetProperty("market").GetString());
            Assert.Equal("depth@100ms", line.GetProperty("channel").GetString());
            Assert.Equal("BTCUSDT", line.GetProperty("instId").GetString());
            Assert.Equal(JsonValueKind.Null, line.GetProperty("checksum").ValueKind);
            Assert.Equal(JsonValueKind.Null, line.GetProperty("prevSeqId").ValueKind);
            Assert.False(line.GetProperty("gap_detected").GetBoolean());

            string[] row = csv[i].Split(',');
            string time = line.GetProperty("timestamp_utc").GetString()!;
            DateTimeOffset parsed = DateTimeOffset.ParseExact(time, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            Assert.Equal(long.Parse(row[1]) / 1_000_000, parsed.ToUnixTimeMilliseconds());
            Assert.Equal(row[6], line.GetProperty("seqId").GetRawText());
            JsonElement bids = line.GetProperty("bids_top400");
            JsonElement asks = line.GetProperty("asks_top400");
            Assert.Equal(400, bids.GetArrayLength());
            Assert.Equal(400, asks.GetArrayLength());
            for (int level = 0; level < Levels; level++)
            {
                Assert.Equal([row[7 + (2 * level)], row[8 + (2 * level)], "0", "0"], Strings(bids[level]));
                Assert.Equal([row[17 + (2 * level)], row[18 + (2 * level)], "0", "0"], Strings(asks[level]));
            }

            Assert.Equal(row[7], line.GetProperty("best_bid").GetString());
            Assert.Equal(row[17], line.GetProperty("best_ask").GetString());
            decimal mid = (decimal.Parse(row[7], CultureInfo.InvariantCulture) + decimal.Parse(row[17], CultureInfo.InvariantCulture)) / 2;
            Assert.Equal(mid.ToString("0.############", CultureInfo.InvariantCulture), line.GetProperty("mid_price").GetString());
        }

        Assert.Equal(lines.Length, lines.Select(static line => line[..45]).Distinct().Count());
    }

    [Fact]
    public void A_line_of_ndjson_is_the_collectors_with_the_venues_digits()
    {
        using TemporaryFolder folder = new();
        RecordedJournal.Write(folder.Journal, RecordedJournal.Blz, Journals.Small);

        ViewReport report = Convert(folder, ViewFormat.Ndjson, ViewCadence.EveryMessage);

        string file = Assert.Single(Assert.Single(report.Streams).Files);
        Assert.Equal("binance-spot/BLZETH/depth@100ms.ndjson", file);
        string[] lines = File.ReadAllLines(Path.Combine(folder.Of("out"), file));
        string[] csv = PlainRows(folder.Journal, ViewCadence.EveryMessage);
        Assert.Equal(csv.Length, lines.Length);
        for (int i = 0; i < lines.Length; i++)
        {
            string[] row = csv[i].Split(',');
            string Pairs(int from) => string.Join(
                ',', Enumerable.Range(0, Levels).Where(level => row[from + (2 * level)].Length > 0).Select(level => $"[{row[from + (2 * level)]},{row[from + (2 * level) + 1]}]"));

            // The snapshot of spot carries no event time: its row has the time it was received.
            long timeNs = row[1].Length > 0 ? long.Parse(row[1]) : long.Parse(row[0]);
            Assert.Equal($"{{\"ts\":{timeNs / 1_000_000},\"symbol\":\"BLZETH\",\"bids\":[{Pairs(7)}],\"asks\":[{Pairs(17)}],\"u\":{row[6]}}}", lines[i]);
        }
    }

    [Fact]
    public void A_gap_is_shown_once_and_then_nothing_until_the_book_is_live_again()
    {
        using TemporaryFolder folder = new();
        RecordedJournal.Write(folder.Journal, RecordedJournal.Spot, Journals.Small, static delta => delta == 1500);

        ViewReport jsonl = Convert(folder, ViewFormat.Jsonl, ViewCadence.EveryMessage);
        ViewReport csv = Convert(folder, ViewFormat.Csv, ViewCadence.EveryMessage);

        string[] lines = [.. Assert.Single(jsonl.Streams).Files.SelectMany(file => File.ReadAllLines(Path.Combine(folder.Of("out"), file)))];
        Assert.Equal(1, jsonl.Gaps);
        Assert.EndsWith("\"gap_detected\":true}", lines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(lines[..^1], static line => line.Contains("\"gap_detected\":true", StringComparison.Ordinal));

        // It shows the book as it stood, and that is what the line before it shows.
        Assert.Equal(lines[^2].Replace("\"gap_detected\":false", "\"gap_detected\":true", StringComparison.Ordinal), lines[^1]);
        Assert.Equal(jsonl.Rows - 1, csv.Rows);
        Assert.Equal(1, csv.Gaps);

        string metadata = File.ReadAllText(Path.Combine(folder.Of("out"), "binance-spot/BTCUSDT/depth@100ms.csv.meta.json"));
        using JsonDocument document = JsonDocument.Parse(metadata);
        JsonElement gap = Assert.Single(document.RootElement.GetProperty("gaps").EnumerateArray());
        Assert.Equal("Sequence", gap.GetProperty("reason").GetString());
        Assert.Equal(csv.Rows, gap.GetProperty("at_row").GetInt64());
        JsonElement state = Assert.Single(document.RootElement.GetProperty("states").EnumerateArray());
        Assert.Equal("Live", state.GetProperty("state").GetString());
        Assert.Equal("Sequence", state.GetProperty("evidence").GetString());
    }

    [Fact]
    public void Arrays_hold_the_numbers_of_the_csv()
    {
        using TemporaryFolder folder = new();
        RecordedJournal.Write(folder.Journal, RecordedJournal.Spot, Journals.Small);
        Convert(folder, ViewFormat.Csv, ViewCadence.Default);
        Convert(folder, ViewFormat.Npy, ViewCadence.Default);

        string stem = Path.Combine(folder.Of("out"), "binance-spot/BTCUSDT/depth@100ms");
        string[][] rows = [.. File.ReadAllLines(stem + ".csv")[1..].Select(static line => line.Split(','))];
        long[] levels = Array(stem + ".levels.npy", $"'<i8', 'fortran_order': False, 'shape': ({rows.Length}, 2, {Levels}, 2)", BitConverter.ToInt64);
        double[] scaled = Array(stem + ".scaled.npy", $"'<f8', 'fortran_order': False, 'shape': ({rows.Length}, 2, {Levels}, 2)", BitConverter.ToDouble);
        long[] times = Array(stem + ".times.npy", $"'<i8', 'fortran_order': False, 'shape': ({rows.Length}, 3)", BitConverter.ToInt64);

        for (int i = 0; i < rows.Length; i++)
        {
            Assert.Equal([long.Parse(rows[i][0]), long.Parse(rows[i][1]), long.Parse(rows[i][6])], times[(3 * i)..(3 * (i + 1))]);
            for (int value = 0; value < 4 * Levels; value++)
            {
                int at = (4 * Levels * i) + value;
                decimal expected = decimal.Parse(rows[i][7 + value], CultureInfo.InvariantCulture);
                int decimals = value % 2 == 0 ? 2 : 6;
                Assert.Equal(expected, levels[at] / (decimal)Math.Pow(10, decimals));
                Assert.Equal(double.Parse(rows[i][7 + value], CultureInfo.InvariantCulture), scaled[at]);
            }
        }
    }

    [PythonFact]
    public void NumPy_reads_the_arrays()
    {
        using TemporaryFolder folder = new();
        RecordedJournal.Write(folder.Journal, RecordedJournal.Spot, Journals.Small);
        Convert(folder, ViewFormat.Csv, ViewCadence.Default);
        File.Move(Path.Combine(folder.Of("out"), "binance-spot/BTCUSDT/depth@100ms.csv"), folder.Of("rows.csv"));
        Directory.Delete(folder.Of("out"), recursive: true);
        Convert(folder, ViewFormat.Npy, ViewCadence.Default);

        ProcessRun run = PythonScript.Run("tests/oracle/views.py", [Path.Combine(folder.Of("out"), "binance-spot/BTCUSDT/depth@100ms"), folder.Of("rows.csv")]);

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("172 rows agree", run.Output, StringComparison.Ordinal);
    }

    private static ViewReport Convert(TemporaryFolder folder, ViewFormat format, ViewCadence cadence, int? levels = Levels) =>
        ViewConversion.Run(new ViewRequest
        {
            JournalFolder = folder.Journal,
            OutFolder = folder.Of("out"),
            Format = format,
            Cadence = cadence,
            Levels = levels,
            Workers = 2,
            Force = true,
        });

    private static string[] Strings(JsonElement array) => [.. array.EnumerateArray().Select(static item => item.GetString()!)];

    private static T[] Array<T>(string path, string head, Func<byte[], int, T> read)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int start = 10 + BitConverter.ToUInt16(bytes, 8);
        Assert.Equal(0, start % 64);
        Assert.Contains(head, Encoding.ASCII.GetString(bytes[..start]), StringComparison.Ordinal);
        return [.. Enumerable.Range(0, (bytes.Length - start) / 8).Select(i => read(bytes, start + (8 * i)))];
    }

    /// <summary>The CSV rows of the only book, by one walk with a book at hand.</summary>
    private static string[] PlainRows(string journal, ViewCadence cadence)
    {
        using JournalReader reader = JournalReader.Open(journal);
        using JournalCursor cursor = reader.Read(checkpoints: CheckpointMode.None);
        using var follower = new BookFollower();
        List<string> rows = [];
        long pointNs = 0;
        string last = "";
        string lastTime = "";
        while (cursor.MoveNext())
        {
            long timeNs = cursor.Message[0].Header.ReceivedAtNs;
            if (!cursor.IsDerived)
            {
                follower.Flush();
                foreach (FollowedBook book in follower.Books.Where(static book => book.State == BookState.Live))
                {
                    string identity = $"{book.LastSequence} {book.Book.Digest}";
                    if (cadence.IsEveryMessage ? identity != last : timeNs > pointNs && identity != last && Time(book) != lastTime)
                    {
                        rows.Add(Row(book, cadence.IsEveryMessage ? follower.NowNs : pointNs));
                        last = identity;
                        lastTime = Time(book);
                    }
                }

                if (!cadence.IsEveryMessage && timeNs > pointNs)
                {
                    pointNs = (timeNs + cadence.EveryNs - 1) / cadence.EveryNs * cadence.EveryNs;
                }
            }

            follower.OnMessage(cursor.Message);
        }

        if (cadence.IsEveryMessage)
        {
            // What the last message left; on a grid the point behind it never came.
            follower.Flush();
            FollowedBook book = Assert.Single(follower.Books);
            if ($"{book.LastSequence} {book.Book.Digest}" != last)
            {
                rows.Add(Row(book, follower.NowNs));
            }
        }

        return [.. rows];

        static string Time(FollowedBook book) => book.VenueTimeNs == 0 ? "" : book.VenueTimeNs.ToString(CultureInfo.InvariantCulture);

        static string Row(FollowedBook book, long timeNs) => string.Join(
            ',',
            [timeNs.ToString(CultureInfo.InvariantCulture), Time(book), book.Symbol, book.Channel, "Live", "Sequence", $"{book.LastSequence}", .. Side(book, Engine.Records.Side.Bid), .. Side(book, Engine.Records.Side.Ask)]);

        static IEnumerable<string> Side(FollowedBook book, Side side)
        {
            BookLevel[] levels = book.Book.ToArray(side);
            return Enumerable.Range(0, Levels).SelectMany(i => i < levels.Length ? (string[])[book.Book.PriceOf(levels[i]), book.Book.QuantityOf(levels[i])] : ["", ""]);
        }
    }
}
