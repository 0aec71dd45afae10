using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Lob.Fast.Baselines.Schemas;

/// <summary>
/// The values that venues write. A number that is kept must have at most 14 decimals and fit 63 bits at its own significant decimals, because that is
/// what a record holds; whether it also fits together with other numbers of its instrument is not judged here.
/// </summary>
public static class Shapes
{
    private const int DecimalsMax = 14;
    private const int NameBytesMax = 40;

    /// <summary>Anything: the key only must not be there twice.</summary>
    public static Shape Any { get; } = static (_, _) => true;

    /// <summary>A string.</summary>
    public static Shape Text { get; } = static (value, fault) => value.IsString || fault.Expected("a text", value);

    /// <summary>true or false.</summary>
    public static Shape Flag { get; } = static (value, fault) =>
        value.Kind is JsonTokenType.True or JsonTokenType.False || fault.Expected("true or false", value);

    /// <summary>A name that is kept: 1–40 printable ASCII characters, neither quote nor backslash.</summary>
    public static Shape Name { get; } = static (value, fault) => (value.IsString && IsName(value.Text)) || fault.Expected("a name", value);

    /// <summary>A decimal text of at least zero.</summary>
    public static Shape Amount { get; } = static (value, fault) => (value.IsString && IsDecimal(value.Raw)) || fault.Expected("a decimal text", value);

    /// <summary>A decimal text above zero.</summary>
    public static Shape Positive { get; } = static (value, fault) =>
        (value.IsString && IsDecimal(value.Raw) && !IsZero(value.Raw)) || fault.Expected("a decimal text above zero", value);

    /// <summary>A JSON number: Unix milliseconds, or microseconds, of the years 2000 to 2199.</summary>
    public static Shape Time { get; } = static (value, fault) =>
        (value.IsNumber && IsInteger(value.Raw, out long time) && IsTime(time)) || fault.Expected("a time", value);

    /// <summary>The same as digits in a string.</summary>
    public static Shape TimeText { get; } = static (value, fault) =>
        (value.IsString && IsDigits(value.Raw, out long time) && IsTime(time)) || fault.Expected("a time as text", value);

    /// <summary>Digits in a string, without leading zeros, at most 18.</summary>
    public static Shape IntegerText { get; } = static (value, fault) =>
        (value.IsString && IsDigits(value.Raw, out _)) || fault.Expected("an integer as text", value);

    /// <summary>A UUID: 8-4-4-4-12 hexadecimal digits.</summary>
    public static Shape Uuid { get; } = static (value, fault) => (value.IsString && IsUuid(value.Raw)) || fault.Expected("a UUID", value);

    /// <summary>A time <c>YYYY-MM-DDTHH:MM:SS[.f]Z</c> of the years 2000 to 2199, 1–9 fraction digits.</summary>
    public static Shape IsoTime { get; } = static (value, fault) => (value.IsString && IsIsoTime(value.Raw)) || fault.Expected("an ISO time", value);

    /// <summary>A JSON number as JavaScript writes it, perhaps negative.</summary>
    public static Shape Number { get; } = static (value, fault) => (value.IsNumber && IsNumber(value.Raw)) || fault.Expected("a number", value);

    /// <summary>The same, other than zero.</summary>
    public static Shape NotZero { get; } = static (value, fault) =>
        (value.IsNumber && IsNumber(value.Raw) && NumberOf(value.Raw) != 0) || fault.Expected("a number other than zero", value);

    /// <summary>The same, above zero.</summary>
    public static Shape AboveZero { get; } = static (value, fault) =>
        (value.IsNumber && IsNumber(value.Raw) && NumberOf(value.Raw) > 0) || fault.Expected("a number above zero", value);

    /// <summary>The same, at least zero.</summary>
    public static Shape FromZero { get; } = static (value, fault) =>
        (value.IsNumber && IsNumber(value.Raw) && NumberOf(value.Raw) >= 0) || fault.Expected("a number of at least zero", value);

    /// <summary>A JSON number that is an integer of at least <paramref name="least"/>.</summary>
    public static Shape Integer(long least) => (value, fault) =>
        (value.IsNumber && IsInteger(value.Raw, out long number) && number >= least) || fault.Expected($"an integer of at least {least}", value);

    /// <summary>One of these texts.</summary>
    public static Shape OneOf(params string[] texts)
    {
        byte[][] allowed = [.. texts.Select(Encoding.UTF8.GetBytes)];
        return (value, fault) =>
        {
            foreach (byte[] text in allowed)
            {
                if (value.TextIs(text))
                {
                    return true;
                }
            }

            return fault.Expected("one of " + string.Join(", ", texts), value);
        };
    }

