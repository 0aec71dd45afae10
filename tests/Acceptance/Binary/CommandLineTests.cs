using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Lob.Fast.Acceptance.Binary.Support;
using Lob.Fast.Baselines;
using Lob.Fast.TestSupport;
using static Lob.Fast.Acceptance.Oracle.BinanceRecordings;

namespace Lob.Fast.Acceptance.Binary;

/// <summary>What every verb promises: help, exit codes, one clear line when it fails, people's output on stderr and programs' output on stdout.</summary>
public sealed class CommandLineTests
{
    private const string Nowhere = "/nowhere/at/all";
    private const int JitMsMax = 120_000;

    private static readonly string[] AllVerbs = ["replay", "book", "verify", "inspect", "rerun", "bench", "demo", "convert", "import"];

    public static TheoryData<string> Verbs => [.. AllVerbs];

    public static TheoryData<string, string[], string[]> UsageErrors => new()
    {
        // what is wrong, arguments, what stderr must say
        { "no verb", [], ["command"] },
        { "an unknown verb", ["replya"], ["replya"] },
        { "an unknown option", ["replay", "a.rec", "--venue", "binance", "--jornal", "x"], ["--jornal"] },
        { "no venue", ["replay", "a.rec"], ["--venue"] },
        { "no file", ["replay", "--venue", "binance"], ["FILE"] },
        {
            "no such venue", ["replay", "a.rec", "--venue", "binanse"],
            [
                "'binanse'", "bybit-linear", "bybit-spot", "bybit-inverse", "binance-spot", "binance-usdm", "binance-coinm", "okx", "bitfinex",
                "coinbase", "coinbase-advanced",
            ]
        },
        { "no such venue for a book", ["book", "x", "--symbol", "A", "--venue", "nyse"], ["'nyse'", "binance-spot"] },
        { "nothing to append to", ["replay", "a.rec", "--venue", "binance", "--append"], ["--append", "--journal"] },
        {
            "a journal of no segments", ["replay", "a.rec", "--venue", "binance", "--journal", "x", "--segment-records", "5"],
            ["--segment-records", "8192"]
        },
        {
            "segments beyond every file", ["replay", "a.rec", "--venue", "binance", "--journal", "x", "--segment-records", "2147483647"],
            ["--segment-records"]
        },
        { "no number", ["replay", "a.rec", "--venue", "binance", "--journal", "x", "--segment-records", "many"], ["many"] },
        {
            "no such durability", ["replay", "a.rec", "--venue", "binance", "--journal", "x", "--durability", "forever"],
            ["'forever'", "none", "interval", "segment"]
        },
        { "a floor below nothing", ["replay", "a.rec", "--venue", "binance", "--journal", "x", "--free-disk-floor", "-1"], ["--free-disk-floor"] },
        { "two points at once", ["book", "x", "--symbol", "A", "--at-time", "1", "--at-sequence", "2"], ["--at-time", "--at-sequence"] },
        { "a time that is none", ["book", "x", "--symbol", "A", "--at-time", "yesterday"], ["'yesterday'", "ISO 8601"] },
        { "a duration that is none", ["demo", "--duration", "long"], ["'long'", "30s"] },
        { "a recording without its venue", ["bench", "a.rec"], ["'a.rec'", "VENUE:FILE"] },
        { "a point that is none", ["book", "x", "--symbol", "A", "--at-sequence", "last"], ["'last'"] },
        { "no number of levels", ["book", "x", "--symbol", "A", "--levels", "all"], ["'all'"] },
        { "a venue named twice", ["replay", "a.rec", "--venue", "binance", "--venue", "okx"], ["--venue"] },
        { "an option without its value", ["replay", "a.rec", "--venue", "binance", "--append", "--journal"], ["--journal"] },
        { "no venue behind --venue", ["replay", "a.rec", "--venue"], ["--venue"] },
        { "no name behind --durability", ["replay", "a.rec", "--venue", "binance", "--durability"], ["--durability"] },
        { "no number behind --segment-records", ["replay", "a.rec", "--venue", "binance", "--segment-records"], ["--segment-records"] },
        { "no time behind --at-time", ["book", "x", "--symbol", "A", "--at-time"], ["--at-time"] },
        { "no number behind --levels", ["book", "x", "--symbol", "A", "--levels"], ["--levels"] },
        { "two journals to inspect", ["inspect", "a", "b"], ["'b'"] },
        { "no rounds", ["bench", "--rounds", "0"], ["--rounds"] },
        { "a mistyped option of bench", ["bench", "--round", "3"], ["--round"] },
        { "a mistyped option of verify", ["verify", "--jsno"], ["--jsno"] },
        { "no levels", ["book", "x", "--symbol", "A", "--levels", "0"], ["--levels"] },
        { "no symbol", ["book", "x"], ["--symbol"] },
        { "no journal to verify", ["verify"], ["JOURNAL"] },
        { "nothing to inspect", ["inspect"], ["--dtype"] },
        { "no journal to rerun", ["rerun"], ["JOURNAL"] },
        { "two journals to rerun", ["rerun", "a", "b"], ["b"] },
    };

