using System.Runtime.CompilerServices;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Json;

/// <summary>
/// Reads an array of price levels, <c>[["price","quantity", …], …]</c>, into <see cref="LevelSet"/> records. Further items of a row are
/// validated and passed over, but for the number of orders where it is asked for. A row in the venue's usual form (no blanks, at most 7 digits before
/// the point and 8 behind it) takes a path of its own.
/// </summary>
internal static partial class LevelRows
{
    // [" + number and its look-ahead, twice, and "], behind the second: 2 + 17 + 3 + 24 + 3 = 49.
    private const int FastRowBytes = 64;

    // The bytes [" and "] as little-endian 16-bit words, "," as the low three bytes of a 32-bit word.
    private const ushort RowOpening = '[' | ('"' << 8);
    private const ushort RowClosing = '"' | (']' << 8);
    private const uint Separator = '"' | (',' << 8) | ('"' << 16);
    private const uint SeparatorMask = 0xFFFFFF;

    /// <summary>
    /// Reads the array the scanner stands at, adding a record a row. False = a fault, which the scanner holds. Numbers with more decimals than the
    /// scales have are no fault: <see cref="LevelRowsState.Need"/> says how many are needed, and the records are then worth nothing.
    /// </summary>
    public static bool Read(ref JsonScanner scanner, ref LevelRowsState state, RecordBuffer batch)
    {
        if (!scanner.EnterArray())
        {
            return WrongType(ref scanner);
        }

        bool fast = state.PriceScale.IsFast && state.QuantityScale.IsFast;
        while (scanner.NextElement())
        {
            if (fast && (state.OrderCounts ? ReadFastCountedRows(ref scanner, ref state, batch) : ReadFastRows(ref scanner, ref state, batch)))
            {
                continue;
            }

            if (!ReadRow(ref scanner, ref state, batch))
            {
                return false;
            }
        }

        return !scanner.Failed;
    }

    // Reads rows as long as they have the usual form. The scanner is left behind the last one; false = not even the first one had.
    private static bool ReadFastRows(ref JsonScanner scanner, ref LevelRowsState state, RecordBuffer batch)
    {
        ref byte start = ref scanner.Bytes;
        int left = scanner.BytesLeft;
        int done = 0;
        int at = 0;
        long pricesMet = state.PricesMet;
        long quantitiesMet = state.QuantitiesMet;
        long last = state.LastPrice;
        RowOrder order = state.Order;
        DecimalScale priceScale = state.PriceScale;
        DecimalScale quantityScale = state.QuantityScale;
        while (left - at >= FastRowBytes)
        {
            ref byte row = ref Unsafe.Add(ref start, at);
            if (Unsafe.ReadUnaligned<ushort>(ref row) != RowOpening
                || !DecimalParser.TryParseQuoted(ref Unsafe.Add(ref row, 2), priceScale, out long price, out int priceWritten, out int length)
                || price == 0)
            {
                break;
            }

            row = ref Unsafe.Add(ref row, 2 + length);
            at += 2 + length;
            if ((Unsafe.ReadUnaligned<uint>(ref row) & SeparatorMask) != Separator
                || !DecimalParser.TryParseQuoted(ref Unsafe.Add(ref row, 3), quantityScale, out long quantity, out int quantityWritten, out length))
            {
                break;
            }

            row = ref Unsafe.Add(ref row, 3 + length);
            at += 3 + length + 2;
            if (Unsafe.ReadUnaligned<ushort>(ref row) != RowClosing || (order != RowOrder.Any && !state.InOrder(price, quantity, last)))
            {
                break;
            }

            ref LevelSet level = ref batch.Add<LevelSet>();
            level.Header = state.Header;
            level.Header.TextForm = TextForm.Of(priceWritten, quantityWritten);
            level.PriceTicks = price;
            level.QuantityLots = quantity;
            pricesMet |= price;
            quantitiesMet |= quantity;
            last = price;
            done = at;
            if (Unsafe.Add(ref row, 2) != (byte)',' || Unsafe.Add(ref row, 3) != (byte)'[')
            {
                break;
            }

            at++;
        }

        state.PricesMet = pricesMet;
        state.QuantitiesMet = quantitiesMet;
        state.LastPrice = last;
        scanner.Advance(done);
        return done > 0;
    }

    // Any row that JSON allows.
    private static bool ReadRow(ref JsonScanner scanner, ref LevelRowsState state, RecordBuffer batch)
    {
        if (scanner.Peek() != JsonToken.Array)
        {
            return WrongType(ref scanner);
        }

        int rowStart = scanner.Position;
        scanner.EnterArray();
        JsonValue price = default;
        JsonValue quantity = default;
        uint orders = 0;
        if (!ReadText(ref scanner, rowStart, ref price) || !ReadText(ref scanner, rowStart, ref quantity)
            || (state.OrderCounts && !ReadOrderCount(ref scanner, rowStart, out orders)))
        {
            return false;
        }

        // Behind three items that are all there is, the row has been left already.
        while (!state.OrderCounts && scanner.NextElement())
        {
            if (!scanner.SkipValue())
            {
                return false;
            }
        }

        if (scanner.Failed
            || !state.Need.TryReadPrice(ref scanner, price, state.PriceScale, out DecimalNumber priceNumber)
            || !state.Need.TryReadQuantity(ref scanner, quantity, state.QuantityScale, out DecimalNumber quantityNumber))
        {
            return false;
        }

        // A price with more decimals than the scale has is not zero, and its order is judged when it is read again.
        bool exact = state.Need.IsNone;
        if (exact && priceNumber.Value == 0)
        {
            return scanner.Fail(RejectReason.ImpossibleValue, price.Start);
        }

        if (exact && state.Order != RowOrder.Any && !state.InOrder(priceNumber.Value, quantityNumber.Value, state.LastPrice))
        {
            return quantityNumber.Value == 0
                ? scanner.Fail(RejectReason.ImpossibleValue, quantity.Start)
                : scanner.Fail(RejectReason.LevelOrder, price.Start);
        }

        ref LevelSet level = ref batch.Add<LevelSet>();
        level.Header = state.Header;
        level.Header.TextForm = TextForm.Of(priceNumber.Written, quantityNumber.Written);
        level.PriceTicks = priceNumber.Value;
        level.QuantityLots = quantityNumber.Value;
        level.OrderCount = orders;
        state.PricesMet |= priceNumber.Value;
        state.QuantitiesMet |= quantityNumber.Value;
        state.LastPrice = priceNumber.Value;
        return true;
    }

    private static bool ReadText(ref JsonScanner scanner, int rowStart, ref JsonValue text)
    {
        if (!scanner.NextElement())
        {
            return !scanner.Failed && scanner.Fail(RejectReason.MissingField, rowStart);
        }

        if (scanner.Peek() is not (JsonToken.String or JsonToken.None))
        {
            return scanner.Fail(RejectReason.WrongType, scanner.Position);
        }

        return scanner.ReadValue(ref text);
    }

    // Something is there, but not an array; or nothing is.
    private static bool WrongType(ref JsonScanner scanner)
    {
        JsonValue value = default;
        int at = scanner.Position;
        return !scanner.Failed && scanner.ReadValue(ref value) && scanner.Fail(RejectReason.WrongType, at);
    }
}