    /// <summary>A text that fits, or the empty text.</summary>
    public static Shape OrEmpty(Shape shape) => (value, fault) => (value.IsString && value.Raw.IsEmpty) || shape(value, fault);

    /// <summary>A value that fits, or null.</summary>
    public static Shape OrNull(Shape shape) => (value, fault) => value.Kind == JsonTokenType.Null || shape(value, fault);

    /// <summary>An object that has these keys; others are not looked at.</summary>
    public static Shape Object(params Member[] members) => (value, fault) =>
    {
        if (!value.IsObject)
        {
            return fault.Expected("an object", value);
        }

        foreach (Member member in members)
        {
            int count = value.CountOf(member.Name);
            if (count > 1 || (count == 0 && member.Required))
            {
                return fault.Note($"{(count == 0 ? "no" : "more than one")} key {Encoding.UTF8.GetString(member.Name)}");
            }

            if (count == 1 && (!value.Has(member.Name, out JsonNode found) || !member.Shape(found, fault)))
            {
                return false;
            }
        }

        return true;
    };

    /// <summary>An array, each element of which fits.</summary>
    public static Shape ArrayOf(Shape item) => (value, fault) =>
    {
        if (!value.IsArray)
        {
            return fault.Expected("an array", value);
        }

        foreach (JsonNode element in value.Items)
        {
            if (!item(element, fault))
            {
                return false;
            }
        }

        return true;
    };

    /// <summary>An array whose first elements fit; more may follow.</summary>
    public static Shape Row(params Shape[] columns) => (value, fault) =>
    {
        if (!value.IsArray)
        {
            return fault.Expected("a row", value);
        }

        int at = 0;
        foreach (JsonNode element in value.Items)
        {
            if (at < columns.Length && !columns[at](element, fault))
            {
                return false;
            }

            at++;
        }

        return at >= columns.Length || fault.Expected($"a row of {columns.Length}", value);
    };

    /// <summary>Both fit.</summary>
    public static Shape Both(Shape one, Shape other) => (value, fault) => one(value, fault) && other(value, fault);

    /// <summary>Rows <c>[price, quantity, …]</c> of a change to a book.</summary>
    public static Shape Changes { get; } = ArrayOf(Row(Positive, Amount));

    /// <summary>The same, no price twice.</summary>
    public static Shape DistinctChanges { get; } = Both(Changes, Distinct);

    /// <summary>Rows of the bids of a whole book, best first.</summary>
    public static Shape Bids { get; } = Sorted(falling: true);

    /// <summary>Rows of the asks of a whole book, best first.</summary>
    public static Shape Asks { get; } = Sorted(falling: false);

    /// <summary>Whether a record can hold the name.</summary>
    public static bool IsName(ReadOnlySpan<byte> text)
    {
        foreach (byte letter in text)
        {
            if (letter is <= (byte)' ' or > (byte)'~' or (byte)'"' or (byte)'\\')
            {
                return false;
            }
        }

        return text.Length is > 0 and <= NameBytesMax;
    }

