using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Coinbase;

// level2: snapshots and changes; ticker: best bid and ask.
public sealed partial class CoinbaseDecoder
{
    // The book stream whose changes stand in the batch because everything needed was known when they came by; null = none do.
    private CodecStream? _bookRead;

    // The scanner stands at the array of changes. Reads it into the batch if the stream is known, as type and product usually stand before it;
    // otherwise passes over it, and it is read when the whole frame is known.
    private bool ReadChangesOrSkip(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        ref JsonValue changes = ref _top[CoinbaseFields.Changes];
        if (!_top.Has(CoinbaseFields.Type, JsonToken.String) || !scanner.TextIs(_top[CoinbaseFields.Type], CoinbaseEvents.TypeOf(CoinbaseEvent.BookUpdate))
            || !_top.Has(CoinbaseFields.ProductId, JsonToken.String) || !_symbol.Set(_top[CoinbaseFields.ProductId], frame.Bytes)
            || FindStream(CoinbaseChannel.Level2) is not { } stream)
        {
            return scanner.ReadValue(ref changes);
        }

        changes = new JsonValue { Token = JsonToken.Array, Start = scanner.Position };
        _draft.Begin(batch, frame, stream, stream.Instrument, 0);
        batch.Add<MessageBegin>();
        _bookRead = stream;
        return ReadChanges(ref scanner, batch);
    }

    private bool ReadChangesAgain(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        if (!Fields.CheckType(ref scanner, _top, CoinbaseFields.Changes, JsonToken.Array))
        {
            return false;
        }

        JsonScanner again = new(frame.Bytes, _top[CoinbaseFields.Changes].Start);
        return ReadChanges(ref again, batch) || scanner.Fail(again.Reason, again.FaultByte);
    }

    // [["buy","22356.27","0.00000000"], …]: a size is absolute, zero in any form deletes.
    private bool ReadChanges(ref JsonScanner scanner, RecordBuffer batch)
    {
        JsonValue side = default;
        JsonValue price = default;
        JsonValue size = default;
        scanner.EnterArray();
        while (scanner.NextElement())
        {
            int start = scanner.Position;
            if (scanner.Peek() != JsonToken.Array)
            {
                return FailHere(ref scanner);
            }

            scanner.EnterArray();
            if (!ReadItem(ref scanner, start, ref side) || !ReadItem(ref scanner, start, ref price) || !ReadItem(ref scanner, start, ref size)
                || !SkipItems(ref scanner)
                || !TextFields.TryChoice(ref scanner, side, "buy"u8, "sell"u8, out bool isBid)
                || !_draft.TryPrice(ref scanner, price, zeroAllowed: false, out DecimalNumber priceNumber)
                || !_draft.TryQuantity(ref scanner, size, out DecimalNumber sizeNumber))
            {
                return false;
            }

            ref LevelSet level = ref batch.Add<LevelSet>();
            _draft.SetHeader(ref level.Header, isBid ? Side.Bid : Side.Ask, priceNumber, sizeNumber);
            level.PriceTicks = priceNumber.Value;
            level.QuantityLots = sizeNumber.Value;
        }

        return !scanner.Failed;
    }

    // The next item of a row; a missing one is a fault of the row.
    private static bool ReadItem(ref JsonScanner scanner, int rowStart, ref JsonValue item) =>
        scanner.NextElement() ? scanner.ReadValue(ref item) : !scanner.Failed && scanner.Fail(RejectReason.MissingField, rowStart);

    // The rest of a row.
    private static bool SkipItems(ref JsonScanner scanner)
    {
        while (scanner.NextElement())
        {
            if (!scanner.SkipValue())
            {
                return false;
            }
        }

        return !scanner.Failed;
    }

    // Something else than the array that has to stand here; or nothing that is JSON.
    private static bool FailHere(ref JsonScanner scanner)
    {
        JsonValue value = default;
        int at = scanner.Position;
        return !scanner.Failed && scanner.ReadValue(ref value) && scanner.Fail(RejectReason.WrongType, at);
    }

    // No recorded update names a price of a side twice, and which one held would be a guess.
    private bool CheckRepeats(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        ReadOnlySpan<Record> records = batch.Records;
        int begin = records.Length;
        while (records[begin - 1].Header.Kind == RecordKind.LevelSet)
        {
            begin--;
        }

        int repeat = _repeats.Find(records[begin..]);
        if (repeat < 0)
        {
            return true;
        }

        JsonScanner again = new(frame.Bytes, _top[CoinbaseFields.Changes].Start);
        again.EnterArray();
        for (int row = 0; row < repeat; row++)
        {
            again.NextElement();
            again.SkipValue();
        }

        again.NextElement();
        return scanner.Fail(RejectReason.LevelOrder, again.Position);
    }

    private bool WriteBook(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        _draft.Rows.Header.Flags = RecordFlags.Snapshot;
        return WriteSide(ref scanner, frame, batch, CoinbaseFields.Bids, Side.Bid) && WriteSide(ref scanner, frame, batch, CoinbaseFields.Asks, Side.Ask);
    }

    private bool WriteSide(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, int slot, Side side)
    {
        if (!Fields.CheckType(ref scanner, _top, slot, JsonToken.Array))
        {
            return false;
        }

        SetSide(side);
        JsonScanner again = new(frame.Bytes, _top[slot].Start);
        return LevelRows.Read(ref again, ref _draft.Rows, batch) || scanner.Fail(again.Reason, again.FaultByte);
    }

    private void SetSide(Side side)
    {
        _draft.Rows.Header.Code = (byte)side;
        _draft.Rows.LastPrice = -1;
        _draft.Rows.Order = side == Side.Bid ? RowOrder.Falling : RowOrder.Rising;
    }

    private bool WriteTicker(ref JsonScanner scanner, RecordBuffer batch) =>
        TrySequence(ref scanner, out long sequence)
        && WriteQuote(ref scanner, batch, CoinbaseFields.BestBid, CoinbaseFields.BestBidSize, Side.Bid, sequence)
        && WriteQuote(ref scanner, batch, CoinbaseFields.BestAsk, CoinbaseFields.BestAskSize, Side.Ask, sequence);

    private bool WriteQuote(ref JsonScanner scanner, RecordBuffer batch, int priceSlot, int sizeSlot, Side side, long sequence)
    {
        // Tickers have had sizes since 2022 only (recordings of 2019 and 2021 without, of 2022 with them).
        DecimalNumber size = default;
        bool hasSize = _top.Has(sizeSlot);
        if ((hasSize && !_draft.TryQuantity(ref scanner, _top[sizeSlot], out size))
            || !_draft.TryPrice(ref scanner, _top[priceSlot], zeroAllowed: size is { Value: 0, Significant: 0 }, out DecimalNumber price))
        {
            return false;
        }

        bool isEmpty = price is { Value: 0, Significant: 0 };
        ref Quote quote = ref batch.Add<Quote>();
        _draft.SetHeader(ref quote.Header, side, price, size);
        quote.PriceTicks = price.Value;
        quote.QuantityLots = hasSize || isEmpty ? size.Value : Sequence.None;
        quote.UpdateId = sequence;
        return true;
    }
}
