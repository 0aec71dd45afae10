using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Json;

/// <summary>
/// Single fields of an object: present, once, of the right type, and possible. Each method returns false after a fault, which the scanner then
/// holds; a missing field is noted in its <see cref="FieldSet"/> as well.
/// </summary>
internal static class Fields
{
    // 2000-01-01 and 2200-01-01, Unix ms.
    private const long TimeMsMin = 946_684_800_000;
    private const long TimeMsMax = 7_258_118_400_000;
    private const long NsPerMs = 1_000_000;
    private const long NsPerUs = 1_000;
    private const long UsPerMs = NsPerMs / NsPerUs;

    /// <summary>All required fields are there, and neither they nor the optional ones came twice.</summary>
    public static bool Check(ref JsonScanner scanner, FieldSet fields, ulong required, ulong optional)
    {
        if ((fields.Seen & required) != required)
        {
            fields.Missing = required & ~fields.Seen;
            return scanner.Fail(RejectReason.MissingField, fields.Start);
        }

        return !fields.HasDuplicate(required | optional, out int position) || scanner.Fail(RejectReason.DuplicateField, position);
    }

    /// <summary>The field is of this type.</summary>
    public static bool CheckType(ref JsonScanner scanner, FieldSet fields, int slot, JsonToken token) =>
        fields[slot].Token == token || scanner.Fail(RejectReason.WrongType, fields[slot].Start);

    /// <summary>A JSON number that is an integer of at least <paramref name="least"/>.</summary>
    public static bool TryInteger(ref JsonScanner scanner, FieldSet fields, int slot, long least, out long number) =>
        TryInteger(ref scanner, fields[slot], least, out number);

    /// <summary>The same for a value that is no field, such as an item of an array.</summary>
    public static bool TryInteger(ref JsonScanner scanner, in JsonValue value, long least, out long number)
    {
        number = value.Integer;
        if (value.Token != JsonToken.Number)
        {
            return scanner.Fail(RejectReason.WrongType, value.Start);
        }

        if (value.Form != JsonNumberForm.Integer)
        {
            return scanner.Fail(value.Form == JsonNumberForm.Huge ? RejectReason.NumberOutOfRange : RejectReason.BadNumber, value.Start);
        }

        return number >= least || scanner.Fail(RejectReason.BadNumber, value.Start);
    }

    /// <summary>An integer written as a JSON string (OKX): digits without a leading zero, at most 18 of them.</summary>
    public static bool TryIntegerText(ref JsonScanner scanner, in JsonValue value, out long number)
    {
        const int DigitsMax = 18;
        number = 0;
        if (value.Token != JsonToken.String)
        {
            return scanner.Fail(RejectReason.WrongType, value.Start);
        }

        ReadOnlySpan<byte> digits = value.In(scanner.Frame);
        if (digits.IsEmpty || (digits.Length > 1 && digits[0] == (byte)'0'))
        {
            return scanner.Fail(RejectReason.BadNumber, value.Start);
        }

        if (digits.Length > DigitsMax)
        {
            return scanner.Fail(RejectReason.NumberOutOfRange, value.Start);
        }

        // A time or a number, with more of the frame behind it.
        if (VectorDigits.IsSupported && digits.Length <= VectorDigits.Width && scanner.Frame.Length - value.Start >= VectorDigits.Width)
        {
            Vector128<byte> text = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(digits));
            if (BitOperations.TrailingZeroCount(VectorDigits.NotDigits(text) | (1u << VectorDigits.Width)) >= digits.Length)
            {
                number = VectorDigits.ReadInteger(text, digits.Length);
                return true;
            }
        }

        foreach (byte digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return scanner.Fail(RejectReason.BadNumber, value.Start);
            }

            number = (number * 10) + (digit - '0');
        }

        return true;
    }

    /// <summary>
    /// A time as a JSON number: Unix milliseconds, or microseconds where the connection asked for them (Binance spot, timeUnit=MICROSECOND; documentation,
    /// 2026-07): between 2000 and 2200 the two ranges of numbers do not meet.
    /// </summary>
    public static bool TryTime(ref JsonScanner scanner, FieldSet fields, int slot, out long ns)
    {
        ns = 0;
        return TryInteger(ref scanner, fields, slot, long.MinValue, out long number) && TryTime(ref scanner, number, fields[slot].Start, out ns);
    }

    /// <summary>The same; 0 when the message has no such field.</summary>
    public static bool TryOptionalTime(ref JsonScanner scanner, FieldSet fields, int slot, out long ns)
    {
        ns = 0;
        return !fields.Has(slot) || TryTime(ref scanner, fields, slot, out ns);
    }

    /// <summary>A time in Unix milliseconds written as a JSON string (OKX).</summary>
    public static bool TryTimeText(ref JsonScanner scanner, in JsonValue value, out long ns)
    {
        ns = 0;
        return TryIntegerText(ref scanner, value, out long number) && TryTime(ref scanner, number, value.Start, out ns);
    }

    /// <summary>A number that stands for a time: Unix milliseconds or microseconds, between 2000 and 2200.</summary>
    public static bool TryTime(ref JsonScanner scanner, long number, int position, out long ns)
    {
        if (number is >= TimeMsMin and < TimeMsMax)
        {
            ns = number * NsPerMs;
            return true;
        }

        ns = number * NsPerUs;
        return number is >= TimeMsMin * UsPerMs and < TimeMsMax * UsPerMs || scanner.Fail(RejectReason.ImpossibleValue, position);
    }

    /// <summary>Milliseconds of a time that stands in a field already read, in ns; 0 when it is not there or not in milliseconds. Finds no fault.</summary>
    public static long TimeHint(FieldSet fields, int slot) =>
        fields.Has(slot, JsonToken.Number) && fields[slot].Integer is >= TimeMsMin and < TimeMsMax ? fields[slot].Integer * NsPerMs : 0;

    /// <summary>true or false.</summary>
    public static bool TryFlag(ref JsonScanner scanner, FieldSet fields, int slot, out bool flag)
    {
        flag = fields[slot].Token == JsonToken.True;
        return flag || CheckType(ref scanner, fields, slot, JsonToken.False);
    }

    /// <summary>Whether a record can hold the name and JSON need not escape it: 1 to 40 bytes of printable ASCII.</summary>
    public static bool IsName(ReadOnlySpan<byte> name) =>
        name.Length is > 0 and <= Text40.BytesMax && !name.ContainsAnyExceptInRange((byte)'!', (byte)'~') && !name.ContainsAny((byte)'"', (byte)'\\');
}
