using System.Globalization;
using System.Text.Json;
using Lob.Fast.Journal.Reading;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Acceptance.Python;

/// <summary>Recordings through the program, then what Python reads against what the program says.</summary>
public class RealJournalTests
{
    private const string Long = "binance/usdm_btcusdt_20240808.rec.gz";

    [PythonWithProgramTheory(Long)]
    [InlineData(Long, "binance-usdm", "BTCUSDT")]
    public void Python_reads_what_the_program_wrote_of_a_long_recording(string recording, string venue, string symbol) =>
        Compare(Recordings.PathOf(recording), venue, symbol);

    [PythonWithProgramTheory]
    [InlineData("spot_btcusdt_20240808.rec.gz", "binance-spot", "BTCUSDT")]
    [InlineData("spot_nknusdt_20211012.rec", "binance-spot", "NKNUSDT")]
    [InlineData("usdm_sushiusdt_20210722.rec", "binance-usdm", "SUSHIUSDT")]
    public void Python_reads_what_the_program_wrote(string bundled, string venue, string symbol) =>
        Compare(Path.Combine(PythonScript.Repository, "tests/data/binance", bundled), venue, symbol);

    /// <summary>Every way in which a book is proven: by links, counts, whole connections, checksums in messages and of their own; and order events.</summary>
    [PythonWithProgramTheory]
    [InlineData("bybit_linear_orderbook50_1_200_gap.rec.gz", "bybit-linear")]
    [InlineData("bybit_spot_orderbook50_restart_as_delta.rec", "bybit-spot")]
    [InlineData("okx_books_2026_gap.rec.gz", "okx")]
    [InlineData("okx_books_legacy_bad_checksum.rec", "okx")]
    [InlineData("bitfinex_p0_seq_checksum_gap.rec", "bitfinex")]
    [InlineData("bitfinex_p0_seq_bad_checksum.rec", "bitfinex")]
    [InlineData("bitfinex_r0.rec", "bitfinex")]
    [InlineData("coinbase_level2.rec.gz", "coinbase")]
    [InlineData("coinbase_full.rec.gz", "coinbase")]
    [InlineData("coinbase_advanced_gap.rec.gz", "coinbase-advanced")]
    public void Python_reads_every_stream_of_every_venue(string synthetic, string venue)
    {
        using TemporaryFolder folder = new();
        string journal = folder.Of("journal");
        string recording = Path.Combine(PythonScript.Repository, "tests/data/synthetic", synthetic);
        string summary = LobProgram.Run("replay", recording, "--venue", venue, "--journal", journal, "--segment-records", "16384", "--quiet", "--json").Succeeded();
        using JsonDocument replayed = JsonDocument.Parse(summary);
        int books = 0;
        foreach (JsonElement stream in replayed.RootElement.GetProperty("instruments").EnumerateArray())
        {
            CompareBooks(journal, venue, stream.GetProperty("symbol").GetString()!, stream.GetProperty("channel").GetString()!);
            books++;
        }

        string seals = PythonScript.Run("docs/verify_seals.py", [journal]).Succeeded();
        Assert.Equal(books, seals.Split("equal from scratch").Length - 1);
        _ = PythonScript.Run("tests/oracle/tables.py", [journal]).Succeeded();
    }

    private static void Compare(string recording, string venue, string symbol)
    {
        using TemporaryFolder folder = new();
        string journal = folder.Of("journal");
        _ = LobProgram.Run("replay", recording, "--venue", venue, "--journal", journal, "--segment-records", "16384", "--quiet", "--json").Succeeded();

        CompareBooks(journal, venue, symbol, channel: null);
        Assert.Contains("equal from scratch", PythonScript.Run("docs/verify_seals.py", [journal]).Succeeded(), StringComparison.Ordinal);
        _ = PythonScript.Run("tests/oracle/tables.py", [journal]).Succeeded();
    }

    private static void CompareBooks(string journal, string venue, string symbol, string? channel)
    {
        using JournalReader reader = JournalReader.Open(journal);
        long first = reader.Segments[0].Committed[reader.Segments[0].CheckpointCount].Header.ReceivedAtNs;
        long last = reader.Segments[^1].Committed[^1].Header.ReceivedAtNs;

        // Every stream is declared in the first tenth; a fifth is behind its first snapshot.
        long[] times = [first + ((last - first) / 50), .. Enumerable.Range(1, 9).Select(tenth => first + ((last - first) * tenth / 10)), last - 1, last];
        Dictionary<string, object> stream = new() { ["symbol"] = symbol, ["venue"] = venue };
        List<string> options = ["--symbol", symbol, "--venue", venue];
        if (channel != null)
        {
            stream["channel"] = channel;
            options.AddRange(["--channel", channel]);
        }

        string questions = JsonSerializer.Serialize(times.Select(time => new Dictionary<string, object>(stream) { ["at_ns"] = time }));
        string output = PythonScript.Run("tests/oracle/books.py", [journal], questions).Succeeded();
        using JsonDocument found = JsonDocument.Parse(output);
        foreach ((long time, JsonElement book) in times.Zip(found.RootElement.EnumerateArray()))
        {
            string at = time.ToString(CultureInfo.InvariantCulture);
            using JsonDocument told = JsonDocument.Parse(LobProgram.Run(["book", journal, .. options, "--at-time", at, "--json"]).Succeeded());
            foreach (JsonProperty property in book.EnumerateObject())
            {
                Assert.True(
                    JsonElement.DeepEquals(told.RootElement.GetProperty(property.Name), property.Value),
                    $"{property.Name} at {at}: the program has {told.RootElement.GetProperty(property.Name)}, Python {property.Value}");
            }
        }
    }
}
