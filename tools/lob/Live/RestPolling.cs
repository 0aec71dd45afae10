using System.Globalization;
using System.Text.Json;
using Lob.Fast.Cli.Output;
using Lob.Fast.Engine.Records;
using Lob.Fast.Venues;
using Lob.Fast.Venues.Rest;

namespace Lob.Fast.Cli.Live;

/// <summary>
/// Books polled by REST, a line each: <c>{"ts":ms,"symbol":"…","bids":[[price,size],…],"asks":[…]}</c>, best first, the numbers as the venue wrote them, one file a symbol.
/// Times are the venue's, or those of arrival where it says none. A poll that fails is told and counted, and the next one comes.
/// </summary>
internal static class RestPolling
{
    public static int Run(FeedOptions options, string folder, TimeSpan interval, int? snapshotsMax, TimeSpan? duration, bool json, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        if (duration is { } time)
        {
            ending.CancelAfter(time);
        }

        (long written, long failed) = RunAsync(options, folder, interval, snapshotsMax, ending.Token).GetAwaiter().GetResult();
        if (json)
        {
            JsonOutput.Write(writer =>
            {
                writer.WriteString("venue", options.Venue.ToName());
                writer.WriteString("out", folder);
                writer.WriteNumber("snapshots", written);
                writer.WriteNumber("failed", failed);
            });
        }
        else
        {
            Console.Error.WriteLine($"{written:N0} snapshots in {folder}, {failed:N0} polls failed");
        }

        return written > 0 ? ExitCode.Ok : ExitCode.Failed;
    }

    private static async Task<(long Written, long Failed)> RunAsync(FeedOptions options, string folder, TimeSpan interval, int? snapshotsMax, CancellationToken stop)
    {
        using VenueRest rest = RestVerbs.Create(options);
        _ = Directory.CreateDirectory(folder);
        var files = options.Symbols.ToDictionary(
            static symbol => symbol,
            symbol => new FileStream(Path.Combine(folder, $"{FileNameOf(symbol)}.ndjson"), FileMode.Append, FileAccess.Write, FileShare.Read));
        long written = 0;
        long failed = 0;
        using var timer = new PeriodicTimer(interval);
        try
        {
            for (int poll = 1; ; poll++)
            {
                foreach ((string symbol, FileStream file) in files)
                {
                    try
                    {
                        Write(file, await rest.BookAsync(symbol, options.Depth, stop));
                        written++;
                    }
                    catch (FeedException error)
                    {
                        failed++;
                        Console.Error.WriteLine(error.Message);
                        if (written == 0 && failed >= files.Count)
                        {
                            return (written, failed);
                        }
                    }
                }

                if (poll == snapshotsMax || !await timer.WaitForNextTickAsync(stop))
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The time is over, or the end was asked for.
        }
        finally
        {
            foreach (FileStream file in files.Values)
            {
                await file.DisposeAsync();
            }
        }

        return (written, failed);
    }

    private static void Write(FileStream file, RestBook book)
    {
        // A whole line at once, so that a reader never sees half of one.
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteNumber("ts", (book.TimeNs ?? book.ReceivedAtNs) / 1_000_000);
            json.WriteString("symbol", book.Symbol);
            WriteSide(json, "bids", book.Bids);
            WriteSide(json, "asks", book.Asks);
            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        file.Write(line.GetBuffer().AsSpan(0, (int)line.Length));
        file.Flush();
    }

    private static void WriteSide(Utf8JsonWriter json, string name, IReadOnlyList<RestLevel> levels)
    {
        json.WriteStartArray(name);
        foreach (RestLevel level in levels)
        {
            json.WriteStartArray();
            json.WriteRawValue(level.Price);
            json.WriteRawValue(level.Quantity);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static string FileNameOf(string symbol) =>
        string.Concat(symbol.Select(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter.ToString(CultureInfo.InvariantCulture) : "_"));
}
