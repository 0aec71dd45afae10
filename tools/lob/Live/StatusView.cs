using System.Globalization;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Views;
using Lob.Fast.Venues;
using Lob.Fast.Venues.Live;
using Spectre.Console;

namespace Lob.Fast.Cli.Live;

/// <summary>The engine's status while it runs: a table that is drawn anew each second, or, where stderr is no terminal, one line every ten seconds.</summary>
internal sealed class StatusView : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private const int SecondsBetweenLines = 10;

    private readonly Func<LiveStatus> _status;
    private readonly WallClock _clock;
    private readonly LiveViews[] _views;
    private readonly CancellationTokenSource _ending = new();
    private readonly Dictionary<(Venue, string, string), long> _lastMessages = [];
    private readonly long _startNs;
    private readonly Task _drawing;

    private StatusView(Func<LiveStatus> status, WallClock clock, LiveViews[] views)
    {
        _status = status;
        _clock = clock;
        _views = views;
        _startNs = clock.NowNs;
        _drawing = Task.Run(IsPossible ? DrawAsync : WriteLinesAsync);
    }

    /// <summary>Whether there is a terminal to draw on.</summary>
    public static bool IsPossible => !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is { Length: > 0 } and not "dumb";

    public static StatusView Start(Func<LiveStatus> status, WallClock clock, LiveViews[] views) => new(status, clock, views);

    public void Dispose()
    {
        _ending.Cancel();
        _drawing.GetAwaiter().GetResult();
        _ending.Dispose();
    }

    private async Task DrawAsync()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        await console.Live(Draw(_status())).StartAsync(async context =>
        {
            while (await NextAsync())
            {
                context.UpdateTarget(Draw(_status()));
                context.Refresh();
            }
        });
    }

    private async Task WriteLinesAsync()
    {
        for (int second = 1; await NextAsync(); second++)
        {
            if (second % SecondsBetweenLines == 0)
            {
                Console.Error.WriteLine(Line(_status()));
            }
        }
    }

    private async Task<bool> NextAsync()
    {
        try
        {
            await Task.Delay(Interval, _ending.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private string Line(LiveStatus status)
    {
        int live = status.Books.Count(static book => book.State == BookState.Live);
        int up = status.Connections.Count(static connection => connection.Phase == ConnectionPhase.Running);
        return $"{Elapsed()}: {status.Input.Frames:N0} frames, {up} of {status.Connections.Count} connections, {live} of {status.Books.Count} books live, "
            + $"gaps {status.Books.Sum(static book => book.Totals.Gaps)}, rejected {status.Input.Rejected}, {LatencyOf(status)}, {MemoryOf()}{ViewsOf()}";
    }

    private Spectre.Console.Table Draw(LiveStatus status)
    {
        var table = new Spectre.Console.Table { Border = TableBorder.Simple, Title = new TableTitle(Markup.Escape(Line(status))) };
        foreach (string head in (string[])["venue", "symbol", "channel", "state", "evidence", "msg/s", "best bid", "best ask", "gaps", "resyncs", "checksums"])
        {
            _ = table.AddColumn(head);
        }

        foreach (BookFigures book in status.Books)
        {
            (Venue, string, string) key = (book.Venue, book.Symbol, book.Channel);
            long rate = book.Totals.Messages - _lastMessages.GetValueOrDefault(key, book.Totals.Messages);
            _lastMessages[key] = book.Totals.Messages;
            string color = book.State == BookState.Live ? "green" : book.State == BookState.Broken ? "red" : "yellow";
            _ = table.AddRow(
                book.Venue.ToName(), Markup.Escape(book.Symbol), Markup.Escape(book.Channel), $"[{color}]{book.State}[/]", book.Evidence.ToString(),
                Number(rate), PriceOf(book, book.BestBid), PriceOf(book, book.BestAsk), Number(book.Totals.Gaps), Number(book.Totals.Resyncs),
                book.Totals.ChecksumMatches + book.Totals.ChecksumMismatches == 0 ? "-" : $"{Number(book.Totals.ChecksumMatches)}/{Number(book.Totals.ChecksumMismatches)}");
        }

        foreach (ConnectionStatus connection in status.Connections.Where(static connection => connection.Phase != ConnectionPhase.Running || connection.LastFault != null))
        {
            table.Caption = new TableTitle(Markup.Escape($"{connection.Name}: {connection.Phase}, {connection.LastFault ?? "no fault"}"));
        }

        return table;
    }

    private string Elapsed() => TimeSpan.FromSeconds((_clock.NowNs - _startNs) / 1_000_000_000).ToString("c", CultureInfo.InvariantCulture);

    private string ViewsOf() => _views.Length == 0 ? "" : $", {_views.Sum(static view => view.Status.Rows):N0} rows in files";

    private static string LatencyOf(LiveStatus status) =>
        $"socket to journal p50 {Micro(status.Latency.Percentile(0.5))} p99 {Micro(status.Latency.Percentile(0.99))} p99.9 {Micro(status.Latency.Percentile(0.999))} us";

    private static string MemoryOf() => $"{Environment.WorkingSet >> 20} MiB";

    private static string Micro(long ns) => (ns / 1000.0).ToString("F1", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string PriceOf(in BookFigures book, in Engine.Books.BookLevel level) =>
        level.QuantityLots == 0 ? "-" : DecimalText.FormatShort(level.PriceTicks, book.PriceDecimals);
}
