using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Lob.Fast.Cli.Live;
using Lob.Fast.Cli.Output;
using Lob.Fast.Engine.Records;
using Lob.Fast.Venues;
using Lob.Fast.Venues.Rest;

namespace Lob.Fast.Cli.Verbs;

/// <summary><c>snapshot</c>: one book by REST.</summary>
internal static class SnapshotVerb
{
    private const decimal BasisPoints = 10_000m;
    private const int LevelsShown = 10;

    public static Command Create()
    {
        RestOptions where = new();
        Option<string> symbol = new("--symbol") { Description = "In the venue's own words.", Required = true, HelpName = "S" };
        Option<int?> depth = CommonOptions.NotBelow(new Option<int?>("--depth") { Description = "Levels a side, of those the venue offers.", HelpName = "N" }, 1);
        var command = new Command("snapshot", "One book by REST, with mid price and spread.") { symbol, depth };
        where.AddTo(command);
        return command.WithAction((result, json) =>
        {
            FeedOptions options = where.Of(result, [result.GetValue(symbol)!]);
            using VenueRest rest = RestVerbs.Create(options);
            RestBook book = RestVerbs.Ask(stop => rest.BookAsync(options.Symbols[0], result.GetValue(depth), stop));
            if (json)
            {
                JsonOutput.Write(writer => WriteJson(writer, book));
            }
            else
            {
                WriteText(book);
            }

            return ExitCode.Ok;
        });
    }

    private static (decimal Mid, decimal Spread, decimal SpreadBps)? Middle(RestBook book)
    {
        if (book.Bids.Count == 0 || book.Asks.Count == 0)
        {
            return null;
        }

        decimal bid = RestVerbs.Number(book.Bids[0].Price);
        decimal ask = RestVerbs.Number(book.Asks[0].Price);
        decimal mid = (bid + ask) / 2;
        return (mid, ask - bid, (ask - bid) / mid * BasisPoints);
    }

    private static void WriteJson(Utf8JsonWriter json, RestBook book)
    {
        json.WriteString("venue", book.Venue.ToName());
        json.WriteString("symbol", book.Symbol);
        WriteNumber("sequence", book.Sequence);
        WriteNumber("event_time_ns", book.TimeNs);
        json.WriteNumber("received_at_ns", book.ReceivedAtNs);
        json.WriteString("best_bid", book.Bids.Count > 0 ? book.Bids[0].Price : null);
        json.WriteString("best_ask", book.Asks.Count > 0 ? book.Asks[0].Price : null);
        if (Middle(book) is var (mid, spread, bps))
        {
            json.WriteNumber("mid", mid);
            json.WriteNumber("spread", spread);
            json.WriteNumber("spread_bps", decimal.Round(bps, 6));
        }

        WriteSide("bids", book.Bids);
        WriteSide("asks", book.Asks);

        void WriteNumber(string name, long? number)
        {
            if (number is { } value)
            {
                json.WriteNumber(name, value);
            }
            else
            {
                json.WriteNull(name);
            }
        }

        void WriteSide(string name, IReadOnlyList<RestLevel> levels)
        {
            json.WriteStartArray(name);
            foreach (RestLevel level in levels)
            {
                json.WriteStartArray();
                json.WriteStringValue(level.Price);
                json.WriteStringValue(level.Quantity);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }
    }

    private static void WriteText(RestBook book)
    {
        string sequence = book.Sequence?.ToString(CultureInfo.InvariantCulture) ?? "none";
        Console.Error.WriteLine($"{book.Venue.ToName()} {book.Symbol}: sequence {sequence}, {book.Bids.Count} bids, {book.Asks.Count} asks");
        if (Middle(book) is var (mid, spread, bps))
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"mid {mid}, spread {spread}, {bps:F4} bps"));
        }

        var table = new Table("bid", "quantity", "ask", "quantity");
        for (int i = 0; i < Math.Min(LevelsShown, Math.Max(book.Bids.Count, book.Asks.Count)); i++)
        {
            RestLevel bid = i < book.Bids.Count ? book.Bids[i] : new RestLevel("", "");
            RestLevel ask = i < book.Asks.Count ? book.Asks[i] : new RestLevel("", "");
            table.Add(bid.Price, bid.Quantity, ask.Price, ask.Quantity);
        }

        table.Write();
    }
}
