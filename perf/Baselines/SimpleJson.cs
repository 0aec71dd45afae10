using System.Globalization;
using System.Text.Json;

namespace Lob.Fast.Baselines;

/// <summary>Reads single values of a frame; what is not as venues write it is a <see cref="FormatException"/> with words.</summary>
internal static class SimpleJson
{
    /// <summary>Most decimals a number may be written with.</summary>
    private const int DecimalsMax = 14;

    /// <summary>Most digits of a number without its point.</summary>
    private const int DigitsMax = 18;

    internal static void Flag(JsonElement parent, string name)
    {
        if (Field(parent, name).ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            throw new FormatException($"{name} is not true or false");
        }
    }

    internal static List<SimpleRow> Rows(JsonElement parent, string name)
    {
        var rows = new List<SimpleRow>();
        foreach (JsonElement row in Field(parent, name, JsonValueKind.Array).EnumerateArray())
        {
            if (row.ValueKind != JsonValueKind.Array || row.GetArrayLength() < 2
                || row[0].ValueKind != JsonValueKind.String || row[1].ValueKind != JsonValueKind.String)
            {
                throw new FormatException("a row does not begin with two strings");
            }

            rows.Add(Row(row[0].GetString()!, row[1].GetString()!));
        }

        return rows;
    }

    internal static SimpleRow Row(string priceText, string quantityText)
    {
        var row = new SimpleRow(priceText, quantityText, Number(priceText), Number(quantityText));
        return row.Price == 0 ? throw new FormatException("a price of zero") : row;
    }

    internal static bool IsSorted(IReadOnlyList<SimpleRow> rows, int sign)
    {
        for (int i = 1; i < rows.Count; i++)
        {
            if (rows[i].Price.CompareTo(rows[i - 1].Price) != sign)
            {
                return false;
            }
        }

        return true;
    }

    internal static void Price(JsonElement parent, string name)
    {
        if (Number(Text(parent, name)) == 0)
        {
            throw new FormatException("a price of zero");
        }
    }

    internal static void Quantity(JsonElement parent, string name) => Number(Text(parent, name));

    // As the venue writes numbers: digits, at most one point with digits on both sides, no sign, no exponent, no needless leading zero.
    internal static decimal Number(string text)
    {
        int point = text.IndexOf('.', StringComparison.Ordinal);
        string whole = point < 0 ? text : text[..point];
        string fraction = point < 0 ? "0" : text[(point + 1)..];
        bool wellFormed = whole.Length > 0 && fraction.Length > 0
            && whole.All(char.IsAsciiDigit) && fraction.All(char.IsAsciiDigit) && (whole.Length == 1 || whole[0] != '0');
        if (!wellFormed)
        {
            throw new FormatException($"not a number of the venue: {text}");
        }

        if ((point >= 0 && fraction.Length > DecimalsMax) || whole.Length + fraction.Length > DigitsMax + 1)
        {
            throw new FormatException($"too many digits: {text}");
        }

        return decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
    }

    internal static long Integer(JsonElement parent, string name, long least = 0) =>
        Field(parent, name, JsonValueKind.Number).TryGetInt64(out long value) && value >= least
            ? value
            : throw new FormatException($"{name} is not a whole number");

    internal static string Text(JsonElement parent, string name) => Field(parent, name, JsonValueKind.String).GetString()!;

    internal static JsonElement Field(JsonElement parent, string name, JsonValueKind kind)
    {
        JsonElement value = Field(parent, name);
        return value.ValueKind == kind ? value : throw new FormatException($"{name} is a {value.ValueKind}, not a {kind}");
    }

    // Read by walking all fields, so that one that occurs twice is seen.
    internal static JsonElement Field(JsonElement parent, string name)
    {
        JsonElement? found = null;
        foreach (JsonProperty property in parent.EnumerateObject())
        {
            if (property.NameEquals(name))
            {
                found = found is null ? property.Value : throw new FormatException($"{name} occurs twice");
            }
        }

        return found ?? throw new FormatException($"{name} is missing");
    }

    internal static bool Has(JsonElement parent, string name) => parent.TryGetProperty(name, out _);
}
