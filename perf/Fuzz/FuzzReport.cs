using System.Text;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Fuzz;

/// <summary>Counts by venue, and one example of each kind of difference.</summary>
public sealed class FuzzReport(IReadOnlyList<KnownDifference> known)
{
    private const int ExampleBytes = 400;

    private readonly Dictionary<(Venue Venue, string Engine, string Schema, string Kind), (long Count, Difference Example)> _unlisted = [];
    private readonly Dictionary<(Venue Venue, KnownDifference Known), (long Count, Difference Example)> _listed = [];

    /// <summary>By venue.</summary>
    public SortedDictionary<Venue, FuzzCounts> Venues { get; } = [];

    /// <summary>Differences that are not listed.</summary>
    public long Unlisted => Venues.Values.Sum(static counts => counts.Unlisted);

    /// <summary>Frames so far.</summary>
    public long Frames => Venues.Values.Sum(static counts => counts.Frames);

    /// <summary>The counts of a venue.</summary>
    public FuzzCounts Of(Venue venue)
    {
        if (!Venues.TryGetValue(venue, out FuzzCounts? counts))
        {
            Venues[venue] = counts = new FuzzCounts();
        }

        return counts;
    }

    /// <summary>Takes a difference. True = it is listed.</summary>
    public bool Add(Difference difference)
    {
        FuzzCounts counts = Of(difference.Venue);
        if (known.FirstOrDefault(one => one.Covers(difference)) is { } listed)
        {
            counts.Listed++;
            Count(_listed, (difference.Venue, listed), difference);
            return true;
        }

        counts.Unlisted++;
        Count(_unlisted, (difference.Venue, difference.Engine, difference.Schema, KindOf(difference.Detail)), difference);
        return false;
    }

    /// <summary>The report as text.</summary>
    public string Text()
    {
        StringBuilder text = new();
        foreach ((Venue venue, FuzzCounts counts) in Venues)
        {
            Line(text, $"{venue.ToName()}: {counts.Frames} frames ({counts.Mutated} damaged), {counts.Accepted} accepted, {counts.Control} control, "
                + $"{counts.Unknown} unknown, {counts.RejectedAll} rejected; live books broken by a rejected frame {counts.Broken}; differences {counts.Listed} listed, {counts.Unlisted} not listed; "
                + $"{counts.Frames * 1e9 / Math.Max(1, counts.ElapsedNs):F0} frames/s, slowest {counts.Slowest.Ns / 1e6:F2} ms ({counts.Slowest.Bytes} bytes)");
            Line(text, "  rejected: " + string.Join(", ", counts.Rejected.Select(static pair => $"{pair.Key} {pair.Value}")));
        }

        foreach (((Venue venue, KnownDifference one), (long count, Difference example)) in _listed.OrderBy(static pair => (pair.Key.Venue, -pair.Value.Count)))
        {
            Line(text, $"listed: {venue.ToName()}: engine {one.Engine}, schema {one.Schema} ({one.Detail}): {count}, for example {Show(example)}");
        }

        foreach (((Venue venue, string engine, string schema, string kind), (long count, Difference example)) in
            _unlisted.OrderByDescending(static pair => pair.Value.Count))
        {
            Line(text, $"NOT LISTED: {venue.ToName()}: engine {engine}, schema {schema} ({kind}): {count}, for example: {example.Detail}\n    {Show(example)}");
        }

        return text.ToString();
    }

    /// <summary>Writes the shortest frame of each difference that is not listed into a folder.</summary>
    public void Save(string folder)
    {
        Directory.CreateDirectory(folder);
        int number = 0;
        foreach ((_, Difference example) in _unlisted.Values)
        {
            File.WriteAllBytes(Path.Combine(folder, $"{++number}-{example.Venue.ToName()}-{example.Engine.Replace(' ', '-')}.frame"), example.Frame);
        }
    }

    // The same objection at another byte of another value is the same kind.
    private static string KindOf(string detail)
    {
        int at = detail.IndexOf(" at byte", StringComparison.Ordinal);
        return at < 0 ? detail.Split('\n')[0] : detail[..at];
    }

    private static void Count<TKey>(Dictionary<TKey, (long Count, Difference Example)> counts, TKey key, Difference difference)
        where TKey : notnull
    {
        // The shortest example is the plainest.
        (long count, Difference example) = counts.TryGetValue(key, out (long Count, Difference Example) found) ? found : (0, difference);
        counts[key] = (count + 1, difference.Frame.Length < example.Frame.Length ? difference : example);
    }

    private static void Line(StringBuilder text, string line) => text.AppendLine(line);

    private static string Show(Difference difference) =>
        $"{difference.Mutation}: {Encoding.UTF8.GetString(difference.Frame.AsSpan(0, Math.Min(difference.Frame.Length, ExampleBytes)))}";
}
