using System.Text;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Tests.TestSupport;

/// <summary>Input messages as decoders make them: complete, flagged, with their time.</summary>
internal static class Messages
{
    public const long Second = 1_000_000_000;

    private const RecordFlags Alone = RecordFlags.FirstInMessage | RecordFlags.LastInMessage;

    public static Record[] Instrument(uint id, uint epoch, int priceDecimals, int quantityDecimals, long atNs, string symbol = "BTCUSDT", int priceBits = 0)
    {
        var first = new InstrumentDefinition
        {
            Header = Header(RecordKind.InstrumentDefinition, 0, atNs),
            InstrumentId = id,
            Epoch = epoch,
            Venue = Venue.BinanceSpot,
            PriceDecimals = (byte)priceDecimals,
            QuantityDecimals = (byte)quantityDecimals,
            PriceBits = (byte)priceBits,
        };
        var second = new InstrumentSymbol { Header = Header(RecordKind.InstrumentDefinition, 0, atNs), Symbol = Text40.Of(Encoding.ASCII.GetBytes(symbol)) };
        second.Header.Flags = RecordFlags.Continued;
        var third = new InstrumentLimits { Header = second.Header };
        return Place([Record.Of(first), Record.Of(second), Record.Of(third)]);
    }

    public static Record[] Stream(
        uint id,
        uint instrument,
        StreamRole role,
        ContinuityRule continuity,
        BridgeRule bridge,
        long atNs,
        ushort connection = 0,
        long staleAfterNs = 30 * Second)
    {
        var first = new StreamDefinition
        {
            Header = Header(RecordKind.StreamDefinition, id, atNs),
            InstrumentId = instrument,
            Role = role,
            Continuity = continuity,
            Bridge = bridge,
            Evidence = role == StreamRole.Book ? Evidence.Sequence : Evidence.None,
            Connection = connection,
            StaleAfterNs = staleAfterNs,
        };
        var second = new StreamChannel
        {
            Header = Header(RecordKind.StreamDefinition, id, atNs),
            Channel = Text40.Of(Encoding.ASCII.GetBytes($"{role}-{id}")),
        };
        second.Header.Flags = RecordFlags.Continued;
        return Place([Record.Of(first), Record.Of(second)]);
    }

    public static Record[] Delta(uint stream, long first, long last, long previous, long atNs, params Level[] levels) =>
        Book(MessageType.BookDelta, stream, first, last, previous, atNs, 0, levels);

    public static Record[] Snapshot(uint stream, long last, SnapshotLimits limits, long atNs, params Level[] levels) =>
        Book(MessageType.BookSnapshot, stream, Sequence.None, last, Sequence.None, atNs, limits, levels);

    /// <summary>A whole book in the stream itself, with the sequences its deltas have.</summary>
    public static Record[] OwnSnapshot(uint stream, long first, long last, long previous, long atNs, params Level[] levels) =>
        Book(MessageType.BookSnapshot, stream, first, last, previous, atNs, 0, levels);

    /// <summary>A checksum in a message of its own.</summary>
    public static Record[] Checksum(uint stream, int checksum, long atNs) =>
        Place([Begin(MessageType.BookChecksum, stream, Sequence.None, Sequence.None, Sequence.None, atNs, 0)]).Checked(checksum);

    public static Record[] Heartbeat(uint stream, long atNs) =>
        Place([Begin(MessageType.Heartbeat, stream, Sequence.None, Sequence.None, Sequence.None, atNs, 0)]);

    public static Record[] Ended(uint stream, long atNs) =>
        Place([Begin(MessageType.Ended, stream, Sequence.None, Sequence.None, Sequence.None, atNs, 0)]);

