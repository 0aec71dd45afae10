using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Bybit;

// orderbook.{depth} and orderbook.full.
public sealed partial class BybitDecoder
{
    private const int BidsRead = 1;
    private const int BothSides = 2;

    // A message with this update id is a whole book whatever its type says: the venue's push service has started anew (documentation, 2026-07-24).
    private const long RestartId = 1;

    // Rows of the book stand in the batch, because everything needed was known when its sides came by.
    private bool _bookRead;

    // None, the bids, or both.
    private int _sidesRead;

    // Prices of one side, to look for one named twice; only when they are not sorted.
    private long[] _prices = [];

    // The scanner stands at the array of a side. Reads it into the batch if the stream and the type are known and bids come before asks, as they
    // always have; otherwise passes over it, and it is read when the whole frame is known.
    private bool ReadSide(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, int slot)
    {
        if (slot == BybitFields.Asks)
        {
            if (_sidesRead != BidsRead)
            {
                return scanner.SkipValue();
            }

            _sidesRead = BothSides;
            return ReadRows(ref scanner, batch, Side.Ask);
        }

        if (_stream is null || (BybitChannel)_stream.Channel is not (BybitChannel.Book or BybitChannel.FullBook)
            || !_top.Has(BybitFields.Type, JsonToken.String))
        {
            return scanner.SkipValue();
        }

        bool snapshot = scanner.TextIs(_top[BybitFields.Type], "snapshot"u8);
        if (!snapshot && !scanner.TextIs(_top[BybitFields.Type], "delta"u8))
        {
            return scanner.SkipValue();
        }

        // Its time usually stands before its rows; when it does not, or is wrong, the end of the frame sees to it.
        BeginMessage(batch, frame, Fields.TimeHint(_top, BybitFields.Ts));
        BeginBook(batch, snapshot);
        _bookRead = true;
        _sidesRead = BidsRead;
        return ReadRows(ref scanner, batch, Side.Bid);
    }

    private void BeginBook(RecordBuffer batch, bool snapshot)
    {
        _draft.Rows.Header.Flags = snapshot ? RecordFlags.Snapshot : RecordFlags.None;
        batch.Add<MessageBegin>();
    }

    private bool ReadRows(ref JsonScanner scanner, RecordBuffer batch, Side side)
    {
        bool snapshot = _draft.Rows.Header.Has(RecordFlags.Snapshot);
        _draft.Rows.Header.Code = (byte)side;
        _draft.Rows.LastPrice = -1;
        _draft.Rows.Order = !snapshot ? RowOrder.Any : side == Side.Bid ? RowOrder.Falling : RowOrder.Rising;
        return LevelRows.Read(ref scanner, ref _draft.Rows, batch);
    }

    private DecodeOutcome ProduceBook(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, BybitChannel channel)
    {
        // Frames of 2023 have no cts, those of options no seq (recordings).
        const ulong Outer = (1UL << BybitFields.Type) | (1UL << BybitFields.Ts) | (1UL << BybitFields.Data);
        const ulong Inner = (1UL << BybitFields.LowerS) | (1UL << BybitFields.Bids) | (1UL << BybitFields.Asks) | (1UL << BybitFields.UpdateId);
        if (!Fields.Check(ref scanner, _top, Outer, 1UL << BybitFields.Cts)
            || !Fields.CheckType(ref scanner, _top, BybitFields.Data, JsonToken.Object)
            || !TryBookType(ref scanner, out bool snapshot)
            || !Fields.Check(ref scanner, _data, Inner, 1UL << BybitFields.Seq)
            || !CheckSymbol(ref scanner, _data, BybitFields.LowerS)
            || !Fields.TryTime(ref scanner, _top, BybitFields.Ts, out long venueTimeNs)
            || !Fields.TryOptionalTime(ref scanner, _top, BybitFields.Cts, out long matchingTimeNs)
            || !TryIds(ref scanner, _data, out long updateId, out long crossSequence))
        {
            return DecodeOutcome.Rejected;
        }

        // The full channel has no snapshots: after a restart the book must be asked for anew (documentation, 2026-07-24).
        snapshot |= updateId == RestartId && channel == BybitChannel.Book;
        if (_bookRead && _sidesRead == BothSides && _draft.Rows.Need.IsNone && _draft.Rows.Header.Has(RecordFlags.Snapshot) == snapshot)
        {
            // The usual message: its rows are in the batch already.
            SetVenueTime(batch, venueTimeNs);
        }
        else
        {
            batch.Clear();
            BeginMessage(batch, frame, venueTimeNs);
            if (!WriteBook(ref scanner, frame, batch, _data, snapshot)
                || (_draft.NeedsDefinition
                    && !(TryDefine(ref scanner, frame, batch, channel) && WriteBook(ref scanner, frame, batch, _data, snapshot))))
            {
                return DecodeOutcome.Rejected;
            }
        }

        if (!snapshot && !CheckRepeats(ref scanner, frame, batch))
        {
            return DecodeOutcome.Rejected;
        }

        ref MessageBegin begin = ref _draft.Finish(batch, frame, snapshot ? MessageType.BookSnapshot : MessageType.BookDelta);
        begin.FirstSequence = updateId;
        begin.LastSequence = updateId;
        begin.PreviousSequence = crossSequence;
        begin.MatchingTimeNs = matchingTimeNs;
        return DecodeOutcome.Records;
    }

