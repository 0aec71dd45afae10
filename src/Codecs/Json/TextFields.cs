using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Json;

/// <summary>Times and ids that are written as JSON strings (Coinbase). Each method returns false after a fault, which the scanner then holds.</summary>
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
}
