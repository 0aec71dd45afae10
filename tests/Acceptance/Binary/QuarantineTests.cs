using System.Text.Json;
using Lob.Fast.Acceptance.Binary.Support;
using Lob.Fast.TestSupport;
using static Lob.Fast.Acceptance.Oracle.BinanceRecordings;

namespace Lob.Fast.Acceptance.Binary;

/// <summary>A line that cannot be taken in is counted, named, kept, and breaks the book it may have belonged to; it changes nothing else.</summary>
public sealed class QuarantineTests
{
    // What a frame is cut to in memory when it is too long to be held.
    private const int KeptOfAnOversizedLine = 4096;

    [BinaryTheory]
    [InlineData(BrokenLine.TruncatedDepth, "Truncated")]
    [InlineData(BrokenLine.Garbage, "BadLine")]
    [InlineData(BrokenLine.Oversized, "Oversized")]
    [InlineData(BrokenLine.MissingField, "MissingField")]
    public void A_broken_line_breaks_the_book_and_nothing_else(BrokenLine line, string reason)
    {
        using TemporaryFolder folder = new();
        BrokenRecording broken = BrokenRecording.Make(folder, line);
        LobResult result = LobBinary.Run("replay", broken.Path, "--venue", "binance", "--journal", folder.Journal).Succeeded();
        result.Says($"rejected: {broken.PlaceOf(0)}", $"of the frame: {reason}", "rejected 1", "Live -> Broken");

        JsonElement json = LobBinary.Run("replay", broken.Path, "--venue", "binance", "--json").Succeeded().Json();
        Assert.Equal(1, json.GetProperty("rejected").GetInt32());
        Assert.Equal((0, 0, 0), (json.GetProperty("gaps").GetInt32(), json.GetProperty("crossed").GetInt32(), json.GetProperty("duplicates").GetInt32()));
        Assert.Equal(227, json.GetProperty("messages").GetInt32());
        Assert.StartsWith(broken.PlaceOf(0), Assert.Single(json.GetProperty("rejections").EnumerateArray()).GetString(), StringComparison.Ordinal);
        Assert.Equal("Broken", Assert.Single(json.GetProperty("instruments").EnumerateArray()).GetProperty("state").GetString());
        LobBinary.Run("replay", broken.Path, "--venue", "binance", "--strict", "--quiet").ExitedWith(1);

        AssertQuarantined(folder.Journal, broken, [reason]);
        AssertFrozen(folder, broken);
        LobBinary.Run("verify", folder.Journal).Succeeded();
        LobBinary.Run("rerun", folder.Journal).Succeeded();
    }

    [BinaryFact]
    public void A_broken_ticker_leaves_the_book_alone()
    {
        using TemporaryFolder folder = new();
        BrokenRecording broken = BrokenRecording.Make(folder, BrokenLine.TruncatedTicker);
        JsonElement clean = LobBinary.Run("replay", TestData.PathOf(Nkn), "--venue", "binance", "--json").Succeeded().Json();
        JsonElement json = LobBinary.Replay("binance", [broken.Path], folder.Journal, "--json").Json();

        Assert.Equal(1, json.GetProperty("rejected").GetInt32());
        foreach (string equal in new[] { "messages", "instruments", "bbo", "bridges", "gaps", "duplicates", "crossed" })
        {
            Assert.Equal(clean.GetProperty(equal).GetRawText(), json.GetProperty(equal).GetRawText());
        }

        AssertQuarantined(folder.Journal, broken, ["Truncated"]);
        LobBinary.Run("replay", broken.Path, "--venue", "binance", "--strict", "--quiet").ExitedWith(1);
    }

    [BinaryFact]
    public void Every_broken_line_is_counted_named_and_kept()
    {
        using TemporaryFolder folder = new();
        BrokenRecording broken = BrokenRecording.Make(
            folder, BrokenLine.Garbage, BrokenLine.TruncatedDepth, BrokenLine.Oversized, BrokenLine.MissingField, BrokenLine.TruncatedTicker);
        JsonElement json = LobBinary.Replay("binance", [broken.Path], folder.Journal, "--json").Json();

        Assert.Equal(broken.Lines.Count, json.GetProperty("rejected").GetInt32());
        string?[] rejections = [.. json.GetProperty("rejections").EnumerateArray().Select(static text => text.GetString())];
        Assert.Equal(broken.Lines.Count, rejections.Length);
        Assert.All(rejections.Index(), item => Assert.StartsWith(broken.PlaceOf(item.Index), item.Item, StringComparison.Ordinal));
        AssertQuarantined(folder.Journal, broken, ["BadLine", "Truncated", "Oversized", "MissingField", "Truncated"]);
        AssertFrozen(folder, broken);
    }

