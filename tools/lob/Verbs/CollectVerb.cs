using System.CommandLine;
using Lob.Fast.Cli.Live;
using Lob.Fast.Cli.Output;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Rings;
using Lob.Fast.Journal;
using Lob.Fast.Journal.Views;
using Lob.Fast.Venues;

namespace Lob.Fast.Cli.Verbs;

/// <summary><c>collect</c>: live market data of one venue into a journal, and into files beside it.</summary>
internal static class CollectVerb
{
    public static Command Create()
    {
        Option<string?> venue = CommonOptions.VenueName(required: true);
        Option<string[]> symbols = new("--symbol") { Description = "Symbols in the venue's own words, with commas between or the option repeated.", Required = true, HelpName = "S[,S…]" };
        Option<string[]> channels = new("--channel")
        {
            Description = "Channels in the venue's own words without the symbol, for instance depth@100ms, books, trades; without it the book.",
            HelpName = "C[,C…]",
        };
        Option<int?> depth = CommonOptions.NotBelow(new Option<int?>("--depth") { Description = "Levels a side, of those the venue offers; without it its usual.", HelpName = "N" }, 1);
        Option<string> outFolder = new("--out")
        {
            Description = "Folder: journal, raw frames and files go below it. A journal that is there is continued.",
            DefaultValueFactory = static _ => "data",
            HelpName = "DIR",
        };
        Option<string?> duration = DurationText.Option("--duration", "End by itself after this time; without it at Ctrl-C or SIGTERM.");
        Option<string?> interval = DurationText.Option("--interval", "Poll the book by REST at this interval instead, into NDJSON; no journal.");
        Option<int?> maxSnapshots = CommonOptions.NotBelow(new Option<int?>("--max-snapshots") { Description = "End after so many polls of each symbol.", HelpName = "N" }, 1);
        Option<string[]> views = new("--view") { Description = "Files to write beside the journal while it grows: jsonl (hourly), ndjson.", HelpName = "FORMAT[,FORMAT]" };
        Option<string> every = new("--every")
        {
            Description = "Cadence of those files: an interval (500ms, 2s, 1m), or: message.",
            DefaultValueFactory = static _ => ViewCadence.Default.ToString(),
            HelpName = "T",
        };
        Option<int?> levels = CommonOptions.Levels();
        Option<bool> raw = new("--raw") { Description = "Keep the frames as they came, one file a connection." };
        Option<bool> testnet = new("--testnet") { Description = "The venue's test network." };
        Option<string?> webSocket = new("--websocket") { Description = "Another address for the WebSocket, for instance ws://127.0.0.1:7001.", HelpName = "URL" };
        Option<string?> rest = new("--rest") { Description = "Another address for REST, for instance http://127.0.0.1:7001.", HelpName = "URL" };
        Option<string?> certificates = new("--trust") { Description = "Further certificates to trust (PEM).", HelpName = "FILE" };
        Option<int?> metricsPort = CommonOptions.NotAbove(CommonOptions.NotBelow(
            new Option<int?>("--metrics-port") { Description = "Serve /metrics, /health and /status there, on loopback; 0 = any free port.", HelpName = "PORT" }, 0), ushort.MaxValue);
        Option<string> onMismatch = CommonOptions.OnChecksumMismatch();
        Option<string> durability = CommonOptions.DurabilityName();
        Option<string> layout = CommonOptions.LayoutName();
        Option<string?> wait = new("--wait") { Description = "How the engine waits: park sleeps until a frame comes (usual), yield and spin burn a core for less latency.", HelpName = "NAME" };
        wait.AcceptOnlyFromAmong([.. WaitNames.All]);
        Option<string?> pin = CommonOptions.Pin();
        var command = new Command("collect", "Live market data of one venue into a journal: books proven as they come, files beside it if asked for.")
        {
            venue, symbols, channels, depth, outFolder, duration, interval, maxSnapshots, views, every, levels, raw, testnet, webSocket, rest, certificates, metricsPort,
            onMismatch, durability, layout, wait, pin,
        };
        command.Validators.Add(result =>
        {
            if (result.IsGiven(maxSnapshots) && !result.IsGiven(interval))
            {
                result.AddError("--max-snapshots counts polls by REST: say how often with --interval T.");
            }
        });
        return command.WithAction((result, json) =>
        {
            string root = result.GetValue(outFolder)!;
            var feed = new FeedOptions
            {
                Venue = CommonOptions.Parse(result.GetValue(venue)!),
                Symbols = Split(result.GetValue(symbols)),
                Channels = Split(result.GetValue(channels)) is { Count: > 0 } named ? named : null,
                Depth = result.GetValue(depth),
                Testnet = result.GetValue(testnet),
                WebSocket = CommonOptions.ParseUri("--websocket", result.GetValue(webSocket), "ws", "wss"),
                Rest = CommonOptions.ParseUri("--rest", result.GetValue(rest), "http", "https"),
                TrustedCertificates = result.GetValue(certificates),
            };
            TimeSpan? until = result.GetValue(duration) is { } text ? DurationText.Parse(text) : null;
            using var shutdown = new Shutdown();
            if (result.GetValue(interval) is { } pause)
            {
                return RestPolling.Run(feed, root, DurationText.Parse(pause), result.GetValue(maxSnapshots), until, json, shutdown.Token);
            }

            if (!ViewCadence.TryParse(result.GetValue(every)!, out ViewCadence cadence))
            {
                throw new UserErrorException($"--every: '{result.GetValue(every)}' is no interval. Give a whole number with ms, s, m or h, or the word message.") { ExitCode = ExitCode.Usage };
            }

            var configuration = new RunConfiguration
            {
                JournalFolder = Path.Combine(root, "journal"),
                Journal = new JournalOptions { Durability = CommonOptions.ParseDurability(result.GetValue(durability)!) },
                Plan = CommonOptions.ParsePlan(result.GetValue(layout)!, result.GetValue(wait) ?? WaitKind.Park.ToName(), result.GetValue(pin)),
                OnChecksumMismatch = result.GetValue(onMismatch) == "warn" ? MismatchPolicy.Warn : MismatchPolicy.Resync,
                RawFolder = result.GetValue(raw) ? Path.Combine(root, "raw") : null,
                Views = [.. Split(result.GetValue(views)).Select(name => new RunConfiguration.LiveView(ParseView(name), Path.Combine(root, "views", name), cadence, result.GetValue(levels)))],
                MetricsPort = result.GetValue(metricsPort),
                Feeds = [feed],
            };
            return LiveVerbs.Run(configuration, until, json, shutdown.Token);
        });
    }

    private static List<string> Split(string[]? texts) =>
        [.. (texts ?? []).SelectMany(static text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    private static ViewFormat ParseView(string name) =>
        ViewFormatNames.TryParse(name, out ViewFormat format) && format is ViewFormat.Jsonl or ViewFormat.Ndjson
            ? format
            : throw new UserErrorException($"--view: '{name}' cannot be written beside a growing journal. Allowed: jsonl, ndjson; lob convert makes the others.") { ExitCode = ExitCode.Usage };
}
