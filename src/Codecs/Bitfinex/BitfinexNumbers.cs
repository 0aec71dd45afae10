using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Bitfinex;

/// <summary>
/// Prices and amounts of array frames: JSON numbers as JavaScript writes them, exponents and all. Each method returns false after a fault, which the
/// scanner then holds. A number with more decimals than its scale is no fault: <see cref="DecimalsNeeded"/> says so, and it reads as 0.
/// </summary>
internal static class BitfinexNumbers
{
    /// <summary>A price, above zero; or zero, where the venue writes it for "none".</summary>
    public static bool TryPrice(ref JsonScanner scanner, ref DecimalsNeeded need, in JsonValue value, in DecimalScale scale, bool zeroAllowed,
        out DecimalNumber price)
    {
        if (!TryNumber(ref scanner, value, scale.Decimals, out price))
        {
            return false;
        }

        if (price.Negative || (IsZero(price) && !zeroAllowed))
        {
            return scanner.Fail(RejectReason.ImpossibleValue, value.Start);
        }

        if (price.Significant > scale.Decimals && price.Significant > need.Price)
        {
            (need.Price, need.PriceByte) = (price.Significant, value.Start);
        }

        return true;
    }

    /// <summary>An amount whose sign says the side; never zero.</summary>
    public static bool TryAmount(ref JsonScanner scanner, ref DecimalsNeeded need, in JsonValue value, in DecimalScale scale, out DecimalNumber amount)
    {
        if (!TryNumber(ref scanner, value, scale.Decimals, out amount))
        {
            return false;
        }

        if (IsZero(amount))
        {
            return scanner.Fail(RejectReason.ImpossibleValue, value.Start);
        }

        if (amount.Significant > scale.Decimals && amount.Significant > need.Quantity)
        {
            (need.Quantity, need.QuantityByte) = (amount.Significant, value.Start);
        }

        return true;
    }

    /// <summary>
    /// The amount of a row that deletes: 1 for a bid and −1 for an ask (documentation, 2026-07, and all of the 722 deletes recorded in 2021). Anything else
    /// would mean something nobody has described.
    /// </summary>
    public static bool TryDeletedSide(ref JsonScanner scanner, in JsonValue value, out Side side)
    {
        side = value.Integer > 0 ? Side.Bid : Side.Ask;
        return Fields.TryInteger(ref scanner, value, long.MinValue, out long amount)
            && (amount is 1 or -1 || scanner.Fail(RejectReason.ImpossibleValue, value.Start));
    }

    /// <summary>Any number, at these decimals.</summary>
    public static bool TryNumber(ref JsonScanner scanner, in JsonValue value, int decimals, out DecimalNumber number)
    {
        number = default;
        if (value.Token != JsonToken.Number)
        {
            return scanner.Fail(RejectReason.WrongType, value.Start);
        }

        number = DecimalParser.ParseSigned(value.In(scanner.Frame), decimals);
        return number.Reason == RejectReason.None || scanner.Fail(number.Reason, value.Start + number.FaultByte);
    }

    /// <summary>Whether the number is 0, and not only below what its scale can show.</summary>
    public static bool IsZero(in DecimalNumber number) => number is { Value: 0, Significant: 0 };
}
