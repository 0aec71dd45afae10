using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Bitfinex;

// Objects: what the venue says about the connection and its channels. They carry no sequence number.
public sealed partial class BitfinexDecoder
{
    private const int ProtocolVersion = 2;

    private readonly NameBuffer _eventName = new();

    private DecodeOutcome ReadEvent(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        if (!_event.Read<BitfinexFields>(ref scanner) || !scanner.End())
        {
            return DecodeOutcome.Rejected;
        }

        if (!_event.Has(BitfinexFields.Event))
        {
            return Unknown("unnamed"u8);
        }

        JsonValue name = _event[BitfinexFields.Event];
        if (!Fields.Check(ref scanner, _event, FieldSet.Bit(BitfinexFields.Event), 0)
            || !Fields.CheckType(ref scanner, _event, BitfinexFields.Event, JsonToken.String))
        {
            return DecodeOutcome.Rejected;
        }

        if (!_eventName.Set(name, frame.Bytes) || _eventName.Text.IsEmpty)
        {
            return Reject(ref scanner, RejectReason.BadName, name.Start);
        }

        ReadOnlySpan<byte> text = _eventName.Text;
        return text.SequenceEqual("subscribed"u8) ? OnSubscribed(ref scanner, frame, batch)
            : text.SequenceEqual("unsubscribed"u8) ? OnUnsubscribed(ref scanner, frame, batch)
            : text.SequenceEqual("info"u8) ? OnInfo(ref scanner, frame, batch)
            : text.SequenceEqual("conf"u8) ? OnConf(ref scanner, frame, batch)
            : text.SequenceEqual("error"u8) || text.SequenceEqual("pong"u8) || text.SequenceEqual("auth"u8) ? Control(text)
            : Unknown(text);
    }

    // The first frame of a connection names the version; later ones have a code.
    private DecodeOutcome OnInfo(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        const ulong Optional = (1UL << BitfinexFields.Version) | (1UL << BitfinexFields.Code);
        if (!Fields.Check(ref scanner, _event, 0, Optional))
        {
            return DecodeOutcome.Rejected;
        }

        if (_event.Has(BitfinexFields.Version))
        {
            if (!Fields.TryInteger(ref scanner, _event, BitfinexFields.Version, 0, out long version))
            {
                return DecodeOutcome.Rejected;
            }

            // What another version's frames mean is not known.
            if (version != ProtocolVersion)
            {
                return Reject(ref scanner, RejectReason.ImpossibleValue, _event[BitfinexFields.Version].Start);
            }

            _connection.ForgetChannels();
            _connection.Flags = BitfinexFlags.None;
            _connection.LastSequence = 0;
            _connection.HasCounted = false;
            if (!_connection.IsContinued)
            {
                AddOpened(frame, batch);
            }

            return Control("info"u8);
        }

        if (!_event.Has(BitfinexFields.Code))
        {
            return Control("info"u8);
        }

        if (!Fields.TryInteger(ref scanner, _event, BitfinexFields.Code, 0, out long code))
        {
            return DecodeOutcome.Rejected;
        }

        switch (code)
        {
            case 20051:
                return Control("info.20051 restart"u8);
            case 20060:
                return Control("info.20060 maintenance begins"u8);
            case 20061:
                // The books before are worth nothing, and everything has to be subscribed anew. It is the same socket: the flags stay.
                _connection.ForgetChannels();
                AddOpened(frame, batch);
                return Control("info.20061 maintenance ended"u8);
            default:
                return Control("info"u8);
        }
    }

    private static void AddOpened(in Frame frame, RecordBuffer batch)
    {
        ref Connection opened = ref batch.Add<Connection>();
        opened.Header.Flags = RecordFlags.FirstInMessage | RecordFlags.LastInMessage;
        opened.Header.Code = (byte)ConnectionEvent.Opened;
        opened.Header.ReceivedAtNs = frame.ReceivedAtNs;
        opened.ConnectionId = frame.Connection;
    }

    private DecodeOutcome OnConf(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        const ulong Status = 1UL << BitfinexFields.Status;
        const ulong FlagsBit = 1UL << BitfinexFields.Flags;
        if (!Fields.Check(ref scanner, _event, Status, FlagsBit) || !Fields.CheckType(ref scanner, _event, BitfinexFields.Status, JsonToken.String))
        {
            return DecodeOutcome.Rejected;
        }

        if (!scanner.TextIs(_event[BitfinexFields.Status], "OK"u8))
        {
            return Control("conf.refused"u8);
        }

        if (!Fields.Check(ref scanner, _event, FlagsBit, 0) || !Fields.TryInteger(ref scanner, _event, BitfinexFields.Flags, 0, out long number))
        {
            return DecodeOutcome.Rejected;
        }

        var flags = (BitfinexFlags)number;
        bool sequenced = (flags & BitfinexFlags.SequenceAll) != 0;
        if (sequenced != _connection.IsSequenced)
        {
            // No book is sent again for that: the streams before get no more, those they move to have missed their book, and the count begins at 1.
            bool inUse = _connection.HasCounted || _connection.Subscriptions.Any();
            if (!TryMoveStreams(ref scanner, frame, batch, sequenced))
            {
                return DecodeOutcome.Rejected;
            }

            if (inUse)
            {
                AddOpened(frame, batch);
            }
        }

        // The first frame behind this has the number 1 (probes of 2026-09).
        _connection.LastSequence = sequenced && !_connection.IsSequenced ? 0 : _connection.LastSequence;
        _connection.Flags = flags;
        return Control("conf"u8);
    }

    // What is subscribed goes on in streams that are judged by the new flags.
    private bool TryMoveStreams(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, bool sequenced)
    {
        List<(BitfinexSubscription Subscription, CodecStream Stream)> moved = [];
        foreach (BitfinexSubscription subscription in _connection.Subscriptions)
        {
            if (!TryDeclare(ref scanner, frame, batch, subscription, sequenced, out CodecStream? stream))
            {
                return false;
            }

            moved.Add((subscription, stream));
        }

        foreach ((BitfinexSubscription subscription, CodecStream stream) in moved)
        {
            subscription.Stream = stream;
        }

        return true;
    }

    private DecodeOutcome OnUnsubscribed(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        const ulong Id = 1UL << BitfinexFields.ChannelId;
        const ulong Status = 1UL << BitfinexFields.Status;
        if (!Fields.Check(ref scanner, _event, Id, Status) || !Fields.TryInteger(ref scanner, _event, BitfinexFields.ChannelId, 0, out long id))
        {
            return DecodeOutcome.Rejected;
        }

        if (_event.Has(BitfinexFields.Status) && !scanner.TextIs(_event[BitfinexFields.Status], "OK"u8))
        {
            return Control("unsubscribed.refused"u8);
        }

        BitfinexSubscription? ended = _connection.Find(id);
        _connection.Remove(id);
        WriteEnded(batch, frame, ended);
        return Control("unsubscribed"u8);
    }

    // The same book may have been subscribed again already, under another id.
    private void WriteEnded(RecordBuffer batch, in Frame frame, BitfinexSubscription? ended)
    {
        if (ended?.Stream is { Instrument: not null } stream && !_connection.Feeds(stream))
        {
            _draft.WriteEnded(batch, frame, stream);
        }
    }
}
