using System.Runtime.CompilerServices;
using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Bitfinex;

/// <summary>
/// Reads the rows of an aggregated book, <c>[PRICE,COUNT,AMOUNT]</c> alone or in a list, into <see cref="LevelSet"/> records: a positive amount is a bid, a
/// negative one an ask, count 0 deletes. Further items of a row are validated and passed over (arrays may grow; documentation, 2026-07). A row in the
/// usual form (no blanks, no exponent, at most 7 digits before the point and 8 behind it) takes a path of its own.
/// </summary>
internal static class BitfinexRows
{
    private const int ItemsRead = 3;

    /// <summary>Whether the array the scanner stands at is a list (of rows, or empty) rather than one row. Finds no fault.</summary>
    public static bool IsList(in JsonScanner scanner)
    {
        ref byte start = ref scanner.Bytes;
        for (int at = 1; at < scanner.BytesLeft; at++)
        {
            byte found = Unsafe.Add(ref start, at);
            if (found > (byte)' ')
            {
                return found is (byte)'[' or (byte)']';
            }
        }

        return false;
    }

    /// <summary>
    /// Reads the list or the single row the scanner stands at, adding a record a row. False = a fault, which the scanner holds. Numbers with more
    /// decimals than the scales have are no fault: <see cref="LevelRowsState.Need"/> says how many are needed, and the records are then worth nothing.
    /// </summary>
    /// <param name="scanner">Stands at an array.</param>
    /// <param name="state">Scales and header; <see cref="RecordFlags.Snapshot"/> in the header = a whole book, best bid first, then best ask first.</param>
    /// <param name="batch">Where the records go.</param>
    public static bool Read(ref JsonScanner scanner, ref LevelRowsState state, RecordBuffer batch)
    {
        bool snapshot = state.Header.Has(RecordFlags.Snapshot);
        state.Header.Code = (byte)Side.Bid;
        state.LastPrice = -1;
        if (!IsList(scanner))
        {
            return (state.IsFast && ReadFastRows(ref scanner, ref state, batch, snapshot, single: true)) || ReadRow(ref scanner, ref state, batch, snapshot);
        }

        scanner.EnterArray();
        while (scanner.NextElement())
        {
            if (state.IsFast && ReadFastRows(ref scanner, ref state, batch, snapshot, single: false))
            {
                continue;
            }

            if (!ReadRow(ref scanner, ref state, batch, snapshot))
            {
                return false;
            }
        }

        return !scanner.Failed;
    }

    // Reads rows as long as they have the usual form. The scanner is left behind the last one; false = not even the first one had.
    [SkipLocalsInit]
    private static bool ReadFastRows(ref JsonScanner scanner, ref LevelRowsState state, RecordBuffer batch, bool snapshot, bool single)
    {
        int left = scanner.BytesLeft;
        ref byte start = ref scanner.Bytes;
        Span<byte> padded = stackalloc byte[BitfinexRow.LookAhead];
        int done = 0;
        int at = 0;
        long pricesMet = state.PricesMet;
        long quantitiesMet = state.QuantitiesMet;
        DecimalScale priceScale = state.PriceScaleKnown;
        DecimalScale quantityScale = state.QuantityScaleKnown;
        while (true)
        {
            scoped ref byte row = ref Unsafe.Add(ref start, at);
            if (left - at < BitfinexRow.LookAhead)
            {
                // Near the end of the frame, where most changes stand: what is left of it, and zeros behind, which end every number.
                padded.Clear();
                Unsafe.CopyBlockUnaligned(ref padded[0], ref row, (uint)(left - at));
                row = ref padded[0];
            }

            if (!BitfinexRow.TryParse(ref row, priceScale, quantityScale, out BitfinexRow parsed)
                || (snapshot && (parsed.Orders == 0 || !InOrder(ref state, parsed.Side, parsed.PriceTicks))))
            {
                break;
            }

            parsed.WriteTo(ref batch.Add<LevelSet>(), state.Header);
            pricesMet |= parsed.PriceTicks;
            quantitiesMet |= parsed.QuantityLots;
            state.LastPrice = parsed.PriceTicks;
            state.Header.Code = (byte)parsed.Side;
            at += parsed.Length;
            done = at;
            if (single || left - at < 2 || Unsafe.Add(ref start, at) != (byte)',' || Unsafe.Add(ref start, at + 1) != (byte)'[')
            {
                break;
            }

            at++;
        }

        state.PricesMet = pricesMet;
        state.QuantitiesMet = quantitiesMet;
        scanner.Advance(done);
        return done > 0;
    }

