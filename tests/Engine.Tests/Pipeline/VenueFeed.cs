using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Integrity;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Tests.TestSupport;

namespace Lob.Fast.Engine.Tests.Pipeline;

/// <summary>
/// Input messages of many streams at once, as the venues with snapshots of their own, checksums and counted connections send them on a bad day, from a
/// seed. Connection 0: books by links (OKX: checksums in messages, with REST books besides) and by counts (Bybit). Connection 1: counted over all its streams
/// (Bitfinex, Advanced Trade), checksums in messages of their own. Connection 2: a book without any proof. Everything is lost, repeated, rejected, reopened, cut, checked
/// wrongly and made finer now and then.
/// </summary>
internal sealed class VenueFeed : IDisposable
{
    private const long None = Sequence.None;

    private readonly Random _random;
    private readonly List<Record[]> _messages = [];

    // What a venue would hold: the logic itself says it, fed with the same messages, and checksums are made from it.
    private readonly Logic<NullSink> _model = new(default, new EngineOptions { WindowBits = 12 });
    private readonly List<Channel> _channels = [];
    private readonly long[] _count = [0, 100, 0, 0, 700, 0];
    private long _nowNs = Market.Start + 1;
    private uint _epoch = 1;
    private int _decimals = 2;
    private long _middle = 100_000;

    // How rare a wrong checksum is: often enough in some feeds that they are distrusted.
    private readonly int _wrongOneIn;

    private VenueFeed(int seed)
    {
        _random = new Random(seed);
        _wrongOneIn = seed % 3 == 0 ? 6 : 60;
    }

    public static List<Record[]> Create(int seed, int steps)
    {
        using var feed = new VenueFeed(seed);
        feed.Run(steps);
        return feed._messages;
    }

    public void Dispose() => _model.Dispose();

    private void Run(int steps)
    {
        Add(Messages.Instrument(1, 1, 2, 2, _nowNs));
        Add(Messages.Instrument(2, 1, 2, 2, _nowNs, "ETHUSDT"));
        Declare(1, StreamRole.Book, ContinuityRule.Link, 0, ChecksumRule.Interleaved, bridge: BridgeRule.LinkAround);
        Declare(1, StreamRole.Book, ContinuityRule.Link, 0, ChecksumRule.Interleaved, _random.Next(2) == 0 ? MismatchPolicy.Warn : MismatchPolicy.Resync, 4);
        Declare(2, StreamRole.Book, ContinuityRule.Range, 0, depthLimit: 3);
        Declare(1, StreamRole.Book, ContinuityRule.Connection, 1, ChecksumRule.InterleavedSigned);
        Declare(2, StreamRole.Book, ContinuityRule.Connection, 1, ChecksumRule.InterleavedSigned, MismatchPolicy.Warn);
        Declare(1, StreamRole.Trades, ContinuityRule.Connection, 1);
        Declare(0, StreamRole.Heartbeats, ContinuityRule.Connection, 1);
        Declare(2, StreamRole.Book, ContinuityRule.None, 2, evidence: Evidence.None);
        Declare(2, StreamRole.Heartbeats, ContinuityRule.None, 2);
        Declare(1, StreamRole.BookSnapshots, ContinuityRule.None, 0);
        Declare(1, StreamRole.Ticker, ContinuityRule.None, 0);
        for (int step = 0; step < steps; step++)
        {
            Advance();
            Channel channel = _channels[_random.Next(_channels.Count)];
            switch (_random.Next(60))
            {
                case 0:
                    Add(Messages.Rejected(_random.Next(3) == 0 ? 0 : channel.Id, channel.Connection, _nowNs));
                    _count[channel.Connection] += _random.Next(2);
                    break;
                case 1 when _random.Next(3) == 0:
                    Add(Messages.Connection(channel.Connection, (ConnectionEvent)_random.Next(1, 3), _nowNs));
                    _count[channel.Connection] = 0;
                    break;
                case 2 when _decimals < 8 && _random.Next(3) == 0:
                    _decimals++;
                    _epoch++;
                    _middle *= 10;
                    Add(Messages.Instrument(1, _epoch, _decimals, _decimals, _nowNs));
                    Add(Messages.Instrument(2, _epoch, _decimals, _decimals, _nowNs, "ETHUSDT"));
                    break;
                case 3 when _random.Next(4) == 0:
                    _nowNs += 35 * Messages.Second;
                    break;
                case 4:
                    channel.Connection = (ushort)(channel.Home + (_random.Next(2) * 3)); // 0 or 3, 1 or 4, 2 or 5
                    break;
                default:
                    Message(channel);
                    break;
            }
        }

        Add(Messages.Tick(_nowNs, TimerEvent.Close));
    }