    public static TheoryData<string, string[]> WithoutJournal => new()
    {
        { "book", ["--symbol", "BTCUSDT"] },
        { "verify", [] },
        { "inspect", [] },
        { "rerun", [] },
        { "convert", ["--to", "csv", "--out", "/nowhere/out"] },
    };

    [BinaryTheory]
    [MemberData(nameof(Verbs))]
    public void Every_verb_has_help(string verb)
    {
        LobResult help = LobBinary.Run(verb, "--help").Succeeded();

        Assert.Contains($"lob {verb}", help.Output, StringComparison.Ordinal);
        Assert.Contains("--json", help.Output, StringComparison.Ordinal);
        Assert.Equal("", help.Error);
    }

    [BinaryFact]
    public void The_help_of_the_program_lists_every_verb()
    {
        LobResult help = LobBinary.Run("--help").Succeeded();

        Assert.Equal("", help.Error);
        Assert.All(AllVerbs, verb => Assert.Contains($"  {verb} ", help.Output, StringComparison.Ordinal));
    }

    [BinaryTheory]
    [MemberData(nameof(UsageErrors))]
    public void A_usage_error_exits_with_2_and_says_what_is_wrong(string what, string[] args, string[] says)
    {
        _ = what;
        LobBinary.Run(args).RefusedSaying(says);
    }

    [BinaryFact]
    public void Files_that_are_not_there_are_named()
    {
        LobBinary.Run("replay", PathOf(Nkn), $"{Nowhere}.rec", "--venue", "binance").FailedSaying("lob replay:", $"{Nowhere}.rec", "no such file");
        LobBinary.Run("replay", TestData.Root, "--venue", "binance").FailedSaying("lob replay:", TestData.Root);
    }

    [BinaryTheory]
    [MemberData(nameof(WithoutJournal))]
    public void A_folder_that_is_no_journal_is_named(string verb, string[] more)
    {
        using TemporaryFolder folder = new();

        LobBinary.Run([verb, Nowhere, .. more]).FailedSaying($"lob {verb}:", Nowhere);
        LobBinary.Run([verb, folder.Root, .. more]).FailedSaying($"lob {verb}:", folder.Root, ".lobj");

        File.WriteAllText(folder.Of("00000000.lobj"), "this is no segment");
        LobResult result = LobBinary.Run([verb, folder.Root, .. more]).ExitedWith(1);
        result.Says("00000000.lobj");
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [BinaryFact]
    public void A_journal_where_a_file_is_is_refused()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("file", ["not a folder"]);

        LobBinary.Run("replay", PathOf(Nkn), "--venue", "binance", "--journal", file).FailedSaying("lob replay:", file);
        LobBinary.Run("verify", file).FailedSaying("lob verify:", file);
        LobBinary.Run("demo", "--out", TestData.Root).FailedSaying("lob demo:", TestData.Root, "--out");
        LobBinary.Run("bench", "binance:nowhere.rec").FailedSaying("lob bench:", "nowhere.rec");
    }

    [BinaryFact]
    public void A_damaged_archive_is_named()
    {
        using TemporaryFolder folder = new();
        byte[] whole = Gzip(File.ReadAllBytes(PathOf(Nkn)));
        byte[] altered = [.. whole];
        altered[whole.Length / 2] ^= 0x55;
        foreach ((string name, byte[] bytes) in new[] { ("cut", whole[..(whole.Length / 2)]), ("without-its-end", whole[..^3]), ("altered", altered) })
        {
            string file = folder.Of($"{name}.rec.gz");
            File.WriteAllBytes(file, bytes);

            LobBinary.Run("replay", file, "--venue", "binance", "--quiet").FailedSaying("lob replay:", file);
            LobBinary.Run("replay", file, "--venue", "binance", "--quiet", "--journal", folder.Of(name)).FailedSaying("lob replay:", file);
            LobBinary.Run("verify", folder.Of(name)).Succeeded();
        }
    }

