using System.Text.Json;
using Lob.Fast.Acceptance.Binary.Support;
using Lob.Fast.TestSupport;
using static Lob.Fast.Acceptance.Oracle.BinanceRecordings;

namespace Lob.Fast.Acceptance.Binary;

/// <summary><c>convert</c> as users run it: its files, its summary, and what it says when it cannot.</summary>
public sealed class ConvertTests
{
    public static TheoryData<string, string[], string[]> UsageErrors => new()
    {
        // what is wrong, arguments behind the journal, what stderr must say
        { "no format", ["--out", "o"], ["--to"] },
        { "no such format", ["--to", "xlsx", "--out", "o"], ["'xlsx'", "jsonl", "ndjson", "csv", "npy"] },
        { "no folder", ["--to", "csv"], ["--out"] },
        { "an empty folder's name", ["--to", "csv", "--out", ""], ["--out"] },
        { "no interval", ["--to", "csv", "--out", "o", "--every", "often"], ["'often'", "message"] },
        { "an interval of nothing", ["--to", "csv", "--out", "o", "--every", "0s"], ["'0s'"] },
        { "no levels", ["--to", "csv", "--out", "o", "--levels", "0"], ["--levels"] },
        { "no workers", ["--to", "csv", "--out", "o", "--workers", "0"], ["--workers"] },
        { "an end before the start", ["--to", "csv", "--out", "o", "--from", "2024-08-09", "--until", "2024-08-08"], ["--from", "--until"] },
        { "no such time", ["--to", "csv", "--out", "o", "--from", "yesterday"], ["'yesterday'"] },
        { "no such venue", ["--to", "csv", "--out", "o", "--venue", "nyse"], ["'nyse'"] },
        { "a mistyped option", ["--to", "csv", "--out", "o", "--evry", "2s"], ["--evry"] },
    };

    [BinaryTheory]
    [MemberData(nameof(UsageErrors))]
    public void A_usage_error_exits_with_2_and_says_what_is_wrong(string what, string[] args, string[] says)
    {
        _ = what;
        using TemporaryFolder folder = new();
        LobBinary.Replay("binance-spot", [TestData.PathOf(Nkn)], folder.Journal);
        LobBinary.Run(["convert", folder.Journal, .. args]).RefusedSaying(says);
    }

    [BinaryFact]
    public void What_cannot_be_done_exits_with_1_and_one_line()
    {
        using TemporaryFolder folder = new();
        string output = folder.Of("out");
        LobBinary.Replay("binance-spot", [TestData.PathOf(Nkn)], folder.Journal);

        LobBinary.Run("convert", folder.Of("nowhere"), "--to", "csv", "--out", output).FailedSaying("lob convert:", "nowhere");
        LobBinary.Run("convert", folder.Journal, "--to", "parquet", "--out", output).FailedSaying("parquet", "jsonl, ndjson, csv, npy");
        LobBinary.Run("convert", folder.Journal, "--to", "csv", "--out", output, "--symbol", "BTCUSDT")
            .FailedSaying("BTCUSDT: no such book stream", "binance-spot NKNUSDT depth@100ms");
        LobBinary.Run("convert", folder.Journal, "--to", "csv", "--out", TestData.PathOf(Nkn)).FailedSaying("lob convert:", TestData.PathOf(Nkn));
        Assert.False(Directory.Exists(output));

        LobBinary.Run("convert", folder.Journal, "--to", "csv", "--out", output).Succeeded();
        LobBinary.Run("convert", folder.Journal, "--to", "csv", "--out", output, "--every", "1s").FailedSaying("depth@100ms.csv", "--force");
        LobBinary.Run("convert", folder.Journal, "--to", "csv", "--out", output, "--every", "1s", "--force").Succeeded();
    }

    [BinaryFact]
    public void The_summary_tells_the_files_and_their_rows()
    {
        using TemporaryFolder folder = new();
        LobBinary.Replay("binance-spot", [TestData.PathOf(Spot8)], folder.Journal, "--segment-records", "8192");
        foreach ((string format, int files) in new[] { ("jsonl", 1), ("ndjson", 1), ("csv", 1), ("npy", 3) })
        {
            string output = folder.Of(format);
            LobResult result = LobBinary.Run("convert", folder.Journal, "--to", format, "--out", output, "--json").Succeeded();
            JsonElement json = result.Json();

            Assert.Equal("", result.Error);
            Assert.Equal((format, "2s", 172, 0, files, 0), (
                json.GetProperty("format").GetString(), json.GetProperty("every").GetString(), json.GetProperty("rows").GetInt32(),
                json.GetProperty("gaps").GetInt32(), json.GetProperty("files").GetInt32(), json.GetProperty("unchanged").GetInt32()));
            JsonElement stream = Assert.Single(json.GetProperty("streams").EnumerateArray());
            string[] paths = [.. stream.GetProperty("files").EnumerateArray().Select(static path => path.GetString()!)];
            Assert.Equal(files, paths.Length);
            Assert.Equal(json.GetProperty("bytes").GetInt64(), paths.Sum(path => new FileInfo(Path.Combine(output, path)).Length));

            JsonElement again = LobBinary.Run("convert", folder.Journal, "--to", format, "--out", output, "--workers", "1", "--json").Succeeded().Json();
            Assert.Equal((0, files + 2), (again.GetProperty("written").GetInt32(), again.GetProperty("unchanged").GetInt32()));
        }
    }

    [BinaryFact]
    public void A_row_is_the_book_at_its_time()
    {
        using TemporaryFolder folder = new();
        LobBinary.Replay("binance-spot", [TestData.PathOf(Spot8)], folder.Journal, "--segment-records", "8192");
        LobBinary.Run("convert", folder.Journal, "--to", "csv", "--out", folder.Of("out"), "--levels", "3", "--every", "10s").Succeeded();
        string[][] rows = [.. File.ReadLines(folder.Of("out/binance-spot/BTCUSDT/depth@100ms.csv")).Skip(1).Select(static line => line.Split(','))];

        Assert.True(rows.Length > 30, $"{rows.Length} rows");
        foreach (string[] row in rows.Where(static (_, index) => index % 7 == 0))
        {
            JsonElement book = LobBinary.Run("book", folder.Journal, "--symbol", "BTCUSDT", "--at-time", row[0], "--levels", "3", "--json").Succeeded().Json();
            Assert.Equal(row[1], book.GetProperty("event_time_ns").GetRawText());
            Assert.Equal(row[6], book.GetProperty("sequence").GetRawText());
            Assert.Equal(
                row[7..],
                new[] { "bids", "asks" }.SelectMany(side => book.GetProperty(side).EnumerateArray())
                    .SelectMany(static level => level.EnumerateArray().Select(static text => text.GetString()!)));
        }
    }
}