    private void Message(Channel channel)
    {
        Record[] message = channel.Role switch
        {
            StreamRole.Trades => Messages.Trade(channel.Id, _nowNs, _middle, 1),
            StreamRole.Heartbeats => Messages.Heartbeat(channel.Id, _nowNs),
            StreamRole.BookSnapshots => Messages.Snapshot(channel.Id, _channels[0].Last + _random.Next(-3, 3), (SnapshotLimits)_random.Next(4), _nowNs, Whole()),
            StreamRole.Ticker => Messages.Ticker(channel.Id, _channels[0].Last + _random.Next(2), _nowNs, _middle - 1, 1, _middle + 1, 1),
            _ => Book(channel),
        };
        _ = message.On(channel.Connection);
        if (channel.Rule == ContinuityRule.Connection)
        {
            // Several messages of one frame, lost frames, frames that come again.
            bool further = _random.Next(5) == 0;
            ref long count = ref _count[channel.Connection];
            count += further ? 0 : _random.Next(40) == 0 ? 2 : 1;
            long number = _random.Next(30) == 0 ? Math.Max(1, count - _random.Next(3)) : count;
            _ = message.Counted(number, further);
        }

        Add(message);
        if (_random.Next(30) == 0)
        {
            Add(message);
        }
    }

    private Record[] Book(Channel channel)
    {
        bool whole = _random.Next(channel.State is BookState.Live or BookState.Stale ? 40 : 6) == 0;
        bool heartbeat = !whole && _random.Next(15) == 0;
        if (heartbeat)
        {
            return Messages.Heartbeat(channel.Id, _nowNs);
        }

        if (!whole && channel.Checksum == ChecksumRule.InterleavedSigned && _random.Next(6) == 0)
        {
            return Messages.Checksum(channel.Id, Sum(channel, []), _nowNs);
        }

        if (!whole && _random.Next(90) == 0)
        {
            return Messages.Ended(channel.Id, _nowNs);
        }

        long previous = channel.Last;
        long lost = _random.Next(50) == 0 ? _random.Next(1, 3) : 0;
        channel.Last += channel.Rule == ContinuityRule.Range ? 1 + lost : _random.Next(20) == 0 ? 0 : _random.Next(1, 5);
        Level[] levels = whole ? Whole() : Levels(_random.Next(5));
        (long first, long last, long before) = channel.Rule switch
        {
            ContinuityRule.Range => (channel.Last, channel.Last, channel.Last * 7),
            ContinuityRule.Link when _random.Next(80) == 0 => (None, None, None),
            ContinuityRule.Link => (None, channel.Last, whole ? -1 : previous + lost),
            _ => (None, None, None),
        };
        Record[] message = whole
            ? Messages.OwnSnapshot(channel.Id, first, last, before, _nowNs, levels)
            : Messages.Delta(channel.Id, first, last, before, _nowNs, levels);
        if (whole)
        {
            Record.As<MessageBegin>(ref message[0]).Detail = (byte)_random.Next(4);
        }

        return channel.Checksum != ChecksumRule.Interleaved ? message
            : _random.Next(4) == 0 ? message.NotOffered()
            : message.Checked(Sum(channel, message));
    }