    public static Record[] Ticker(uint stream, long updateId, long atNs, long bidTicks, long bidLots, long askTicks, long askLots)
    {
        Record begin = Begin(MessageType.Ticker, stream, Sequence.None, updateId, Sequence.None, atNs, 0);
        return Place([begin, Of(Side.Bid, bidTicks, bidLots), Of(Side.Ask, askTicks, askLots)]);

        Record Of(Side side, long ticks, long lots)
        {
            var quote = new Quote { Header = Header(RecordKind.Quote, stream, atNs), PriceTicks = ticks, QuantityLots = lots, UpdateId = updateId };
            quote.Header.Code = (byte)side;
            return Record.Of(quote);
        }
    }

    public static Record[] Trade(uint stream, long atNs, long ticks, long lots)
    {
        var trade = new Trade { Header = Header(RecordKind.Trade, stream, atNs), PriceTicks = ticks, QuantityLots = lots, TradeIdLow = 1 };
        return Place([Begin(MessageType.Trades, stream, Sequence.None, Sequence.None, Sequence.None, atNs, 0), Record.Of(trade)]);
    }

    public static Record[] Tick(long atNs, TimerEvent timerEvent = TimerEvent.Second)
    {
        var timer = new Timer { Header = Header(RecordKind.Timer, 0, atNs) };
        timer.Header.Code = (byte)timerEvent;
        return Place([Record.Of(timer)]);
    }

    public static Record[] Rejected(uint stream, ushort connection, long atNs)
    {
        var rejected = new FrameRejected { Header = Header(RecordKind.FrameRejected, stream, atNs), ConnectionId = connection, Line = 7 };
        rejected.Header.Code = (byte)RejectReason.Syntax;
        return Place([Record.Of(rejected)]);
    }

    public static Record[] Connection(ushort connection, ConnectionEvent connectionEvent, long atNs)
    {
        var record = new Connection { Header = Header(RecordKind.Connection, 0, atNs), ConnectionId = connection };
        record.Header.Code = (byte)connectionEvent;
        return Place([Record.Of(record)]);
    }

    private static Record[] Book(
        MessageType type, uint stream, long first, long last, long previous, long atNs, SnapshotLimits limits, Level[] levels)
    {
        var records = new Record[1 + levels.Length];
        records[0] = Begin(type, stream, first, last, previous, atNs, (byte)limits);
        for (int i = 0; i < levels.Length; i++)
        {
            var level = new LevelSet
            {
                Header = Header(RecordKind.LevelSet, stream, atNs),
                PriceTicks = levels[i].PriceTicks,
                QuantityLots = levels[i].QuantityLots,
            };
            level.Header.Code = (byte)levels[i].Side;
            level.OrderCount = levels[i].OrderCount;
            level.Header.TextForm = levels[i].Form ?? TextForm.Of(2, (int)(levels[i].QuantityLots & 3));
            level.Header.Flags = type == MessageType.BookSnapshot ? RecordFlags.Snapshot : RecordFlags.None;
            records[i + 1] = Record.Of(level);
        }

        return Place(records);
    }

    private static Record Begin(MessageType type, uint stream, long first, long last, long previous, long atNs, byte detail)
    {
        var begin = new MessageBegin
        {
            Header = Header(RecordKind.MessageBegin, stream, atNs),
            FirstSequence = first,
            LastSequence = last,
            PreviousSequence = previous,
            Detail = detail,
        };
        begin.Header.Code = (byte)type;
        return Record.Of(begin);
    }

    /// <summary>The venue's clock is 5 ms behind ours.</summary>
    private static RecordHeader Header(RecordKind kind, uint stream, long atNs) =>
        new() { Kind = kind, StreamId = stream, ReceivedAtNs = atNs, VenueTimeNs = kind is RecordKind.Timer ? 0 : atNs - 5_000_000 };

    private static Record[] Place(Record[] records)
    {
        records[0].Header.Flags |= RecordFlags.FirstInMessage;
        records[^1].Header.Flags |= RecordFlags.LastInMessage;
        Assert.True(records.Length > 1 || (records[0].Header.Flags & Alone) == Alone);
        return records;
    }
}