    // Any row that JSON allows.
    private static bool ReadRow(ref JsonScanner scanner, ref LevelRowsState state, RecordBuffer batch, bool snapshot)
    {
        JsonValue price = default;
        JsonValue count = default;
        JsonValue amount = default;
        if (!TryItems(ref scanner, ref price, ref count, ref amount)
            || !BitfinexNumbers.TryPrice(ref scanner, ref state.Need, price, state.PriceScale, zeroAllowed: false, out DecimalNumber priceNumber)
            || !Fields.TryInteger(ref scanner, count, 0, out long orders))
        {
            return false;
        }

        if (orders > uint.MaxValue)
        {
            return scanner.Fail(RejectReason.NumberOutOfRange, count.Start);
        }

        DecimalNumber quantity = default;
        Side side;
        if (orders == 0)
        {
            if (snapshot)
            {
                return scanner.Fail(RejectReason.ImpossibleValue, count.Start);
            }

            if (!BitfinexNumbers.TryDeletedSide(ref scanner, amount, out side))
            {
                return false;
            }
        }
        else
        {
            if (!BitfinexNumbers.TryAmount(ref scanner, ref state.Need, amount, state.QuantityScale, out quantity))
            {
                return false;
            }

            side = quantity.Negative ? Side.Ask : Side.Bid;
        }

        // The order of numbers that could not be held is judged when they are read again.
        if (snapshot && state.Need.IsNone && !InOrder(ref state, side, priceNumber.Value))
        {
            return scanner.Fail(RejectReason.LevelOrder, price.Start);
        }

        ref LevelSet level = ref batch.Add<LevelSet>();
        level.Header = state.Header;
        level.Header.Code = (byte)side;
        level.Header.TextForm = TextForm.Of(priceNumber.Written, quantity.Written);
        level.PriceTicks = priceNumber.Value;
        level.QuantityLots = quantity.Value;
        level.OrderCount = (uint)orders;
        state.PricesMet |= priceNumber.Value;
        state.QuantitiesMet |= quantity.Value;
        state.LastPrice = state.Need.IsNone ? priceNumber.Value : -1;
        state.Header.Code = (byte)side;
        return true;
    }

    /// <summary>The first three items of the row the scanner stands at; all of it is validated.</summary>
    public static bool TryItems(ref JsonScanner scanner, ref JsonValue first, ref JsonValue second, ref JsonValue third)
    {
        int start = scanner.Position;
        if (scanner.Peek() != JsonToken.Array)
        {
            JsonValue wrong = default;
            return scanner.ReadValue(ref wrong) && scanner.Fail(RejectReason.WrongType, wrong.Start);
        }

        scanner.EnterArray();
        int items = 0;
        JsonValue further = default;
        while (scanner.NextElement())
        {
            ref JsonValue item = ref further;
            switch (items++)
            {
                case 0:
                    item = ref first;
                    break;
                case 1:
                    item = ref second;
                    break;
                case 2:
                    item = ref third;
                    break;
            }

            if (!scanner.ReadValue(ref item))
            {
                return false;
            }
        }

        return !scanner.Failed && (items >= ItemsRead || scanner.Fail(RejectReason.MissingField, start));
    }

    // Whether a row of a whole book may stand behind the one before: all bids, falling, then all asks, rising.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool InOrder(ref LevelRowsState state, Side side, long price)
    {
        if ((byte)side != state.Header.Code)
        {
            return side == Side.Ask;
        }

        return state.LastPrice < 0 || (side == Side.Bid ? price < state.LastPrice : price > state.LastPrice);
    }
}
