using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.CoinbaseAdvanced;

// The frame around the events: {"channel":…,"client_id":…,"timestamp":…,"sequence_num":…,"events":[…]}.
public sealed partial class AdvancedDecoder
{
    private protected override DecodeOutcome Read(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        if (TryReadUsualUpdate(frame, batch))
        {
            return DecodeOutcome.Records;
        }

        if (scanner.Peek() != JsonToken.Object)
        {
            FailHere(ref scanner);
            return DecodeOutcome.Rejected;
        }

        bool areEventsRead = false;
        scanner.EnterObject();
        while (_top.ReadTo<AdvancedFields>(ref scanner, 1UL << AdvancedFields.Events, out int slot))
        {
            bool read;
            if (IsHeadSeen())
            {
                // The usual order: everything needed has been read, so the events are read as they come by.
                _top[slot] = new JsonValue { Token = scanner.Peek(), Start = scanner.Position };
                areEventsRead = true;
                read = ReadHead(ref scanner, frame, batch) && ReadEvents(ref scanner, frame, batch);
            }
            else
            {
                read = scanner.ReadValue(ref _top[slot]);
            }

            if (!read)
            {
                return DecodeOutcome.Rejected;
            }

            _top.Add(slot);
        }

        return scanner.End() ? Interpret(ref scanner, frame, batch, areEventsRead) : DecodeOutcome.Rejected;
    }

    private DecodeOutcome Interpret(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, bool areEventsRead)
    {
        const ulong Needed = (1UL << AdvancedFields.Channel) | (1UL << AdvancedFields.Timestamp) | (1UL << AdvancedFields.SequenceNum)
            | (1UL << AdvancedFields.Events);
        if (!_top.Has(AdvancedFields.Channel) && !_top.Has(AdvancedFields.Events))
        {
            // {"type":"error","message":"…"}: outside the count.
            return InterpretBare(scanner);
        }

        if (!Fields.Check(ref scanner, _top, Needed, 0))
        {
            return DecodeOutcome.Rejected;
        }

        if (!areEventsRead)
        {
            JsonScanner again = new(frame.Bytes, _top[AdvancedFields.Events].Start);
            if (!Fields.CheckType(ref scanner, _top, AdvancedFields.Events, JsonToken.Array) || !ReadHead(ref scanner, frame, batch))
            {
                return DecodeOutcome.Rejected;
            }

            if (!ReadEvents(ref again, frame, batch))
            {
                scanner.Fail(again.Reason, again.FaultByte);
                return DecodeOutcome.Rejected;
            }
        }

        bool isEmpty = _messages == 0;
        if (isEmpty && !AddHeartbeat(ref scanner, frame, batch, Sequence.None))
        {
            return DecodeOutcome.Rejected;
        }

        if (_sequence == 0)
        {
            _subscriptions.Forget(frame.Connection);
        }

        if (_channel == AdvancedChannel.Subscriptions)
        {
            Acknowledge(frame, batch);
        }

        if (_channel == AdvancedChannel.Book && !isEmpty)
        {
            _books.Add(frame.Bytes[_event[AdvancedFields.ProductId].Start..], _draft.Stream!);
        }

        return Count(frame, isEmpty);
    }

    // What is counted is counted when the frame is known to be good.
    private DecodeOutcome Count(in Frame frame, bool isEmpty)
    {
        switch (_channel)
        {
            case AdvancedChannel.Subscriptions:
                return Control(AdvancedChannels.NameOf(_channel));
            case AdvancedChannel.Other:
                _name.Set(_top[AdvancedFields.Channel], frame.Bytes);
                return Unknown(_name.Text);
            case AdvancedChannel.Trades when _hasHistory:
                DecodeOutcome outcome = Unknown("market_trades.snapshot"u8);
                return isEmpty ? outcome : DecodeOutcome.Records;
            default:
                return DecodeOutcome.Records;
        }
    }

    private DecodeOutcome InterpretBare(in JsonScanner scanner)
    {
        JsonValue type = _top[AdvancedFields.Type];
        return _top.Has(AdvancedFields.Type, JsonToken.String) && scanner.TextIs(type, "error"u8) ? Control("error"u8) : Unknown("unnamed"u8);
    }

    private bool IsHeadSeen()
    {
        const ulong Head = (1UL << AdvancedFields.Channel) | (1UL << AdvancedFields.Timestamp) | (1UL << AdvancedFields.SequenceNum);
        return (_top.Seen & Head) == Head;
    }

    private bool ReadHead(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        JsonValue channel = _top[AdvancedFields.Channel];
        if (!Fields.CheckType(ref scanner, _top, AdvancedFields.Channel, JsonToken.String)
            || !((_name.Set(channel, frame.Bytes) && Fields.IsName(_name.Text)) || scanner.Fail(RejectReason.BadName, channel.Start))
            || !TextFields.TryIsoTime(ref scanner, _top[AdvancedFields.Timestamp], out _venueTimeNs)
            || !Fields.TryInteger(ref scanner, _top, AdvancedFields.SequenceNum, 0, out _sequence))
        {
            return false;
        }

        _channel = AdvancedChannels.Classify(_name.Text);
        if (_sequence == 0)
        {
            AddConnection(frame, batch);
        }

        return true;
    }

    // The count of a connection starts at 0, so this is a new one, whatever came before.
    private void AddConnection(in Frame frame, RecordBuffer batch)
    {
        ref Connection connection = ref batch.Add<Connection>();
        connection.Header.Flags = RecordFlags.FirstInMessage | RecordFlags.LastInMessage;
        connection.Header.Code = (byte)ConnectionEvent.Opened;
        connection.Header.ReceivedAtNs = frame.ReceivedAtNs;
        connection.Header.VenueTimeNs = _venueTimeNs;
        connection.ConnectionId = frame.Connection;
    }

    private bool ReadEvents(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        if (scanner.Peek() != JsonToken.Array)
        {
            return FailHere(ref scanner);
        }

        if (_channel is AdvancedChannel.Other or AdvancedChannel.Subscriptions)
        {
            return scanner.SkipValue();
        }

        scanner.EnterArray();
        while (scanner.NextElement())
        {
            if (!ReadEvent(ref scanner, frame, batch))
            {
                return false;
            }
        }

        return !scanner.Failed;
    }
}
