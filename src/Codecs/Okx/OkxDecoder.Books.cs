using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Okx;

// Sides, sequence and checksum of a book.
public sealed partial class OkxDecoder
{
    private const int AsksRead = 1;
    private const int BothSides = 2;

    // Prices of a side that was not sent best first, sorted to see whether one comes twice.
    private long[] _sorted = [];

    // None, the asks, or both: rows that stand in the batch because everything needed was known when they came by.
    private int _sidesRead;

    // Rows of each side of the message at hand.
    private int _bidRows;
    private int _askRows;

    // The scanner stands at the array of a side. Reads it into the batch if the stream is known and asks come before bids, as they always have;
    // otherwise passes over it, and it is read when the whole item is known.
    private bool ReadSide(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, int slot)
    {
        if (slot == OkxFields.Asks)
        {
            if (_stream is null || !OkxChannels.IsBook(_channel) || _item.Has(OkxFields.Bids))
            {
                return scanner.SkipValue();
            }

            _draft.Begin(batch, frame, _stream, _stream.Instrument, 0);
            batch.Add<MessageBegin>();
            _sidesRead = AsksRead;
            return ReadRows(ref scanner, batch, Side.Ask);
        }

        if (_sidesRead != AsksRead)
        {
            return scanner.SkipValue();
        }

        _sidesRead = BothSides;
        return ReadRows(ref scanner, batch, Side.Bid);
    }

    private bool WriteBook(ref JsonScanner scanner, in Frame frame, RecordBuffer batch) =>
        ReadAgain(ref scanner, frame, batch, OkxFields.Asks, Side.Ask) && ReadAgain(ref scanner, frame, batch, OkxFields.Bids, Side.Bid);

    private bool ReadAgain(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, int slot, Side side)
    {
        JsonScanner again = new(frame.Bytes, _item[slot].Start);
        return ReadRows(ref again, batch, side) || scanner.Fail(again.Reason, again.FaultByte);
    }

    private bool ReadRows(ref JsonScanner scanner, RecordBuffer batch, Side side)
    {
        if (_isSnapshot)
        {
            _draft.Rows.Header.Flags = RecordFlags.Snapshot;
        }

        _draft.Rows.Header.Code = (byte)side;
        _draft.Rows.OrderCounts = true;
        _draft.Rows.LastPrice = -1;
        _draft.Rows.Order = !_isSnapshot ? RowOrder.Any : side == Side.Bid ? RowOrder.Falling : RowOrder.Rising;
        int start = scanner.Position;
        int before = batch.Count;
        if (!LevelRows.Read(ref scanner, ref _draft.Rows, batch))
        {
            return false;
        }

        int rows = batch.Count - before;
        if (side == Side.Bid)
        {
            _bidRows = rows;
        }
        else
        {
            _askRows = rows;
        }

        // Prices that did not fit their scale are looked at when they are read again.
        return _isSnapshot || !_draft.Rows.Need.IsNone || !HasPriceTwice(batch.Records[before..], side) || scanner.Fail(RejectReason.LevelOrder, start);
    }

    // Every change recorded has its rows best first, each price once. A price that came twice would leave open which row holds.
    private bool HasPriceTwice(ReadOnlySpan<Record> rows, Side side)
    {
        long last = side == Side.Bid ? long.MaxValue : 0;
        foreach (ref readonly Record row in rows)
        {
            long price = Record.Read<LevelSet>(row).PriceTicks;
            if (side == Side.Bid ? price >= last : price <= last)
            {
                return HasPriceTwice(rows);
            }

            last = price;
        }

        return false;
    }

    private bool HasPriceTwice(ReadOnlySpan<Record> rows)
    {
        if (_sorted.Length < rows.Length)
        {
            _sorted = new long[Math.Max(rows.Length, 2 * _sorted.Length)];
        }

        Span<long> prices = _sorted.AsSpan(0, rows.Length);
        for (int index = 0; index < rows.Length; index++)
        {
            prices[index] = Record.Read<LevelSet>(rows[index]).PriceTicks;
        }

        prices.Sort(PriceRepeats.Ascending);
        for (int index = 1; index < prices.Length; index++)
        {
            if (prices[index] == prices[index - 1])
            {
                return true;
            }
        }

        return false;
    }

    private bool FillBook(ref JsonScanner scanner, ref MessageBegin begin)
    {
        if (_isSnapshot)
        {
            begin.Detail = (byte)LimitsOf(_channel == OkxChannel.RestBooks ? Math.Max(_bidRows, _askRows) : (int)OkxChannels.DepthOf(_channel));
        }

        return OkxChannels.IsIncremental(_channel)
            ? FillChecksum(ref scanner, ref begin) && FillIds(ref scanner, ref begin)
            : !_item.Has(OkxFields.SequenceId) || Fields.TryInteger(ref scanner, _item, OkxFields.SequenceId, 0, out begin.LastSequence);
    }

    // A side with as many levels as the channel shows may go on behind them. A REST answer does not say how many were asked for, and any number may
    // be: the longer side counts as cut. To call a complete side cut only makes the known range too narrow.
    private SnapshotLimits LimitsOf(int depth) =>
        depth == 0 ? SnapshotLimits.None
            : (_bidRows >= depth ? SnapshotLimits.BidsCut : SnapshotLimits.None) | (_askRows >= depth ? SnapshotLimits.AsksCut : SnapshotLimits.None);

    // Constantly 0 since 2026-06-23 (documentation, and a recording of 2026-08-24): nothing is offered then.
    private bool FillChecksum(ref JsonScanner scanner, ref MessageBegin begin)
    {
        if (!_item.Has(OkxFields.Checksum))
        {
            return true;
        }

        if (!Fields.TryInteger(ref scanner, _item, OkxFields.Checksum, int.MinValue, out long checksum))
        {
            return false;
        }

        if (checksum > int.MaxValue)
        {
            return scanner.Fail(RejectReason.NumberOutOfRange, _item[OkxFields.Checksum].Start);
        }

        begin.Checksum = (int)checksum;
        begin.ChecksumPresence = checksum == 0 ? ChecksumPresence.NotOffered : ChecksumPresence.Offered;
        return true;
    }

    // Both ids, or, as until 2022, neither and a checksum. An absent prevSeqId is not 0, and without any of the three nothing proves the message.
    private bool FillIds(ref JsonScanner scanner, ref MessageBegin begin)
    {
        const ulong Ids = (1UL << OkxFields.SequenceId) | (1UL << OkxFields.PreviousSequenceId);
        ulong seen = _item.Seen & Ids;
        if (seen == Ids)
        {
            return Fields.TryInteger(ref scanner, _item, OkxFields.SequenceId, 0, out begin.LastSequence)
                && Fields.TryInteger(ref scanner, _item, OkxFields.PreviousSequenceId, -1, out begin.PreviousSequence);
        }

        if (seen == 0 && begin.ChecksumPresence == ChecksumPresence.Offered)
        {
            return true;
        }

        _item.Missing = Ids & ~seen;
        return scanner.Fail(RejectReason.MissingField, _item.Start);
    }
}