    private bool TryBookType(ref JsonScanner scanner, out bool snapshot)
    {
        snapshot = false;
        if (!Fields.CheckType(ref scanner, _top, BybitFields.Type, JsonToken.String))
        {
            return false;
        }

        snapshot = scanner.TextIs(_top[BybitFields.Type], "snapshot"u8);
        return snapshot || scanner.TextIs(_top[BybitFields.Type], "delta"u8)
            || scanner.Fail(RejectReason.ImpossibleValue, _top[BybitFields.Type].Start);
    }

    private static bool TryIds(ref JsonScanner scanner, FieldSet fields, out long updateId, out long crossSequence)
    {
        crossSequence = Sequence.None;
        return Fields.TryInteger(ref scanner, fields, BybitFields.UpdateId, 0, out updateId)
            && (!fields.Has(BybitFields.Seq) || Fields.TryInteger(ref scanner, fields, BybitFields.Seq, 0, out crossSequence));
    }

    // MessageBegin and the rows of both sides, read again where they stand.
    private bool WriteBook(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, FieldSet fields, bool snapshot)
    {
        if (!Fields.CheckType(ref scanner, fields, BybitFields.Bids, JsonToken.Array)
            || !Fields.CheckType(ref scanner, fields, BybitFields.Asks, JsonToken.Array))
        {
            return false;
        }

        BeginBook(batch, snapshot);
        return ReadAgain(ref scanner, frame, batch, fields[BybitFields.Bids].Start, Side.Bid)
            && ReadAgain(ref scanner, frame, batch, fields[BybitFields.Asks].Start, Side.Ask);
    }

    private bool ReadAgain(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, int position, Side side)
    {
        JsonScanner again = new(frame.Bytes, position);
        return ReadRows(ref again, batch, side) || FailAs(ref scanner, again);
    }

    private void SetVenueTime(RecordBuffer batch, long venueTimeNs)
    {
        if (_draft.Rows.Header.VenueTimeNs == venueTimeNs)
        {
            return;
        }

        _draft.Rows.Header.VenueTimeNs = venueTimeNs;
        foreach (ref Record record in batch.Records)
        {
            record.Header.VenueTimeNs = venueTimeNs;
        }
    }

    // A change that names a price twice would hold two quantities for it; none has been recorded. Sides come sorted, so one look at each row does.
    private bool CheckRepeats(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        ReadOnlySpan<Record> records = batch.Records;
        int first = 0;
        while (first < records.Length)
        {
            int end = first + 1;
            if (records[first].Header.Kind == RecordKind.LevelSet)
            {
                Side side = records[first].Header.Side;
                bool rising = true;
                bool falling = true;
                long last = Record.View<LevelSet>(in records[first]).PriceTicks;
                for (; end < records.Length && records[end].Header.Side == side; end++)
                {
                    long price = Record.View<LevelSet>(in records[end]).PriceTicks;
                    rising &= price > last;
                    falling &= price < last;
                    last = price;
                }

                if (!rising && !falling && FindRepeat(records[first..end]) is int row and >= 0)
                {
                    int slot = side == Side.Bid ? BybitFields.Bids : BybitFields.Asks;
                    return scanner.Fail(RejectReason.LevelOrder, PositionOfPrice(frame, _data[slot].Start, row));
                }
            }

            first = end;
        }

        return true;
    }

    // Index of the row that names a price again; -1 = none does.
    private int FindRepeat(ReadOnlySpan<Record> rows)
    {
        if (_prices.Length < rows.Length)
        {
            _prices = new long[rows.Length * 2];
        }

        Span<long> prices = _prices.AsSpan(0, rows.Length);
        for (int row = 0; row < rows.Length; row++)
        {
            prices[row] = Record.View<LevelSet>(in rows[row]).PriceTicks;
        }

        prices.Sort(PriceRepeats.Ascending);
        for (int index = 1; index < prices.Length; index++)
        {
            if (prices[index] != prices[index - 1])
            {
                continue;
            }

            bool met = false;
            for (int row = 0; row < rows.Length; row++)
            {
                if (Record.View<LevelSet>(in rows[row]).PriceTicks == prices[index])
                {
                    if (met)
                    {
                        return row;
                    }

                    met = true;
                }
            }
        }

        return -1;
    }

    private static int PositionOfPrice(in Frame frame, int side, int row)
    {
        JsonScanner rows = new(frame.Bytes, side);
        rows.EnterArray();
        for (int passed = 0; rows.NextElement() && passed < row; passed++)
        {
            rows.SkipValue();
        }

        JsonValue price = default;
        rows.EnterArray();
        return rows.NextElement() && rows.ReadValue(ref price) ? price.Start : side;
    }
}
