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

    private static void Compare(string recording, string venue, string symbol)
    {
        using TemporaryFolder folder = new();
        string journal = folder.Of("journal");
        _ = LobProgram.Run("replay", recording, "--venue", venue, "--journal", journal, "--segment-records", "16384", "--quiet", "--json").Succeeded();

        using JournalReader reader = JournalReader.Open(journal);
        long first = reader.Segments[0].Committed[reader.Segments[0].CheckpointCount].Header.ReceivedAtNs;
        long last = reader.Segments[^1].Committed[^1].Header.ReceivedAtNs;
        long[] times = [first + ((last - first) / 50), first + ((last - first) / 2), last - 1, last];

        string questions = JsonSerializer.Serialize(times.Select(time => new Dictionary<string, object> { ["symbol"] = symbol, ["at_ns"] = time }));
        string output = PythonScript.Run("tests/oracle/books.py", [journal], questions).Succeeded();
        using JsonDocument found = JsonDocument.Parse(output);
        foreach ((long time, JsonElement book) in times.Zip(found.RootElement.EnumerateArray()))
        {
            string at = time.ToString(CultureInfo.InvariantCulture);
            using JsonDocument told = JsonDocument.Parse(LobProgram.Run("book", journal, "--symbol", symbol, "--at-time", at, "--json").Succeeded());
            foreach (JsonProperty property in book.EnumerateObject())
            {
                Assert.True(
                    JsonElement.DeepEquals(told.RootElement.GetProperty(property.Name), property.Value),
                    $"{property.Name} at {at}: the program has {told.RootElement.GetProperty(property.Name)}, Python {property.Value}");
            }
        }

        Assert.Contains("equal from scratch", PythonScript.Run("docs/verify_seals.py", [journal]).Succeeded(), StringComparison.Ordinal);
        _ = PythonScript.Run("tests/oracle/tables.py", [journal]).Succeeded();
    }
}