    [BinaryFact]
    public void A_new_snapshot_mends_a_broken_book()
    {
        using TemporaryFolder folder = new();
        BrokenRecording broken = BrokenRecording.Make(folder, BrokenLine.Garbage);
        string[] lines = File.ReadAllLines(broken.Path);
        const int Behind = BrokenRecording.GoodLinesBefore + 1;
        string mended = folder.Write("mended.rec", [.. lines[..Behind], Snapshot(folder, lines[..(Behind - 1)]), .. lines[Behind..]]);
        JsonElement clean = LobBinary.Run("replay", TestData.PathOf(Nkn), "--venue", "binance", "--json").Succeeded().Json();
        JsonElement json = LobBinary.Replay("binance", [mended], folder.Journal, "--json").Json();

        Assert.Equal((1, 1, 0), (json.GetProperty("rejected").GetInt32(), json.GetProperty("resyncs").GetInt32(), json.GetProperty("gaps").GetInt32()));
        JsonElement book = json.GetProperty("instruments")[0];
        Assert.Equal("Live", book.GetProperty("state").GetString());
        Assert.Equal(clean.GetProperty("instruments")[0].GetProperty("digest").GetString(), book.GetProperty("digest").GetString());
        LobBinary.Run("verify", folder.Journal).Succeeded();
        LobBinary.Run("rerun", folder.Journal).Succeeded();
    }

    [BinaryFact("binance/edge_messages_2019-2021.ndjson")]
    public void Events_without_records_are_counted_by_name()
    {
        string edge = TestData.PathOf("binance/edge_messages_2019-2021.ndjson");
        JsonElement spot = LobBinary.Run("replay", edge, "--venue", "binance-spot", "--json").Succeeded().Json();

        Assert.Equal("{\"24hrTicker\":2,\"markPriceUpdate\":3,\"forceOrder\":1}", spot.GetProperty("unknown_events").GetRawText());
        string[] counts = ["frames", "messages", "rejected"];
        Assert.Equal([20, 14, 0], counts.Select(count => spot.GetProperty(count).GetInt32()));

        // Futures diffs carry pu: the four spot diffs of the file do not.
        JsonElement futures = LobBinary.Run("replay", edge, "--venue", "binance-usdm", "--json").Succeeded().Json();
        Assert.Equal(spot.GetProperty("unknown_events").GetRawText(), futures.GetProperty("unknown_events").GetRawText());
        Assert.Equal([20, 10, 4], counts.Select(count => futures.GetProperty(count).GetInt32()));
        LobBinary.Run("replay", edge, "--venue", "binance-spot").Succeeded().Says("24hrTicker 2", "markPriceUpdate 3", "forceOrder 1");
    }

    /// <summary>One line a frame: reason, file, line and byte, then the frame as it came.</summary>
    private static void AssertQuarantined(string journal, BrokenRecording broken, string[] reasons)
    {
        string[] lines = File.ReadAllLines(Path.Combine(journal, "quarantine.log"));
        Assert.Equal(broken.Lines.Count, lines.Length);
        for (int i = 0; i < lines.Length; i++)
        {
            (int line, long startByte) = broken.Lines[i];
            Assert.StartsWith(FormattableString.Invariant($"{reasons[i]} {broken.Path}:{line}:{startByte} byte "), lines[i], StringComparison.Ordinal);
            string frame = broken.Texts[i];
            Assert.EndsWith(frame[..Math.Min(frame.Length, KeptOfAnOversizedLine)], lines[i], StringComparison.Ordinal);
        }
    }

    /// <summary>The book behind these lines as a REST answer at the time of the last of them.</summary>
    private static string Snapshot(TemporaryFolder folder, string[] lines)
    {
        LobBinary.Replay("binance", [folder.Write("part.rec", lines)], folder.Of("part"));
        JsonElement book = LobBinary.Run("book", folder.Of("part"), "--symbol", "NKNUSDT", "--json").Succeeded().Json();
        string time = lines[^1].Split(' ')[0];
        string Json(string name) => book.GetProperty(name).GetRawText();
        return $"{time} {{\"lastUpdateId\":{Json("sequence")},\"bids\":{Json("bids")},\"asks\":{Json("asks")}}}";
    }

    /// <summary>The book stays what it was in front of the first broken line.</summary>
    private static void AssertFrozen(TemporaryFolder folder, BrokenRecording broken)
    {
        string before = folder.Write("before.rec", File.ReadLines(broken.Path).Take(BrokenRecording.GoodLinesBefore));
        JsonElement expected = LobBinary.Run("replay", before, "--venue", "binance", "--json").Succeeded().Json().GetProperty("instruments")[0];
        JsonElement frozen = LobBinary.Run("book", folder.Journal, "--symbol", "NKNUSDT", "--json").Succeeded().Json();

        Assert.Equal("Broken", frozen.GetProperty("state").GetString());
        Assert.Equal(expected.GetProperty("digest").GetString(), frozen.GetProperty("digest").GetString());
        Assert.Equal(expected.GetProperty("last_sequence").GetInt64(), frozen.GetProperty("sequence").GetInt64());
    }
}
