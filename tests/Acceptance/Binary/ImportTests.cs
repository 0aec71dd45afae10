using System.Text.Json;
using Lob.Fast.Acceptance.Binary.Support;
using Lob.Fast.TestSupport;
using static Lob.Fast.Acceptance.Oracle.BinanceRecordings;

namespace Lob.Fast.Acceptance.Binary;

/// <summary><c>import</c> as users run it: collectors' lines in, every other verb on the journal, and the same lines out again.</summary>
public sealed class ImportTests
{
    private const string BybitLinear = "bybit/linear_orderbook200_4symbols_20260809.rec";

    private const string First = """{"ts":1700000000123,"symbol":"BTCUSDT","bids":[[43250.5,1.25],[43250.4,0.001]],"asks":[[43250.6,2],[43251.00,1e-05]],"u":77,"seq":9001}""";
    private const string Second = """{"ts":1700000001123,"symbol":"BTCUSDT","bids":[[43249.5,1.25]],"asks":[[43250.6,2.00]]}""";
    private const string Third = """{"ts":1700000002123,"symbol":"BTCUSDT","bids":[[43248.5,7]],"asks":[[43250.7,2]],"u":80,"seq":9010}""";

    [BinaryFact]
    public void Collected_lines_become_a_journal_that_every_verb_reads()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("l2.ndjson", [First, Second, Third]);

        JsonElement json = LobBinary.Run("import", file, "--venue", "bybit-linear", "--journal", folder.Journal, "--json").Succeeded().Json();

        Assert.Equal((3, 0, 0), (json.GetProperty("messages").GetInt32(), json.GetProperty("rejected").GetInt32(), json.GetProperty("gaps").GetInt32()));
        JsonElement instrument = Assert.Single(json.GetProperty("instruments").EnumerateArray());
        Assert.Equal(
            ("bybit-linear", "BTCUSDT", "ndjson", "Live", "None"),
            (instrument.GetProperty("venue").GetString(), instrument.GetProperty("symbol").GetString(), instrument.GetProperty("channel").GetString(),
                instrument.GetProperty("state").GetString(), instrument.GetProperty("evidence").GetString()));

        LobBinary.Run("verify", folder.Journal).Succeeded();
        LobBinary.Run("rerun", folder.Journal).Succeeded();
        JsonElement book = LobBinary.Run("book", folder.Journal, "--symbol", "BTCUSDT", "--at-time", "1700000000123000000", "--json").Succeeded().Json();
        Assert.Equal("""[["43250.6","2"],["43251.00","0.00001"]]""", book.GetProperty("asks").GetRawText());

