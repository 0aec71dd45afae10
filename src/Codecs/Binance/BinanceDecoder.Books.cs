using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Binance;

// Depth changes and REST depth answers.
public sealed partial class BinanceDecoder
{
    private const int BidsRead = 1;
    private const int BothSides = 2;

    // The book stream whose rows stand in the batch because everything needed was known when its sides came by; null = none do.
    private CodecStream? _bookRead;

    // Rows of each side of the message at hand.
    private int _bidRows;
    private int _askRows;

    // None, the bids, or both.
    private int _sidesRead;

    // Depths that a REST request may ask for: futures allow these and no others, spot up to 5,000 (documentation, 2026-07).
    private static readonly int[] Depths = [5, 10, 20, 50, 100, 500, 1000, 5000];

    // The scanner stands at the array of a side. Reads it into the batch if the stream is known and bids come before asks, as they always have;
    // otherwise passes over it, and it is read when the whole frame is known.
    private bool ReadSide(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, FieldSet fields, BinanceScope scope, int slot)
    {
        if (slot is BinanceFields.LowerA or BinanceFields.Asks)
        {
            int bids = slot == BinanceFields.LowerA ? BinanceFields.LowerB : BinanceFields.Bids;
            if (_sidesRead != BidsRead || !fields.Has(bids, JsonToken.Array))
            {
                return scanner.SkipValue();
            }

            _sidesRead = BothSides;
            return ReadRows(ref scanner, batch, Side.Ask);
        }

        if (_bookRead is not null || BookOf(frame, fields, scope, slot) is not { } stream)
        {
            return scanner.SkipValue();
        }

        // Its time usually stands before its rows; when it does not, or is wrong, the end of the frame sees to it.
        long venueTimeNs = Fields.TimeHint(fields, BinanceFields.UpperE);
        _draft.Begin(batch, frame, stream, stream.Instrument, venueTimeNs);
        BeginBook(slot == BinanceFields.Bids);
        batch.Add<MessageBegin>();
        _bookRead = stream;
        _sidesRead = BidsRead;
        return ReadRows(ref scanner, batch, Side.Bid);
    }

    private CodecStream? BookOf(in Frame frame, FieldSet fields, BinanceScope scope, int slot)
    {
        switch (scope)
        {
            case BinanceScope.Data:
                return slot == BinanceFields.LowerB && _streamOfName?.Channel == (byte)BinanceChannel.Depth ? _streamOfName : null;
            case BinanceScope.Top when slot == BinanceFields.Bids:
                return fields.Has(BinanceFields.LastUpdateId) && !fields.Has(BinanceFields.Stream) ? FindRestStream(frame) : null;
            case BinanceScope.Top:
                return fields.Has(BinanceFields.LowerE, JsonToken.String)
                    && fields[BinanceFields.LowerE].In(frame.Bytes).SequenceEqual(BinanceChannels.EventOf(BinanceChannel.Depth))
                    && fields.Has(BinanceFields.LowerS, JsonToken.String)
                    && !fields.Has(BinanceFields.Stream)
                    && _symbol.Set(fields[BinanceFields.LowerS], frame.Bytes)
                    && SetKey(_symbol.Text, "depth"u8)
                    ? _streams.Find(_key.Text)
                    : null;
            default:
                return null;
        }
    }

    private void BeginBook(bool snapshot)
    {
        if (snapshot)
        {
            _draft.Rows.Header.Flags = RecordFlags.Snapshot;
        }
    }

    private bool ReadRows(ref JsonScanner scanner, RecordBuffer batch, Side side)
    {
        bool snapshot = _draft.Rows.Header.Has(RecordFlags.Snapshot);
        _draft.Rows.Header.Code = (byte)side;
        _draft.Rows.LastPrice = -1;
        _draft.Rows.Order = !snapshot ? RowOrder.Any : side == Side.Bid ? RowOrder.Falling : RowOrder.Rising;
        int before = batch.Count;
        if (!LevelRows.Read(ref scanner, ref _draft.Rows, batch))
        {
            return false;
        }

        if (side == Side.Bid)
        {
            _bidRows = batch.Count - before;
        }
        else
        {
            _askRows = batch.Count - before;
        }

        return true;
    }

    private bool WriteBook(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, FieldSet fields, int bids, int asks)
    {
        if (!Fields.Check(ref scanner, fields, FieldSet.Bit(bids) | FieldSet.Bit(asks), 0)
            || !Fields.CheckType(ref scanner, fields, bids, JsonToken.Array)
            || !Fields.CheckType(ref scanner, fields, asks, JsonToken.Array))
        {
            return false;
        }

        BeginBook(bids == BinanceFields.Bids);
        return ReadAgain(ref scanner, frame, batch, fields[bids].Start, Side.Bid) && ReadAgain(ref scanner, frame, batch, fields[asks].Start, Side.Ask);
    }

    private bool ReadAgain(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, int position, Side side)
    {
        JsonScanner again = new(frame.Bytes, position);
        return ReadRows(ref again, batch, side) || scanner.Fail(again.Reason, again.FaultByte);
    }

