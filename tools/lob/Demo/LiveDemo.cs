using System.Text.Json;
using Lob.Fast.Cli.Live;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Rings;
using Lob.Fast.Engine.Threads;
using Lob.Fast.Journal.Books;
using Lob.Fast.Journal.Reading;
using Lob.Fast.Journal.Reruns;
using Lob.Fast.Journal.Verification;
using Lob.Fast.Journal.Views;
using Lob.Fast.Venues;
using Lob.Fast.Venues.Live;
using Lob.Fast.VenueSim;

namespace Lob.Fast.Cli.Demo;

/// <summary>
/// The live part of the demo: the local exchange plays synthetic markets of five venues over real sockets, the engine collects them into one journal and hourly files, and
/// everything is then checked, the books against what the exchange says it has sent.
/// </summary>
internal sealed class LiveDemo
{
    private static readonly (Venue Venue, string[] Channels)[] Venues =
    [
        (Venue.BybitLinear, ["orderbook.50", "publicTrade"]),
        (Venue.BinanceUsdM, ["depth@100ms", "bookTicker"]),
        (Venue.Okx, ["books"]),
        (Venue.Bitfinex, []),
        (Venue.Coinbase, ["level2_batch"]),
    ];

    private const int SymbolsPerVenue = 2;
    private const int LevelsInFiles = 25;

    private LiveDemo(string folder) => Folder = folder;

    /// <summary>Where everything is.</summary>
    public string Folder { get; }

    public string Journal => Path.Combine(Folder, "journal");

    public string Views => Path.Combine(Folder, "views");

    public required LiveStatus Status { get; init; }

    /// <summary>Books whose digest is the exchange's own after the same message.</summary>
    public required int EqualBooks { get; init; }

    public required VerifyReport Verified { get; init; }

    public required SealVerification Seals { get; init; }

    public required RerunResult Rerun { get; init; }

    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Everything that the demo claims.</summary>
    public bool IsGood =>
        Status.Books.Count == Venues.Length * SymbolsPerVenue
        && Status.Books.All(static book => book.State == BookState.Live && book.Totals.Gaps == 0)
        && EqualBooks == Status.Books.Count
        && Status.Input.Rejected == 0
        && Verified.IsSound && Seals.Difference == null && Rerun.Difference == null
        && Files.Count > 0;

    public static async Task<LiveDemo> RunAsync(string folder, TimeSpan duration, bool isQuiet, CancellationToken stop)
    {
        string[] names = [.. Venues.Select(static venue => venue.Venue.ToName())];
        await using LocalExchange exchange = await LocalExchange.StartAsync(new LocalExchangeOptions { Venues = names }, stop);
        IReadOnlyList<VenueStatus> offered = exchange.Status.Venues;
        var configuration = new RunConfiguration
        {
            JournalFolder = Path.Combine(folder, "journal"),
            Plan = LayoutPlan.Choose(null, WaitKind.Park, null),
            Views = [new RunConfiguration.LiveView(ViewFormat.Jsonl, Path.Combine(folder, "views"), ViewCadence.Default, LevelsInFiles)],
            Feeds =
            [
                .. Venues.Select(venue => new FeedOptions
                {
                    Venue = venue.Venue,
                    Symbols = [.. offered.Single(status => status.Venue == venue.Venue.ToName()).Symbols.Take(SymbolsPerVenue)],
                    Channels = venue.Channels.Length > 0 ? venue.Channels : null,
                    WebSocket = exchange.Endpoints[venue.Venue.ToName()].WebSocket,
                    Rest = exchange.Endpoints[venue.Venue.ToName()].Rest,
                }),
            ],
        };
        LiveStatus status = await LiveRun.RunAsync(configuration, duration, isQuiet, stop);
        using JournalReader reader = JournalReader.Open(configuration.JournalFolder);
        return new LiveDemo(folder)
        {
            Status = status,
            EqualBooks = status.Books.Count(book => IsEqual(exchange, book)),
            Verified = JournalVerifier.Run(configuration.JournalFolder),
            Seals = SealVerifier.Verify(reader),
            Rerun = JournalRerun.Run(reader),
            Files = [.. Directory.EnumerateFiles(configuration.Views[0].OutFolder, "*.jsonl", SearchOption.AllDirectories).Order(StringComparer.Ordinal)],
        };
    }

    public void WriteText()
    {
        Console.Error.WriteLine(
            $"live: {Status.Input.Frames:N0} frames of {Venues.Length} exchanges over WebSockets; {Status.Books.Count(static book => book.State == BookState.Live)} of {Status.Books.Count} books live, "
            + $"{EqualBooks} equal to what the exchange sent, by digest; gaps {Status.Books.Sum(static book => book.Totals.Gaps)}");
        Console.Error.WriteLine(
            $"verified: {Verified.Blocks} blocks, {Seals.Seals} seals, {Seals.ChainLinks} links of the hash chain; {Verified.FirstDamage?.ToString() ?? Seals.Difference ?? "no difference"}; "
            + $"rerun: {Rerun.InputRecords:N0} inputs, {Rerun.DerivedRecords:N0} derived records, {Rerun.Difference ?? "no difference"}");
        Console.Error.WriteLine($"files: {Files.Count}, for instance {(Files.Count > 0 ? Files[0] : "none")}");
        Console.Error.WriteLine();
    }

    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteBoolean("ok", IsGood);
        json.WriteString("journal", Journal);
        json.WriteNumber("equal_to_exchange", EqualBooks);
        json.WriteString("verify_difference", Verified.FirstDamage?.ToString() ?? Seals.Difference);
        json.WriteString("rerun_difference", Rerun.Difference);
        json.WriteNumber("files", Files.Count);
        LiveJson.Write(json, Status);
    }

    /// <summary>Where the venue's messages carry no number, the exchange counts them as we do.</summary>
    private static bool IsEqual(LocalExchange exchange, BookFigures book)
    {
        long number = book.LastSequence == Sequence.None ? book.Totals.Messages : book.LastSequence;
        return exchange.Truth(book.Venue.ToName(), book.Channel, book.Symbol, number)?.Digest.ToString("x32", null) == book.Digest.ToString();
    }
}
