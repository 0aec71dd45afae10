using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.CoinbaseAdvanced;

/// <summary>
/// Reads the <c>updates</c> of a book event into LevelSet records: <c>{"side":"bid","event_time":"…","price_level":"…","new_quantity":"…"}</c>, 46,000 of them
/// in a real snapshot. A row in this very form is compared and parsed byte by byte, and its time only where it is not that of the row before.
/// </summary>
internal sealed class AdvancedRows(MessageDraft draft)
{
    private readonly FieldSet _row = new();

    // A time, the quote behind it, and what follows in either case: no time has more bytes.
    private const int TimeBytes = 32;

    private static ReadOnlySpan<byte> BidHead => "{\"side\":\"bid\",\"event_time\":\""u8;

    private static ReadOnlySpan<byte> AskHead => "{\"side\":\"offer\",\"event_time\":\""u8;

    private static ReadOnlySpan<byte> BeforePrice => "\",\"price_level\":\""u8;

    private static ReadOnlySpan<byte> BeforeQuantity => "\",\"new_quantity\":\""u8;

    /// <summary>What a book that begins here is read with.</summary>
    public static AdvancedRowsState Begin(bool isSnapshot, bool isUsualOnly) =>
        new() { IsSnapshot = isSnapshot, IsUsualOnly = isUsualOnly, LastBid = -1, LastAsk = -1 };

    /// <summary>Fields that were missing in the row read last.</summary>
    public IEnumerable<string> MissingFields() => _row.MissingNames(AdvancedFields.NameOf);

    /// <summary>Forgets the frame before.</summary>
    public void BeginFrame() => _row.Clear(0);

    /// <summary>
    /// Reads the array the scanner stands at. False = a fault, which the scanner holds, or a row of another form where only the usual one is wanted. Numbers too fine for the exponents are noted in the draft, and
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
            if (fast && ReadUsual(ref scanner, ref state, batch))
            {
                continue;
            }

