using System.Runtime.CompilerServices;
using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Bitfinex;

// One change to an aggregated book, as nearly every frame is, in the very form that the venue gives it: [225206,[279380,1,0.0089],19], without the number at the
// end where the connection does not count. Every byte is compared or parsed; what differs anywhere is read the general way, as if it had not been looked at.
public sealed partial class BitfinexDecoder
{
    private const int UsualLengthMax = 64;

    // False = the frame has another form, and the batch is empty.
    [SkipLocalsInit]
    private bool TryReadUsualChange(in Frame frame, RecordBuffer batch)
    {
        int length = frame.Bytes.Length;
        if (length > UsualLengthMax || (_connection.Flags & BitfinexFlags.Timestamp) != 0)
        {
            return false;
        }

        // The frame is shorter than what is looked at: zeros behind it end every number.
        Span<byte> padded = stackalloc byte[UsualLengthMax + BitfinexRow.LookAhead];
        frame.Bytes.CopyTo(padded);
        padded.Slice(length, BitfinexRow.LookAhead).Clear();
        ref byte text = ref padded[0];
        if (text != (byte)'[' || !IntegerParser.TryParse(ref Unsafe.Add(ref text, 1), out long channelId, out int idLength)
            || Unsafe.Add(ref text, 1 + idLength) != (byte)','
            || _connection.Find(channelId) is not { Channel: BitfinexChannel.Book, Stream: { } stream })
        {
            return false;
        }

        int at = idLength + 2;
        _draft.Begin(batch, frame, stream, null, 0);
        if (!_draft.Rows.PriceScale.IsFast || !_draft.Rows.QuantityScale.IsFast
            || !BitfinexRow.TryParse(ref Unsafe.Add(ref text, at), _draft.Rows.PriceScale, _draft.Rows.QuantityScale, out BitfinexRow row))
        {
            return false;
        }

        at += row.Length;
        long sequence = Sequence.None;
        if (_connection.IsSequenced)
        {
            if (Unsafe.Add(ref text, at) != (byte)',' || !IntegerParser.TryParse(ref Unsafe.Add(ref text, at + 1), out sequence, out int sequenceLength))
            {
                return false;
            }

            at += 1 + sequenceLength;
        }

        if (Unsafe.Add(ref text, at) != (byte)']' || at + 1 != length)
        {
            return false;
        }

        _connection.TryFollow(sequence);
        batch.Add<MessageBegin>();
        row.WriteTo(ref batch.Add<LevelSet>(), _draft.Rows.Header);
        _draft.Rows.PricesMet = row.PriceTicks;
        _draft.Rows.QuantitiesMet = row.QuantityLots;
        _draft.Finish(batch, frame, MessageType.BookDelta).LastSequence = sequence;
        return true;
    }
}
