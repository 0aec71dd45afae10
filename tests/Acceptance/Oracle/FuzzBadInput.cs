using System.Text;
using System.Text.RegularExpressions;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Acceptance.Oracle;

/// <summary>One frame that must not be taken in.</summary>
/// <param name="Market">The market it comes into, behind the opening.</param>
/// <param name="What">What is wrong with it.</param>
/// <param name="Frame">The frame; <c>@SYMBOL </c> in front as in a recording.</param>
/// <param name="Reason">The reason it must be rejected for.</param>
/// <param name="Concerns">Whose books it breaks.</param>
public sealed record FuzzBadInput(FuzzMarket Market, string What, byte[] Frame, RejectReason Reason, FuzzConcern Concerns)
{
    private const string Deep = "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[";

    /// <summary>Every kind of bad input of every market, as far as it makes sense there.</summary>
    public static IEnumerable<FuzzBadInput> All => FuzzMarket.All.SelectMany(Of);

    /// <summary>The name tests show.</summary>
    public override string ToString() => $"{Market}: {What}";

    private static IEnumerable<FuzzBadInput> Of(FuzzMarket market)
    {
        string change = market.Change;
        FuzzConcern ofNoJson = market.HoldsSeveralBooks ? FuzzConcern.Both : FuzzConcern.First;
        int behindPrice = change.IndexOf(market.Price, StringComparison.Ordinal) + market.Price.Length;
        yield return New(market, "nothing", "", RejectReason.Empty, FuzzConcern.Both);
        yield return New(market, "no JSON", "what is this", RejectReason.Syntax, FuzzConcern.Both);
        yield return New(market, "neither object nor array", "true", RejectReason.WrongType, FuzzConcern.Both);
        yield return New(market, "cut off early", change[..1], RejectReason.Truncated, FuzzConcern.Both);
        yield return New(market, "cut off behind a price", change[..behindPrice], RejectReason.Truncated, ofNoJson);
        yield return New(market, "too long", change + new string(' ', Engine.Pipeline.Frame.BytesMax), RejectReason.Oversized, FuzzConcern.Both);
        yield return New(market, "something behind it", change + "x", RejectReason.TrailingGarbage, ofNoJson);
        yield return New(market, "nested deeply", market.HasJsonNumbers ? Replace(change, market.Quantity, $",{Deep}]") : $"{change[..^1]},\"x\":{Deep}",
            RejectReason.TooDeep, ofNoJson);
        yield return new FuzzBadInput(market, "not UTF-8", NotUtf8(market), RejectReason.NotUtf8, ofNoJson);
        yield return New(market, "a required field is missing", Replace(change, market.Required, market.Venue == Venue.CoinbaseAdvanced ? "\"x\":0" : ""),
            RejectReason.MissingField, FuzzConcern.First);
        foreach (FuzzBadInput number in market.HasJsonNumbers ? JsonNumbers(market) : TextNumbers(market))
        {
            yield return number;
        }

        foreach (FuzzBadInput other in Particular(market))
        {
            yield return other;
        }
    }

    private static IEnumerable<FuzzBadInput> TextNumbers(FuzzMarket market)
    {
        (string Text, RejectReason Reason)[] numbers =
        [
            ("+1", RejectReason.BadNumber), ("-1", RejectReason.BadNumber), ("-0", RejectReason.BadNumber), ("1e5", RejectReason.BadNumber),
            ("1E-5", RejectReason.BadNumber), ("01", RejectReason.BadNumber), ("00.1", RejectReason.BadNumber), ("NaN", RejectReason.BadNumber),
            ("0.-10000", RejectReason.BadNumber), (".5", RejectReason.BadNumber), ("1.", RejectReason.BadNumber), (" 1", RejectReason.BadNumber),
            ("1_0", RejectReason.BadNumber), ("", RejectReason.BadNumber), ("1234567890123456789012345678901234567890", RejectReason.NumberOutOfRange),
            ("0.1234567890123456789012345678901234567890", RejectReason.NumberOutOfRange), ("9223372036854775808", RejectReason.NumberOutOfRange),
        ];
        foreach ((string text, RejectReason reason) in numbers)
        {
            yield return New(market, $"the price {text}", Replace(market.Change, market.Price, $"\"{text}\""), reason, FuzzConcern.First);
            yield return New(market, $"the quantity {text}", Replace(market.Change, market.Quantity, $"\"{text}\""), reason, FuzzConcern.First);
        }

        yield return New(market, "a price of 0", Replace(market.Change, market.Price, "\"0.00\""), RejectReason.ImpossibleValue, FuzzConcern.First);
        yield return New(market, "a price that is a number", Replace(market.Change, market.Price, "0.5"), RejectReason.WrongType, FuzzConcern.First);
        yield return New(market, "a quantity that is a number", Replace(market.Change, market.Quantity, "-7"), RejectReason.WrongType, FuzzConcern.First);
        yield return New(market, "a quantity that is null", Replace(market.Change, market.Quantity, "null"), RejectReason.WrongType, FuzzConcern.First);
    }

