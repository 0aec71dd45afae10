using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Venues.Sessions;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lob.Fast.Venues.Tests.Support;

/// <summary>A feed that runs against a scripted venue until the test is over.</summary>
internal sealed class RunningFeed : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();

    private RunningFeed(IVenueFeed feed, RecordingTargets targets)
    {
        Feed = feed;
        Targets = targets;
        Run = feed.RunAsync(_end.Token);
    }

    public IVenueFeed Feed { get; }

    public RecordingTargets Targets { get; }

    public Task Run { get; }

    /// <summary>Limits that let a test wait for nothing.</summary>
    public static FeedLimits Impatient { get; } = new() { BackOffMin = TimeSpan.FromMilliseconds(10), BackOffMax = TimeSpan.FromMilliseconds(100) };

    public static RunningFeed Start(ScriptedVenue venue, FeedOptions options, TimeProvider? time = null, ICredentialSource? credentials = null)
    {
        RecordingTargets targets = new();
        IVenueFeed feed = VenueFeeds.Create(
            options with { WebSocket = options.WebSocket ?? venue.WebSocket, Rest = options.Rest ?? venue.Rest },
            targets,
            new WallClock(),
            NullLogger.Instance,
            time ?? TimeProvider.System,
            credentials ?? new GivenCredentials());
        return new RunningFeed(feed, targets);
    }

    public static RunningFeed Start(ScriptedVenue venue, Venue of, string[] symbols, string[]? channels = null, FeedLimits? limits = null) =>
        Start(venue, new FeedOptions { Venue = of, Symbols = symbols, Channels = channels, Limits = limits ?? Impatient });

    /// <summary>Waits until it refuses to go on, and says why.</summary>
    public async Task<string> RefusalAsync() => (await Assert.ThrowsAsync<FeedException>(() => Run.WaitAsync(ScriptedVenue.Deadline))).Message;

    /// <summary>Waits until a connection stands so.</summary>
    public async Task UntilAsync(ConnectionPhase phase, int connection = 0)
    {
        using CancellationTokenSource late = new(ScriptedVenue.Deadline);
        while (Feed.Status()[connection].Phase != phase)
        {
            await Task.Delay(5, late.Token);
        }
    }

    /// <summary>Waits until the first connection tells of such a fault.</summary>
    public async Task UntilFaultAsync(string words)
    {
        using CancellationTokenSource late = new(ScriptedVenue.Deadline);
        while (Feed.Status()[0].LastFault?.Contains(words, StringComparison.Ordinal) != true)
        {
            await Task.Delay(5, late.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Run.WaitAsync(ScriptedVenue.Deadline).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }
}
