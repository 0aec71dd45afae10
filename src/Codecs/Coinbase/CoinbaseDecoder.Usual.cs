using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Coinbase;

// l2update, as nearly every frame is, in the very form that the venue gives it: {"type":"l2update","product_id":"BTC-USD","changes":[["buy","22356.27","0.1"]],
// "time":"2022-08-04T15:25:06.010758Z"}; and snapshots, which are large: {"type":"snapshot","product_id":"BTC-USD","asks":[["22356.27","0.1"]],"bids":[]}, the sides in
// either order, with or without a time. Every byte is compared or parsed; what differs anywhere is read the general way, as if it had not been looked at.
public sealed partial class CoinbaseDecoder
{
    // ["buy"," in one register; for the other side all but its last byte.
    private const ulong UsualBid = 0x222C_2279_7562_225B;
    private const ulong UsualAsk = 0x2C22_6C6C_6573_225B;

    private readonly CoinbaseBookStreams _books = new();

    private static ReadOnlySpan<byte> UsualHead => "{\"type\":\"l2update\",\"product_id\":\""u8;

    private static ReadOnlySpan<byte> UsualSnapshotHead => "{\"type\":\"snapshot\",\"product_id\":\""u8;

    private static ReadOnlySpan<byte> UsualAsks => "\",\"asks\":["u8;

    private static ReadOnlySpan<byte> UsualBids => "\",\"bids\":["u8;

    private static ReadOnlySpan<byte> UsualAsksBehind => "],\"asks\":["u8;

    private static ReadOnlySpan<byte> UsualBidsBehind => "],\"bids\":["u8;

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

    // False = the frame has another form, and the batch is empty.
    private bool TryReadUsualSnapshot(in Frame frame, RecordBuffer batch)
    {
        int end = frame.Bytes.Length - 1;
        long venueTimeNs = 0;
        if (!frame.Bytes.StartsWith(UsualSnapshotHead) || frame.Bytes.Length < UsualSnapshotHead.Length + CoinbaseBookStreams.LookAhead
            || _books.Find(ref MemoryMarshal.GetReference(frame.Bytes[UsualSnapshotHead.Length..]), out int productLength) is not { } stream)
        {
            return false;
        }

        int productEnd = UsualSnapshotHead.Length + productLength;
        bool bidsFirst = frame.Bytes[productEnd..].StartsWith(UsualBids);
        if (!bidsFirst && !frame.Bytes[productEnd..].StartsWith(UsualAsks))
        {
            return false;
        }

        if (!frame.Bytes.EndsWith("]}"u8))
        {
            end = frame.Bytes.LastIndexOf(UsualTail) + 1;
            if (end == 0 || !TryReadUsualTime(frame.Bytes[(end - 1)..], out venueTimeNs))
            {
                return false;
            }
        }

        // Where the first side seems to end; whether it does is seen as it is read.
        int first = productEnd + UsualAsks.Length - 1;
        int firstLength = frame.Bytes[first..].IndexOf(bidsFirst ? UsualAsksBehind : UsualBidsBehind) + 1;
        int second = first + firstLength + UsualAsksBehind.Length - 2;
        Range firstRange = first..(first + firstLength);
        Range secondRange = second..end;
        _draft.Begin(batch, frame, stream, stream.Instrument, venueTimeNs);
        _draft.Rows.Header.Flags = RecordFlags.Snapshot;
        batch.Add<MessageBegin>();
        if (firstLength > 0 && second < end
            && TryReadUsualSide(frame, batch, bidsFirst ? firstRange : secondRange, Side.Bid)
            && TryReadUsualSide(frame, batch, bidsFirst ? secondRange : firstRange, Side.Ask)
            && _draft.Rows.Need.IsNone)
        {
            _draft.Finish(batch, frame, MessageType.BookSnapshot);
            return true;
        }

        batch.Clear();
        return false;
    }

    // The range holds one array of rows, and nothing else.
    private bool TryReadUsualSide(in Frame frame, RecordBuffer batch, Range range, Side side)
    {
        // One level down, as the array is.
        JsonScanner scanner = new(frame.Bytes[..range.End]);
        scanner.EnterObject();
        scanner.Advance(range.Start.Value - scanner.Position);
        SetSide(side);
        return LevelRows.Read(ref scanner, ref _draft.Rows, batch) && scanner.End();
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