    private static IEnumerable<FuzzBadInput> JsonNumbers(FuzzMarket market)
    {
        (string Text, RejectReason Reason)[] numbers =
        [
            ("+1", RejectReason.Syntax), ("-0", RejectReason.BadNumber), ("1e5", RejectReason.BadNumber), ("1E-7", RejectReason.BadNumber),
            ("1e-6", RejectReason.BadNumber), ("01", RejectReason.Syntax), ("NaN", RejectReason.Syntax),
            ("0.-10000", RejectReason.Syntax), (".5", RejectReason.Syntax),
            ("1.", RejectReason.Syntax), ("1234567890123456789012345678901234567890", RejectReason.NumberOutOfRange),
            ("0.1234567890123456789012345678901234567890", RejectReason.NumberOutOfRange), ("9223372036854775808", RejectReason.NumberOutOfRange),
            ("\"1\"", RejectReason.WrongType), ("null", RejectReason.WrongType),
        ];
        foreach ((string text, RejectReason reason) in numbers)
        {
            yield return New(market, $"the price {text}", Replace(market.Change, market.Price, text), reason, FuzzConcern.First);
            yield return New(market, $"the amount {text}", Replace(market.Change, market.Quantity, $",{text}]"), reason, FuzzConcern.First);
        }

        yield return New(market, "a price of 0", Replace(market.Change, market.Price, "0"), RejectReason.ImpossibleValue, FuzzConcern.First);
        yield return New(market, "a price below 0", Replace(market.Change, market.Price, "-0.5"), RejectReason.ImpossibleValue, FuzzConcern.First);
        yield return New(market, "an amount of 0", Replace(market.Change, market.Quantity, ",0]"), RejectReason.ImpossibleValue, FuzzConcern.First);
    }

