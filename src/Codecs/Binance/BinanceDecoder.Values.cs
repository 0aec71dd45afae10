using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Binance;

// Single fields: present, once, of the right type, and possible. Each returns false after a fault, which the scanner then holds.
public sealed partial class BinanceDecoder
{
    // 2000-01-01 and 2200-01-01, Unix ms.
    private const long TimeMsMin = 946_684_800_000;
    private const long TimeMsMax = 7_258_118_400_000;
    private const long NsPerMs = 1_000_000;
    private const long NsPerUs = 1_000;

    private static bool CheckFields(ref JsonScanner scanner, FieldSet fields, ulong required, ulong optional)
    {
        if ((fields.Seen & required) != required)
        {
            return scanner.Fail(RejectReason.MissingField, fields.Start);
        }

        return !fields.HasDuplicate(required | optional, out int position) || scanner.Fail(RejectReason.DuplicateField, position);
    }

    private static bool CheckType(ref JsonScanner scanner, FieldSet fields, int slot, JsonToken token) =>
        fields[slot].Token == token || scanner.Fail(RejectReason.WrongType, fields[slot].Start);

    private static bool TryInteger(ref JsonScanner scanner, FieldSet fields, int slot, long least, out long number)
    {
        ref JsonValue value = ref fields[slot];
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

    // Milliseconds, or microseconds where the connection asked for timeUnit=MICROSECOND (spot documentation, 2026-07): between 2000 and 2200 the two
    // ranges of numbers do not meet.
    private static bool TryTime(ref JsonScanner scanner, FieldSet fields, int slot, out long ns)
    {
        ns = 0;
        if (!TryInteger(ref scanner, fields, slot, long.MinValue, out long number))
        {
            return false;
        }

        if (number is >= TimeMsMin and < TimeMsMax)
        {
            ns = number * NsPerMs;
            return true;
        }

        const long UsPerMs = NsPerMs / NsPerUs;
        ns = number * NsPerUs;
        return number is >= TimeMsMin * UsPerMs and < TimeMsMax * UsPerMs || scanner.Fail(RejectReason.ImpossibleValue, fields[slot].Start);
    }

    // 0 when the message has no such field.
    private static bool TryOptionalTime(ref JsonScanner scanner, FieldSet fields, int slot, out long ns)
    {
        ns = 0;
        return !fields.Has(slot) || TryTime(ref scanner, fields, slot, out ns);
    }

    private static bool TryFlag(ref JsonScanner scanner, FieldSet fields, int slot, out bool flag)
    {
        flag = fields[slot].Token == JsonToken.True;
        return flag || CheckType(ref scanner, fields, slot, JsonToken.False);
    }

    // A price of the message being written. Zero = allowed only where the venue writes it for "none".
    private bool TryPrice(ref JsonScanner scanner, FieldSet fields, int slot, bool zeroAllowed, out DecimalNumber number)
    {
        number = default;
        if (!CheckType(ref scanner, fields, slot, JsonToken.String)
            || !_rows.Need.TryReadPrice(ref scanner, fields[slot], _rows.PriceScale, out number))
        {
            return false;
        }

        _rows.PricesMet |= number.Value;
        return number.Value != 0 || zeroAllowed || number.Significant > _rows.PriceScale.Decimals
            || scanner.Fail(RejectReason.ImpossibleValue, fields[slot].Start);
    }

    private bool TryQuantity(ref JsonScanner scanner, FieldSet fields, int slot, out DecimalNumber number)
    {
        number = default;
        if (!CheckType(ref scanner, fields, slot, JsonToken.String)
            || !_rows.Need.TryReadQuantity(ref scanner, fields[slot], _rows.QuantityScale, out number))
        {
            return false;
        }

        _rows.QuantitiesMet |= number.Value;
        return true;
    }
}
