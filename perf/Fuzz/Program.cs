using System.Globalization;
using System.Text;
using Lob.Fast.Engine.Records;
using Lob.Fast.Fuzz;

// dotnet run -c Release --project perf/Fuzz -- --frames 5000000 --seed 1 [--venue V] [--save FOLDER] [--committed]
const int OpeningMax = 400;
const int ExitDifference = 1;
const int ExitUsage = 2;
const int ExitHang = 3;
TimeSpan hangAfter = TimeSpan.FromSeconds(10);

long frames = 100_000;
int seed = 1;
string? venueName = null;
bool committedOnly = false;
string? folder = null;
for (int at = 0; at < args.Length; at++)
{
    string value = at + 1 < args.Length ? args[at + 1] : "";
    bool good = args[at] switch
    {
        "--frames" => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out frames),
        "--seed" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out seed),
        "--venue" => VenueNames.TryParse(venueName = value, out _),
        "--save" => (folder = value).Length > 0,
        "--committed" => committedOnly = true,
        _ => false,
    };
    if (!good)
    {
        Console.Error.WriteLine($"""
            what is "{args[at]} {value}"?
              --frames N      damaged frames, over all venues
              --seed N        the same seed makes the same frames
              --venue V       only this one, or those whose names begin so: {string.Join(", ", VenueNames.All)}
              --save FOLDER   writes the shortest example of each difference that is not listed
              --committed     uses the recordings of the repository only
            """);
        return ExitUsage;
    }

    at += args[at] == "--committed" ? 0 : 1;
}

FuzzSource[] wanted = [.. FuzzSource.All.Where(source => FuzzVenues.Supported.Contains(source.Venue)
    && (venueName is null || source.Venue.ToName().StartsWith(venueName, StringComparison.Ordinal)))];
FramePool[] pools = [.. wanted.Select(source => FramePool.Load(source, OpeningMax, committedOnly)).OfType<FramePool>()];
if (pools.Length == 0 || FuzzFiles.Root is null)
{
    Console.Error.WriteLine("no recordings: run this inside the repository");
    return ExitUsage;
}

var report = new FuzzReport(KnownDifference.Read(Path.Combine(FuzzFiles.Root, "docs", "FUZZING.md")));
FuzzRun? current = null;
using var watchdog = new System.Threading.Timer(
    _ =>
    {
        if (Volatile.Read(ref current)?.AtHand is { } atHand && atHand.Since > hangAfter)
        {
            Console.Error.WriteLine(
                $"hang: {atHand.Since.TotalSeconds:F0} s at a frame of {atHand.Frame.Length} bytes: {Encoding.UTF8.GetString(atHand.Frame)}");
            Environment.Exit(ExitHang);
        }
    },
    null,
    TimeSpan.FromSeconds(1),
    TimeSpan.FromSeconds(1));

// Every venue gets the same share, and of it every source of the venue; rounded up, so that at least as many are played as were asked for.
Venue[] venues = [.. pools.Select(static pool => pool.Source.Venue).Distinct()];
for (int i = 0; i < pools.Length; i++)
{
    FramePool pool = pools[i];
    long parts = (long)venues.Length * pools.Count(other => other.Source.Venue == pool.Source.Venue);
    long share = (frames + parts - 1) / parts;
    Console.Error.WriteLine(
        $"{pool.Source.Venue.ToName()} {pool.Source.Recording}: {share} damaged frames from {pool.Forms} forms, books live after {pool.LiveAfter}, seed {seed}");
    var run = new FuzzRun(pool, report, (seed * 1000) + i);
    Volatile.Write(ref current, run);
    run.Play(share);
}

Console.WriteLine(report.Text());
if (folder is not null)
{
    report.Save(folder);
}

return report.Unlisted > 0 ? ExitDifference : 0;