    [BinaryFact]
    public void An_existing_journal_is_refused_and_left_as_it_is()
    {
        using TemporaryFolder folder = new();
        LobBinary.Replay("binance-spot", [PathOf(Nkn)], folder.Journal);
        byte[] before = File.ReadAllBytes(Path.Combine(folder.Journal, "00000000.lobj"));

        LobBinary.Run("replay", PathOf(Nkn), "--venue", "binance", "--journal", folder.Journal).FailedSaying("lob replay:", folder.Journal, "--append");

        Assert.Equal(before, File.ReadAllBytes(Path.Combine(folder.Journal, "00000000.lobj")));
        Assert.False(File.Exists(Path.Combine(folder.Journal, "00000001.lobj")));
    }

    [BinaryFact]
    public void An_unknown_symbol_is_answered_with_what_is_there()
    {
        using TemporaryFolder folder = new();
        LobBinary.Replay("binance-spot", [PathOf(Nkn)], folder.Journal);

        LobBinary.Run("book", folder.Journal, "--symbol", "BTCUSDT").FailedSaying("lob book:", "BTCUSDT", "binance-spot NKNUSDT depth@100ms");
        LobBinary.Run("book", folder.Journal, "--symbol", "NKNUSDT", "--venue", "okx").FailedSaying("binance-spot NKNUSDT depth@100ms");
        LobBinary.Run("book", folder.Journal, "--symbol", "NKNUSDT", "--at-time", "1633998512063356899")
            .FailedSaying("NKNUSDT", "2021-10-12T00:28:32.063356900Z");
        Assert.Equal("", LobBinary.Run("book", folder.Journal, "--symbol", "BTCUSDT", "--json").ExitedWith(1).Output);
    }

    [BinaryFact]
    public void Several_streams_of_one_symbol_are_listed()
    {
        using TemporaryFolder folder = new();
        IEnumerable<string> slower = File.ReadLines(PathOf(Nkn))
            .Select(static line => line.Replace("@depth@100ms", "@depth", StringComparison.Ordinal));
        LobBinary.Replay("binance-spot", [PathOf(Nkn), folder.Write("slower.rec", slower)], folder.Journal);

        LobBinary.Run("book", folder.Journal, "--symbol", "NKNUSDT").FailedSaying("NKNUSDT depth@100ms", "NKNUSDT depth.", "--channel");
        string[] channels = ["depth", "depth@100ms"];
        JsonElement BookOf(string channel) =>
            LobBinary.Run("book", folder.Journal, "--symbol", "NKNUSDT", "--channel", channel, "--json").Succeeded().Json();

        JsonElement[] books = [.. channels.Select(BookOf)];

        Assert.Equal(channels, books.Select(static book => book.GetProperty("channel").GetString()));
        Assert.Equal(books[0].GetProperty("digest").GetString(), books[1].GetProperty("digest").GetString());
    }

    [BinaryFact]
    public void A_continued_replay_counts_what_it_added_itself()
    {
        using TemporaryFolder folder = new();
        string[] lines = File.ReadAllLines(PathOf(Nkn));
        LobBinary.Replay("binance-spot", [folder.Write("first.rec", lines.Take(100))], folder.Journal);
        JsonElement second = LobBinary.Replay("binance-spot", [folder.Write("second.rec", lines.Skip(100))], folder.Journal, "--append", "--json").Json();
        Assert.Equal((lines.Length - 100, lines.Length - 100), (second.GetProperty("frames").GetInt32(), second.GetProperty("messages").GetInt32()));
        Assert.Equal(0, second.GetProperty("bridges").GetArrayLength());

        LobResult nothing = LobBinary.Run(
            "replay", folder.Write("empty.rec", []), "--venue", "binance-spot", "--journal", folder.Journal, "--append", "--json").Succeeded();
        Assert.Equal(0, nothing.Json().GetProperty("messages").GetInt32());
        Assert.Equal(0, nothing.Json().GetProperty("bbo").GetProperty("compared").GetInt32());
    }

