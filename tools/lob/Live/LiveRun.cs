using System.Net;
using Lob.Fast.Cli.Output;
using Lob.Fast.Cli.Replaying;
using Lob.Fast.Codecs;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Views;
using Lob.Fast.Serving;
using Lob.Fast.Venues;
using Lob.Fast.Venues.Live;
using Microsoft.Extensions.Logging;

namespace Lob.Fast.Cli.Live;

/// <summary>
/// A live engine with all that stands around it: feeds, files beside the journal, metrics, log, view in the terminal. Runs until it is asked to end, for a given time, or until
/// something ends it for good; then everything that came is in the journal.
/// </summary>
internal static partial class LiveRun
{
    private static readonly TimeSpan HealthyAge = TimeSpan.FromSeconds(10);

    /// <summary>Runs.</summary>
    /// <param name="configuration">What and where.</param>
    /// <param name="duration">Ends by itself after so long; null = when asked.</param>
    /// <param name="isQuiet">No view: the caller writes to the terminal itself.</param>
    /// <param name="stop">Asks it to end.</param>
    /// <exception cref="UserErrorException">A configuration that cannot work; a venue that refuses for good.</exception>
    public static async Task<LiveStatus> RunAsync(RunConfiguration configuration, TimeSpan? duration, bool isQuiet, CancellationToken stop)
    {
        using ILoggerFactory loggers = Logs.Create(configuration.JournalFolder, isToFile: !isQuiet && StatusView.IsPossible);
        ILogger log = loggers.CreateLogger("lob");
        foreach (string note in configuration.Plan.Notes)
        {
            Note(log, note);
        }

        await using var transitions = new TransitionLog(log);
        WallClock clock = new();
        _ = Directory.CreateDirectory(configuration.JournalFolder);
        using var quarantine = new QuarantineFile(configuration.JournalFolder);
        using LiveEngine engine = new(
            new LiveOptions
            {
                JournalFolder = configuration.JournalFolder,
                Journal = configuration.Journal,
                Plan = configuration.Plan,
                OnChecksumMismatch = configuration.OnChecksumMismatch,
                RawFolder = configuration.RawFolder,
                OnTransition = transitions.Add,
                OnRejected = (string connection, IVenueDecoder decoder, in Frame frame, in DecodeResult result) =>
                {
                    quarantine.Add(connection, frame, result.Reason, result.FaultByte);
                    Rejected(log, RejectionText.Of(connection, frame, result, decoder.MissingFields(), isImport: false));
                },
            },
            clock,
            log);
        List<IVenueFeed> feeds = CreateFeeds(configuration, engine, clock, log);
        engine.Start();
        foreach (Journal.JournalFinding finding in engine.Recovery?.Findings ?? [])
        {
            string found = finding.ToString();
            Recovered(log, found);
        }

        LiveViews[] views = [.. configuration.Views.Select(view => new LiveViews(RequestOf(configuration, view), line => Note(log, line)))];
        Array.ForEach(views, static view => view.Start());
        await using StatusServer? server = await ServeAsync(configuration, engine, clock, log);

        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task[] running = [.. feeds.Select(feed => Task.Run(() => feed.RunAsync(ending.Token), CancellationToken.None))];
        using (StatusView? view = isQuiet ? null : StatusView.Start(engine.Status, clock, views))
        {
            await WaitForEndAsync(running, engine.Ended, duration, ending.Token);
            engine.BeginClosing();
            await ending.CancelAsync();
            await EndAsync(running);
        }

        engine.Stop();
        Array.ForEach(views, static view => view.Stop());
        string? failed = Array.Find(views, static view => view.Status.Failure != null)?.Status.Failure;
        Array.ForEach(views, static view => view.Dispose());
        if (running.FirstOrDefault(static task => task.IsFaulted) is { Exception: { } fault })
        {
            throw new UserErrorException(fault.GetBaseException().Message);
        }

        return failed == null ? engine.Status() : throw new UserErrorException(failed);
    }

