using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Json;

/// <summary>Times, ids and sums that are written as JSON strings. Each method returns false after a fault, which the scanner then holds.</summary>
internal static class TextFields
{
    /// <summary>A time in ISO 8601 form, Unix ns.</summary>
    public static bool TryIsoTime(ref JsonScanner scanner, in JsonValue value, out long ns)
    {
        ns = 0;
        if (value.Token != JsonToken.String)
        {
            return scanner.Fail(RejectReason.WrongType, value.Start);
        }

        RejectReason reason = IsoTime.Parse(value.In(scanner.Frame), out ns, out _);
        return reason == RejectReason.None || scanner.Fail(reason, value.Start);
    }

    /// <summary>A UUID, its halves as records hold them.</summary>
    public static bool TryUuid(ref JsonScanner scanner, in JsonValue value, out long high, out long low)
    {
        (high, low) = (0, 0);
        if (value.Token != JsonToken.String)
        {
            return scanner.Fail(RejectReason.WrongType, value.Start);
        }

        bool read = Uuid.TryParse(value.In(scanner.Frame), out ulong highHalf, out ulong lowHalf);
        (high, low) = ((long)highHalf, (long)lowHalf);
        return read || scanner.Fail(RejectReason.BadNumber, value.Start);
    }

    /// <summary>One of two texts. Any other is an <see cref="RejectReason.ImpossibleValue"/>.</summary>
    public static bool TryChoice(ref JsonScanner scanner, in JsonValue value, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, out bool isFirst)
    {
        isFirst = false;
        if (value.Token != JsonToken.String)
        {
            return scanner.Fail(RejectReason.WrongType, value.Start);
        }

        isFirst = scanner.TextIs(value, first);
        return isFirst || scanner.TextIs(value, second) || scanner.Fail(RejectReason.ImpossibleValue, value.Start);
    }

    /// <summary>
    /// A number with decimals of its own, such as a turnover: as many as written, so that its text is kept, or as many as needed where the zeros would not fit.
    /// </summary>
    public static bool TryOwnDecimals(ref JsonScanner scanner, in JsonValue value, out DecimalNumber number, out int decimals)
    {
        number = default;
        decimals = 0;
        if (value.Token != JsonToken.String)
        {
            return scanner.Fail(RejectReason.WrongType, value.Start);
        }

        ReadOnlySpan<byte> text = value.In(scanner.Frame);
        number = DecimalParser.Parse(text, 0);
        if (number.Reason == RejectReason.None)
        {
            int significant = number.Significant;
            decimals = number.Written;
            number = DecimalParser.Parse(text, decimals);
            if (number.Reason != RejectReason.None)
            {
                decimals = significant;
                number = DecimalParser.Parse(text, decimals);
            }
        }

        return number.Reason == RejectReason.None || scanner.Fail(number.Reason, value.Start + number.FaultByte);
    }
}