    /// <summary>Whether the text is <c>0</c> or digits without a leading zero, then perhaps a point and 1–14 digits, and small enough to be held.</summary>
    public static bool IsDecimal(ReadOnlySpan<byte> text)
    {
        int point = text.IndexOf((byte)'.');
        ReadOnlySpan<byte> whole = point < 0 ? text : text[..point];
        ReadOnlySpan<byte> fraction = point < 0 ? default : text[(point + 1)..];
        if (whole.IsEmpty || whole.ContainsAnyExceptInRange((byte)'0', (byte)'9') || fraction.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            || (whole.Length > 1 && whole[0] == (byte)'0') || (point >= 0 && fraction.Length is 0 or > DecimalsMax))
        {
            return false;
        }

        string digits = Encoding.ASCII.GetString(whole) + Encoding.ASCII.GetString(fraction.TrimEnd((byte)'0'));
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out _);
    }

    /// <summary>
    /// Whether the text of a JSON number is what JavaScript writes: a decimal text, or a minus before it, or in exponent form below 10^-6, and only there
    /// (<c>7e-7</c>, <c>1.2e-7</c>). No zero with a minus.
    /// </summary>
    public static bool IsNumber(ReadOnlySpan<byte> text)
    {
        const int ExponentMin = 7;
        bool negative = text.Length > 0 && text[0] == (byte)'-';
        ReadOnlySpan<byte> magnitude = negative ? text[1..] : text;
        int at = magnitude.IndexOf("e-"u8);
        if (at < 0)
        {
            return IsDecimal(magnitude) && !(negative && IsZero(magnitude));
        }

        ReadOnlySpan<byte> mantissa = magnitude[..at];
        int point = mantissa.IndexOf((byte)'.');
        int decimals = point < 0 ? 0 : mantissa.Length - point - 1;
        return IsDecimal(mantissa) && mantissa[0] != (byte)'0' && (mantissa.Length == 1 || (point == 1 && mantissa[^1] != (byte)'0'))
            && IsDigits(magnitude[(at + 2)..], out long exponent) && exponent >= ExponentMin && exponent + decimals <= DecimalsMax;
    }

    /// <summary>The value of the text of a JSON number that <see cref="IsNumber"/>; exact.</summary>
    public static decimal NumberOf(ReadOnlySpan<byte> text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>Whether a decimal text is zero, however many zeros it is written with.</summary>
    public static bool IsZero(ReadOnlySpan<byte> text) => !text.ContainsAnyExcept((byte)'0', (byte)'.');

    /// <summary>Whether the text of a JSON number is an integer of 64 bits.</summary>
    public static bool IsInteger(ReadOnlySpan<byte> text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    /// <summary>Whether the text is digits without a leading zero, at most 18 of them.</summary>
    public static bool IsDigits(ReadOnlySpan<byte> text, out long number)
    {
        const int DigitsMax = 18;
        number = 0;
        return text.Length is > 0 and <= DigitsMax && (text.Length == 1 || text[0] != (byte)'0')
            && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9') && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>Whether the number stands for a time of the years 2000 to 2199, in milliseconds or microseconds.</summary>
    public static bool IsTime(long number)
    {
        long from = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        long to = new DateTimeOffset(2200, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        return (number >= from && number < to) || (number >= from * 1000 && number < to * 1000);
    }

    /// <summary>The value of a decimal text; exact.</summary>
    public static decimal ValueOf(ReadOnlySpan<byte> text) => decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    private static bool IsIsoTime(ReadOnlySpan<byte> text)
    {
        const int SecondsLength = 19;
        const int FractionMax = 9;
        const int YearMin = 2000;
        const int YearMax = 2199;
        if (text.Length <= SecondsLength || text[^1] != (byte)'Z'
            || !DateTime.TryParseExact(
                Encoding.UTF8.GetString(text[..SecondsLength]), "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time))
        {
            return false;
        }

        ReadOnlySpan<byte> fraction = text[SecondsLength..^1];
        return time.Year is >= YearMin and <= YearMax
            && (fraction.IsEmpty
                || (fraction[0] == (byte)'.' && fraction.Length is > 1 and <= FractionMax + 1
                    && !fraction[1..].ContainsAnyExceptInRange((byte)'0', (byte)'9')));
    }

    private static bool IsUuid(ReadOnlySpan<byte> text)
    {
        const int Length = 36;
        if (text.Length != Length)
        {
            return false;
        }

        for (int at = 0; at < Length; at++)
        {
            bool dash = at is 8 or 13 or 18 or 23;
            if (dash ? text[at] != (byte)'-' : !char.IsAsciiHexDigit((char)text[at]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>No row of the array, whose items are rows of <c>[price, …]</c>, has the price of another.</summary>
    public static bool Distinct(JsonNode value, SchemaFault fault)
    {
        HashSet<decimal> prices = [];
        foreach (JsonNode row in value.Items)
        {
            if (!prices.Add(ValueOf(row[0].Raw)))
            {
                return fault.Expected("each price once", row);
            }
        }

        return true;
    }

    private static Shape Sorted(bool falling) => Both(ArrayOf(Row(Positive, Positive)), Order(falling));

    /// <summary>The prices of an array of rows <c>[price, …]</c>, which fit their shape, fall or rise from row to row.</summary>
    /// <param name="falling">Whether they fall.</param>
    /// <param name="equalAllowed">Whether neighbours may have the same price (rows of single orders).</param>
    public static Shape Order(bool falling, bool equalAllowed = false)
    {
        return (value, fault) =>
        {
            decimal? last = null;
            foreach (JsonNode row in value.Items)
            {
                decimal price = ValueOf(row[0].Raw);
                if (last is { } before && !(equalAllowed && price == before) && (falling ? price >= before : price <= before))
                {
                    return fault.Expected(falling ? "falling prices" : "rising prices", row);
                }

                last = price;
            }

            return true;
        };
    }
}
