using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Json;

// Rows that tell how many orders stand at the level.
internal static partial class LevelRows
{
    // What stands between quantity and orders of the usual row: "," 0 ","  (the third item has had no meaning for years and is always "0").
    private const ulong CountSeparator = 0x22_2C22_3022_2C22;
    private const ulong CountSeparatorMask = 0xFF_FFFF_FFFF_FFFF;
    private const int CountSeparatorBytes = 7;
    private const ulong CountSeparatorPlaces = 0b111_0111;

    // As ReadFastRows, for ["price","quantity","0","orders"] with at most seven digits of orders, which begin before byte 2 + 16 + 3 + 16 + 7 = 44. A loop of its
    // own, so that rows without a count pay nothing for it.
    private static int ReadFastCountedRows<TWidth>(ref byte rows, int readable, ref LevelRowsState state, RecordBuffer batch)
        where TWidth : struct, IRowWidth
    {
        int done = 0;
        int at = 0;
        long pricesMet = state.PricesMet;
        long quantitiesMet = state.QuantitiesMet;
        long last = state.LastPrice;
        RowOrder order = state.Order;
        DecimalScale priceScale = state.PriceScaleKnown;
        DecimalScale quantityScale = state.QuantityScaleKnown;
        Vector128<sbyte> pricePlaces = priceScale.Places;
        Vector128<sbyte> quantityPlaces = quantityScale.Places;
        LevelSet template = new() { Header = state.Header };
        while (readable - at >= RowBytesLooked)
        {
            ref byte row = ref Unsafe.Add(ref rows, at);
            TWidth.Look(ref row, out RowMasks masks);
            int end = BitOperations.TrailingZeroCount(masks.Brackets) + 1;
            int priceLength = BitOperations.TrailingZeroCount(masks.Quotes >> PriceAt);
            int quantityAt = PriceAt + priceLength + SeparatorBytes;

            // The quotes around the price and the one before the quantity are taken away.
            ulong quotes = masks.Quotes & (masks.Quotes - 1);
            quotes &= quotes - 1;
            int quantityEnd = BitOperations.TrailingZeroCount(quotes & (quotes - 1));
            int quantityLength = quantityEnd - quantityAt;
            int countAt = quantityEnd + CountSeparatorBytes;
            int countEnd = end - RowClosingBytes;
            int countLength = countEnd - countAt;
            if (!IsNumberLength(priceLength) || !IsNumberLength(quantityLength) || (uint)(countLength - 1) >= Swar.Width - 1)
            {
                break;
            }

            ulong points = masks.Points & masks.Row;
            ulong stops = masks.NotDigits & masks.Row;
            ulong punctuation = OpeningPlaces | (SeparatorPlaces << (PriceAt + priceLength)) | (CountSeparatorPlaces << quantityEnd) | (ClosingPlaces << countEnd);
            ulong digits = Swar.ToDigits(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref row, countAt)));
            if (Unsafe.ReadUnaligned<ushort>(ref row) != RowOpening
                || (Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref row, PriceAt + priceLength)) & SeparatorMask) != Separator
                || (Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref row, quantityEnd)) & CountSeparatorMask) != CountSeparator
                || Unsafe.Add(ref row, countEnd) != (byte)'"'
                || (stops ^ points) != punctuation
                || points >> quantityEnd != 0
                || !ArePoints(points, stops, PriceAt + priceLength, out int pricePoints, out int quantityPoints))
            {
                break;
            }

            int priceWhole = BitOperations.TrailingZeroCount(stops >> PriceAt);
            int quantityWhole = BitOperations.TrailingZeroCount(stops >> quantityAt);
            if (HasZeroInFront(ref row, PriceAt, priceWhole) || HasZeroInFront(ref row, quantityAt, quantityWhole) || HasZeroInFront(ref row, countAt, countLength)
                || !TWidth.TryRead(ref Unsafe.Add(ref row, PriceAt), priceWhole, priceLength, priceScale, pricePlaces, out long price)
                || !TWidth.TryRead(ref Unsafe.Add(ref row, quantityAt), quantityWhole, quantityLength, quantityScale, quantityPlaces, out long quantity)
                || price == 0
                || (order != RowOrder.Any && !state.InOrder(price, quantity, last)))
            {
                break;
            }

            ref LevelSet level = ref batch.Add(template);
            level.Header.TextForm = TextForm.Of(priceLength - priceWhole - pricePoints, quantityLength - quantityWhole - quantityPoints);
            level.PriceTicks = price;
            level.QuantityLots = quantity;
            level.OrderCount = (uint)Swar.ToNumber(digits << (64 - (8 * countLength)));
            pricesMet |= price;
            quantitiesMet |= quantity;
            last = price;
            at += end;
            done = at;
            if (Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref row, end)) != NextRow)
            {
                break;
            }

            at++;
        }

        state.PricesMet = pricesMet;
        state.QuantitiesMet = quantitiesMet;
        state.LastPrice = last;
        return done;
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
