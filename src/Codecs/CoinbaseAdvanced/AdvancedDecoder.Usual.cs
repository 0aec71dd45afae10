using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Lob.Fast.Codecs.Coinbase;
using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.CoinbaseAdvanced;

// Changes to one book, as most frames are, in the very form that the venue gives them: {"channel":"l2_data","timestamp":"2026-08-09T21:05:50.538297993Z",
// "sequence_num":99,"events":[{"type":"update","product_id":"BTC-USD","updates":[…]}]}. Every byte around the rows is compared or parsed; what differs
// anywhere, and every fault, is read the general way, as if it had not been looked at.
public sealed partial class AdvancedDecoder
{
    private readonly CoinbaseBookStreams _books = new();

    private static ReadOnlySpan<byte> UsualHead => "{\"channel\":\"l2_data\",\"timestamp\":\""u8;

    private static ReadOnlySpan<byte> UsualSequence => "\",\"sequence_num\":"u8;

    private static ReadOnlySpan<byte> UsualProduct => ",\"events\":[{\"type\":\"update\",\"product_id\":\""u8;

    private static ReadOnlySpan<byte> UsualRows => "\",\"updates\":"u8;

    private static ReadOnlySpan<byte> UsualTail => "}]}"u8;

    // False = the frame has another form, or is wrong, and the batch is empty.
    private bool TryReadUsualUpdate(in Frame frame, RecordBuffer batch)
    {
        if (!TryReadUsualHead(frame.Bytes, out int rowsAt, out CodecStream? stream))
        {
            return false;
        }

        JsonScanner scanner = new(frame.Bytes, rowsAt);
        AdvancedRowsState state = AdvancedRows.Begin(isSnapshot: false, isUsualOnly: true);
        _draft.Begin(batch, frame, stream, stream.Instrument, _venueTimeNs);
        batch.Add<MessageBegin>();
        if (_rows.Read(ref scanner, ref state, batch)
            && frame.Bytes[scanner.Position..].SequenceEqual(UsualTail)
            && _repeats.Find(batch.Records[1..]) < 0)
        {
            Finish(batch, frame, MessageType.BookDelta).MatchingTimeNs = state.EventTimeNs;
            return true;
        }

        batch.Clear();
        return false;
    }

    // Sets the time and the number of the frame.
    private bool TryReadUsualHead(ReadOnlySpan<byte> rest, out int rowsAt, [NotNullWhen(true)] out CodecStream? stream)
    {
        rowsAt = 0;
        stream = null;
        int length = rest.Length;
        if (!rest.StartsWith(UsualHead))
        {
            return false;
        }

        rest = rest[UsualHead.Length..];
        int timeLength = rest[..Math.Min(rest.Length, IsoTime.LengthMax + 1)].IndexOf((byte)'"');
        if (timeLength < 0 || IsoTime.Parse(rest[..timeLength], out _venueTimeNs, out _) != RejectReason.None || !rest[timeLength..].StartsWith(UsualSequence))
        {
            return false;
        }

        rest = rest[(timeLength + UsualSequence.Length)..];
        if (rest.Length < IntegerParser.LookAhead || !IntegerParser.TryParse(ref MemoryMarshal.GetReference(rest), out _sequence, out int sequenceLength)
            || _sequence == 0 || !rest[sequenceLength..].StartsWith(UsualProduct))
        {
            return false;
        }

        rest = rest[(sequenceLength + UsualProduct.Length)..];
        if (rest.Length < CoinbaseBookStreams.LookAhead)
        {
            return false;
        }

        stream = _books.Find(ref MemoryMarshal.GetReference(rest), out int productLength);
        if (stream is null || !rest[productLength..].StartsWith(UsualRows))
        {
            return false;
        }

        rowsAt = length - rest.Length + productLength + UsualRows.Length;
        return true;
    }
}
