using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Lob.Fast.Cli.Output;
using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Books;
using Lob.Fast.Journal.Reading;

namespace Lob.Fast.Cli.Verbs;

/// <summary><c>book</c>: one book of a journal at a point in it.</summary>
internal static class BookVerb
{
    private const int LevelsShown = 10;

    public static Command Create()
    {
        Argument<string> journal = CommonOptions.Journal();
        Option<string?> symbol = CommonOptions.Symbol("Symbol in the venue's own words.");
        symbol.Required = true;
        Option<string?> venue = CommonOptions.VenueName(required: false);
        Option<string?> channel = new("--channel") { Description = "Channel in the venue's own words.", HelpName = "C" };
        Option<string?> atTime = new("--at-time") { Description = "After the last message received at or before this time; Unix ns or ISO 8601.", HelpName = "T" };
        Option<long?> atSequence = new("--at-sequence") { Description = "After the last message at or below this sequence.", HelpName = "N" };
        Option<int?> levels = CommonOptions.Levels();
        var command = new Command("book", "One book of a journal, in the venue's own text, at the end or at any point.")
        {
            journal, symbol, venue, channel, atTime, atSequence, levels,
        };
        command.Validators.Add(result =>
        {
            if (result.IsGiven(atTime) && result.IsGiven(atSequence))
            {
                result.AddError("--at-time and --at-sequence exclude each other.");
            }
        });
        return command.WithAction((result, json) =>
        {
            var query = new BookQuery
            {
                Symbol = result.GetValue(symbol)!,
                Venue = result.GetValue(venue) is { } name ? CommonOptions.Parse(name) : null,
                Channel = result.GetValue(channel),
                AtTimeNs = result.GetValue(atTime) is { } time ? CommonOptions.ParseTimeNs(time) : null,
                AtSequence = result.GetValue(atSequence),
            };
            using JournalReader reader = JournalReader.Open(result.GetValue(journal)!);
            using BookAnswer answer = query.Run(reader);
            if (json)
            {
                JsonOutput.Write(writer => WriteJson(writer, answer.Book, result.GetValue(levels) ?? int.MaxValue));
            }
            else
            {
                WriteText(answer.Book, result.GetValue(levels) ?? LevelsShown);
            }

            return ExitCode.Ok;
        });
    }

    private static void WriteJson(Utf8JsonWriter json, FollowedBook book, int levels)
    {
        json.WriteString("venue", book.Venue.ToName());
        json.WriteString("symbol", book.Symbol);
        json.WriteString("channel", book.Channel);
        if (book.LastSequence == Sequence.None)
        {
            json.WriteNull("sequence");
        }
        else
        {
            json.WriteNumber("sequence", book.LastSequence);
        }

        json.WriteNumber("event_time_ns", book.VenueTimeNs);
        json.WriteString("state", book.State.ToString());
        json.WriteString("evidence", book.Evidence.ToString());
        json.WriteStartArray("known_range");
        json.WriteStringValue(Low(book));
        json.WriteStringValue(High(book));
        json.WriteEndArray();
        json.WriteString("digest", book.Book.Digest.ToString());
        WriteSide("bids", Side.Bid);
        WriteSide("asks", Side.Ask);

        void WriteSide(string name, Side side)
        {
            json.WriteStartArray(name);
            foreach (BookLevel level in book.Book.ToArray(side).Take(levels))
            {
                json.WriteStartArray();
                json.WriteStringValue(book.Book.PriceOf(level));
                json.WriteStringValue(book.Book.QuantityOf(level));
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }
    }

    private static void WriteText(FollowedBook book, int levels)
    {
        string sequence = book.LastSequence == Sequence.None ? "none" : book.LastSequence.ToString(CultureInfo.InvariantCulture);
        string time = book.VenueTimeNs == 0 ? "none" : TimeText.Iso(book.VenueTimeNs);
        Console.Error.WriteLine($"{book.Venue.ToName()} {book.Symbol} {book.Channel}: {book.State}, evidence {book.Evidence}, sequence {sequence}, event time {time}");
        Console.Error.WriteLine($"{book.Book.BidCount} bids, {book.Book.AskCount} asks, every level known from {Low(book) ?? "the lowest"} to {High(book) ?? "the highest"}");
        BookLevel[] bids = book.Book.ToArray(Side.Bid);
        BookLevel[] asks = book.Book.ToArray(Side.Ask);
        var table = new Table("bid quantity", "bid", "ask", "ask quantity");
        for (int i = 0; i < Math.Min(levels, Math.Max(bids.Length, asks.Length)); i++)
        {
            (string bidPrice, string bidQuantity) = i < bids.Length ? (book.Book.PriceOf(bids[i]), book.Book.QuantityOf(bids[i])) : ("", "");
            (string askPrice, string askQuantity) = i < asks.Length ? (book.Book.PriceOf(asks[i]), book.Book.QuantityOf(asks[i])) : ("", "");
            table.Add(bidQuantity, bidPrice, askPrice, askQuantity);
        }

        table.Write();
    }

    private static string? Low(FollowedBook book) =>
        book.KnownRange.LowTicks == long.MinValue ? null : DecimalText.FormatShort(book.KnownRange.LowTicks, book.Book.PriceDecimals);

    private static string? High(FollowedBook book) =>
        book.KnownRange.HighTicks == long.MaxValue ? null : DecimalText.FormatShort(book.KnownRange.HighTicks, book.Book.PriceDecimals);
}
