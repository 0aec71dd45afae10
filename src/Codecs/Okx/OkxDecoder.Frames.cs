using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Okx;

// The members of a frame into the field sets, its items on the way where it is known by then what they are; then what the frame is.
public sealed partial class OkxDecoder
{
    // The items of data have become messages while the frame was read.
    private bool _isDataRead;

    // action says "snapshot", or the channel has nothing else.
    private bool _isSnapshot;

    private bool ReadMembers(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, FieldSet fields, OkxScope scope)
    {
        fields.Clear(scanner.Position);
        scanner.EnterObject();
        while (fields.ReadTo<OkxFields>(ref scanner, OkxFields.Watched, out int slot))
        {
            if (!ReadWatched(ref scanner, frame, batch, fields, scope, slot))
            {
                return false;
            }

            fields.Add(slot);
        }

        return !scanner.Failed;
    }

    private bool ReadWatched(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, FieldSet fields, OkxScope scope, int slot)
    {
        JsonToken token = scanner.Peek();
        JsonValue value = new() { Token = token, Start = scanner.Position };
        switch (scope, slot, token)
        {
            case (OkxScope.Top, OkxFields.Arg, JsonToken.Object):
                fields[slot] = value;
                if (!ReadMembers(ref scanner, frame, batch, _arg, OkxScope.Arg))
                {
                    return false;
                }

                _isRouted = Route(frame);
                return true;
            case (OkxScope.Top, OkxFields.Data, JsonToken.Array):
                fields[slot] = value;
                _isDataRead = _isRouted && (!OkxChannels.IsIncremental(_channel) || TryAction(scanner));
                return _isDataRead ? ReadItems(ref scanner, frame, batch) : scanner.SkipValue();
            case (OkxScope.Item, OkxFields.Asks or OkxFields.Bids, JsonToken.Array):
                fields[slot] = value;
                return ReadSide(ref scanner, frame, batch, slot);
            default:
                return scanner.ReadValue(ref fields[slot]);
        }
    }

    private DecodeOutcome Interpret(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        if (_top.Has(OkxFields.Event))
        {
            return InterpretEvent(ref scanner, frame);
        }

        if (_top.Has(OkxFields.Arg))
        {
            return InterpretPush(ref scanner, frame, batch);
        }

        return _top.Has(OkxFields.Code) && _top.Has(OkxFields.Data) ? InterpretAnswer(ref scanner, frame, batch)
            : _top.Has(OkxFields.Code) ? Control("error"u8)
            : Unknown("unnamed"u8);
    }

    // Answers to what the client asked for, and notices: {"event":"subscribe","arg":{…},"connId":"…"}.
    private DecodeOutcome InterpretEvent(ref JsonScanner scanner, in Frame frame)
    {
        ref JsonValue value = ref _top[OkxFields.Event];
        if (!Fields.Check(ref scanner, _top, FieldSet.Bit(OkxFields.Event), 0) || !Fields.CheckType(ref scanner, _top, OkxFields.Event, JsonToken.String))
        {
            return DecodeOutcome.Rejected;
        }

        if (!_channelName.Set(value, frame.Bytes) || _channelName.Text.IsEmpty)
        {
            return Reject(ref scanner, RejectReason.BadName, value.Start);
        }

        ReadOnlySpan<byte> name = _channelName.Text;
        bool known = name.SequenceEqual("subscribe"u8) || name.SequenceEqual("unsubscribe"u8) || name.SequenceEqual("error"u8)
            || name.SequenceEqual("notice"u8) || name.SequenceEqual("login"u8) || name.StartsWith("channel-conn-count"u8);
        if (_isRouted && name.SequenceEqual("unsubscribe"u8))
        {
            _ended = _stream;
        }

        return known ? Control(name) : Unknown(name);
    }

    private DecodeOutcome InterpretPush(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        const ulong Push = (1UL << OkxFields.Arg) | (1UL << OkxFields.Data);
        if (!Fields.Check(ref scanner, _top, FieldSet.Bit(OkxFields.Arg), 0)
            || !Fields.CheckType(ref scanner, _top, OkxFields.Arg, JsonToken.Object)
            || !Fields.Check(ref scanner, _arg, FieldSet.Bit(OkxFields.Channel), 0)
            || !Fields.CheckType(ref scanner, _arg, OkxFields.Channel, JsonToken.String))
        {
            return DecodeOutcome.Rejected;
        }

        if (!_channelName.Set(_arg[OkxFields.Channel], frame.Bytes) || _channelName.Text.IsEmpty)
        {
            return Reject(ref scanner, RejectReason.BadName, _arg[OkxFields.Channel].Start);
        }

        OkxChannel channel = OkxChannels.Classify(_channelName.Text);
        if (channel == OkxChannel.Other)
        {
            return Unknown(_channelName.Text);
        }

        if (!Fields.Check(ref scanner, _top, Push, 0) || !Fields.CheckType(ref scanner, _top, OkxFields.Data, JsonToken.Array))
        {
            return DecodeOutcome.Rejected;
        }

        if (channel == OkxChannel.Instruments)
        {
            return ReadInstruments(ref scanner, frame, batch);
        }

        if (!Fields.Check(ref scanner, _arg, FieldSet.Bit(OkxFields.InstrumentId), 0)
            || !Fields.CheckType(ref scanner, _arg, OkxFields.InstrumentId, JsonToken.String))
        {
            return DecodeOutcome.Rejected;
        }

        if (!_isRouted)
        {
            return Reject(ref scanner, RejectReason.BadName, _arg[Fields.IsName(_channelName.Text) ? OkxFields.InstrumentId : OkxFields.Channel].Start);
        }

        if (OkxChannels.IsIncremental(channel))
        {
            if (!Fields.Check(ref scanner, _top, FieldSet.Bit(OkxFields.Action), 0)
                || !Fields.CheckType(ref scanner, _top, OkxFields.Action, JsonToken.String))
            {
                return DecodeOutcome.Rejected;
            }

            // Neither of the two words: what it would do to the book is not known.
            if (!TryAction(scanner))
            {
                return Reject(ref scanner, RejectReason.WrongType, _top[OkxFields.Action].Start);
            }
        }

        return _isDataRead || ReadItemsAgain(ref scanner, frame, batch) ? DecodeOutcome.Records : DecodeOutcome.Rejected;
    }

    private bool TryAction(in JsonScanner scanner)
    {
        if (!_top.Has(OkxFields.Action, JsonToken.String))
        {
            return false;
        }

        _isSnapshot = scanner.TextIs(_top[OkxFields.Action], "snapshot"u8);
        return _isSnapshot || scanner.TextIs(_top[OkxFields.Action], "update"u8);
    }
}
