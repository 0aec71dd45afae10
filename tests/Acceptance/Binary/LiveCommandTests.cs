using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Lob.Fast.Acceptance.Binary.Support;
using Lob.Fast.TestSupport;
using Lob.Fast.VenueSim;

namespace Lob.Fast.Acceptance.Binary;

/// <summary>The live verbs as users run them, against the local exchange: what they leave behind, and what they say of every configuration that cannot work.</summary>
public sealed class LiveCommandTests
{
    private const string Okx = "okx";
    private const string Usdm = "binance-usdm";

    [BinaryFact]
    public async Task Collect_leaves_a_sound_journal_files_and_raw_frames()
    {
        using TemporaryFolder folder = new();
        await using LocalExchange exchange = await StartAsync(Usdm);
        LobResult collected = Collect(exchange, Usdm, folder, "--symbol", "BTCUSDT,ETHUSDT", "--channel", "depth@100ms,bookTicker", "--duration", "4s", "--view", "jsonl,ndjson", "--every", "500ms", "--raw", "--json").Succeeded();

        JsonElement report = JsonDocument.Parse(collected.Output).RootElement;
        Assert.Equal(0, report.GetProperty("gaps").GetInt64());
        Assert.Equal(["Live", "Live"], report.GetProperty("instruments").EnumerateArray().Select(static book => book.GetProperty("state").GetString()));
        string journal = folder.Of("journal");
        LobBinary.Run("verify", journal).Succeeded();
        LobBinary.Run("rerun", journal).Succeeded();

        // What was written live is what a conversion writes.
        LobBinary.Run("convert", journal, "--to", "ndjson", "--every", "500ms", "--out", folder.Of("converted")).Succeeded();
        foreach (string file in Directory.EnumerateFiles(folder.Of("converted"), "*.ndjson", SearchOption.AllDirectories))
        {
            string live = folder.Of("views/ndjson") + file[folder.Of("converted").Length..];
            Assert.Equal(File.ReadAllText(file), File.ReadAllText(live));
        }

        Assert.NotEmpty(Directory.EnumerateFiles(folder.Of("views"), "*.jsonl", SearchOption.AllDirectories));

        // And the frames replay to the same books.
        LobResult replayed = LobBinary.Run(["replay", .. Directory.GetFiles(folder.Of("raw")), "--venue", Usdm, "--json"]).Succeeded();
        Assert.Equal(Digests(report), Digests(JsonDocument.Parse(replayed.Output).RootElement));
    }

    [BinaryFact]
    public async Task A_second_collection_continues_the_journal()
    {
        using TemporaryFolder folder = new();
        await using LocalExchange exchange = await StartAsync(Okx);
        for (int run = 0; run < 2; run++)
        {
            Collect(exchange, Okx, folder, "--symbol", "BTC-USDT", "--duration", "2s", "--json").Succeeded();
        }

        JsonElement inspected = JsonDocument.Parse(LobBinary.Run("inspect", folder.Of("journal"), "--json").Succeeded().Output).RootElement;
        Assert.Equal(2, inspected.GetProperty("segments").GetArrayLength());
        LobBinary.Run("verify", folder.Of("journal")).Succeeded();
        LobBinary.Run("rerun", folder.Of("journal")).Succeeded();
    }

    [BinaryFact]
    public async Task A_signal_ends_it_cleanly_and_metrics_are_served_until_then()
    {
        using TemporaryFolder folder = new();
        await using LocalExchange exchange = await StartAsync(Okx);
        int port = FreePort();
        string configuration = folder.Write("run.json",
        [
            $$"""{ "journal": "{{folder.Of("journal")}}", "metrics_port": {{port}},""",
            $$"""  "venues": [{ "venue": "okx", "symbols": ["BTC-USDT"], "websocket": "{{exchange.Endpoints[Okx].WebSocket}}", "rest": "{{exchange.Endpoints[Okx].Rest}}" }] }""",
        ]);
        LobBinary.Run("run", "--config", configuration, "--check").Succeeded();
        using Process process = LobBinary.Start("run", "--config", configuration);
        using HttpClient client = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await UntilAsync(async () => (await client.GetAsync("/health")).StatusCode == HttpStatusCode.OK);

        string metrics = await client.GetStringAsync("/metrics");
        Assert.Contains("lob_book_live{venue=\"okx\",symbol=\"BTC-USDT\",channel=\"books\"} 1", metrics, StringComparison.Ordinal);
        JsonElement status = await client.GetFromJsonAsync<JsonElement>("/status");
        Assert.Equal("Live", status.GetProperty("instruments")[0].GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await client.PostAsync("/status", null)).StatusCode);

