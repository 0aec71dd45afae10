using System.Text.Json;
using static Lob.Fast.Baselines.SimpleJson;

namespace Lob.Fast.Baselines.Feeds;

/// <summary>Both sides of a book message.</summary>
internal readonly record struct SimpleRows(IReadOnlyList<SimpleRow> Bids, IReadOnlyList<SimpleRow> Asks)
{
    public bool IsEmpty => Bids.Count + Asks.Count == 0;

    /// <summary>Reads both sides from fields of one object; a whole book must be sorted and without deletes.</summary>
    public static SimpleRows Of(JsonElement parent, string bids, string asks, bool isWhole, bool hasOrderCounts = false)
    {
        var rows = new SimpleRows(Side(parent, bids, hasOrderCounts), Side(parent, asks, hasOrderCounts));
        return isWhole ? rows.Whole() : rows;
    }

    /// <summary>The same, if it can be a whole book: best level first, each price once, no level without quantity.</summary>
    public SimpleRows Whole()
    {
        if (!IsSorted(Bids, -1) || !IsSorted(Asks, 1))
        {
            throw new FormatException("snapshot rows are not sorted best first");
        }

        return Bids.Concat(Asks).Any(static row => row.Quantity == 0) ? throw new FormatException("a snapshot level without quantity") : this;
    }

    /// <summary>The same, if no price comes twice on a side.</summary>
    public SimpleRows Distinct() => Bids.DistinctBy(static row => row.Price).Count() + Asks.DistinctBy(static row => row.Price).Count() == Bids.Count + Asks.Count
        ? this
        : throw new FormatException("a price comes twice");

    /// <summary>Whether the book already is what the rows would make it.</summary>
    public bool AreIn(SimpleBook book) =>
        Bids.All(row => book.Holds(isBid: true, row)) && Asks.All(row => book.Holds(isBid: false, row));

    private static List<SimpleRow> Side(JsonElement parent, string name, bool hasOrderCounts)
    {
        List<SimpleRow> rows = Rows(parent, name);
        if (!hasOrderCounts)
        {
            return rows;
        }

        // OKX: price, quantity, a retired field, number of orders.
        JsonElement[] texts = [.. Field(parent, name).EnumerateArray()];
        return [.. rows.Select((row, i) => row with { OrderCount = row.Quantity == 0 ? 0 : OrderCount(texts[i]) })];
    }

    private static long OrderCount(JsonElement row)
    {
        bool isCount = row.GetArrayLength() > 3 && row[3].ValueKind == JsonValueKind.String
            && row[3].GetString() is { Length: > 0 and < 10 } text && text.All(char.IsAsciiDigit);
        return isCount ? long.Parse(row[3].GetString()!, System.Globalization.CultureInfo.InvariantCulture) : throw new FormatException("a row without its number of orders");
    }
}
