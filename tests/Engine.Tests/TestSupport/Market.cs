using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Integrity;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Tests.TestSupport;

/// <summary>
/// One instrument with a book stream (1), its snapshots (2) and its ticker (3), fed message by message. Each call is one input message and returns what
/// was derived from it. The clock moves a millisecond a message, and as far as a test says.
/// </summary>
internal sealed class Market : IDisposable
{
    public const uint BookStreamId = 1;
    public const uint Snapshots = 2;
    public const uint TickerStream = 3;

    /// <summary>A whole second, so that tests count from zero.</summary>
    public const long Start = 1_700_000_000 * Messages.Second;

    public Market(
        EngineOptions? options = null,
        bool declare = true,
        ContinuityRule continuity = ContinuityRule.Range,
        BridgeRule bridge = BridgeRule.RangeAfter)
    {
        Logic = new Logic<SpySink>(Journal.Sink, options ?? new EngineOptions { WindowBits = 12 });
        if (declare)
        {
            Process(Messages.Instrument(1, 1, 2, 3, NowNs));
            Process(Messages.Stream(BookStreamId, 1, StreamRole.Book, continuity, bridge, NowNs));
            Process(Messages.Stream(Snapshots, 1, StreamRole.BookSnapshots, ContinuityRule.None, BridgeRule.None, NowNs));
            Process(Messages.Stream(TickerStream, 1, StreamRole.Ticker, ContinuityRule.None, BridgeRule.None, NowNs));
        }
    }

    public static Market Spot() => new();

    public static Market Futures() => new(continuity: ContinuityRule.Link, bridge: BridgeRule.RangeAround);

    /// <summary>One book stream (1) whose snapshots come in the stream itself.</summary>
    public static Market Own(
        ContinuityRule continuity,
        ChecksumRule checksum = ChecksumRule.None,
        MismatchPolicy policy = MismatchPolicy.Resync,
        uint depthLimit = 0,
        Evidence evidence = Evidence.Sequence,
        BridgeRule bridge = BridgeRule.None,
        int priceDecimals = 2,
        int quantityDecimals = 3)
    {
        var market = new Market(declare: false);
        market.Process(Messages.Instrument(1, 1, priceDecimals, quantityDecimals, market.NowNs));
        market.Process(Messages.Stream(BookStreamId, 1, StreamRole.Book, continuity, bridge, market.NowNs).Rules(checksum, policy, depthLimit, evidence));
        return market;
    }

    /// <summary>A whole book in stream 1 itself.</summary>
    public Record[] Whole(long first, long last, long previous, params Level[] levels) =>
        Process(Messages.OwnSnapshot(BookStreamId, first, last, previous, Next(), levels));

    public JournalSpy Journal { get; } = new();

    public Logic<SpySink> Logic { get; }

    public long NowNs { get; private set; } = Start;

    public BookStream Stream => Logic.Books[0];

    public L2Book Book => Stream.Book;

    public BookState State => Stream.State;

    /// <summary>A live spot book that stands at sequence 100 with bid 99.00 and ask 101.00, its snapshot and one delta behind it.</summary>
    public static Market LiveSpot()
    {
        Market market = Spot();
        market.GoLive();
        return market;
    }

    /// <summary>The same with futures rules.</summary>
    public static Market LiveFutures()
    {
        Market market = Futures();
        market.GoLive();
        return market;
    }

    public Record[] Process(Record[] message)
    {
        NowNs = Math.Max(NowNs, message[0].Header.ReceivedAtNs);
        int before = Journal.Commits;
        Logic.Process(message);
        Assert.Equal(before + 1, Journal.Commits);
        Record[] all = Journal.LastCommit;
        Assert.True(all.AsSpan(0, message.Length).SequenceEqual(message, RecordBytes.Comparer));
        Record[] derived = all[message.Length..];
        Assert.All(derived, record => Assert.True(record.Header.Has(RecordFlags.Derived)));
        Assert.All(derived, record => Assert.Equal(message[0].Header.ReceivedAtNs, record.Header.ReceivedAtNs));
        return derived;
    }

    /// <summary>A spot delta; futures tests say the previous sequence.</summary>
    public Record[] Delta(long first, long last, params Level[] levels) => Process(Messages.Delta(BookStreamId, first, last, Sequence.None, Next(), levels));

    public Record[] Linked(long first, long last, long previous, params Level[] levels) =>
        Process(Messages.Delta(BookStreamId, first, last, previous, Next(), levels));

    public Record[] Snapshot(long last, params Level[] levels) => Process(Messages.Snapshot(Snapshots, last, SnapshotLimits.None, Next(), levels));

    public Record[] Snapshot(long last, SnapshotLimits limits, params Level[] levels) => Process(Messages.Snapshot(Snapshots, last, limits, Next(), levels));

    public Record[] Ticker(long updateId, long bidTicks, long bidLots, long askTicks, long askLots) =>
        Process(Messages.Ticker(TickerStream, updateId, Next(), bidTicks, bidLots, askTicks, askLots));

    public Record[] Rejected(uint stream, ushort connection = 0) => Process(Messages.Rejected(stream, connection, Next()));

    public Record[] Opened(ushort connection = 0) => Process(Messages.Connection(connection, ConnectionEvent.Opened, Next()));

    /// <summary>The end of the second, some seconds after the start.</summary>
    public Record[] TickAt(double secondsFromStart) => Process(Messages.Tick(Start + (long)(secondsFromStart * Messages.Second)));

    /// <summary>Lets the next message come at that time.</summary>
    public void WaitUntil(double secondsFromStart) => NowNs = Start + (long)(secondsFromStart * Messages.Second) - 1_000_000;

    public void GoLive()
    {
        Snapshot(99, Level.Bid(9_900, 10), Level.Ask(10_100, 20));
        Linked(95, 100, 98, Level.Bid(9_899, 1));
        Assert.Equal(BookState.Live, State);
    }

    public void Dispose() => Logic.Dispose();

    /// <summary>A millisecond later.</summary>
    public long Next() => NowNs += 1_000_000;
}
