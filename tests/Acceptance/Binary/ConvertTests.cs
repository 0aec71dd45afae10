using System.Diagnostics;
using System.Text.Json;
using Lob.Fast.Acceptance.Binary.Support;
using Lob.Fast.TestSupport;
using static Lob.Fast.Acceptance.Oracle.BinanceRecordings;

namespace Lob.Fast.Acceptance.Binary;

/// <summary><c>convert</c> as users run it: its files, its summary, and what it says when it cannot.</summary>
public sealed class ConvertTests
{
    private const string Okx2022 = "okx/books_uni-usd-swap_btc-usd-220527_20220513.rec";

    private static readonly EnumerationOptions AllOf = new() { RecurseSubdirectories = true, AttributesToSkip = 0 };

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
            // All forms into one folder: none is in another's way.
            string output = folder.Of("out");
            LobResult result = LobBinary.Run("convert", folder.Journal, "--to", format, "--out", output, "--json").Succeeded();
            JsonElement json = result.Json();

            Assert.Equal("", result.Error);
            int shared = format == "jsonl" ? 0 : 1;
            Assert.Equal((format, "2s", 172, 0, files, shared), (
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

    [BinaryFact]
    public void A_killed_conversion_leaves_no_file_under_its_final_name()
    {
        using TemporaryFolder folder = new();
        string output = folder.Of("out");
        LobBinary.Replay("binance-spot", [TestData.PathOf(Spot8)], folder.Journal, "--segment-records", "8192");
        string[] arguments = ["convert", folder.Journal, "--to", "jsonl", "--every", "message", "--out", output];
        using (Process running = LobBinary.Start(arguments))
        {
            // It is at work: something lies in its own folder.
            string work = Path.Combine(output, ".lob-convert");
            Assert.True(SpinWait.SpinUntil(() => running.HasExited || (Directory.Exists(work) && Directory.GetFiles(work).Length > 2), TimeSpan.FromSeconds(60)));
            running.Kill();
            running.WaitForExit();
        }

        Assert.Empty(VisibleFiles(output));
        LobBinary.Run(arguments).Succeeded();
        Assert.NotEmpty(VisibleFiles(output));
        Assert.Empty(Directory.EnumerateFileSystemEntries(output, ".*", AllOf));

        static IEnumerable<string> VisibleFiles(string output) =>
            Directory.EnumerateFiles(output, "*", AllOf).Where(static path => !path.Contains("/.", StringComparison.Ordinal));
    }

    [BinaryFact]
    public void The_checksums_of_OKX_prove_the_lines_of_a_recording()
    {
        using TemporaryFolder folder = new();
        LobBinary.Replay("okx", [TestData.PathOf(Okx2022)], folder.Journal);
        JsonElement json = LobBinary.Run("convert", folder.Journal, "--to", "jsonl", "--every", "message", "--out", folder.Of("out"), "--json").Succeeded().Json();
        Assert.Equal(192, json.GetProperty("rows").GetInt32());
        string[] files = [.. json.GetProperty("streams").EnumerateArray()
            .SelectMany(static stream => stream.GetProperty("files").EnumerateArray()).Select(path => folder.Of("out/" + path.GetString()))];
        Assert.Contains(folder.Of("out/raw/okx/l2_perps/UNI-USD-SWAP/2022-05-13/16.jsonl"), files);

        string wanted = string.Join(' ', files.Select(static file => $"'{file}'"));
        LobResult run = Programs.Run("/bin/sh", ["-c", $"exec ${{LOB_PYTHON:-python3}} '{TestData.Root}/examples/python/okx_checksum.py' {wanted}"], 60_000);
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal("192 match, 0 differ, 0 offer no checksum\n", run.Output);
    }
}