        Assert.Equal(0, ProcessRun.Of("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).ExitCode);
        Assert.True(process.WaitForExit(20_000), "SIGTERM did not end it");
        Assert.Equal(0, process.ExitCode);
        LobBinary.Run("verify", folder.Of("journal")).Succeeded();
    }

    [BinaryFact]
    public async Task Snapshot_symbols_doctor_and_polling_ask_by_rest()
    {
        using TemporaryFolder folder = new();
        await using LocalExchange exchange = await StartAsync(Usdm);
        string rest = exchange.Endpoints[Usdm].Rest.ToString();
        JsonElement book = JsonDocument.Parse(LobBinary.Run("snapshot", "--venue", Usdm, "--symbol", "BTCUSDT", "--depth", "100", "--rest", rest, "--json").Succeeded().Output).RootElement;
        Assert.True(book.GetProperty("spread").GetDecimal() > 0);
        Assert.NotEmpty(book.GetProperty("bids").EnumerateArray());
        JsonElement symbols = JsonDocument.Parse(LobBinary.Run("symbols", "--venue", Usdm, "--rest", rest, "--json").Succeeded().Output).RootElement;
        Assert.Contains(symbols.GetProperty("instruments").EnumerateArray(), static instrument => instrument.GetProperty("symbol").GetString() == "BTCUSDT");
        LobBinary.Run("doctor", "--venue", Usdm, "--rest", rest, "--metrics-port", "45999").Succeeded();

        LobBinary.Run("collect", "--venue", Usdm, "--symbol", "BTCUSDT", "--rest", rest, "--interval", "200ms", "--max-snapshots", "3", "--out", folder.Root).Succeeded();
        string[] lines = File.ReadAllLines(folder.Of("BTCUSDT.ndjson"));
        Assert.Equal(3, lines.Length);
        Assert.All(lines, static line => Assert.Equal(JsonValueKind.Number, JsonDocument.Parse(line).RootElement.GetProperty("bids")[0][0].ValueKind));
    }

    [BinaryTheory]
    [InlineData("no such venue", "--venue", "kraken", "--symbol", "X", "'kraken' is no venue", "bitfinex")]
    [InlineData("no such symbol", "--venue", Okx, "--symbol", "NOPE-USDT", "NOPE-USDT", "doesn't exist")]
    [InlineData("a depth that is not offered", "--venue", "bybit-linear", "--symbol", "BTCUSDT", "--depth", "500", "500", "200")]
    [InlineData("a channel that does not exist", "--venue", Okx, "--symbol", "BTC-USDT", "--channel", "nonsense", "nonsense", "books5")]
    [InlineData("no key", "--venue", "coinbase", "--symbol", "BTC-USD", "--channel", "level2", "COINBASE_API_KEY", "level2_batch")]
    public async Task What_cannot_work_ends_with_a_message_that_says_what_is_allowed(string what, params string[] arguments)
    {
        using TemporaryFolder folder = new();
        await using LocalExchange exchange = await StartAsync(Okx, "bybit-linear", "coinbase");
        string[] said = arguments[^2..];
        string[] options = arguments[..^2];
        LobResult result = exchange.Endpoints.TryGetValue(options[1], out VenueEndpoint? endpoint)
            ? LobBinary.Run(["collect", .. options, "--websocket", endpoint.WebSocket.ToString(), "--rest", endpoint.Rest.ToString(), "--out", folder.Root, "--duration", "20s"])
            : LobBinary.Run(["collect", .. options, "--out", folder.Root]);
        Assert.True(result.ExitCode is 1 or 2, $"{what}: {result}");
        Assert.All(said, part => Assert.Contains(part, result.Error, StringComparison.Ordinal));
    }

    [BinaryFact]
    public async Task A_folder_that_cannot_be_written_and_a_port_in_use_are_told()
    {
        using TemporaryFolder folder = new();
        await using LocalExchange exchange = await StartAsync(Okx);
        string file = folder.Write("file", ["not a folder"]);
        LobResult unwritable = Collect(exchange, Okx, folder, "--symbol", "BTC-USDT", "--duration", "5s", "--out", file).ExitedWith(1);
        Assert.Contains(file, unwritable.Error, StringComparison.Ordinal);

        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        LobResult inUse = Collect(exchange, Okx, folder, "--symbol", "BTC-USDT", "--duration", "5s", "--metrics-port", $"{port}").ExitedWith(1);
        Assert.Contains($"{port}", inUse.Error, StringComparison.Ordinal);
        LobResult simInUse = LobBinary.Run("sim", "--venue", Okx, "--port", $"{port}", "--duration", "1s").ExitedWith(1);
        Assert.Contains($"{port}", simInUse.Error, StringComparison.Ordinal);
    }

    [BinaryFact]
    public async Task A_certificate_is_trusted_only_if_it_was_named()
    {
        using TemporaryFolder folder = new();
        await using LocalExchange exchange = await LocalExchange.StartAsync(new LocalExchangeOptions { Venues = [Okx], Tls = true });
        LobResult trusted = Collect(exchange, Okx, folder, "--symbol", "BTC-USDT", "--duration", "3s", "--trust", exchange.Endpoints[Okx].CertificatePath!, "--json").Succeeded();
        Assert.Equal("Live", JsonDocument.Parse(trusted.Output).RootElement.GetProperty("instruments")[0].GetProperty("state").GetString());

        // It degrades: it may pass, so it is tried again, and said each time.
        LobResult untrusted = Collect(exchange, Okx, folder, "--symbol", "BTC-USDT", "--duration", "3s", "--out", folder.Of("other"));
        Assert.Contains("certificate", untrusted.Error, StringComparison.OrdinalIgnoreCase);
    }

    [BinaryTheory]
    [InlineData("""{ "journal": "j" }""", "venues", "expected at least one")]
    [InlineData("""{ "journal": "j", "venues": [{ "venue": "nyse", "symbols": ["X"] }] }""", "venues[0].venue", "bitfinex")]
    [InlineData("""{ "journal": "j", "venues": [{ "venue": "okx", "symbols": [] }] }""", "venues[0].symbols", "at least one")]
    [InlineData("""{ "journal": "j", "journall": 1, "venues": [{ "venue": "okx", "symbols": ["X"] }] }""", "journall", "is no key here")]
    [InlineData("""{ "journal": "j", "metrics_port": 70000, "venues": [{ "venue": "okx", "symbols": ["X"] }] }""", "metrics_port", "65535")]
    [InlineData("""{ "journal": "j", "venues": [{ "venue": "okx", "symbols": ["X"], "websocket": "http://x" }] }""", "venues[0].websocket", "ws://")]
    [InlineData("""{ "journal": "j", "views": [{ "format": "jsonl", "out": "v" }, { "format": "ndjson", "out": "./v" }], "venues": [{ "venue": "okx", "symbols": ["X"] }] }""", "views", "a folder of its own")]
    [InlineData("""{ "journal": "j", """, "line", "JSON")]
    public void A_configuration_that_cannot_work_is_told_by_its_place(string text, string place, string allowed)
    {
        using TemporaryFolder folder = new();
        LobResult result = LobBinary.Run("run", "--check", "--config", folder.Write("run.json", [text])).ExitedWith(2);
        Assert.Contains(place, result.Error, StringComparison.Ordinal);
        Assert.Contains(allowed, result.Error, StringComparison.Ordinal);
    }

    [BinaryFact]
    public void The_configurations_of_the_examples_can_be_read()
    {
        string examples = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(Recordings.Bundled!))!, "examples", "config");
        string[] files = Directory.GetFiles(examples, "*.json");
        Assert.Equal(3, files.Length);
        using TemporaryFolder folder = new();
        foreach (string file in files)
        {
            // Its folders are relative to where it runs: not to be made here.
            string text = File.ReadAllText(file).Replace("\"data/", $"\"{folder.Root}/", StringComparison.Ordinal);
            LobResult result = LobBinary.Run("run", "--check", "--config", folder.Write(Path.GetFileName(file), [text]));
            if (Path.GetFileName(file) == "five-venues.json")
            {
                Assert.Contains("COINBASE_API_KEY", result.ExitedWith(2).Error, StringComparison.Ordinal);
            }
            else
            {
                result.Succeeded();
            }
        }
    }

    private static Task<LocalExchange> StartAsync(params string[] venues) => LocalExchange.StartAsync(new LocalExchangeOptions { Venues = venues });

    private static LobResult Collect(LocalExchange exchange, string venue, TemporaryFolder folder, params string[] more)
    {
        VenueEndpoint endpoint = exchange.Endpoints[venue];
        string[] outFolder = more.Contains("--out") ? [] : ["--out", folder.Root];
        return LobBinary.Run(["collect", "--venue", venue, "--websocket", endpoint.WebSocket.ToString(), "--rest", endpoint.Rest.ToString(), .. outFolder, .. more]);
    }

    private static IEnumerable<string?> Digests(JsonElement report) =>
        report.GetProperty("instruments").EnumerateArray().Select(static book => $"{book.GetProperty("symbol")} {book.GetProperty("digest")}").Order();

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        long deadline = Stopwatch.GetTimestamp() + (30 * Stopwatch.Frequency);
        while (true)
        {
            try
            {
                if (await condition())
                {
                    return;
                }
            }
            catch (HttpRequestException) when (Stopwatch.GetTimestamp() < deadline)
            {
                // Not listening yet.
            }

            Assert.True(Stopwatch.GetTimestamp() < deadline, "it did not come about within 30 s");
            await Task.Delay(50);
        }
    }
}
