using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Bybit;

// One pass over the frame into the field sets, then what the frame is.
public sealed partial class BybitDecoder
{
    private readonly NameBuffer _topic = new();

    // The stream of the message at hand, once it is declared: from the topic on, where that is known.
    private CodecStream? _stream;

    private bool ReadMembers(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, FieldSet fields, BybitScope scope)
    {
        fields.Clear(scanner.Position);
        scanner.EnterObject();
        while (fields.ReadTo<BybitFields>(ref scanner, BybitFields.Watched, out int slot))
        {
            if (!ReadWatched(ref scanner, frame, batch, fields, scope, slot))
            {
                return false;
            }

            fields.Add(slot);
        }

        return !scanner.Failed;
    }

    private bool ReadWatched(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, FieldSet fields, BybitScope scope, int slot)
    {
        ref JsonValue value = ref fields[slot];
        JsonToken token = scanner.Peek();
        if (scope == BybitScope.Data && token == JsonToken.Array && slot is BybitFields.Bids or BybitFields.Asks)
        {
            value = new JsonValue { Token = token, Start = scanner.Position };
            return ReadSide(ref scanner, frame, batch, slot);
        }

        if (scope == BybitScope.Top && token == JsonToken.Object && slot is BybitFields.Data or BybitFields.Result)
        {
            value = new JsonValue { Token = token, Start = scanner.Position };
            return slot == BybitFields.Data
                ? ReadMembers(ref scanner, frame, batch, _data, BybitScope.Data)
                : ReadMembers(ref scanner, frame, batch, _result, BybitScope.Other);
        }

        if (!scanner.ReadValue(ref value))
        {
            return false;
        }

        if (scope == BybitScope.Top && slot == BybitFields.Topic && token == JsonToken.String)
        {
            _stream = !value.Escaped ? _streams.Find(value.In(frame.Bytes))
                : _topic.Set(value, frame.Bytes) ? _streams.Find(_topic.Text)
                : null;
        }

        return true;
    }

    private DecodeOutcome Interpret(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        if (_top.Has(BybitFields.Topic))
        {
            return InterpretTopic(ref scanner, frame, batch);
        }

        return _top.Has(BybitFields.RetCode) && _top.Has(BybitFields.Result)
            ? InterpretAnswer(ref scanner, frame, batch)
            : InterpretControl(ref scanner, frame);
    }

    private DecodeOutcome InterpretTopic(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        ref JsonValue topic = ref _top[BybitFields.Topic];
        if (!Fields.Check(ref scanner, _top, FieldSet.Bit(BybitFields.Topic), 0) || !Fields.CheckType(ref scanner, _top, BybitFields.Topic, JsonToken.String))
        {
            return DecodeOutcome.Rejected;
        }

        BybitChannel channel = (BybitChannel)(_stream?.Channel ?? 0);
        if (_stream is null)
        {
            if (!_topic.Set(topic, frame.Bytes) || _topic.Text.IsEmpty)
            {
                return Reject(ref scanner, RejectReason.BadName, topic.Start);
            }

            ReadOnlySpan<byte> channelName = BybitChannels.ChannelOf(_topic.Text, out ReadOnlySpan<byte> symbol);
            channel = symbol.IsEmpty ? BybitChannel.Other : BybitChannels.Classify(channelName);
            if (channel == BybitChannel.Other)
            {
                return Unknown(channelName);
            }

            if (!Fields.IsName(channelName) || !Fields.IsName(symbol))
            {
                return Reject(ref scanner, RejectReason.BadName, topic.Start);
            }
        }

        return channel switch
        {
            BybitChannel.Book or BybitChannel.FullBook => ProduceBook(ref scanner, frame, batch, channel),
            BybitChannel.Trades => ProduceTrades(ref scanner, frame, batch),
            BybitChannel.Ticker => ProduceTicker(ref scanner, frame, batch),
            _ => ProduceCandles(ref scanner, frame, batch),
        };
    }

    // Definitions of what is new, for a message that was found to need some.
    private bool TryDefine(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, BybitChannel channel)
    {
        if (_stream is not null)
        {
            _topic.Set(_stream.Name);
        }

        ReadOnlySpan<byte> channelName = BybitChannels.ChannelOf(_topic.Text, out ReadOnlySpan<byte> symbol);
        NewStream newStream = new()
        {
            Name = _topic.Text,
            Symbol = symbol,
            ChannelName = channelName,
            Channel = (byte)channel,
            Rules = BybitChannels.RulesOf(channel, channelName),
        };
        return _draft.TryDefine(ref scanner, frame, batch, newStream);
    }

    private void BeginMessage(RecordBuffer batch, in Frame frame, long venueTimeNs) =>
        _draft.Begin(batch, frame, _stream, _stream is null ? _streams.FindInstrument(SymbolOfTopic()) : null, venueTimeNs);

    private ReadOnlySpan<byte> SymbolOfTopic()
    {
        if (_stream is not null)
        {
            return _stream.Instrument!.Symbol;
        }

        BybitChannels.ChannelOf(_topic.Text, out ReadOnlySpan<byte> symbol);
        return symbol;
    }

    // The symbol in the body is that of the topic.
    private bool CheckSymbol(ref JsonScanner scanner, FieldSet fields, int slot) =>
        Fields.CheckType(ref scanner, fields, slot, JsonToken.String)
        && (scanner.TextIs(fields[slot], SymbolOfTopic()) || scanner.Fail(RejectReason.SymbolMismatch, fields[slot].Start));

    // Which stream a rejected frame belongs to, as far as it was read. With two topics, or two symbols, nobody can tell.
    private protected override uint AttributeFault(in Frame frame)
    {
        if (_top.Has(BybitFields.Topic))
        {
            // A stream that this frame itself declared is gone again.
            return _stream is null || _top.HasDuplicate(FieldSet.Bit(BybitFields.Topic), out _) ? 0 : _streams.Find(_stream.Name)?.Id ?? 0;
        }

        return !_result.HasDuplicate(FieldSet.Bit(BybitFields.LowerS), out _) && NameAnsweredBook(frame) ? _streams.Find(_topic.Text)?.Id ?? 0 : 0;
    }

    // A part of the frame that was read again was at fault.
    private static bool FailAs(ref JsonScanner scanner, in JsonScanner again) => scanner.Fail(again.Reason, again.FaultByte);
}
