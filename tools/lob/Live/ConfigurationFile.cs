using System.Text.Json;
using Lob.Fast.Cli.Output;
using Lob.Fast.Cli.Verbs;
using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Rings;
using Lob.Fast.Engine.Threads;
using Lob.Fast.Journal;
using Lob.Fast.Journal.Format;
using Lob.Fast.Journal.Views;
using Lob.Fast.Venues;

namespace Lob.Fast.Cli.Live;

/// <summary>Reads the configuration of <c>lob run</c>; its schema is docs/run.schema.json. Folders in it are relative to where the program runs.</summary>
internal static class ConfigurationFile
{
    private const int MebibytesMax = 1 << 30;

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads a file.</summary>
    /// <exception cref="UserErrorException">It is not there, is no JSON, or a value cannot be: the message says where, what was expected and what was found.</exception>
    public static RunConfiguration Read(string file)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{file}: the configuration cannot be read: {error.Message}");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes, Lenient);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(new ConfigurationNode(file, "", document.RootElement), file)
                : throw new UserErrorException($"{file}: expected an object, found {document.RootElement.ValueKind}.") { ExitCode = ExitCode.Usage };
        }
        catch (JsonException error)
        {
            throw new UserErrorException($"{file}: no JSON at line {error.LineNumber + 1}, byte {error.BytePositionInLine}: {error.Message}") { ExitCode = ExitCode.Usage };
        }
    }

    private static RunConfiguration Read(ConfigurationNode root, string file)
    {
        string journal = root.RequiredText("journal");
        string durabilityName = root.Text("durability") ?? DurabilityNames.All.First();
        if (!DurabilityNames.TryParse(durabilityName, out Durability durability))
        {
            throw root.Fault("durability", $"'{durabilityName}' is none. Allowed: {string.Join(", ", DurabilityNames.All)}");
        }

        string mismatch = root.Text("on_checksum_mismatch") ?? "resync";
        if (mismatch is not ("resync" or "warn"))
        {
            throw root.Fault("on_checksum_mismatch", $"'{mismatch}' is none. Allowed: resync, warn");
        }

        var configuration = new RunConfiguration
        {
            JournalFolder = journal,
            Journal = new JournalOptions
            {
                Durability = durability,
                SegmentRecords = (int)(root.Number("segment_records", JournalOptions.SegmentRecordsMin, SegmentLayout.CapacityMax) ?? JournalOptions.SegmentRecordsDefault),
                FreeDiskFloorBytes = root.Number("free_disk_floor_mib", 0, MebibytesMax) is { } floor ? floor << 20 : JournalOptions.FreeDiskFloorBytesDefault,
            },
            Plan = ReadPlan(root),
            OnChecksumMismatch = mismatch == "warn" ? MismatchPolicy.Warn : MismatchPolicy.Resync,
            RawFolder = root.Text("raw"),
            MetricsPort = (int?)root.Number("metrics_port", 0, ushort.MaxValue),
            MetricsAddress = ReadAddress(root),
            Views = [.. root.Nodes("views").Select(ReadView)],
            Feeds = [.. root.Nodes("venues").Select(ReadFeed)],
        };
        root.Done();
        if (configuration.Views.GroupBy(static view => Path.GetFullPath(view.OutFolder)).FirstOrDefault(static group => group.Count() > 1) is { } shared)
        {
            throw root.Fault("views", $"{shared.Key} is named twice: each kind of file needs a folder of its own");
        }

        if (configuration.Feeds.Count == 0)
        {
            throw root.Fault("venues", "expected at least one");
        }

        return configuration.Feeds.GroupBy(static feed => feed.Venue).FirstOrDefault(static group => group.Count() > 1) is { } twice
            ? throw root.Fault("venues", $"{twice.Key.ToName()} is named twice in {Path.GetFileName(file)}: put all its symbols into one")
            : configuration;
    }

    private static LayoutPlan ReadPlan(ConfigurationNode root)
    {
        string layout = root.Text("layout") ?? LayoutNames.Auto;
        string wait = root.Text("wait") ?? WaitKind.Park.ToName();
        if (!LayoutNames.All.Contains(layout))
        {
            throw root.Fault("layout", $"'{layout}' is none. Allowed: {string.Join(", ", LayoutNames.All)}");
        }

        if (!WaitNames.All.Contains(wait))
        {
            throw root.Fault("wait", $"'{wait}' is none. Allowed: {string.Join(", ", WaitNames.All)}");
        }

        return CommonOptions.ParsePlan(layout, wait, root.Text("pin"));
    }

    private static string ReadAddress(ConfigurationNode root)
    {
        string address = root.Text("metrics_address") ?? "127.0.0.1";
        return System.Net.IPAddress.TryParse(address, out _) ? address : throw root.Fault("metrics_address", $"'{address}' is no IP address");
    }

    private static RunConfiguration.LiveView ReadView(ConfigurationNode node)
    {
        string formatName = node.RequiredText("format");
        if (!ViewFormatNames.TryParse(formatName, out ViewFormat format) || format is not (ViewFormat.Jsonl or ViewFormat.Ndjson))
        {
            throw node.Fault("format", $"'{formatName}' cannot be written beside a growing journal. Allowed: jsonl, ndjson; lob convert makes the others");
        }

        string every = node.Text("every") ?? ViewCadence.Default.ToString();
        if (!ViewCadence.TryParse(every, out ViewCadence cadence))
        {
            throw node.Fault("every", $"'{every}' is no interval. Give a whole number with ms, s, m or h, or: message");
        }

        var view = new RunConfiguration.LiveView(format, node.RequiredText("out"), cadence, (int?)node.Number("levels", 1, L2Book.LevelsMax));
        node.Done();
        return view;
    }

    private static FeedOptions ReadFeed(ConfigurationNode node)
    {
        string name = node.RequiredText("venue");
        if (!VenueNames.TryParse(name, out Venue venue))
        {
            throw node.Fault("venue", $"'{name}' is none. Allowed: {string.Join(", ", VenueNames.All)}");
        }

        var feed = new FeedOptions
        {
            Venue = venue,
            Symbols = node.Texts("symbols") is { Count: > 0 } symbols ? symbols : throw node.Fault("symbols", "expected at least one, in the venue's own words"),
            Channels = node.Texts("channels"),
            Depth = (int?)node.Number("depth", 1, L2Book.LevelsMax),
            Testnet = node.Flag("testnet") ?? false,
            WebSocket = ReadUri(node, "websocket", "ws", "wss"),
            Rest = ReadUri(node, "rest", "http", "https"),
            TrustedCertificates = node.Text("trusted_certificates"),
        };
        node.Done();
        return feed;
    }

    private static Uri? ReadUri(ConfigurationNode node, string key, string plain, string secure)
    {
        if (node.Text(key) is not { } text)
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && (uri.Scheme == plain || uri.Scheme == secure)
            ? uri
            : throw node.Fault(key, $"'{text}' is no address that begins with {plain}:// or {secure}://");
    }
}
