using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Coinbase;

// One pass over the frame into the field set, then what the frame is.
public sealed partial class CoinbaseDecoder
{
    private readonly FieldSet _channel = new();

    private bool ReadMembers(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        _top.Clear(scanner.Position);
        scanner.EnterObject();
        while (_top.ReadTo<CoinbaseFields>(ref scanner, 1UL << CoinbaseFields.Changes, out int slot))
        {
            bool read = scanner.Peek() == JsonToken.Array ? ReadChangesOrSkip(ref scanner, frame, batch) : scanner.ReadValue(ref _top[slot]);
            if (!read)
            {
                return false;
            }

            _top.Add(slot);
        }

        return !scanner.Failed;
    }

    private DecodeOutcome Interpret(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        const ulong Book = (1UL << CoinbaseFields.Bids) | (1UL << CoinbaseFields.Asks);
        const ulong Product = (1UL << CoinbaseFields.Id) | (1UL << CoinbaseFields.QuoteIncrement);
        if (!_top.Has(CoinbaseFields.Type))
        {
            // {"message":"NotFound"} is the answer to a REST request that failed.
            return (_top.Seen & Book) != 0 ? ProduceRestBook(ref scanner, frame, batch)
                : (_top.Seen & Product) == Product ? DefineProducts(ref scanner, frame, batch, _top.Start)
                : _top.Has(CoinbaseFields.Message) ? Control("error"u8)
                : Unknown("unnamed"u8);
        }

        if (!Fields.Check(ref scanner, _top, 1UL << CoinbaseFields.Type, 0)
            || !Fields.CheckType(ref scanner, _top, CoinbaseFields.Type, JsonToken.String))
        {
            return DecodeOutcome.Rejected;
        }

        JsonValue type = _top[CoinbaseFields.Type];
        if (!_name.Set(type, frame.Bytes) || _name.Text.IsEmpty)
        {
            return Reject(ref scanner, RejectReason.BadName, type.Start);
        }

        CoinbaseEvent kind = CoinbaseEvents.Classify(_name.Text);
        switch (kind)
        {
            case CoinbaseEvent.Other:
                return Unknown(_name.Text);
            case CoinbaseEvent.Subscriptions:
                return Acknowledge(ref scanner, frame, batch);
            case CoinbaseEvent.Error:
                return Control("error"u8);
            case CoinbaseEvent.Status:
                return Fields.Check(ref scanner, _top, 1UL << CoinbaseFields.Products, 0)
                    && (_top[CoinbaseFields.Products].Token is JsonToken.Object or JsonToken.Array
                        || scanner.Fail(RejectReason.WrongType, _top[CoinbaseFields.Products].Start))
                    ? DefineProducts(ref scanner, frame, batch, _top[CoinbaseFields.Products].Start)
                    : DecodeOutcome.Rejected;
            case CoinbaseEvent.Activate when !_top.Has(CoinbaseFields.Sequence):
                // Private, and outside the count of the product (documentation, 2026-07).
                return Unknown("activate"u8);
            default:
                return Produce(ref scanner, frame, batch, kind);
        }
    }

    // A REST list of products, a message of the compact level3 channel, or something else.
    private DecodeOutcome ReadArray(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        JsonValue array = default;
        if (!scanner.ReadValue(ref array) || !scanner.End())
        {
            return DecodeOutcome.Rejected;
        }

        JsonScanner again = new(frame.Bytes, array.Start);
        again.EnterArray();
        JsonToken first = again.NextElement() ? again.Peek() : JsonToken.None;
        if (first == JsonToken.String)
        {
            return Unknown("level3"u8);
        }

        return first == JsonToken.Object && CoinbaseProducts.IsProduct(ref again)
            ? DefineProducts(ref scanner, frame, batch, array.Start)
            : Unknown("array"u8);
    }

    private DecodeOutcome DefineProducts(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, int position)
    {
        JsonScanner again = new(frame.Bytes, position);
        if (!_products.TryDefine(ref again, frame, batch))
        {
            return Reject(ref scanner, again.Reason, again.FaultByte);
        }

        return batch.Count > 0 ? DecodeOutcome.Records : Control("status"u8);
    }

    // {"type":"subscriptions","channels":[{"name":"level2","product_ids":["BTC-USD"]}]}: read twice, so that a bad one changes nothing. Streams that it lists
    // no longer have ended.
    private DecodeOutcome Acknowledge(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        if (!Fields.Check(ref scanner, _top, 1UL << CoinbaseFields.Channels, 0)
            || !Fields.CheckType(ref scanner, _top, CoinbaseFields.Channels, JsonToken.Array))
        {
            return DecodeOutcome.Rejected;
        }

        JsonScanner again = new(frame.Bytes, _top[CoinbaseFields.Channels].Start);
        if (!ReadChannels(ref again, frame, isKnownGood: false))
        {
            return Reject(ref scanner, again.Reason, again.FaultByte);
        }

        _subscriptions.Begin(frame.Connection);
        again = new JsonScanner(frame.Bytes, _top[CoinbaseFields.Channels].Start);
        ReadChannels(ref again, frame, isKnownGood: true);
        while (_subscriptions.TryTakeEnded(frame.Connection, out CoinbaseChannel channel, out ReadOnlySpan<byte> product))
        {
            if (_symbol.Set(product) && FindStream(channel) is { } stream)
            {
                _draft.WriteEnded(batch, frame, stream);
            }
        }

        return Control("subscriptions"u8);
    }

    private bool ReadChannels(ref JsonScanner scanner, in Frame frame, bool isKnownGood)
    {
        scanner.EnterArray();
        while (scanner.NextElement())
        {
            if (scanner.Peek() != JsonToken.Object)
            {
                return scanner.Fail(RejectReason.WrongType, scanner.Position);
            }

            if (!_channel.Read<CoinbaseFields>(ref scanner)
                || !Fields.Check(ref scanner, _channel, 1UL << CoinbaseFields.Name, 1UL << CoinbaseFields.ProductIds)
                || !Fields.CheckType(ref scanner, _channel, CoinbaseFields.Name, JsonToken.String)
                || (_channel.Has(CoinbaseFields.ProductIds, JsonToken.Array) && !ReadProductIds(ref scanner, frame, isKnownGood)))
            {
                return false;
            }
        }

        return !scanner.Failed;
    }

    private bool ReadProductIds(ref JsonScanner scanner, in Frame frame, bool isKnownGood)
    {
        JsonScanner ids = new(frame.Bytes, _channel[CoinbaseFields.ProductIds].Start);
        JsonValue id = default;
        ids.EnterArray();
        while (ids.NextElement())
        {
            if (!ids.ReadValue(ref id) || id.Token != JsonToken.String)
            {
                return scanner.Fail(RejectReason.WrongType, id.Start);
            }

            if (isKnownGood && _symbol.Set(id, frame.Bytes) && _name.Set(_channel[CoinbaseFields.Name], frame.Bytes))
            {
                _subscriptions.Add(_symbol.Text, _name.Text);
            }
        }

        return true;
    }
}