    private static IEnumerable<FuzzBadInput> Particular(FuzzMarket market)
    {
        const string LongName = "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZ";
        FuzzConcern ofSnapshot = market.SnapshotsInStream ? FuzzConcern.First : FuzzConcern.None;
        if (market.Time.Length > 0)
        {
            FuzzConcern ofTime = market.TimeComesFirst ? FuzzConcern.Both : FuzzConcern.First;
            string quote = market.Time[0] == '"' ? "\"" : "";
            bool isIso = market.Time.Contains('T', StringComparison.Ordinal);
            string[] impossible = isIso ? ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z"] : ["0", "946684799999", "253402300799999"];
            foreach (string time in impossible)
            {
                yield return New(market, $"the time {time}", Replace(market.Change, market.Time, quote + time + quote), RejectReason.ImpossibleValue, ofTime);
            }

            // The year 1 in milliseconds, as a number or as text.
            const string YearOne = "-62135596800000";
            yield return New(market, $"the time {YearOne}", Replace(market.Change, market.Time, quote + YearOne + quote),
                quote.Length == 0 ? RejectReason.ImpossibleValue : RejectReason.BadNumber, ofTime);
            yield return New(market, "a time of another type", Replace(market.Change, market.Time, "{}"), RejectReason.WrongType, ofTime);
        }

        if (market.Snapshot.Length > 0)
        {
            (string first, string second) = market.Levels;
            string unsorted = Replace(market.Snapshot, $"{first},{second}", $"{second},{first}");
            string repeated = Replace(market.Snapshot, $"{first},{second}", $"{first},{first}");
            string empty = Replace(market.Snapshot, second, second.Replace("\"2\"", "\"0.00\"", StringComparison.Ordinal));
            yield return New(market, "a snapshot that is not sorted", unsorted, RejectReason.LevelOrder, ofSnapshot);
            yield return New(market, "a snapshot with a price twice", repeated, RejectReason.LevelOrder, ofSnapshot);
            yield return New(market, "a snapshot with an empty level", empty, RejectReason.ImpossibleValue, ofSnapshot);
        }

        if (market.RejectsRepeatedPrices)
        {
            int row = market.Change.LastIndexOfAny(['[', '{'], market.Change.IndexOf(market.Price, StringComparison.Ordinal));
            int end = market.Change.IndexOfAny([']', '}'], row) + 1;
            string repeated = market.Change.Insert(end, "," + market.Change[row..end]);
            yield return New(market, "a change with a price twice", repeated, RejectReason.LevelOrder, FuzzConcern.First);
        }

        if (market.OtherSymbol.Length > 0)
        {
            yield return New(market, "another symbol in the body", market.OtherSymbol, RejectReason.SymbolMismatch, FuzzConcern.First);
        }

        if (market.Venue is Venue.Bitfinex)
        {
            yield return New(market, "a key twice", """{"event":"subscribed","event":"subscribed","channel":"book","chanId":1}""",
                RejectReason.DuplicateField, FuzzConcern.Both);
            yield return New(market, "a name that is too long", $$"""{"event":"subscribed","channel":"trades","chanId":9,"symbol":"t{{LongName}}"}""",
                RejectReason.BadName, FuzzConcern.Both);
            yield return New(market, "a snapshot that is not sorted", "[3,[[0.4,1,1],[0.5,1,1]],3]", RejectReason.LevelOrder, FuzzConcern.None)
                with
            { Market = market with { Opening = [.. market.Opening, SubscribedAgain] } };
            yield return New(market, "another version of the protocol", """{"event":"info","version":3}""", RejectReason.ImpossibleValue, FuzzConcern.Both);
            yield return New(market, "a channel id below 0", "[-1,\"hb\",3]", RejectReason.BadNumber, FuzzConcern.Both);
            yield return New(market, "no number of the connection", "[1,[0.5,1,7]]", RejectReason.MissingField, FuzzConcern.First);
            yield break;
        }

        // With two topics it is nobody's, even where both are the same.
        Match member = Regex.Match(market.Change, "\"[a-z]+\":\"[^\"]*\"");
        yield return New(market, "a key twice", market.Change.Insert(member.Index, member.Value + ","), RejectReason.DuplicateField,
            member.Value.StartsWith("\"topic\"", StringComparison.Ordinal) ? FuzzConcern.Both : FuzzConcern.First);
        string symbol = market.Venue is Venue.BybitLinear or Venue.BybitSpot ? "BTCUSDT" : market.Venue is Venue.BinanceSpot or Venue.BinanceUsdM ? "btcusdt"
            : market.Venue == Venue.Okx ? "BTC-USDT" : "BTC-USD";
        yield return New(market, "a name that is too long", market.Change.Replace(symbol, LongName, StringComparison.OrdinalIgnoreCase),
            RejectReason.BadName, FuzzConcern.Both);
        if (market.Venue is Venue.BinanceSpot or Venue.BinanceUsdM)
        {
            yield return New(market, "a first id above the last", Replace(market.Change, "\"U\":1", "\"U\":9"), RejectReason.SequenceOrder, FuzzConcern.First);
            yield return New(market, "a book without a symbol", market.Snapshot[(market.Snapshot.IndexOf(' ', StringComparison.Ordinal) + 1)..],
                RejectReason.UnknownSymbol, FuzzConcern.Both);
        }
    }

    private const string SubscribedAgain =
        """{"event":"subscribed","channel":"book","chanId":3,"symbol":"tXRPUSD","prec":"P0","freq":"F0","len":"25","pair":"XRPUSD"}""";

    // In a value nobody reads, behind all that is: an unknown key, or a further item of the row.
    private static byte[] NotUtf8(FuzzMarket market)
    {
        string frame = market.HasJsonNumbers ? Replace(market.Change, market.Quantity, ",7,\"~\"]") : market.Change[..^1] + ",\"x\":\"~\"}";
        byte[] bytes = Encoding.UTF8.GetBytes(frame);
        bytes[Array.LastIndexOf(bytes, (byte)'~')] = 0xFF;
        return bytes;
    }

    private static string Replace(string text, string part, string by)
    {
        int at = text.IndexOf(part, StringComparison.Ordinal);
        return at < 0 ? throw new ArgumentException($"no {part} in {text}", nameof(part)) : text[..at] + by + text[(at + part.Length)..];
    }

    private static FuzzBadInput New(FuzzMarket market, string what, string frame, RejectReason reason, FuzzConcern concerns) =>
        new(market, what, Encoding.UTF8.GetBytes(frame), reason, concerns);
}
