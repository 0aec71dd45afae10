using System.Globalization;
using Lob.Fast.Cli.Output;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;
using Lob.Fast.Venues.Live;

namespace Lob.Fast.Cli.Live;

/// <summary>What the live verbs do with a configuration, and what they say at the end.</summary>
internal static class LiveVerbs
{
    public static int Run(RunConfiguration configuration, TimeSpan? duration, bool json, CancellationToken stop)
    {
        LiveStatus status = LiveRun.RunAsync(configuration, duration, isQuiet: json, stop).GetAwaiter().GetResult();
        if (json)
        {
            JsonOutput.Write(writer =>
            {
                writer.WriteString("journal", configuration.JournalFolder);
                LiveJson.Write(writer, status);
            });
        }
        else
        {
            WriteText(configuration, status);
        }

        return ExitCode.Ok;
    }

    public static void WriteText(RunConfiguration configuration, LiveStatus status)
    {
        Console.Error.WriteLine(
            $"{status.Input.Frames:N0} frames, {status.Input.Bytes:N0} bytes; gaps {status.Books.Sum(static book => book.Totals.Gaps)}, "
            + $"resyncs {status.Books.Sum(static book => book.Totals.Resyncs)}, rejected {status.Input.Rejected}, back-pressure {status.BackPressure}; socket to journal "
            + string.Create(CultureInfo.InvariantCulture, $"p50 {status.Latency.Percentile(0.5) / 1e3:F1} p99 {status.Latency.Percentile(0.99) / 1e3:F1} p99.9 {status.Latency.Percentile(0.999) / 1e3:F1} us"));
        var table = new Table("venue", "symbol", "channel", "state", "evidence", "bids", "asks", "best bid", "best ask", "messages");
        foreach (BookFigures book in status.Books)
        {
            table.Add(
                book.Venue.ToName(), book.Symbol, book.Channel, book.State.ToString(), book.Evidence.ToString(),
                book.Bids.ToString("N0", CultureInfo.InvariantCulture), book.Asks.ToString("N0", CultureInfo.InvariantCulture),
                book.BestBid.QuantityLots == 0 ? "-" : DecimalText.FormatShort(book.BestBid.PriceTicks, book.PriceDecimals),
                book.BestAsk.QuantityLots == 0 ? "-" : DecimalText.FormatShort(book.BestAsk.PriceTicks, book.PriceDecimals),
                book.Totals.Messages.ToString("N0", CultureInfo.InvariantCulture));
        }

        table.Write();
        Console.Error.WriteLine($"journal: {configuration.JournalFolder}; check it with lob verify {configuration.JournalFolder}, look into it with lob inspect {configuration.JournalFolder}");
    }
}
