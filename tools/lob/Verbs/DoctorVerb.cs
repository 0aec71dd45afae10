using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Lob.Fast.Cli.Live;
using Lob.Fast.Cli.Output;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Threads;
using Lob.Fast.Journal;
using Lob.Fast.Venues;
using Lob.Fast.Venues.Rest;

namespace Lob.Fast.Cli.Verbs;

/// <summary><c>doctor</c>: whether this machine can do the work, and which venues it reaches.</summary>
internal static class DoctorVerb
{
    private const long ClockSkewMaxNs = 1_000_000_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        Option<string> folder = new("--out") { Description = "Folder that journals would go to.", DefaultValueFactory = static _ => ".", HelpName = "DIR" };
        Option<int> port = CommonOptions.NotAbove(CommonOptions.NotBelow(
            new Option<int>("--metrics-port") { Description = "Port that metrics would be served on.", DefaultValueFactory = static _ => 9464, HelpName = "PORT" }, 1), ushort.MaxValue);
        Option<string?> venue = CommonOptions.VenueName(required: false);
        Option<string?> rest = new("--rest") { Description = "Another address of that venue.", HelpName = "URL" };
        var command = new Command("doctor", "Clock, disk, ports, processor, and which venues can be reached.") { folder, port, venue, rest };
        return command.WithAction((result, json) =>
        {
            Venue[] venues = result.GetValue(venue) is { } name
                ? [CommonOptions.Parse(name)]
                : [.. VenueNames.All.Select(CommonOptions.Parse)];
            Uri? address = CommonOptions.ParseUri("--rest", result.GetValue(rest), "http", "https");
            List<Finding> findings =
            [
                Processor(),
                Cores(),
                Disk(result.GetValue(folder)!),
                PortOf(result.GetValue(port)),
                .. Task.WhenAll(venues.Select(each => ReachAsync(each, address))).GetAwaiter().GetResult(),
            ];
            if (json)
            {
                JsonOutput.Write(writer =>
                {
                    writer.WriteBoolean("ok", findings.TrueForAll(static finding => finding.Verdict != Verdict.Bad));
                    writer.WriteStartArray("findings");
                    foreach (Finding finding in findings)
                    {
                        writer.WriteStartObject();
                        writer.WriteString("what", finding.What);
                        writer.WriteString("verdict", finding.Verdict.ToString().ToLowerInvariant());
                        writer.WriteString("text", finding.Text);
                        writer.WriteEndObject();
                    }

                    writer.WriteEndArray();
                });
            }
            else
            {
                var table = new Table("what", "verdict", "found");
                findings.ForEach(finding => table.Add(finding.What, finding.Verdict.ToString().ToLowerInvariant(), finding.Text));
                table.Write();
            }

            // A venue that cannot be reached is bad only where it was asked for.
            bool asked = result.GetValue(venue) != null;
            return findings.Exists(finding => finding.Verdict == Verdict.Bad || (asked && finding.Verdict == Verdict.Warning && finding.IsVenue)) ? ExitCode.Failed : ExitCode.Ok;
        });
    }

    private static Finding Processor() =>
        BuildInfo.Warning is { } warning ? new("processor", Verdict.Warning, warning) : new("processor", Verdict.Good, "compiled for what this machine has");

    private static Finding Cores()
    {
        LayoutPlan plan = LayoutPlan.Choose(null, Engine.Rings.WaitKind.Park, null);
        return new("cores", Verdict.Good, $"{CoreAffinity.Usable().Length} usable: layout {plan.Layout}");
    }

    private static Finding Disk(string folder)
    {
        try
        {
            string full = Path.GetFullPath(folder);
            while (!Directory.Exists(full))
            {
                full = Path.GetDirectoryName(full)!;
            }

            long free = new DriveInfo(full).AvailableFreeSpace;
            return new("disk", free < 2 * JournalOptions.FreeDiskFloorBytesDefault ? Verdict.Bad : Verdict.Good, $"{full}: {free >> 30} GiB free");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new("disk", Verdict.Bad, $"{folder}: {error.Message}");
        }
    }

    private static Finding PortOf(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return new("port", Verdict.Good, $"{port} on loopback is free");
        }
        catch (SocketException error)
        {
            return new("port", Verdict.Warning, $"{port} on loopback: {error.Message}; name another with --metrics-port");
        }
    }

    private static async Task<Finding> ReachAsync(Venue venue, Uri? address)
    {
        try
        {
            using VenueRest rest = RestVerbs.Create(new FeedOptions { Venue = venue, Symbols = [], Rest = address, Limits = new FeedLimits { ConnectTimeout = Patience } });
            WallClock clock = new();
            using var patience = new CancellationTokenSource(Patience);
            long start = Stopwatch.GetTimestamp();
            long sentNs = clock.NowNs;
            long theirsNs = await rest.ServerTimeNsAsync(patience.Token);
            TimeSpan roundTrip = Stopwatch.GetElapsedTime(start);

            // Their clock was read somewhere between asking and the answer.
            long skewNs = theirsNs - (sentNs + (roundTrip.Ticks * TimeSpan.NanosecondsPerTick / 2));
            string text = string.Create(CultureInfo.InvariantCulture, $"answers in {roundTrip.TotalMilliseconds:F0} ms; its clock is {skewNs / 1e6:F0} ms ahead of ours");
            return new(venue.ToName(), Math.Abs(skewNs) > ClockSkewMaxNs ? Verdict.Warning : Verdict.Good, text) { IsVenue = true };
        }
        catch (Exception error) when (error is FeedException or UserErrorException or OperationCanceledException)
        {
            string why = error is OperationCanceledException ? $"no answer within {Patience.TotalSeconds} s" : error.Message;
            return new(venue.ToName(), Verdict.Warning, $"cannot be reached: {why}") { IsVenue = true };
        }
    }

    private enum Verdict
    {
        Good,
        Warning,
        Bad,
    }

    private sealed record Finding(string What, Verdict Verdict, string Text)
    {
        public bool IsVenue { get; init; }
    }
}