    [BinaryFact]
    public void A_moment_is_exact_to_the_nanosecond_in_both_forms()
    {
        using TemporaryFolder folder = new();
        LobBinary.Replay("binance-spot", [PathOf(Nkn)], folder.Journal);
        foreach (string line in File.ReadLines(PathOf(Nkn)).Skip(50).Take(10))
        {
            long ns = long.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture);
            string iso = DateTimeOffset.FromUnixTimeSeconds(ns / 1_000_000_000).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)
                + $".{ns % 1_000_000_000:D9}Z";
            JsonElement BookAt(string time) => LobBinary.Run("book", folder.Journal, "--symbol", "NKNUSDT", "--at-time", time, "--json").Succeeded().Json();
            Assert.Equal(BookAt($"{ns}").GetRawText(), BookAt(iso).GetRawText());
        }

        LobBinary.Run("book", folder.Journal, "--symbol", "NKNUSDT", "--at-time", "9999-01-01").RefusedSaying("9999-01-01");
        LobBinary.Run("book", folder.Journal, "--symbol", "NKNUSDT", "--at-time", "12:00").RefusedSaying("12:00");
    }

    [BinaryFact]
    public void A_point_before_the_oldest_segment_is_said_to_be_gone()
    {
        using TemporaryFolder folder = new();
        LobBinary.Replay("binance-spot", [PathOf(Spot8)], folder.Journal, "--segment-records", "65536");
        File.Delete(Path.Combine(folder.Journal, "00000000.lobj"));
        LobBinary.Run("book", folder.Journal, "--symbol", "BTCUSDT").Succeeded();
        LobBinary.Run("book", folder.Journal, "--symbol", "BTCUSDT", "--at-time", "2024-08-08T00:00:00Z").FailedSaying("starts behind that point");
        LobBinary.Run("book", folder.Journal, "--symbol", "BTCUSDT", "--at-sequence", "1").FailedSaying("starts behind that point");
    }

    [BinaryFact]
    public void A_broken_book_at_a_sequence_does_not_depend_on_where_segments_end()
    {
        using TemporaryFolder folder = new();
        string[] lines = [.. RecordingReader.Read(PathOf(Spot8)).Select(static frame => $"{frame.ReceivedAtNs} {Encoding.UTF8.GetString(frame.Bytes.Span)}")];
        int dropped = Array.FindIndex(lines, 2000, static line => line.Contains("@depth", StringComparison.Ordinal));
        string file = folder.Write("gap.rec", lines.Where((_, index) => index != dropped));
        string[] answers = [.. new[] { "8192", "1048576" }.Select(records =>
        {
            string journal = folder.Of("journal" + records);
            JsonElement report = LobBinary.Replay("binance-spot", [file], journal, "--segment-records", records, "--json").Json();
            Assert.Equal(1, report.GetProperty("gaps").GetInt32());
            string frozen = report.GetProperty("instruments")[0].GetProperty("last_sequence").GetRawText();
            return LobBinary.Run("book", journal, "--symbol", "BTCUSDT", "--at-sequence", frozen, "--json").Succeeded().Output;
        })];
        Assert.Equal(answers[0], answers[1]);
        Assert.Contains("\"Live\"", answers[0], StringComparison.Ordinal);
    }

    [BinaryFact]
    public void Layouts_come_as_one_JSON_object_when_asked_for() =>
        Assert.Contains("np.dtype", LobBinary.Run("inspect", "--dtype", "--json").Succeeded().Json().GetProperty("dtype").GetString(), StringComparison.Ordinal);

    [BinaryFact]
    public void Replay_prints_one_JSON_object_with_every_field()
    {
        using TemporaryFolder folder = new();
        LobResult result = LobBinary.Run("replay", PathOf(Sushi), "--venue", "binance-usdm", "--journal", folder.Journal, "--json").Succeeded();

        Assert.Equal("", result.Error);
        JsonElement json = result.Json();
        Assert.Equal(623, json.GetProperty("messages").GetInt64());
        Assert.True(json.GetProperty("records").GetInt64() > 623);
        Assert.True(json.GetProperty("elapsed_ns").GetInt64() > 0);
        foreach (string zero in new[] { "rejected", "duplicates", "gaps", "resyncs", "crossed", "locked" })
        {
            Assert.Equal(0, json.GetProperty(zero).GetInt64());
        }

        JsonElement bridge = Assert.Single(json.GetProperty("bridges").EnumerateArray());
        Assert.Equal("SUSHIUSDT", bridge.GetProperty("symbol").GetString());
        Assert.Equal((3, 1), (bridge.GetProperty("dropped").GetInt32(), bridge.GetProperty("applied").GetInt32()));
        string[] outcomes = ["match", "mismatch", "not_offered"];
        Assert.Equal([0, 0, 0], outcomes.Select(outcome => json.GetProperty("checksums").GetProperty(outcome).GetInt32()));
        JsonElement bbo = json.GetProperty("bbo");
        Assert.Equal((12, 12), (bbo.GetProperty("compared").GetInt32(), bbo.GetProperty("equal").GetInt32()));

        JsonElement book = Assert.Single(json.GetProperty("instruments").EnumerateArray());
        Assert.Equal("binance-usdm", book.GetProperty("venue").GetString());
        Assert.Equal("SUSHIUSDT", book.GetProperty("symbol").GetString());
        Assert.Equal("depth@100ms", book.GetProperty("channel").GetString());
        Assert.Equal("Live", book.GetProperty("state").GetString());
        Assert.Equal("Sequence", book.GetProperty("evidence").GetString());
        Assert.True(book.GetProperty("bids").GetInt32() > 0);
        Assert.True(book.GetProperty("asks").GetInt32() > 0);
        Assert.True(book.GetProperty("last_sequence").GetInt64() > 600_859_605_926);
        Assert.Matches("^[0-9a-f]{32}$", book.GetProperty("digest").GetString());
        foreach (string pair in new[] { "best_bid", "best_ask" })
        {
            Assert.Equal([JsonValueKind.String, JsonValueKind.String], book.GetProperty(pair).EnumerateArray().Select(static text => text.ValueKind));
        }

        Assert.Equal(2, book.GetProperty("known_range").GetArrayLength());
    }

    [BinaryFact]
    public void Book_prints_one_JSON_object_with_every_field()
    {
        using TemporaryFolder folder = new();
        JsonElement replay = LobBinary.Replay("binance-usdm", [PathOf(Sushi)], folder.Journal, "--json").Json().GetProperty("instruments")[0];
        LobResult result = LobBinary.Run("book", folder.Journal, "--symbol", "sushiusdt", "--json").Succeeded();

        Assert.Equal("", result.Error);
        JsonElement book = result.Json();
        Assert.Equal(("binance-usdm", "SUSHIUSDT"), (book.GetProperty("venue").GetString(), book.GetProperty("symbol").GetString()));
        Assert.Equal(("Live", "Sequence"), (book.GetProperty("state").GetString(), book.GetProperty("evidence").GetString()));
        Assert.Equal(replay.GetProperty("last_sequence").GetInt64(), book.GetProperty("sequence").GetInt64());
        Assert.Equal(replay.GetProperty("digest").GetString(), book.GetProperty("digest").GetString());
        Assert.InRange(book.GetProperty("event_time_ns").GetInt64(), 1_626_992_741_000_000_000, 1_626_999_999_000_000_000);
        foreach ((string side, string best) in new[] { ("bids", "best_bid"), ("asks", "best_ask") })
        {
            Assert.Equal(replay.GetProperty(side).GetInt32(), book.GetProperty(side).GetArrayLength());
            Assert.All(book.GetProperty(side).EnumerateArray(), static level => Assert.Equal(2, level.GetArrayLength()));
            Assert.Equal(replay.GetProperty(best).GetRawText(), book.GetProperty(side)[0].GetRawText());
        }

        JsonElement top = LobBinary.Run("book", folder.Journal, "--symbol", "SUSHIUSDT", "--levels", "3", "--json").Succeeded().Json();
        Assert.Equal((3, 3), (top.GetProperty("bids").GetArrayLength(), top.GetProperty("asks").GetArrayLength()));
        Assert.Equal(book.GetProperty("bids")[2].GetRawText(), top.GetProperty("bids")[2].GetRawText());
    }

    [BinaryFact]
    public void Verify_inspect_and_rerun_print_one_JSON_object()
    {
        using TemporaryFolder folder = new();
        JsonElement replay = LobBinary.Replay("binance-spot", [PathOf(Nkn)], folder.Journal, "--json").Json();

        JsonElement verified = LobBinary.Run("verify", folder.Journal, "--json").Succeeded().Json();
        Assert.True(verified.GetProperty("ok").GetBoolean());
        Assert.Equal(JsonValueKind.Null, verified.GetProperty("difference").ValueKind);
        Assert.Equal(replay.GetProperty("seals").GetInt64(), verified.GetProperty("seals").GetInt64());

        JsonElement rerun = LobBinary.Run("rerun", folder.Journal, "--json").Succeeded().Json();
        Assert.True(rerun.GetProperty("equal").GetBoolean());
        long rerunRecords = rerun.GetProperty("input_records").GetInt64() + rerun.GetProperty("derived_records").GetInt64();
        Assert.Equal(replay.GetProperty("records").GetInt64(), rerunRecords);

        JsonElement summary = LobBinary.Run("inspect", folder.Journal, "--json").Succeeded().Json();
        Assert.Equal(1, summary.GetProperty("segments").GetArrayLength());
        Assert.Equal("NKNUSDT", summary.GetProperty("instruments")[0].GetProperty("symbol").GetString());
        Assert.Contains(summary.GetProperty("streams").EnumerateArray(), static stream => stream.GetProperty("channel").GetString() == "depth@100ms");
    }

    [BinaryFact]
    public void Output_for_people_is_on_stderr_only()
    {
        using TemporaryFolder folder = new();
        LobResult[] results =
        [
            LobBinary.Run("replay", PathOf(Nkn), "--venue", "binance", "--journal", folder.Journal),
            LobBinary.Run("book", folder.Journal, "--symbol", "NKNUSDT"),
            LobBinary.Run("verify", folder.Journal),
            LobBinary.Run("inspect", folder.Journal),
            LobBinary.Run("rerun", folder.Journal),
        ];

        Assert.All(results, static result =>
        {
            result.Succeeded();
            Assert.Equal("", result.Output);
            Assert.NotEqual("", result.Error);
            Assert.DoesNotContain('\u001b', result.Error);
        });
        results[0].Says("Bridging -> Live at sequence 499869752, evidence Sequence", "227 frames", "19 of 19");
        results[1].Says("NKNUSDT", "Live", "evidence Sequence");
    }

    [BinaryFact]
    public void Demo_and_bench_print_one_JSON_object()
    {
        using TemporaryFolder folder = new();
        LobResult demo = LobBinary.Run("demo", "--duration", "1ms", "--out", folder.Of("demo"), "--json").Succeeded();
        Assert.Equal(10, demo.Json().GetProperty("live").GetProperty("equal_to_exchange").GetInt32());
        string recorded = Directory.GetDirectories(folder.Of("demo")).Single(static path => Path.GetFileName(path) != "live");
        LobBinary.Run("verify", recorded).Succeeded();
        LobBinary.Run("verify", folder.Of("demo/live/journal")).Succeeded();

        JsonElement bench = LobBinary.Run("bench", $"binance:{PathOf(Nkn)}", "--quick", "--journal-dir", folder.Root, "--json").Succeeded().Json();
        JsonElement recording = Assert.Single(bench.GetProperty("recordings").EnumerateArray());
        Assert.Equal(227, recording.GetProperty("frames").GetInt32());
        Assert.All(recording.GetProperty("variants").EnumerateArray(), static variant => Assert.True(variant.GetProperty("ns_per_frame").GetDouble() > 0));
        Assert.Equal(bench.GetProperty("native").GetBoolean(), LobBinary.IsNative);
        Assert.True(bench.GetProperty("clock_read_ns").GetDouble() > 0);
        JsonElement[] latencies = [.. recording.GetProperty("latencies").EnumerateArray()];
        Assert.Contains(latencies, static row => row.GetProperty("layout").GetString() == "fused" && row.GetProperty("load").GetString() == "even, 80 %");
        Assert.All(latencies, static row =>
        {
            // Every frame ends in the journal; a strategy is asked at the book's messages only.
            bool isJournal = row.GetProperty("path").GetString() == "frame to journal";
            Assert.InRange(row.GetProperty("count").GetInt32(), isJournal ? 227 : 100, 227);
            long[] ns = [.. row.GetProperty("ns").EnumerateObject().Select(static item => item.Value.GetInt64())];
            Assert.Equal(["p50", "p90", "p99", "p99.9", "p99.99", "max"], row.GetProperty("ns").EnumerateObject().Select(static item => item.Name));
            Assert.True(ns[0] > 0);
            Assert.Equal(ns.Order(), ns);
            Assert.Equal(0, row.GetProperty("collections").GetInt32());
        });
        Assert.Contains("quick", recording.GetProperty("decode_instructions").GetProperty("skipped").GetString(), StringComparison.Ordinal);

        // What was written while measuring is gone.
        Assert.Equal([folder.Of("demo")], Directory.GetFileSystemEntries(folder.Root));
    }

    [BinaryFact]
    public void Bench_measures_what_it_is_told_to_alone()
    {
        string recording = $"binance:{PathOf(Nkn)}";
        JsonElement decode = Only("--only", "decode", recording);
        Assert.Equal("decode", Assert.Single(decode.GetProperty("variants").EnumerateArray()).GetProperty("name").GetString());
        Assert.Empty(decode.GetProperty("latencies").EnumerateArray());
        Assert.False(decode.TryGetProperty("decode_instructions", out _));

        // Counted, or why not; never neither.
        JsonElement instructions = Only("--only", "instructions", recording).GetProperty("decode_instructions");
        Assert.True(instructions.TryGetProperty("skipped", out _) || instructions.GetProperty("per_frame").GetDouble() > 100);

        JsonElement growth = LobBinary.Run("bench", "--quick", "--growth", "--json").Succeeded().Json().GetProperty("growth");
        Assert.Equal(["instruments 10", "instruments 100", "levels 10", "levels 100"], growth.EnumerateArray().Select(static point =>
            point.GetProperty("of").GetString() is "instruments" and var of
                ? $"{of} {point.GetProperty("instruments").GetInt32()}"
                : $"levels {point.GetProperty("levels_per_book").GetInt32()}"));
        Assert.All(growth.EnumerateArray(), static point => Assert.Equal(0, point.GetProperty("allocated_bytes").GetInt64()));

        static JsonElement Only(params string[] arguments) =>
            Assert.Single(LobBinary.Run(["bench", "--quick", "--json", .. arguments]).Succeeded().Json().GetProperty("recordings").EnumerateArray());
    }

    [BinaryFact]
    public void The_measurements_under_the_JIT_are_the_same_ones()
    {
        string[] arguments = [$"binance:{PathOf(Nkn)}", "--quick", "--only", "decode", "--json"];
        LobResult jit = Programs.Run("dotnet", ["exec", LobBinary.JitMeasurements, .. arguments], JitMsMax).Succeeded();
        LobResult own = LobBinary.Run(["bench", .. arguments]).Succeeded();

        Assert.False(jit.Json().GetProperty("native").GetBoolean());
        Assert.Equal(Names(own.Json()), Names(jit.Json()));

        // Native code alone starts by its file, and the way between two cores cannot be measured while others have them.
        static IEnumerable<string> Names(JsonElement report) =>
            report.EnumerateObject().Select(static item => item.Name).Where(static name => name is not ("start_ms" or "core_round_trip_ns"));
    }

    [BinaryFact]
    public void Strict_is_about_gaps_too_and_about_nothing_in_a_whole_recording()
    {
        using TemporaryFolder folder = new();
        LobBinary.Run("replay", PathOf(Nkn), "--venue", "binance", "--strict", "--quiet").Succeeded();
        string[] lines = File.ReadAllLines(PathOf(Nkn));
        int dropped = Array.FindIndex(lines, 100, static line => line.Contains("@depth", StringComparison.Ordinal));
        string gap = folder.Write("gap.rec", [.. lines[..dropped], .. lines[(dropped + 1)..]]);

        JsonElement json = LobBinary.Run("replay", gap, "--venue", "binance", "--json").Succeeded().Json();
        LobResult strict = LobBinary.Run("replay", gap, "--venue", "binance", "--strict", "--json").ExitedWith(1);

        Assert.Equal((1, 0), (json.GetProperty("gaps").GetInt32(), json.GetProperty("rejected").GetInt32()));
        Assert.Equal("Broken", json.GetProperty("instruments")[0].GetProperty("state").GetString());
        Assert.Equal(1, strict.Json().GetProperty("gaps").GetInt32());
    }

    [BinaryFact]
    public void A_REST_book_is_that_of_the_symbol_on_its_line()
    {
        using TemporaryFolder folder = new();
        string[] bare = [.. File.ReadLines(PathOf(Blz)), .. File.ReadLines(PathOf(Nkn))];
        IEnumerable<string> Named(string recording, string symbol) =>
            File.ReadLines(PathOf(recording))
                .Select(line => line.Replace(" {\"lastUpdateId\"", $" @{symbol} {{\"lastUpdateId\"", StringComparison.Ordinal));

        // Two symbols in one recording, and a book that may be of either: none is taken on a guess.
        JsonElement unknown = LobBinary.Run("replay", folder.Write("bare.rec", bare), "--venue", "binance", "--json").Succeeded().Json();
        Assert.Equal(2, unknown.GetProperty("rejected").GetInt32());
        Assert.All(
            unknown.GetProperty("rejections").EnumerateArray(),
            static text => Assert.Contains(": UnknownSymbol: expected a symbol: name it with --symbol", text.GetString(), StringComparison.Ordinal));
        Assert.All(unknown.GetProperty("instruments").EnumerateArray(), static book => Assert.Equal("Bridging", book.GetProperty("state").GetString()));

        string named = folder.Write("named.rec", [.. Named(Blz, "BLZETH"), .. Named(Nkn, "NKNUSDT")]);
        JsonElement known = LobBinary.Run("replay", named, "--venue", "binance", "--strict", "--json").Succeeded().Json();
        Assert.Equal(["BLZETH", "NKNUSDT"], known.GetProperty("instruments").EnumerateArray().Select(static book => book.GetProperty("symbol").GetString()));
    }

    [BinaryFact]
    public void A_time_may_be_ISO_8601_or_nanoseconds()
    {
        using TemporaryFolder folder = new();
        LobBinary.Replay("binance", [PathOf(Nkn)], folder.Journal);
        string[] times = ["1633998524168858000", "2021-10-12T00:28:44.168858Z", "2021-10-12T00:28:44.168858", "2021-10-12T02:28:44.168858+02:00"];
        string BookAt(string time) => LobBinary.Run("book", folder.Journal, "--symbol", "NKNUSDT", "--at-time", time, "--json").Succeeded().Output;
        string[] books = [.. times.Select(BookAt)];

        Assert.All(books, book => Assert.Equal(books[0], book));
        Assert.Contains("\"sequence\":499869954,", books[0], StringComparison.Ordinal);
    }

    [BinaryFact]
    public void Recordings_may_be_plain_or_compressed_and_several_files()
    {
        using TemporaryFolder folder = new();
        string[] lines = File.ReadAllLines(PathOf(Nkn));
        File.WriteAllBytes(folder.Of("a.rec.gz"), Gzip(File.ReadAllBytes(folder.Write("a.rec", lines[..100]))));
        string second = folder.Write("b.rec", lines[100..]);

        LobBinary.Replay("binance", [PathOf(Nkn)], folder.Of("plain"));
        LobBinary.Replay("binance", [folder.Of("a.rec.gz"), second], folder.Of("both"));

        Assert.Equal(JournalFiles.Hashes(folder.Of("plain")), JournalFiles.Hashes(folder.Of("both")));
    }

    [BinaryFact]
    public void A_recording_without_receive_times_uses_those_of_the_venue()
    {
        using TemporaryFolder folder = new();
        IEnumerable<string> frames = File.ReadLines(PathOf(Sushi)).Select(static line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        string bare = folder.Write("bare.ndjson", frames);
        JsonElement timed = LobBinary.Replay("binance-usdm", [PathOf(Sushi)], folder.Of("timed"), "--json").Json();
        JsonElement untimed = LobBinary.Replay("binance-usdm", [bare], folder.Journal, "--json").Json();

        foreach (string equal in new[] { "messages", "bridges", "bbo", "instruments" })
        {
            Assert.Equal(timed.GetProperty(equal).GetRawText(), untimed.GetProperty(equal).GetRawText());
        }

        Assert.All(JournalFiles.Messages(folder.Of("timed")), static message => Assert.False(message.TimeFromVenue));
        long latest = 0;
        int own = 0;
        foreach (JournalFiles.Message message in JournalFiles.Messages(folder.Journal))
        {
            Assert.True(message.TimeFromVenue, $"message at slot {message.Index} has a receive time from nowhere");
            own += message.ReceivedAtNs == message.VenueTimeNs ? 1 : 0;
            latest = Math.Max(latest, message.VenueTimeNs);
            Assert.Equal(latest, message.ReceivedAtNs);
        }

        Assert.True(own > 100);
        LobBinary.Run("rerun", folder.Journal).Succeeded();
    }

    private static string PathOf(string recording) => TestData.PathOf(recording);

    private static byte[] Gzip(byte[] bytes)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}