    private static List<IVenueFeed> CreateFeeds(RunConfiguration configuration, LiveEngine engine, WallClock clock, ILogger log)
    {
        var feeds = new List<IVenueFeed>();
        try
        {
            foreach (FeedOptions options in configuration.Feeds)
            {
                IVenueFeed feed = VenueFeeds.Create(options, engine, clock, log);
                engine.Attach(options.Venue, feed);
                feeds.Add(feed);
            }
        }
        catch (FeedException error)
        {
            throw new UserErrorException(error.Message) { ExitCode = ExitCode.Usage };
        }

        return feeds;
    }

    private static ViewRequest RequestOf(RunConfiguration configuration, RunConfiguration.LiveView view) => new()
    {
        JournalFolder = configuration.JournalFolder,
        OutFolder = view.OutFolder,
        Format = view.Format,
        Cadence = view.Cadence,
        Levels = view.Levels,
    };

    private static async Task<StatusServer?> ServeAsync(RunConfiguration configuration, LiveEngine engine, WallClock clock, ILogger log)
    {
        if (configuration.MetricsPort is not { } port)
        {
            return null;
        }

        StatusServer server = await StatusServer.StartAsync(
            new IPEndPoint(IPAddress.Parse(configuration.MetricsAddress), port),
            () => MetricsText.Of(engine.Status()),
            () => HealthOf(engine, clock),
            () => LiveJson.Of(engine.Status()));
        string address = server.EndPoint.ToString();
        Serving(log, address);
        return server;
    }

    /// <summary>Null = well. The engine must have looked at its books lately, and every book it has must be live.</summary>
    private static string? HealthOf(LiveEngine engine, WallClock clock)
    {
        LiveStatus status = engine.Status();
        if (engine.Ended.IsCompleted)
        {
            return "the engine has ended";
        }

        if (clock.NowNs - status.AtNs > HealthyAge.Ticks * TimeSpan.NanosecondsPerTick)
        {
            return "no second has passed in the engine lately";
        }

        string[] down = [.. status.Books.Where(static book => book.State != BookState.Live).Select(static book => $"{book.Venue.ToName()} {book.Symbol} {book.Channel} is {book.State}")];
        return down.Length > 0 ? string.Join("; ", down) : status.Books.Count == 0 ? "no book yet" : null;
    }

    private static async Task WaitForEndAsync(Task[] running, Task engineEnded, TimeSpan? duration, CancellationToken stop)
    {
        Task time = Task.Delay(duration ?? Timeout.InfiniteTimeSpan, stop);
        List<Task> open = [.. running];
        while (true)
        {
            Task first = await Task.WhenAny([time, engineEnded, .. open]);
            if (first == time || first == engineEnded || first.IsFaulted)
            {
                return;
            }

            // A feed that returns without a fault was asked to.
            _ = open.Remove(first);
            if (open.Count == 0)
            {
                return;
            }
        }
    }

    private static async Task EndAsync(Task[] running)
    {
        try
        {
            await Task.WhenAll(running);
        }
        catch (Exception error) when (error is FeedException or OperationCanceledException)
        {
            // Asked to end, or told of by the caller, who looks at each task.
        }
    }

    [LoggerMessage(EventId = 111, Level = LogLevel.Information, Message = "{Text}")]
    private static partial void Note(ILogger log, string text);

    [LoggerMessage(EventId = 112, Level = LogLevel.Warning, Message = "recovery: {Text}")]
    private static partial void Recovered(ILogger log, string text);

    [LoggerMessage(EventId = 113, Level = LogLevel.Information, Message = "metrics at http://{Address}/metrics, health at http://{Address}/health")]
    private static partial void Serving(ILogger log, string address);

    [LoggerMessage(EventId = 114, Level = LogLevel.Warning, Message = "rejected: {Text}")]
    private static partial void Rejected(ILogger log, string text);
}