    private bool FillDepth(ref JsonScanner scanner, ref MessageBegin begin, FieldSet fields)
    {
        const ulong Spot = (1UL << BinanceFields.LowerE) | (1UL << BinanceFields.UpperE) | (1UL << BinanceFields.LowerS) | (1UL << BinanceFields.UpperU)
            | (1UL << BinanceFields.LowerU) | (1UL << BinanceFields.LowerB) | (1UL << BinanceFields.LowerA);
        const ulong Futures = Spot | (1UL << BinanceFields.PreviousId) | (1UL << BinanceFields.UpperT);

        // Spot has neither a link nor a matching time (documentation, 2026-07, and every recorded diff).
        return Fields.Check(ref scanner, fields, IsSpot ? Spot : Futures, 0)
            && Fields.CheckType(ref scanner, fields, BinanceFields.LowerB, JsonToken.Array)
            && Fields.CheckType(ref scanner, fields, BinanceFields.LowerA, JsonToken.Array)
            && Fields.TryInteger(ref scanner, fields, BinanceFields.UpperU, 0, out begin.FirstSequence)
            && Fields.TryInteger(ref scanner, fields, BinanceFields.LowerU, 0, out begin.LastSequence)
            && (begin.FirstSequence <= begin.LastSequence || scanner.Fail(RejectReason.SequenceOrder, fields[BinanceFields.UpperU].Start))
            && (IsSpot
                || (Fields.TryInteger(ref scanner, fields, BinanceFields.PreviousId, 0, out begin.PreviousSequence)
                    && Fields.TryTime(ref scanner, fields, BinanceFields.UpperT, out begin.MatchingTimeNs)));
    }

    private DecodeOutcome ProduceRestBook(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        const ulong Needed = (1UL << BinanceFields.LastUpdateId) | (1UL << BinanceFields.Bids) | (1UL << BinanceFields.Asks);
        if (!Fields.Check(ref scanner, _top, Needed, (1UL << BinanceFields.UpperE) | (1UL << BinanceFields.UpperT) | (1UL << BinanceFields.Symbol)))
        {
            return DecodeOutcome.Rejected;
        }

        if (_top.Has(BinanceFields.Symbol) && !Fields.CheckType(ref scanner, _top, BinanceFields.Symbol, JsonToken.String))
        {
            return DecodeOutcome.Rejected;
        }

        AskForRestSymbol(frame);
        int symbolAt = _top.Has(BinanceFields.Symbol) ? _top[BinanceFields.Symbol].Start : 0;
        if (!SetRestSymbol(frame))
        {
            return Reject(ref scanner, symbolAt > 0 ? RejectReason.BadName : RejectReason.UnknownSymbol, symbolAt);
        }

        ReadOnlySpan<byte> channelName = BinanceChannels.RestDepth(Venue);
        if (!Fields.IsName(_symbol.Text) || !SetKey(_symbol.Text, channelName))
        {
            return Reject(ref scanner, RejectReason.BadName, symbolAt);
        }

        // The recording's own word against the answer's.
        if (symbolAt > 0 && !frame.Symbol.IsEmpty && !System.Text.Ascii.EqualsIgnoreCase(frame.Symbol, _symbol.Text))
        {
            return Reject(ref scanner, RejectReason.SymbolMismatch, symbolAt);
        }

        return Finish(ref scanner, frame, batch, _top, BinanceChannel.RestDepth, _streams.Find(_key.Text), channelName);
    }

    private bool FillRestBook(ref JsonScanner scanner, ref MessageBegin begin, FieldSet fields)
    {
        begin.Detail = (byte)LimitsOf(_bidRows, _askRows);
        return Fields.TryInteger(ref scanner, fields, BinanceFields.LastUpdateId, 0, out begin.LastSequence)
            && Fields.TryOptionalTime(ref scanner, fields, BinanceFields.UpperT, out begin.MatchingTimeNs);
    }

    // The answer does not say how deep it was asked to be: the smallest depth that holds both sides is taken, and a side that fills it may go on
    // behind it. More rows than any depth allows: the longer side may go on. Spot takes any depth up to 5,000, and people ask for round ones: a
    // longer side of a round number of rows counts as cut too. To call a complete side cut only makes the known range too narrow.
    private SnapshotLimits LimitsOf(int bids, int asks)
    {
        const int RoundDepth = 10;
        int longer = Math.Max(bids, asks);
        int depth = longer;
        if (!IsSpot || longer == 0 || longer % RoundDepth != 0)
        {
            foreach (int allowed in Depths)
            {
                if (allowed >= longer)
                {
                    depth = allowed;
                    break;
                }
            }
        }

        return (bids == depth ? SnapshotLimits.BidsCut : SnapshotLimits.None) | (asks == depth ? SnapshotLimits.AsksCut : SnapshotLimits.None);
    }

    private CodecStream? FindRestStream(in Frame frame) =>
        SetRestSymbol(frame) && SetKey(_symbol.Text, BinanceChannels.RestDepth(Venue)) ? _streams.Find(_key.Text) : null;

    // The answer's own word (COIN-M), the recording's (@SYMBOL), or that of whoever set the decoder up. Never what other frames were about.
    private bool SetRestSymbol(in Frame frame)
    {
        bool set = _top.Has(BinanceFields.Symbol)
            ? _top[BinanceFields.Symbol].Token == JsonToken.String && _symbol.Set(_top[BinanceFields.Symbol], frame.Bytes)
            : _symbol.Set(frame.Symbol.IsEmpty ? _restSymbol : frame.Symbol);
        _symbol.ToUpper();
        return set && !_symbol.Text.IsEmpty;
    }

    private void AskForRestSymbol(in Frame frame)
    {
        if (_restSymbolAsked || _top.Has(BinanceFields.Symbol) || !frame.Symbol.IsEmpty)
        {
            return;
        }

        _restSymbolAsked = true;
        string? answer = _options.DefaultSymbol ?? _options.SymbolResolver?.Invoke();
        _restSymbol = string.IsNullOrEmpty(answer) ? null : System.Text.Encoding.UTF8.GetBytes(answer);
    }
}
