using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Json;

/// <summary>
/// Reads an array of price levels, <c>[["price","quantity", …], …]</c>, into <see cref="LevelSet"/> records. Further items of a row are
/// validated and passed over, but for the number of orders where it is asked for. A row in the venue's usual form (two items, no blanks, numbers of at most 16
/// bytes) takes a path of its own: one look at its 64 bytes finds where both numbers end, and each is read in one register.
/// </summary>
internal static partial class LevelRows
{
    // The bytes [" and "] as little-endian 16-bit words, "," as the low three bytes of a 32-bit word.
    private const ushort RowOpening = '[' | ('"' << 8);
    private const uint Separator = '"' | (',' << 8) | ('"' << 16);
    private const uint SeparatorMask = 0xFFFFFF;
    private const int SeparatorBytes = 3;
    private const int RowClosingBytes = 2;
    private const ushort NextRow = ',' | ('[' << 8);

    // The same as bits, a byte each; and where the price stands.
    private const ulong OpeningPlaces = 0b11;
    private const ulong SeparatorPlaces = 0b111;
    private const ulong ClosingPlaces = 0b11;
    private const int PriceAt = 2;

    // The 64 bytes of which a row is part, and the one behind them: the stop of a number that has none among them.
    private const int RowBytesLooked = 64 + 1;
    private const int NumberBytesMax = VectorDigits.Width;

    /// <summary>
    /// Reads the array the scanner stands at, adding a record a row. False = a fault, which the scanner holds. Numbers with more decimals than the
    /// scales have are no fault: <see cref="LevelRowsState.Need"/> says how many are needed, and the records are then worth nothing.
    /// </summary>
    public static bool Read(ref JsonScanner scanner, ref LevelRowsState state, RecordBuffer batch) =>
        RowWidth512.IsSupported ? Read<RowWidth512>(ref scanner, ref state, batch)
        : RowWidth256.IsSupported ? Read<RowWidth256>(ref scanner, ref state, batch)
        : Read<RowWidthSwar>(ref scanner, ref state, batch);

    /// <summary>The same with vectors of one width, which the processor must have.</summary>
    internal static bool Read<TWidth>(ref JsonScanner scanner, ref LevelRowsState state, RecordBuffer batch)
        where TWidth : struct, IRowWidth
    {
        if (!scanner.EnterArray())
        {
            return WrongType(ref scanner);
        }

        while (scanner.NextElement())
        {
            if (state.IsFast && ReadFastRows<TWidth>(ref scanner, ref state, batch))
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
    private static bool ReadFastRows<TWidth>(ref JsonScanner scanner, ref LevelRowsState state, RecordBuffer batch)
        where TWidth : struct, IRowWidth
    {
        int left = scanner.BytesLeft;
        int done;
        if (left >= RowBytesLooked)
        {
            done = state.OrderCounts ? ReadFastCountedRows<TWidth>(ref scanner.Bytes, left, ref state, batch)
                : ReadFastRows<TWidth>(ref scanner.Bytes, left, ref state, batch);
        }
        else
        {
            // The frame's last rows: on a copy with zeros behind it, which are part of no row.
            Span<byte> copy = stackalloc byte[2 * RowBytesLooked];
            scanner.Frame[scanner.Position..].CopyTo(copy);
            ref byte rows = ref MemoryMarshal.GetReference(copy);
            done = state.OrderCounts ? ReadFastCountedRows<TWidth>(ref rows, left + RowBytesLooked, ref state, batch)
                : ReadFastRows<TWidth>(ref rows, left + RowBytesLooked, ref state, batch);
        }

        scanner.Advance(done);
        return done > 0;
    }

    // The same from rows on, of which so many bytes are readable. Returns the bytes of the rows read, with the commas between them.
    internal static int ReadFastRows<TWidth>(ref byte rows, int readable, ref LevelRowsState state, RecordBuffer batch)
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

            // ["price","quantity"]: quotes and bracket tell where both numbers end and where the next row is before this one is understood, so that the processor
            // can work on several.
            TWidth.Look(ref row, out RowMasks masks);
            int end = BitOperations.TrailingZeroCount(masks.Brackets) + 1;
            int priceLength = BitOperations.TrailingZeroCount(masks.Quotes >> PriceAt);
            int quantityAt = PriceAt + priceLength + SeparatorBytes;
            int quantityEnd = end - RowClosingBytes;
            int quantityLength = quantityEnd - quantityAt;
            if (!IsNumberLength(priceLength) || !IsNumberLength(quantityLength))
            {
                break;
            }

            // What is no digit must be the row's punctuation, or a point in a number.
            ulong points = masks.Points & masks.Row;
            ulong stops = masks.NotDigits & masks.Row;
            if (Unsafe.ReadUnaligned<ushort>(ref row) != RowOpening
                || (Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref row, PriceAt + priceLength)) & SeparatorMask) != Separator
                || Unsafe.Add(ref row, quantityEnd) != (byte)'"'
                || (stops ^ points) != (OpeningPlaces | (SeparatorPlaces << (PriceAt + priceLength)) | (ClosingPlaces << quantityEnd))
                || !ArePoints(points, stops, PriceAt + priceLength, out int pricePoints, out int quantityPoints))
            {
                break;
            }

            int priceWhole = BitOperations.TrailingZeroCount(stops >> PriceAt);
            int quantityWhole = BitOperations.TrailingZeroCount(stops >> quantityAt);
            if (HasZeroInFront(ref row, PriceAt, priceWhole) || HasZeroInFront(ref row, quantityAt, quantityWhole)
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsNumberLength(int length) => (uint)(length - 1) < NumberBytesMax;

    // Each number has at most one point, and digits on both sides of it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool ArePoints(ulong points, ulong stops, int priceEnd, out int pricePoints, out int quantityPoints)
    {
        pricePoints = BitOperations.PopCount(points & ((1UL << priceEnd) - 1));
        quantityPoints = BitOperations.PopCount(points) - pricePoints;
        return (((points << 1) | (points >> 1)) & stops) == 0 && pricePoints <= 1 && quantityPoints <= 1;
    }

    // Both are looked at, since neither can be foreseen.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool HasZeroInFront(ref byte row, int start, int whole) => (Unsafe.Add(ref row, start) == (byte)'0') & (whole > 1);

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
        state.LastPrice = exact ? priceNumber.Value : -1;
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