            if (state.IsUsualOnly || !ReadRow(ref scanner, ref state, batch))
            {
                return false;
            }
        }

        return !scanner.Failed;
    }

    // Reads rows as long as they have the usual form. The scanner is left behind the last one; false = not even the first one has.
    [SkipLocalsInit]
    private bool ReadUsual(ref JsonScanner scanner, ref AdvancedRowsState state, RecordBuffer batch)
    {
        // What the parser of the quantity looks at, and the two bytes behind it.
        const int QuantityBytes = DecimalParser.LookAhead + 2;

        ref byte start = ref scanner.Bytes;
        Span<byte> padded = stackalloc byte[QuantityBytes];
        int left = scanner.BytesLeft;
        int at = 0;
        int done = 0;
        long pricesMet = draft.Rows.PricesMet;
        long quantitiesMet = draft.Rows.QuantitiesMet;
        DecimalScale priceScale = draft.Rows.PriceScale;
        DecimalScale quantityScale = draft.Rows.QuantityScale;
        RecordHeader header = draft.Rows.Header;
        while (left - at >= AskHead.Length + TimeBytes)
        {
            ref byte row = ref Unsafe.Add(ref start, at);
            bool isBid = IsAt(ref row, BidHead);
            if (!isBid && !IsAt(ref row, AskHead))
            {
                break;
            }

            at += isBid ? BidHead.Length : AskHead.Length;
            Vector256<byte> time = Vector256.LoadUnsafe(ref Unsafe.Add(ref start, at));
            if (time != state.Time && !TryReadTime(time, ref Unsafe.Add(ref start, at), ref state))
            {
                break;
            }

            at += state.TimeLength;
            if (left - at < BeforePrice.Length + DecimalParser.LookAhead
                || !IsAt(ref Unsafe.Add(ref start, at), BeforePrice)
                || !DecimalParser.TryParseQuoted(
                    ref Unsafe.Add(ref start, at + BeforePrice.Length), priceScale, out long price, out int priceWritten, out int priceLength)
                || price == 0)
            {
                break;
            }

            at += BeforePrice.Length + priceLength;
            if (left - at < BeforeQuantity.Length || !IsAt(ref Unsafe.Add(ref start, at), BeforeQuantity))
            {
                break;
            }

            at += BeforeQuantity.Length;
            scoped ref byte text = ref Unsafe.Add(ref start, at);
            if (left - at < QuantityBytes)
            {
                // The end of the frame: what is left of it, and zeros behind, which end every number.
                padded.Clear();
                Unsafe.CopyBlockUnaligned(ref padded[0], ref text, (uint)(left - at));
                text = ref padded[0];
            }

            if (!DecimalParser.TryParseQuoted(ref text, quantityScale, out long quantity, out int quantityWritten, out int quantityLength)
                || Unsafe.Add(ref text, quantityLength + 1) != (byte)'}'
                || (state.IsSnapshot && !InOrder(price, quantity, isBid ? state.LastBid : state.LastAsk, isBid)))
            {
                break;
            }

            ref LevelSet level = ref batch.Add<LevelSet>();
            level.Header = header;
            level.Header.Code = (byte)(isBid ? Side.Bid : Side.Ask);
            level.Header.TextForm = TextForm.Of(priceWritten, quantityWritten);
            level.Header.VenueTimeNs = state.TimeNs;
            level.PriceTicks = price;
            level.QuantityLots = quantity;
            pricesMet |= price;
            quantitiesMet |= quantity;
            SetLast(ref state, price, isBid);
            state.EventTimeNs = state.TimeNs;
            at += quantityLength + 2;
            done = at;
            if (Unsafe.Add(ref text, quantityLength + 2) != (byte)',')
            {
                break;
            }

            at++;
        }

        draft.Rows.PricesMet = pricesMet;
        draft.Rows.QuantitiesMet = quantitiesMet;
        scanner.Advance(done);
        return done > 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsAt(ref byte text, ReadOnlySpan<byte> expected) => MemoryMarshal.CreateReadOnlySpan(ref text, expected.Length).SequenceEqual(expected);

    // Another time than the one before; it stands at text.
    private static bool TryReadTime(in Vector256<byte> bytes, ref byte text, ref AdvancedRowsState state)
    {
        int length = BitOperations.TrailingZeroCount(Vector256.Equals(bytes, Vector256.Create((byte)'"')).ExtractMostSignificantBits());
        if (length == TimeBytes || IsoTime.Parse(MemoryMarshal.CreateReadOnlySpan(ref text, length), out long ns, out _) != RejectReason.None)
        {
            return false;
        }

        (state.Time, state.TimeLength, state.TimeNs) = (bytes, length, ns);
        return true;
    }

    // Any row that JSON allows.
    private bool ReadRow(ref JsonScanner scanner, ref AdvancedRowsState state, RecordBuffer batch)
    {
        const ulong Needed = (1UL << AdvancedFields.Side) | (1UL << AdvancedFields.EventTime) | (1UL << AdvancedFields.PriceLevel)
            | (1UL << AdvancedFields.NewQuantity);
        if (!AdvancedDecoder.ReadFields(ref scanner, _row)
            || !Fields.Check(ref scanner, _row, Needed, 0)
            || !TextFields.TryChoice(ref scanner, _row[AdvancedFields.Side], "bid"u8, "offer"u8, out bool isBid)
            || !TryEventTime(ref scanner, _row[AdvancedFields.EventTime], out state.EventTimeNs)
            || !draft.TryPrice(ref scanner, _row[AdvancedFields.PriceLevel], zeroAllowed: false, out DecimalNumber price)
            || !draft.TryQuantity(ref scanner, _row[AdvancedFields.NewQuantity], out DecimalNumber quantity))
        {
            return false;
        }

        if (state.IsSnapshot && draft.Rows.Need.IsNone && !InOrder(price.Value, quantity.Value, isBid ? state.LastBid : state.LastAsk, isBid))
        {
            return quantity.Value == 0
                ? scanner.Fail(RejectReason.ImpossibleValue, _row[AdvancedFields.NewQuantity].Start)
                : scanner.Fail(RejectReason.LevelOrder, _row[AdvancedFields.PriceLevel].Start);
        }

        SetLast(ref state, price.Value, isBid);
        ref LevelSet level = ref batch.Add<LevelSet>();
        draft.SetHeader(ref level.Header, isBid ? Side.Bid : Side.Ask, price, quantity);
        level.Header.VenueTimeNs = state.EventTimeNs;
        level.PriceTicks = price.Value;
        level.QuantityLots = quantity.Value;
        return true;
    }

    // The documentation's snapshots have the year 1970 for "none" (2026-07); the recorded ones have the time of the snapshot.
    private static bool TryEventTime(ref JsonScanner scanner, in JsonValue value, out long ns)
    {
        ns = 0;
        return (value.Token == JsonToken.String && value.In(scanner.Frame).SequenceEqual("1970-01-01T00:00:00Z"u8))
            || TextFields.TryIsoTime(ref scanner, value, out ns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SetLast(ref AdvancedRowsState state, long price, bool isBid)
    {
        if (isBid)
        {
            state.LastBid = price;
        }
        else
        {
            state.LastAsk = price;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool InOrder(long price, long quantity, long last, bool isBid) =>
        quantity != 0 && (last < 0 || (isBid ? price < last : price > last));
}