        LobBinary.Run("convert", folder.Journal, "--to", "ndjson", "--every", "message", "--out", folder.Of("out")).Succeeded();
        Assert.Equal(
            [First.Replace("1e-05", "0.00001", StringComparison.Ordinal), Second, Third],
            File.ReadAllLines(folder.Of("out/bybit-linear/BTCUSDT/ndjson.ndjson")));
    }

    [BinaryFact]
    public void Bad_lines_are_counted_named_and_kept_and_the_next_one_mends_the_book()
    {
        using TemporaryFolder folder = new();
        string[] lines = [First, Second[..40], "", "nonsense", Second.Replace("43249.5", "43250.6x", StringComparison.Ordinal), Third];
        string file = folder.Write("l2.ndjson", lines);

        LobResult text = LobBinary.Run("import", file, "--venue", "bybit", "--journal", folder.Journal).Succeeded();
        text.Says("rejected 4", $"{file}, line 2, byte 40 of the frame: Truncated", "line 4");
        string[] quarantine = File.ReadAllLines(Path.Combine(folder.Journal, "quarantine.log"));
        Assert.Equal(4, quarantine.Length);
        Assert.StartsWith($"Truncated {file}:2:{First.Length + 1} byte 40 {Second[..40]}", quarantine[0], StringComparison.Ordinal);

        JsonElement json = LobBinary.Run("import", file, "--venue", "bybit", "--journal", folder.Of("again"), "--json").Succeeded().Json();
        Assert.Equal((4, 2), (json.GetProperty("rejected").GetInt32(), json.GetProperty("messages").GetInt32()));
        Assert.Equal("Live", json.GetProperty("instruments")[0].GetProperty("state").GetString());
        LobBinary.Run("import", file, "--venue", "bybit", "--journal", folder.Of("strict"), "--strict").ExitedWith(1);
        LobBinary.Run("verify", folder.Journal).Succeeded();
    }

    [BinaryFact]
    public void What_cannot_be_imported_is_said()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("l2.ndjson", [First]);
        LobBinary.Run("import", file, "--venue", "bybit-linear").RefusedSaying("--journal");
        LobBinary.Run("import", file, "--journal", folder.Journal).RefusedSaying("--venue");
        LobBinary.Run("import", "--venue", "bybit-linear", "--journal", folder.Journal).RefusedSaying("FILE");
        LobBinary.Run("import", folder.Of("nowhere.ndjson"), "--venue", "bybit-linear", "--journal", folder.Journal).FailedSaying("lob import:", "nowhere.ndjson");

        LobBinary.Run("import", file, "--venue", "bybit-linear", "--journal", folder.Journal).Succeeded();
        LobBinary.Run("import", file, "--venue", "bybit-linear", "--journal", folder.Journal).FailedSaying("lob import:", folder.Journal, "--append");
        string more = folder.Write("more.ndjson", [Second, Third]);
        LobBinary.Run("import", more, "--venue", "bybit-linear", "--journal", folder.Journal, "--append").Succeeded();
        LobBinary.Run("convert", folder.Journal, "--to", "ndjson", "--every", "message", "--out", folder.Of("out")).Succeeded();
        Assert.Equal([Second, Third], File.ReadLines(folder.Of("out/bybit-linear/BTCUSDT/ndjson.ndjson")).Skip(1));
    }

    [BinaryFact]
    public void Lines_of_convert_come_back_as_they_were()
    {
        using TemporaryFolder folder = new();
        LobBinary.Replay("binance-spot", [TestData.PathOf(Spot8)], folder.Journal, "--segment-records", "8192");
        ComesBack(folder, "binance-spot", "20");
    }

    [BinaryFact(BybitLinear)]
    public void Lines_of_a_Bybit_recording_come_back_as_they_were()
    {
        using TemporaryFolder folder = new();
        LobBinary.Replay("bybit-linear", [TestData.PathOf(BybitLinear)], folder.Journal);
        Assert.Equal(1598, ComesBack(folder, "bybit-linear", "200"));
    }

    private static int ComesBack(TemporaryFolder folder, string venue, string levels)
    {
        LobBinary.Run("convert", folder.Journal, "--to", "ndjson", "--every", "message", "--levels", levels, "--out", folder.Of("first")).Succeeded();
        string[] files = Directory.GetFiles(folder.Of("first"), "*.ndjson", SearchOption.AllDirectories);
        LobBinary.Run(["import", .. files, "--venue", venue, "--journal", folder.Of("imported"), "--segment-records", "8192"]).Succeeded().Says("rejected 0");
        LobBinary.Run("verify", folder.Of("imported")).Succeeded();
        LobBinary.Run("convert", folder.Of("imported"), "--to", "ndjson", "--every", "message", "--out", folder.Of("second")).Succeeded();

        int lines = 0;
        foreach (string file in files)
        {
            string again = Path.Combine(folder.Of("second"), Path.GetRelativePath(folder.Of("first"), Path.GetDirectoryName(file)!), "ndjson.ndjson");
            string[] expected = File.ReadAllLines(file);
            Assert.Equal(expected, File.ReadAllLines(again));
            lines += expected.Length;
        }

        return lines;
    }
}
