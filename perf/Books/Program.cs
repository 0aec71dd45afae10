using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Lob.Fast.Engine.Records;
using Lob.Fast.Perf.Books;
using Lob.Fast.Perf.Books.Structures;

// books-bench [--rounds N] [--only NAME] [--json FILE] VENUE:FILE…
int rounds = 9;
string? json = null;
var only = new List<string>();
var recordings = new List<(Venue Venue, string Path)>();
for (int i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--rounds":
            rounds = int.Parse(args[++i], CultureInfo.InvariantCulture);
            break;
        case "--only":
            only.Add(args[++i]);
            break;
        case "--json":
            json = args[++i];
            break;
        default:
            string[] parts = args[i].Split(':', 2);
            if (parts.Length != 2 || !VenueNames.TryParse(parts[0], out Venue venue))
            {
                Console.Error.WriteLine($"books-bench: expected VENUE:FILE, found '{args[i]}'; venues: {string.Join(", ", VenueNames.All)}");
                return 2;
            }

            recordings.Add((venue, parts[1]));
            break;
    }
}

Candidate[] candidates = [.. Candidate.All.Where(candidate => only.Count == 0 || only.Contains(candidate.Name))];
var all = new List<(LevelFeed Feed, OwnBook[] Books, IReadOnlyList<FeedResult> Results)>();
foreach ((Venue venue, string path) in recordings)
{
    LevelFeed feed = LevelFeed.Load(venue, path);
    IReadOnlyList<FeedResult> results = new FeedBench(feed, candidates, rounds).Run();
    OwnBook[] books = Shapes(feed);
    all.Add((feed, books, results));
    Console.WriteLine($"{feed.Name}: {feed.LevelCount:N0} levels in {feed.Messages.Length:N0} messages, {feed.Books} books");
    foreach (OwnBook book in books)
    {
        Console.WriteLine($"  {book.Levels:N0} levels, windows {book.Windows}, {book.ResidentBytes / 1024:N0} KiB resident");
    }

    Console.WriteLine("  structure           ns/level   best  fresh  p99.9 of a message, ns  snapshot ns/level");
    foreach (FeedResult result in results)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {result.Structure,-18} {result.NsPerLevelMedian,9:F1} {result.NsPerLevelBest,6:F1} {result.NsPerLevelFreshMedian,6:F1} {result.MessageNsP999,23:F0} {result.SnapshotNsPerLevel,18:F1}"));
    }
}

if (json != null)
{
    Write(json);
}

return 0;

OwnBook[] Shapes(LevelFeed feed)
{
    OwnBook[] books = [.. Enumerable.Range(0, feed.Books).Select(static _ => new OwnBook())];
    foreach (FeedMessage message in feed.Messages)
    {
        if (message.IsSnapshot)
        {
            books[message.Book].Clear();
        }

        books[message.Book].Apply(feed.LevelsOf(message));
    }

    return books;
}

void Write(string path)
{
    using FileStream file = File.Create(path);
    using var writer = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
    writer.WriteStartObject();
    writer.WriteString("runtime", Environment.Version.ToString());
    writer.WriteBoolean("native", !RuntimeFeature.IsDynamicCodeSupported);
    writer.WriteNumber("rounds", rounds);
    writer.WriteStartArray("recordings");
    foreach ((LevelFeed feed, OwnBook[] books, IReadOnlyList<FeedResult> results) in all)
    {
        writer.WriteStartObject();
        writer.WriteString("name", feed.Name);
        writer.WriteNumber("levels", feed.LevelCount);
        writer.WriteNumber("messages", feed.Messages.Length);
        writer.WriteStartArray("books");
        foreach (OwnBook book in books)
        {
            writer.WriteStartObject();
            writer.WriteNumber("levels_held", book.Levels);
            writer.WriteString("windows", book.Windows);
            writer.WriteNumber("resident_bytes", book.ResidentBytes);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("structures");
        foreach (FeedResult result in results)
        {
            writer.WriteStartObject();
            writer.WriteString("structure", result.Structure);
            writer.WriteNumber("ns_per_level_median", result.NsPerLevelMedian);
            writer.WriteNumber("ns_per_level_best", result.NsPerLevelBest);
            writer.WriteNumber("ns_per_level_fresh_median", result.NsPerLevelFreshMedian);
            writer.WriteNumber("message_ns_p999", result.MessageNsP999);
            writer.WriteNumber("snapshot_ns_per_level", result.SnapshotNsPerLevel);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    writer.WriteEndArray();
    writer.WriteEndObject();
}
