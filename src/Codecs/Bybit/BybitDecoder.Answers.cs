using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Bybit;

// What has no topic: acknowledgements and answers to pings, and REST answers, which do not say what was asked.
public sealed partial class BybitDecoder
{
    private readonly NameBuffer _name = new();

    private DecodeOutcome InterpretControl(ref JsonScanner scanner, in Frame frame)
    {
        const ulong Read = (1UL << BybitFields.Success) | (1UL << BybitFields.Op) | (1UL << BybitFields.RetMsg) | (1UL << BybitFields.RetCode)
            | (1UL << BybitFields.Type);
        if (!Fields.Check(ref scanner, _top, 0, Read))
        {
            return DecodeOutcome.Rejected;
        }

        bool failed = _top.Has(BybitFields.Success, JsonToken.False)
            || (_top.Has(BybitFields.RetCode, JsonToken.Number) && _top[BybitFields.RetCode].Integer != 0)
            || (_data.Has(BybitFields.FailTopics, JsonToken.Array) && !IsEmptyArray(frame, _data[BybitFields.FailTopics]));
        if (failed)
        {
            return Control("error"u8);
        }

        // Linear and spot answer a ping with the op "ping" and the message "pong", other sockets with the op "pong" (documentation, 2026-07-24).
        if (IsText(scanner, BybitFields.RetMsg, "pong"u8) || IsText(scanner, BybitFields.Op, "pong"u8) || IsText(scanner, BybitFields.Op, "ping"u8))
        {
            return Control("pong"u8);
        }

        if (_top.Has(BybitFields.Op, JsonToken.String) && _name.Set(_top[BybitFields.Op], frame.Bytes) && Fields.IsName(_name.Text))
        {
            return Control(_name.Text);
        }

        // Options and spreads: does not say whether to a subscription or to its end.
        if (IsText(scanner, BybitFields.Type, "COMMAND_RESP"u8))
        {
            return Control("command_resp"u8);
        }

        return _top.Has(BybitFields.Success) || _top.Has(BybitFields.RetCode) ? Control("result"u8) : Unknown("unnamed"u8);
    }

    private bool IsText(in JsonScanner scanner, int slot, ReadOnlySpan<byte> text) =>
        _top.Has(slot, JsonToken.String) && scanner.TextIs(_top[slot], text);

    private static bool IsEmptyArray(in Frame frame, in JsonValue array)
    {
        JsonScanner items = new(frame.Bytes, array.Start);
        items.EnterArray();
        return !items.NextElement();
    }

    private DecodeOutcome InterpretAnswer(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        const ulong Envelope = (1UL << BybitFields.RetCode) | (1UL << BybitFields.Result);
        const ulong Book = (1UL << BybitFields.LowerS) | (1UL << BybitFields.UpdateId);
        if (!Fields.Check(ref scanner, _top, Envelope, 0) || !Fields.TryInteger(ref scanner, _top, BybitFields.RetCode, long.MinValue, out long code))
        {
            return DecodeOutcome.Rejected;
        }

        if (code != 0)
        {
            return Control("error"u8);
        }

        if (_top[BybitFields.Result].Token != JsonToken.Object)
        {
            return Control("rest"u8);
        }

        if ((_result.Seen & Book) == Book || (_result.Has(BybitFields.Bids) && _result.Has(BybitFields.Asks)))
        {
            return ProduceAnsweredBook(ref scanner, frame, batch);
        }

        if (_result.Has(BybitFields.List))
        {
            return InterpretList(ref scanner, frame, batch);
        }

        return Control(_result.Has(BybitFields.TimeSecond) ? "time"u8 : "rest"u8);
    }

    // What a list is about, its first element tells. Only instruments become records.
    private DecodeOutcome InterpretList(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        if (!Fields.Check(ref scanner, _result, FieldSet.Bit(BybitFields.List), FieldSet.Bit(BybitFields.Category))
            || !Fields.CheckType(ref scanner, _result, BybitFields.List, JsonToken.Array))
        {
            return DecodeOutcome.Rejected;
        }

        JsonScanner rows = new(frame.Bytes, _result[BybitFields.List].Start);
        rows.EnterArray();
        if (!rows.NextElement())
        {
            return Control("rest"u8);
        }

        if (rows.Peek() == JsonToken.Array)
        {
            return Control("kline"u8);
        }

        if (!ReadItem(ref rows, frame, batch))
        {
            return Reject(ref scanner, rows.Reason, rows.FaultByte);
        }

        if (_item.Has(BybitFields.LotSizeFilter) || _item.Has(BybitFields.PriceFilter))
        {
            return ProduceInstruments(ref scanner, frame, batch);
        }

        return Control(_item.Has(BybitFields.ExecId) ? "recent-trade"u8 : _item.Has(BybitFields.Bid1Price) ? "tickers"u8 : "rest"u8);
    }

