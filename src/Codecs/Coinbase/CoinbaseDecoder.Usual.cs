using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Coinbase;

// l2update, as nearly every frame is, in the very form that the venue gives it: {"type":"l2update","product_id":"BTC-USD","changes":[["buy","22356.27","0.1"]],
// "time":"2022-08-04T15:25:06.010758Z"}. Every byte is compared or parsed; what differs anywhere is read the general way, as if it had not been looked at.
public sealed partial class CoinbaseDecoder
{
    // ["buy"," in one register; for the other side all but its last byte.
    private const ulong UsualBid = 0x222C_2279_7562_225B;
    private const ulong UsualAsk = 0x2C22_6C6C_6573_225B;

    private readonly CoinbaseBookStreams _books = new();

    private static ReadOnlySpan<byte> UsualHead => "{\"type\":\"l2update\",\"product_id\":\""u8;

    private static ReadOnlySpan<byte> UsualMiddle => "\",\"changes\":["u8;

    private static ReadOnlySpan<byte> UsualTail => "],\"time\":\""u8;

    // False = the frame has another form, and the batch is empty.
    private bool TryReadUsualUpdate(in Frame frame, RecordBuffer batch)
    {
        ReadOnlySpan<byte> rest = frame.Bytes;
        if (!rest.StartsWith(UsualHead) || rest.Length < UsualHead.Length + CoinbaseBookStreams.LookAhead
            || _books.Find(ref MemoryMarshal.GetReference(rest[UsualHead.Length..]), out int productLength) is not { } stream)
        {
            return false;
        }

        rest = rest[(UsualHead.Length + productLength)..];
        _draft.Begin(batch, frame, stream, stream.Instrument, 0);
        batch.Add<MessageBegin>();
        if (rest.StartsWith(UsualMiddle)
            && TryReadUsualChanges(rest[UsualMiddle.Length..], batch, out int changesLength)
            && TryReadUsualTime(rest[(UsualMiddle.Length + changesLength)..], out long venueTimeNs)
            && _repeats.Find(batch.Records[1..]) < 0)
        {
            SetVenueTime(batch, venueTimeNs);
            _draft.Finish(batch, frame, MessageType.BookDelta);
            return true;
        }

        batch.Clear();
        return false;
    }

    // One row or more; length is that of all of them, up to the bracket behind.
    private bool TryReadUsualChanges(ReadOnlySpan<byte> text, RecordBuffer batch, out int length)
    {
        // What opens the longer of the two kinds of rows; and behind a number the bracket and what follows it.
        const int OpeningMax = 9;
        const int BytesBehind = 2;

        // "," between the numbers, the low three bytes of a word; "] behind them.
        const uint Separator = '"' | (',' << 8) | ('"' << 16);
        const uint SeparatorMask = 0xFFFFFF;
        const ushort Closing = '"' | (']' << 8);

        ref byte start = ref MemoryMarshal.GetReference(text);
        DecimalScale priceScale = _draft.Rows.PriceScale;
        DecimalScale sizeScale = _draft.Rows.QuantityScale;
        length = 0;
        int at = 0;
        while (text.Length - at >= OpeningMax + DecimalParser.LookAhead + BytesBehind && priceScale.IsFast && sizeScale.IsFast)
        {
            ref byte row = ref Unsafe.Add(ref start, at);
            ulong side = Unsafe.ReadUnaligned<ulong>(ref row);
            bool isBid = side == UsualBid;
            int opening = isBid ? sizeof(ulong) : sizeof(ulong) + 1;
            if (!isBid && (side != UsualAsk || Unsafe.Add(ref row, sizeof(ulong)) != (byte)'"'))
            {
                return false;
            }

            row = ref Unsafe.Add(ref row, opening);
            if (!DecimalParser.TryParseQuoted(ref row, priceScale, out long price, out int priceWritten, out int priceLength)
                || price == 0
                || (Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref row, priceLength)) & SeparatorMask) != Separator)
            {
                return false;
            }

            row = ref Unsafe.Add(ref row, priceLength + 3);
            at += opening + priceLength + 3;
            if (text.Length - at < DecimalParser.LookAhead + BytesBehind
                || !DecimalParser.TryParseQuoted(ref row, sizeScale, out long size, out int sizeWritten, out int sizeLength)
                || Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref row, sizeLength)) != Closing)
            {
                return false;
            }

            ref LevelSet level = ref batch.Add<LevelSet>();
            level.Header = _draft.Rows.Header;
            level.Header.Code = (byte)(isBid ? Side.Bid : Side.Ask);
            level.Header.TextForm = TextForm.Of(priceWritten, sizeWritten);
            level.PriceTicks = price;
            level.QuantityLots = size;
            _draft.Rows.PricesMet |= price;
            _draft.Rows.QuantitiesMet |= size;
            at += sizeLength + 2;
            if (Unsafe.Add(ref start, at) != (byte)',')
            {
                length = at;
                return true;
            }

            at++;
        }

        return false;
    }

    // ],"time":"…"} and the end of the frame.
    private static bool TryReadUsualTime(ReadOnlySpan<byte> text, out long ns)
    {
        ns = 0;
        int length = text.Length - UsualTail.Length - 2;
        return length > 0 && text.StartsWith(UsualTail) && text[^2] == (byte)'"' && text[^1] == (byte)'}'
            && IsoTime.Parse(text.Slice(UsualTail.Length, length), out ns, out _) == RejectReason.None;
    }

    private void SetVenueTime(RecordBuffer batch, long ns)
    {
        _draft.Rows.Header.VenueTimeNs = ns;
        foreach (ref Record record in batch.Records)
        {
            record.Header.VenueTimeNs = ns;
        }
    }
}
