using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.CoinbaseAdvanced;

/// <summary>
/// Reads the <c>updates</c> of a book event into LevelSet records: <c>{"side":"bid","event_time":"…","price_level":"…","new_quantity":"…"}</c>, 46,000 of them
/// in a real snapshot. Side and time are the same in row after row, and quantity stands last: a row that begins with the very bytes of one read before,
/// up to its price, means the same by them, and only its two numbers are read.
/// </summary>
internal sealed class AdvancedRows(MessageDraft draft)
{
    private readonly FieldSet _row = new();

    private static ReadOnlySpan<byte> Middle => "\",\"new_quantity\":\""u8;

    /// <summary>What a book that begins here is read with.</summary>
    public static AdvancedRowsState Begin(bool isSnapshot) => new() { IsSnapshot = isSnapshot, LastBid = -1, LastAsk = -1 };

    /// <summary>Fields that were missing in the row read last.</summary>
    public IEnumerable<string> MissingFields() => _row.MissingNames(AdvancedFields.NameOf);

    /// <summary>Forgets the frame before.</summary>
    public void BeginFrame() => _row.Clear(0);

    /// <summary>
    /// Reads the array the scanner stands at. False = a fault, which the scanner holds. Numbers too fine for the exponents are noted in the draft, and
    /// the records are then worth nothing.
    /// </summary>
    public bool Read(ref JsonScanner scanner, ref AdvancedRowsState state, RecordBuffer batch)
    {
        if (scanner.Peek() != JsonToken.Array)
        {
            return AdvancedDecoder.FailHere(ref scanner);
        }

        bool fast = draft.Rows.PriceScale.IsFast && draft.Rows.QuantityScale.IsFast;
        scanner.EnterArray();
        while (scanner.NextElement())
        {
            if (fast && state.PrefixLength > 0 && ReadAlike(ref scanner, ref state, batch))
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

    // Reads rows as long as they begin like the one read in full. The scanner is left behind the last one; false = not even the first one does.
    private bool ReadAlike(ref JsonScanner scanner, ref AdvancedRowsState state, RecordBuffer batch)
    {
        // Behind the prefix: two numbers with what their parser looks at, what stands between and behind them, and the start of the next row.
        int bytesNeeded = state.PrefixLength + (2 * DecimalParser.LookAhead) + Middle.Length + 4;
        ReadOnlySpan<byte> prefix = scanner.Frame.Slice(state.PrefixStart, state.PrefixLength);
        ref byte start = ref scanner.Bytes;
        int left = scanner.BytesLeft;
        int at = 0;
        int done = 0;
        bool isBid = state.Side == Side.Bid;
        long last = isBid ? state.LastBid : state.LastAsk;
        long pricesMet = draft.Rows.PricesMet;
        long quantitiesMet = draft.Rows.QuantitiesMet;
        DecimalScale priceScale = draft.Rows.PriceScale;
        DecimalScale quantityScale = draft.Rows.QuantityScale;
        RecordHeader header = draft.Rows.Header;
        header.Code = (byte)state.Side;
        header.VenueTimeNs = state.EventTimeNs;
        while (left - at >= bytesNeeded)
        {
            ref byte row = ref Unsafe.Add(ref start, at);
            if (!MemoryMarshal.CreateReadOnlySpan(ref row, prefix.Length).SequenceEqual(prefix))
            {
                break;
            }

            row = ref Unsafe.Add(ref row, prefix.Length);
            if (!DecimalParser.TryParseQuoted(ref row, priceScale, out long price, out int priceWritten, out int priceLength) || price == 0)
            {
                break;
            }

            row = ref Unsafe.Add(ref row, priceLength);
            if (!MemoryMarshal.CreateReadOnlySpan(ref row, Middle.Length).SequenceEqual(Middle))
            {
                break;
            }

            row = ref Unsafe.Add(ref row, Middle.Length);
            if (!DecimalParser.TryParseQuoted(ref row, quantityScale, out long quantity, out int quantityWritten, out int quantityLength)
                || Unsafe.Add(ref row, quantityLength + 1) != (byte)'}'
                || (state.IsSnapshot && !InOrder(price, quantity, last, isBid)))
            {
                break;
            }

            ref LevelSet level = ref batch.Add<LevelSet>();
            level.Header = header;
            level.Header.TextForm = TextForm.Of(priceWritten, quantityWritten);
            level.PriceTicks = price;
            level.QuantityLots = quantity;
            pricesMet |= price;
            quantitiesMet |= quantity;
            last = price;
            at += prefix.Length + priceLength + Middle.Length + quantityLength + 2;
            done = at;
            if (Unsafe.Add(ref row, quantityLength + 2) != (byte)',')
            {
                break;
            }

            at++;
        }

        if (isBid)
        {
            state.LastBid = last;
        }
        else
        {
            state.LastAsk = last;
        }

        draft.Rows.PricesMet = pricesMet;
        draft.Rows.QuantitiesMet = quantitiesMet;
        scanner.Advance(done);
        return done > 0;
    }

    // Any row that JSON allows.
    private bool ReadRow(ref JsonScanner scanner, ref AdvancedRowsState state, RecordBuffer batch)
    {
        const ulong Needed = (1UL << AdvancedFields.Side) | (1UL << AdvancedFields.EventTime) | (1UL << AdvancedFields.PriceLevel)
            | (1UL << AdvancedFields.NewQuantity);
        int start = scanner.Position;
        state.PrefixLength = 0;
        if (!AdvancedDecoder.ReadFields(ref scanner, _row)
            || !Fields.Check(ref scanner, _row, Needed, 0)
            || !TextFields.TryChoice(ref scanner, _row[AdvancedFields.Side], "bid"u8, "offer"u8, out bool isBid)
            || !TryEventTime(ref scanner, _row[AdvancedFields.EventTime], out state.EventTimeNs)
            || !draft.TryPrice(ref scanner, _row[AdvancedFields.PriceLevel], zeroAllowed: false, out DecimalNumber price)
            || !draft.TryQuantity(ref scanner, _row[AdvancedFields.NewQuantity], out DecimalNumber quantity))
        {
            return false;
        }

        state.Side = isBid ? Side.Bid : Side.Ask;
        if (state.IsSnapshot && draft.Rows.Need.IsNone && !InOrder(price.Value, quantity.Value, isBid ? state.LastBid : state.LastAsk, isBid))
        {
            return quantity.Value == 0
                ? scanner.Fail(RejectReason.ImpossibleValue, _row[AdvancedFields.NewQuantity].Start)
                : scanner.Fail(RejectReason.LevelOrder, _row[AdvancedFields.PriceLevel].Start);
        }

        if (isBid)
        {
            state.LastBid = price.Value;
        }
        else
        {
            state.LastAsk = price.Value;
        }

        ref LevelSet level = ref batch.Add<LevelSet>();
        draft.SetHeader(ref level.Header, state.Side, price, quantity);
        level.Header.VenueTimeNs = state.EventTimeNs;
        level.PriceTicks = price.Value;
        level.QuantityLots = quantity.Value;
        NoteForm(scanner, start, ref state);
        return true;
    }

    // The row just read, if nothing but its price and its quantity stands behind its prefix.
    private void NoteForm(in JsonScanner scanner, int start, ref AdvancedRowsState state)
    {
        JsonValue price = _row[AdvancedFields.PriceLevel];
        JsonValue quantity = _row[AdvancedFields.NewQuantity];
        int priceEnd = price.Start + price.Length;
        if (priceEnd + Middle.Length == quantity.Start
            && scanner.Frame.Slice(priceEnd, Middle.Length).SequenceEqual(Middle)
            && quantity.Start + quantity.Length + 2 == scanner.Position)
        {
            state.PrefixStart = start;
            state.PrefixLength = price.Start - start;
        }
    }

    // The documentation's snapshots have the year 1970 for "none" (2026-07); the recorded ones have the time of the snapshot.
    private static bool TryEventTime(ref JsonScanner scanner, in JsonValue value, out long ns)
    {
        ns = 0;
        return (value.Token == JsonToken.String && value.In(scanner.Frame).SequenceEqual("1970-01-01T00:00:00Z"u8))
            || TextFields.TryIsoTime(ref scanner, value, out ns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool InOrder(long price, long quantity, long last, bool isBid) =>
        quantity != 0 && (last < 0 || (isBid ? price < last : price > last));
}
