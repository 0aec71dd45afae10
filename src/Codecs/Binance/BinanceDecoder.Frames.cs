using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Binance;

// One pass over the frame into the field sets, then what the frame is.
public sealed partial class BinanceDecoder
{
    private readonly NameBuffer _streamName = new();
    private readonly NameBuffer _eventName = new();

    // The declared stream that the envelope names; null = not named yet, or not declared.
    private CodecStream? _streamOfName;

    private bool ReadMembers(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, FieldSet fields, BinanceScope scope)
    {
        fields.Clear(scanner.Position);
        scanner.EnterObject();
        while (fields.ReadTo<BinanceFields>(ref scanner, BinanceFields.Watched, out int slot))
        {
            if (!ReadWatched(ref scanner, frame, batch, fields, scope, slot))
            {
                return false;
            }

            fields.Add(slot);
        }

        return !scanner.Failed;
    }

    private bool ReadWatched(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, FieldSet fields, BinanceScope scope, int slot)
    {
        ref JsonValue value = ref fields[slot];
        JsonToken token = scanner.Peek();
        if (token == JsonToken.Array && slot is not (BinanceFields.LowerK or BinanceFields.Stream or BinanceFields.Data))
        {
            value = new JsonValue { Token = token, Start = scanner.Position };
            return ReadSide(ref scanner, frame, batch, fields, scope, slot);
        }

        if (token == JsonToken.Object && slot == BinanceFields.Data && scope == BinanceScope.Top)
        {
            value = new JsonValue { Token = token, Start = scanner.Position };
            return ReadMembers(ref scanner, frame, batch, _data, BinanceScope.Data);
        }

        // Of two candles in one frame (in the envelope and in its data) the first is kept; the other is read again when it is wanted.
        if (token == JsonToken.Object && slot == BinanceFields.LowerK && scope != BinanceScope.Candle && _candle.Start == 0)
        {
            value = new JsonValue { Token = token, Start = scanner.Position };
            return ReadMembers(ref scanner, frame, batch, _candle, BinanceScope.Candle);
        }

        if (!scanner.ReadValue(ref value))
        {
            return false;
        }

        if (slot == BinanceFields.Stream && scope == BinanceScope.Top && token == JsonToken.String)
        {
            _streamOfName = FindByWireName(value, frame.Bytes);
        }

        return true;
    }

    private DecodeOutcome Interpret(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        const ulong Envelope = (1UL << BinanceFields.Stream) | (1UL << BinanceFields.Data);
        if ((_top.Seen & Envelope) == 0)
        {
            return InterpretBare(ref scanner, frame, batch);
        }

        ref JsonValue data = ref _top[BinanceFields.Data];
        if (!Fields.Check(ref scanner, _top, Envelope, 0) || !Fields.CheckType(ref scanner, _top, BinanceFields.Stream, JsonToken.String))
        {
            return DecodeOutcome.Rejected;
        }

        if (!_streamName.Set(_top[BinanceFields.Stream], frame.Bytes))
        {
            return Reject(ref scanner, RejectReason.BadName, _top[BinanceFields.Stream].Start);
        }

        if (data.Token == JsonToken.Array)
        {
            return Unknown(ChannelOf(_streamName.Text, out _));
        }

        return data.Token == JsonToken.Object
            ? InterpretEnvelope(ref scanner, frame, batch)
            : Reject(ref scanner, RejectReason.WrongType, data.Start);
    }

    private DecodeOutcome InterpretEnvelope(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        ReadOnlySpan<byte> channelName = ChannelOf(_streamName.Text, out ReadOnlySpan<byte> symbol);
        BinanceChannel channel = (BinanceChannel?)_streamOfName?.Channel ?? BinanceChannels.Classify(channelName);
        if (!ReadEventName(ref scanner, frame, _data))
        {
            return DecodeOutcome.Rejected;
        }

        ReadOnlySpan<byte> name = _eventName.Text;
        if (channel == BinanceChannel.Other)
        {
            // A partial book calls itself a depthUpdate, or nothing at all: its channel says what it is.
            return Unknown(name.IsEmpty || BinanceChannels.OfEvent(name) != BinanceChannel.Other ? BinanceChannels.ShortName(channelName) : name);
        }

        if (name.IsEmpty)
        {
            // Spot's bookTicker has no event type (documentation, 2026-07); everything else has one.
            if (channel != BinanceChannel.BookTicker)
            {
                return Reject(ref scanner, RejectReason.MissingField, _data.Start);
            }
        }
        else if (!name.SequenceEqual(BinanceChannels.EventOf(channel)))
        {
            return Unknown(name);
        }

        return Produce(ref scanner, frame, batch, _data, channel, symbol, channelName);
    }

    private DecodeOutcome InterpretBare(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        const ulong Book = (1UL << BinanceFields.Bids) | (1UL << BinanceFields.Asks);
        const ulong Ticker = (1UL << BinanceFields.LowerU) | (1UL << BinanceFields.LowerS) | (1UL << BinanceFields.LowerB) | (1UL << BinanceFields.UpperB)
            | (1UL << BinanceFields.LowerA) | (1UL << BinanceFields.UpperA);
        if (!ReadEventName(ref scanner, frame, _top))
        {
            return DecodeOutcome.Rejected;
        }

        ReadOnlySpan<byte> name = _eventName.Text;
        if (!name.IsEmpty)
        {
            BinanceChannel channel = BinanceChannels.OfEvent(name);
            return channel switch
            {
                BinanceChannel.Other => Unknown(name),
                BinanceChannel.Depth => Produce(ref scanner, frame, batch, _top, channel, default, "depth"u8),
                BinanceChannel.Candle => ProduceBareCandle(ref scanner, frame, batch),
                _ => Produce(ref scanner, frame, batch, _top, channel, default, name),
            };
        }

        if (_top.Has(BinanceFields.LastUpdateId) || (_top.Seen & Book) == Book)
        {
            return ProduceRestBook(ref scanner, frame, batch);
        }

        // {"result":…,"id":…}, {"code":…,"msg":…}, {"error":{…},"id":…}
        if (_top.Has(BinanceFields.Result))
        {
            return Control("result"u8);
        }

        if (_top.Has(BinanceFields.Error) || _top.Has(BinanceFields.Code))
        {
            return Control("error"u8);
        }

        return (_top.Seen & Ticker) == Ticker
            ? Produce(ref scanner, frame, batch, _top, BinanceChannel.BookTicker, default, "bookTicker"u8)
            : Unknown("unnamed"u8);
    }

    // The event's name; empty when the message has none.
    private bool ReadEventName(ref JsonScanner scanner, in Frame frame, FieldSet fields)
    {
        _eventName.Clear();
        if (!fields.Has(BinanceFields.LowerE))
        {
            return true;
        }

        ref JsonValue value = ref fields[BinanceFields.LowerE];
        return Fields.Check(ref scanner, fields, FieldSet.Bit(BinanceFields.LowerE), 0)
            && Fields.CheckType(ref scanner, fields, BinanceFields.LowerE, JsonToken.String)
            && ((_eventName.Set(value, frame.Bytes) && !_eventName.Text.IsEmpty) || scanner.Fail(RejectReason.BadName, value.Start));
    }
}
