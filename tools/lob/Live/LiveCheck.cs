using Lob.Fast.Cli.Output;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal;
using Lob.Fast.Venues;
using Lob.Fast.Venues.Live;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lob.Fast.Cli.Live;

/// <summary>A configuration as far as it can be tried without connecting: feeds are made, folders tried, the rest is read already.</summary>
internal static class LiveCheck
{
    /// <summary>What the configuration would do, a line each.</summary>
    /// <exception cref="UserErrorException">It cannot work.</exception>
    public static IReadOnlyList<string> Run(RunConfiguration configuration)
    {
        var lines = new List<string>();
        WallClock clock = new();
        using LiveEngine engine = new(new LiveOptions { Plan = configuration.Plan }, clock, NullLogger.Instance);
        foreach (FeedOptions options in configuration.Feeds)
        {
            try
            {
                IVenueFeed feed = VenueFeeds.Create(options, engine, clock, NullLogger.Instance);
                string connections = string.Join(", ", feed.Status().Select(static status => $"{status.Name} ({status.Streams.Wanted} streams)"));
                lines.Add($"{options.Venue.ToName()}: {string.Join(", ", options.Symbols)} over {connections}");
            }
            catch (FeedException error)
            {
                throw new UserErrorException(error.Message) { ExitCode = ExitCode.Usage };
            }
        }

        foreach (string? folder in (string?[])[configuration.JournalFolder, configuration.RawFolder, .. configuration.Views.Select(static view => view.OutFolder)])
        {
            if (folder != null)
            {
                TryFolder(folder);
            }
        }

        lines.Add($"journal: {configuration.JournalFolder}{(JournalFolder.HasSegments(configuration.JournalFolder) ? ", continued" : ", new")}; layout {configuration.Plan.Layout}, wait {configuration.Plan.Wait}");
        lines.AddRange(configuration.Views.Select(static view => $"files: {view.Format} every {view.Cadence} in {view.OutFolder}"));
        return lines;
    }

    private static void TryFolder(string folder)
    {
        try
        {
            _ = Directory.CreateDirectory(folder);
            string probe = Path.Combine(folder, $".lob-check-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{folder}: nothing can be written there: {error.Message}");
        }
    }
}