    /// <summary>The checksum of the model's book after the message; now and then a wrong one.</summary>
    private int Sum(Channel channel, Record[] message)
    {
        using var book = new L2Book(_decimals, _decimals, 12);
        BookStream held = Model(channel);
        if (message.Length == 0 || Record.Read<MessageBegin>(message[0]).Type == MessageType.BookDelta)
        {
            foreach (Side side in new[] { Side.Bid, Side.Ask })
            {
                foreach (BookLevel level in held.Book.ToArray(side))
                {
                    book.Set(side, level.PriceTicks, level.QuantityLots, level.TextForm);
                }
            }
        }

        foreach (Record record in message.Skip(1))
        {
            LevelSet level = Record.Read<LevelSet>(record);
            book.Set(level.Header.Side, level.PriceTicks, level.QuantityLots, level.Header.TextForm);
        }

        return PlainChecksum.Of(book, channel.Checksum) + (_random.Next(_wrongOneIn) == 0 ? 1 : 0);
    }

    private Level[] Whole() =>
    [
        Of(Side.Bid, -1, 1), Of(Side.Ask, 1, 1), .. Levels(_random.Next(6), whole: true).DistinctBy(static level => level.PriceTicks)
            .Where(level => level.PriceTicks != _middle - 1 && level.PriceTicks != _middle + 1),
    ];

    private Level[] Levels(int count, bool whole = false)
    {
        var levels = new Level[count];
        for (int i = 0; i < count; i++)
        {
            Side side = _random.Next(2) == 0 ? Side.Bid : Side.Ask;
            int away = _random.Next(30) == 0 ? -_random.Next(0, 3) : _random.Next(40) == 0 ? 9_000 : _random.Next(1, 8);
            levels[i] = Of(side, side == Side.Bid ? -away : away, !whole && _random.Next(3) == 0 ? 0 : _random.Next(1, 4));
        }

        return levels;
    }

    private Level Of(Side side, int ticks, long lots) =>
        new(side, _middle + ticks, lots, (uint)_random.Next(5), TextForm.Of(_decimals, _decimals));

    private void Declare(
        uint instrument,
        StreamRole role,
        ContinuityRule rule,
        ushort connection,
        ChecksumRule checksum = ChecksumRule.None,
        MismatchPolicy policy = MismatchPolicy.Resync,
        uint depthLimit = 0,
        Evidence? evidence = null,
        BridgeRule bridge = BridgeRule.None)
    {
        var channel = new Channel((uint)_channels.Count + 1, role, rule, checksum, connection);
        _channels.Add(channel);
        Add(Messages.Stream(channel.Id, instrument, role, rule, bridge, _nowNs, connection).Rules(checksum, policy, depthLimit, evidence));
        channel.Model = _model.Books.FirstOrDefault(book => book.Id == channel.Id);
    }

    private BookStream Model(Channel channel) => channel.Model!;

    private void Advance()
    {
        long before = _nowNs;
        _nowNs += _random.NextInt64(200_000_000);
        long second = _nowNs - (_nowNs % Messages.Second);
        if (second > before)
        {
            Add(Messages.Tick(second));
        }
    }

    private void Add(Record[] message)
    {
        Record[] copy = [.. message];
        _messages.Add(copy);
        _model.Process(copy);
    }

    private sealed class Channel(uint id, StreamRole role, ContinuityRule rule, ChecksumRule checksum, ushort connection)
    {
        public uint Id => id;

        public StreamRole Role => role;

        public ContinuityRule Rule => rule;

        public ChecksumRule Checksum => checksum;

        /// <summary>The connection it starts on.</summary>
        public ushort Home { get; } = connection;

        public ushort Connection { get; set; } = connection;

        public long Last { get; set; } = 1_000;

        public BookStream? Model { get; set; }

        public BookState State => Model?.State ?? BookState.Empty;
    }
}
