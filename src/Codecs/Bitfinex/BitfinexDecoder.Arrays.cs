using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Bitfinex;

// Arrays: [chanId, payload …, sequence, time], the last two as the connection's flags say.
public sealed partial class BitfinexDecoder
{
    // What stands at the end of the frame at hand.
    private long _sequence;
    private long _venueTimeNs;

    private DecodeOutcome ReadArray(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        int start = scanner.Position;
        scanner.EnterArray();
        if (!scanner.NextElement())
        {
            Miss(ref scanner, "chanId", start);
            return DecodeOutcome.Rejected;
        }

        JsonValue id = default;
        if (!scanner.ReadValue(ref id))
        {
            return DecodeOutcome.Rejected;
        }

        if (id.Token is JsonToken.String or JsonToken.Array)
        {
            return ReadRestAnswer(ref scanner, frame, id);
        }

        if (!Fields.TryInteger(ref scanner, id, 0, out long channelId))
        {
            return DecodeOutcome.Rejected;
        }

        // An id that is cut off is another one's.
        bool hasPayload = scanner.NextElement();
        _subscription = scanner.Failed ? null : _connection.Find(channelId);
        if (!hasPayload)
        {
            Miss(ref scanner, "payload", start);
            return DecodeOutcome.Rejected;
        }

        return _subscription is { Stream: { } stream, Channel: not BitfinexChannel.Aside } known
            ? ReadMessage(ref scanner, frame, batch, known, stream, start)
            : PassOver(ref scanner, frame, batch, start);
    }

    // ["error",11010,"ratelimit: error"], or rows without a channel: they name neither a symbol nor a sequence and cannot join any stream.
    private DecodeOutcome ReadRestAnswer(ref JsonScanner scanner, in Frame frame, in JsonValue first)
    {
        JsonValue value = default;
        while (scanner.NextElement())
        {
            if (!scanner.ReadValue(ref value))
            {
                return DecodeOutcome.Rejected;
            }
        }

        if (!scanner.End())
        {
            return DecodeOutcome.Rejected;
        }

        return first.Token == JsonToken.String && scanner.TextIs(first, "error"u8) ? Control("error"u8) : Unknown("answer"u8);
    }

    // A channel that is set aside, or an id that is not known: before its "subscribed" (two heartbeats in the recording of 2021) or behind its end.
    private DecodeOutcome PassOver(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, int start)
    {
        JsonValue payload = default;
        if (!scanner.ReadValue(ref payload) || !ReadTail(ref scanner, start))
        {
            return DecodeOutcome.Rejected;
        }

        _connection.TryFollow(_sequence);
        if (_sequence != Sequence.None)
        {
            if (!TryDeclare(ref scanner, frame, batch, BitfinexSubscription.OfConnection, sequenced: true, out CodecStream? stream))
            {
                return DecodeOutcome.Rejected;
            }

            _draft.Begin(batch, frame, stream, null, _venueTimeNs);
            batch.Add<MessageBegin>();
            _draft.Finish(batch, frame, MessageType.Heartbeat).LastSequence = _sequence;
        }

        if (_subscription is not null)
        {
            return Unknown(_subscription.Name);
        }

        return payload.Token == JsonToken.String && scanner.TextIs(payload, "hb"u8) ? Control("hb of an unknown channel"u8) : Unknown("unknown channel"u8);
    }

    // Whatever else the frame holds, up to its end: arrays may grow in the middle (documentation, 2026-07), so the flags' items are taken from the end.
    private bool ReadTail(ref JsonScanner scanner, int start)
    {
        JsonValue last = default;
        JsonValue before = default;
        int items = 0;
        while (scanner.NextElement())
        {
            before = last;
            if (!scanner.ReadValue(ref last))
            {
                return false;
            }

            items++;
        }

        _sequence = Sequence.None;
        _venueTimeNs = 0;
        if (!scanner.End())
        {
            return false;
        }

        bool timed = (_connection.Flags & BitfinexFlags.Timestamp) != 0;
        bool sequenced = _connection.IsSequenced;
        if (items < (timed ? 1 : 0) + (sequenced ? 1 : 0))
        {
            return Miss(ref scanner, items == 0 && sequenced ? "sequence" : "timestamp", start);
        }

        if (timed && !(Fields.TryInteger(ref scanner, last, 0, out long time) && Fields.TryTime(ref scanner, time, last.Start, out _venueTimeNs)))
        {
            return false;
        }

        return !sequenced || Fields.TryInteger(ref scanner, timed ? before : last, 0, out _sequence);
    }
}