    private DecodeOutcome ProduceAnsweredBook(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        const ulong Needed = (1UL << BybitFields.LowerS) | (1UL << BybitFields.Bids) | (1UL << BybitFields.Asks) | (1UL << BybitFields.UpdateId);
        const ulong Optional = (1UL << BybitFields.Ts) | (1UL << BybitFields.Seq) | (1UL << BybitFields.Cts);
        ref JsonValue symbol = ref _result[BybitFields.LowerS];
        if (!Fields.Check(ref scanner, _result, Needed, Optional) || !Fields.CheckType(ref scanner, _result, BybitFields.LowerS, JsonToken.String))
        {
            return DecodeOutcome.Rejected;
        }

        if (!NameAnsweredBook(frame))
        {
            return Reject(ref scanner, RejectReason.BadName, symbol.Start);
        }

        _stream = _streams.Find(_topic.Text);

        // The recording's own word against the answer's.
        if (!frame.Symbol.IsEmpty && !frame.Symbol.SequenceEqual(_name.Text))
        {
            return Reject(ref scanner, RejectReason.SymbolMismatch, symbol.Start);
        }

        // rpi_orderbook answers in the same form, with rows [price, quantity, quantity of RPI orders]: another book.
        if (HasThirdItem(frame, _result[BybitFields.Bids]) || HasThirdItem(frame, _result[BybitFields.Asks]))
        {
            return Unknown("rpi_orderbook"u8);
        }

        if (!Fields.TryOptionalTime(ref scanner, _result, BybitFields.Ts, out long venueTimeNs)
            || !Fields.TryOptionalTime(ref scanner, _result, BybitFields.Cts, out long matchingTimeNs)
            || !TryIds(ref scanner, _result, out long updateId, out long crossSequence))
        {
            return DecodeOutcome.Rejected;
        }

        batch.Clear();
        BeginMessage(batch, frame, venueTimeNs);
        if (!WriteBook(ref scanner, frame, batch, _result, snapshot: true)
            || (_draft.NeedsDefinition
                && !(TryDefine(ref scanner, frame, batch, BybitChannel.RestBook) && WriteBook(ref scanner, frame, batch, _result, snapshot: true))))
        {
            return DecodeOutcome.Rejected;
        }

        ref MessageBegin begin = ref _draft.Finish(batch, frame, MessageType.BookSnapshot);
        begin.LastSequence = updateId;
        begin.PreviousSequence = crossSequence;
        begin.MatchingTimeNs = matchingTimeNs;
        begin.Detail = (byte)LimitsOf(batch.Records);
        return DecodeOutcome.Records;
    }

    // The symbol of an answered book to _name, the name of its stream to _topic.
    private bool NameAnsweredBook(in Frame frame) =>
        _result.Has(BybitFields.LowerS, JsonToken.String)
        && _name.Set(_result[BybitFields.LowerS], frame.Bytes)
        && Fields.IsName(_name.Text)
        && BybitNaming.Instance.TryName(_name.Text, BybitChannels.RestBook, _topic);

    private static bool HasThirdItem(in Frame frame, in JsonValue side)
    {
        JsonValue item = default;
        if (side.Token != JsonToken.Array)
        {
            return false;
        }

        JsonScanner rows = new(frame.Bytes, side.Start);
        rows.EnterArray();
        return rows.NextElement() && rows.EnterArray()
            && rows.NextElement() && rows.ReadValue(ref item)
            && rows.NextElement() && rows.ReadValue(ref item)
            && rows.NextElement();
    }

    // Any depth from 1 to 1000 may be asked for and the answer does not say which: the longer side may go on behind its last level. To call a complete
    // side cut only makes the known range too narrow.
    private static SnapshotLimits LimitsOf(ReadOnlySpan<Record> records)
    {
        int bids = 0;
        int asks = 0;
        foreach (ref readonly Record record in records)
        {
            if (record.Header.Kind == RecordKind.LevelSet)
            {
                bids += record.Header.Side == Side.Bid ? 1 : 0;
                asks += record.Header.Side == Side.Ask ? 1 : 0;
            }
        }

        return (bids > 0 && bids >= asks ? SnapshotLimits.BidsCut : SnapshotLimits.None)
            | (asks > 0 && asks >= bids ? SnapshotLimits.AsksCut : SnapshotLimits.None);
    }
}
