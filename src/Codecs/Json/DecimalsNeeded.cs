using System.Runtime.CompilerServices;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Json;

/// <summary>Collects over one message how many decimals its numbers need beyond those they are read at.</summary>
internal struct DecimalsNeeded
{
    /// <summary>Most significant decimals of a price beyond its scale; 0 = none is beyond.</summary>
    public int Price;

    /// <summary>The same for quantities.</summary>
    public int Quantity;

    /// <summary>Where the price stands that needs <see cref="Price"/>.</summary>
    public int PriceByte;

    /// <summary>Where the quantity stands that needs <see cref="Quantity"/>.</summary>
    public int QuantityByte;

    /// <summary>Every number so far was held exactly.</summary>
    public readonly bool IsNone => (Price | Quantity) == 0;

    /// <summary>Reads a price. False = a fault, which the scanner holds.</summary>
    public bool TryReadPrice(ref JsonScanner scanner, in JsonValue text, in DecimalScale scale, out DecimalNumber number)
    {
        if (!TryRead(ref scanner, text, scale, out number))
        {
            return false;
        }

        if (number.Significant > scale.Decimals && number.Significant > Price)
        {
            (Price, PriceByte) = (number.Significant, text.Start);
        }

        return true;
    }

    /// <summary>Reads a quantity. False = a fault, which the scanner holds.</summary>
    public bool TryReadQuantity(ref JsonScanner scanner, in JsonValue text, in DecimalScale scale, out DecimalNumber number)
    {
        if (!TryRead(ref scanner, text, scale, out number))
        {
            return false;
        }

        if (number.Significant > scale.Decimals && number.Significant > Quantity)
        {
            (Quantity, QuantityByte) = (number.Significant, text.Start);
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryRead(ref JsonScanner scanner, in JsonValue text, in DecimalScale scale, out DecimalNumber number)
    {
        ReadOnlySpan<byte> frame = scanner.Frame;
        if (scale.IsFast && !text.Escaped && DecimalParser.TryParseText(frame, text.Start, text.Length, scale, out long value, out int written))
        {
            number = new DecimalNumber { Value = value, Written = written };
            return true;
        }

        return TryReadAny(ref scanner, text, scale, out number);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryReadAny(ref JsonScanner scanner, in JsonValue text, in DecimalScale scale, out DecimalNumber number)
    {
        number = DecimalParser.Parse(text.In(scanner.Frame), scale.Decimals);
        return number.Reason == RejectReason.None || scanner.Fail(number.Reason, text.Start + number.FaultByte);
    }
}
