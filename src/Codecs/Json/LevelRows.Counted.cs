using System.Runtime.CompilerServices;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Json;

// Rows that tell how many orders stand at the level.
internal static partial class LevelRows
{
    // What stands between quantity and orders of the usual row: "," 0 ","  (the third item has had no meaning for years and is always "0").
    private const ulong CountSeparator = 0x22_2C22_3022_2C22;
    private const ulong CountSeparatorMask = 0xFF_FFFF_FFFF_FFFF;
    private const int CountSeparatorBytes = 7;

    // As ReadFastRows, for ["price","quantity","0","orders"] with at most seven digits of orders. A loop of its own, so that rows without a count pay
    // nothing for it. Bytes looked at: 2 + 16 + 3 + 16 + 7 + 8 + 2 + 2 = 56, the look-ahead of the quantity ending before them.
    private static bool ReadFastCountedRows(ref JsonScanner scanner, ref LevelRowsState state, RecordBuffer batch)
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
            at += 3 + length;
            if ((Unsafe.ReadUnaligned<ulong>(ref row) & CountSeparatorMask) != CountSeparator)
            {
                break;
            }

            row = ref Unsafe.Add(ref row, CountSeparatorBytes);
            ulong digits = Swar.ToDigits(Unsafe.ReadUnaligned<ulong>(ref row));
            length = Swar.FirstHit(Swar.NotDigits(digits));
            if ((uint)(length - 1) >= Swar.Width - 1 || ((byte)digits == 0 && length > 1))
            {
                break;
            }

            row = ref Unsafe.Add(ref row, length);
            at += CountSeparatorBytes + length + 2;
            if (Unsafe.ReadUnaligned<ushort>(ref row) != RowClosing || (order != RowOrder.Any && !state.InOrder(price, quantity, last)))
            {
                break;
            }

            ref LevelSet level = ref batch.Add<LevelSet>();
            level.Header = state.Header;
            level.Header.TextForm = TextForm.Of(priceWritten, quantityWritten);
            level.PriceTicks = price;
            level.QuantityLots = quantity;
            level.OrderCount = (uint)Swar.ToNumber(digits << (64 - (8 * length)));
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

    // The rest of a row behind its quantity: the count is the fourth item, or the third where the row ends behind it. The row is left.
    private static bool ReadOrderCount(ref JsonScanner scanner, int rowStart, out uint orders)
    {
        JsonValue count = default;
        orders = 0;
        if (!ReadText(ref scanner, rowStart, ref count))
        {
            return false;
        }

        if (scanner.NextElement())
        {
            if (scanner.Peek() is not (JsonToken.String or JsonToken.None))
            {
                return scanner.Fail(RejectReason.WrongType, scanner.Position);
            }

            if (!scanner.ReadValue(ref count))
            {
                return false;
            }

            while (scanner.NextElement())
            {
                if (!scanner.SkipValue())
                {
                    return false;
                }
            }
        }

        if (scanner.Failed || !Fields.TryIntegerText(ref scanner, count, out long number))
        {
            return false;
        }

        orders = (uint)number;
        return number <= uint.MaxValue || scanner.Fail(RejectReason.NumberOutOfRange, count.Start);
    }
}
