using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Tests.TestSupport;

namespace Lob.Fast.Engine.Tests.Pipeline;

/// <summary>
/// Decodes nothing: each frame becomes the next message of a busy day, without an allocation of its own. A live book with deltas, tickers on both sides of
/// them, repeats, trades, snapshots nobody needs, and rejected frames of the ticker.
/// </summary>
internal sealed class SyntheticDecoder : IFrameDecoder
{
    private const uint Book = 1;
    private const uint Snapshots = 2;
    private const uint Tickers = 3;
    private const uint Trades = 4;

    private ulong _random = 88_172_645_463_325_252;
    private long _frames;
    private long _last = 1_000;
    private long _middle = 1_000_000;

    /// <summary>Number of the frame at which something is allocated, so that the harness can show that it would see it; −1 = never.</summary>
    public long AllocateAtFrame { get; set; } = -1;

    /// <summary>What was allocated, so that it is not optimized away.</summary>
    public object? Planted { get; private set; }

    public DecodeResult Decode(in Frame frame, RecordBuffer batch)
    {
        long at = frame.ReceivedAtNs;
        if (_frames++ == AllocateAtFrame)
        {
            Planted = new byte[1];
        }

        switch (_frames)
        {
            case 1:
                batch.AddRange(Messages.Instrument(1, 1, 2, 3, at));
                batch.AddRange(Messages.Stream(Book, 1, StreamRole.Book, ContinuityRule.Range, BridgeRule.RangeAfter, at));
                batch.AddRange(Messages.Stream(Snapshots, 1, StreamRole.BookSnapshots, default, default, at));
                batch.AddRange(Messages.Stream(Tickers, 1, StreamRole.Ticker, default, default, at));
                batch.AddRange(Messages.Stream(Trades, 1, StreamRole.Trades, default, default, at));
                AddBook(batch, Snapshots, MessageType.BookSnapshot, Sequence.None, _last, 2_000, at);
                return DecodeResult.Ok;
            case 2:
                AddBook(batch, Book, MessageType.BookDelta, _last + 1, ++_last, 10, at);
                return DecodeResult.Ok;
        }

        ulong what = Next(100);
        switch (what)
        {
            case < 60:
                AddBook(batch, Book, MessageType.BookDelta, _last + 1, _last += 1 + (long)Next(4), (int)Next(20), at);
                break;
            case < 62:
                AddBook(batch, Book, MessageType.BookDelta, _last, _last, 3, at);
                break;
            case < 85:
                AddTicker(batch, _last + (long)Next(3), at);
                break;
            case < 98:
                AddTrade(batch, at);
                break;
            case < 99:
                AddBook(batch, Snapshots, MessageType.BookSnapshot, Sequence.None, _last, 50, at);
                break;
            default:
                return DecodeResult.Rejected(RejectReason.BadNumber, 1, Tickers);
        }

        // The market walks, and now and then jumps out of the window.
        _middle += (long)Next(7) - 3 + (Next(20_000) == 0 ? 100_000 : 0);
        return DecodeResult.Ok;
    }

    public void Learn(ReadOnlySpan<Record> definition) => throw new NotSupportedException();

    private void AddBook(RecordBuffer batch, uint stream, MessageType type, long first, long last, int levels, long at)
    {
        Begin(batch, type, stream, first, last, at);
        for (int i = 0; i < levels; i++)
        {
            Side side = Next(2) == 0 ? Side.Bid : Side.Ask;
            long away = 1 + (long)(Next(50) == 0 ? Next(5_000) : Next(30));
            ref LevelSet level = ref batch.Add<LevelSet>();
            level.Header.StreamId = stream;
            level.Header.ReceivedAtNs = at;
            level.Header.Code = (byte)side;
            level.PriceTicks = side == Side.Bid ? _middle - away : _middle + away;
            level.QuantityLots = type == MessageType.BookDelta && Next(3) == 0 ? 0 : 1 + (long)Next(1_000);
        }

        End(batch);
    }

    private void AddTicker(RecordBuffer batch, long updateId, long at)
    {
        Begin(batch, MessageType.Ticker, Tickers, Sequence.None, updateId, at);
        for (byte side = 1; side <= 2; side++)
        {
            ref Quote quote = ref batch.Add<Quote>();
            quote.Header.StreamId = Tickers;
            quote.Header.ReceivedAtNs = at;
            quote.Header.Code = side;
            quote.PriceTicks = _middle;
            quote.QuantityLots = 1;
            quote.UpdateId = updateId;
        }

        End(batch);
    }

    private void AddTrade(RecordBuffer batch, long at)
    {
        Begin(batch, MessageType.Trades, Trades, Sequence.None, Sequence.None, at);
        ref Trade trade = ref batch.Add<Trade>();
        trade.Header.StreamId = Trades;
        trade.Header.ReceivedAtNs = at;
        trade.PriceTicks = _middle;
        trade.QuantityLots = 1;
        End(batch);
    }

    private static void Begin(RecordBuffer batch, MessageType type, uint stream, long first, long last, long at)
    {
        ref MessageBegin begin = ref batch.Add<MessageBegin>();
        begin.Header.Flags = RecordFlags.FirstInMessage;
        begin.Header.Code = (byte)type;
        begin.Header.StreamId = stream;
        begin.Header.ReceivedAtNs = at;
        begin.FirstSequence = first;
        begin.LastSequence = last;
        begin.PreviousSequence = Sequence.None;
    }

    private static void End(RecordBuffer batch) => batch[batch.Count - 1].Header.Flags |= RecordFlags.LastInMessage;

    private ulong Next(ulong below)
    {
        _random ^= _random << 13;
        _random ^= _random >> 7;
        _random ^= _random << 17;
        return _random % below;
    }
}
