using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Tests.TestSupport;

namespace Lob.Fast.Engine.Tests.Pipeline;

/// <summary>
/// Input messages of two instruments (spot and futures rules) as a bad day brings them, from a seed: lost and repeated deltas, snapshots too
/// old, too new and before any stream, rejected frames, new connections, silence, crossed books, tickers on both sides of their delta, finer epochs.
/// </summary>
internal sealed class RandomFeed
{
    private readonly Random _random;
    private readonly List<Record[]> _messages = [];
    private long _nowNs = Market.Start + 1;
    private uint _streams;

    private RandomFeed(int seed) => _random = new Random(seed);

    public static List<Record[]> Create(int seed, int steps)
    {
        var feed = new RandomFeed(seed);
        feed.Run(steps);
        return feed._messages;
    }

    private void Run(int steps)
    {
        Symbol[] symbols = [new(1, spot: true), new(2, spot: false)];
        foreach (Symbol symbol in symbols)
        {
            Add(Messages.Instrument(symbol.Id, symbol.Epoch, symbol.Decimals, symbol.Decimals, _nowNs, $"SYMBOL{symbol.Id}"));
        }

        for (int step = 0; step < steps; step++)
        {
            Advance();
            Symbol symbol = symbols[_random.Next(symbols.Length)];
            switch (_random.Next(100))
            {
                case < 62:
                    Delta(symbol);
                    break;
                case < 76:
                    Snapshot(symbol);
                    break;
                case < 84:
                    Ticker(symbol, symbol.Last + _random.Next(-3, 6));
                    break;
                case < 87 when symbol.Book != 0:
                    Add(Messages.Rejected(_random.Next(4) == 0 ? 0 : symbol.Book, (ushort)symbol.Id, _nowNs));
                    break;
                case < 88:
                    Add(Messages.Connection((ushort)symbol.Id, ConnectionEvent.Opened, _nowNs));
                    break;
                case < 90 when symbol.Decimals < 9:
                    symbol.Finer(_random.Next(1, 3));
                    Add(Messages.Instrument(symbol.Id, ++symbol.Epoch, symbol.Decimals, symbol.Decimals, _nowNs, $"SYMBOL{symbol.Id}"));
                    break;
                case < 91:
                    _nowNs += 35 * Messages.Second;
                    break;
                case < 94:
                    Add(Messages.Trade(StreamOf(symbol, StreamRole.Trades), _nowNs, symbol.Price(0), 1));
                    break;
                default:
                    // A whole burst, so that seconds hold more than one message.
                    for (int i = _random.Next(8); i >= 0; i--)
                    {
                        Delta(symbol);
                    }

                    break;
            }
        }

        Add(Messages.Tick(_nowNs, TimerEvent.Close));
    }

    private void Delta(Symbol symbol)
    {
        if (symbol.Book == 0 && _random.Next(3) != 0)
        {
            return; // the stream appears late, so that a snapshot can come before it
        }

        uint stream = StreamOf(symbol, StreamRole.Book);
        long previous = symbol.Last;
        long first = previous + 1 + (symbol.Spot ? 0 : _random.Next(4));
        symbol.Last = first + _random.Next(4);
        Level[] levels = Levels(symbol, _random.Next(6), deletes: true);
        Record[] message = Messages.Delta(stream, first, symbol.Last, symbol.Spot ? Sequence.None : previous, _nowNs, levels);
        bool tickerFirst = _random.Next(8) == 0;
        if (tickerFirst)
        {
            Ticker(symbol, symbol.Last);
        }

        switch (_random.Next(40))
        {
            case 0: // lost
                return;
            case 1: // twice
                Add(symbol, message);
                Add(symbol, message);
                return;
            default:
                Add(symbol, message);
                break;
        }

        if (!tickerFirst && _random.Next(12) == 0)
        {
            Ticker(symbol, symbol.Last);
        }
    }

    private void Snapshot(Symbol symbol)
    {
        uint stream = StreamOf(symbol, StreamRole.BookSnapshots);
        long last = symbol.Last + _random.Next(-9, 4);
        var limits = (SnapshotLimits)_random.Next(4);
        Level[] levels = [Level.Bid(symbol.Price(-1), 1), Level.Ask(symbol.Price(1), 1), .. Levels(symbol, _random.Next(12), deletes: false)];
        Add(symbol, Messages.Snapshot(stream, last, limits, _nowNs, levels));
    }

    private void Ticker(Symbol symbol, long updateId) =>
        Add(Messages.Ticker(
            StreamOf(symbol, StreamRole.Ticker),
            updateId,
            _nowNs,
            symbol.Price(-_random.Next(1, 3)),
            _random.Next(3),
            symbol.Price(_random.Next(1, 3)),
            _random.Next(3)));

    private Level[] Levels(Symbol symbol, int count, bool deletes)
    {
        var levels = new Level[count];
        for (int i = 0; i < count; i++)
        {
            Side side = _random.Next(2) == 0 ? Side.Bid : Side.Ask;
            // One in thirty stands on the wrong side of the market; one in fifty absurdly far.
            int away = _random.Next(30) == 0 ? -_random.Next(0, 4) : _random.Next(50) == 0 ? 9_000 : _random.Next(1, 12);
            levels[i] = new Level(side, symbol.Price(side == Side.Bid ? -away : away), deletes && _random.Next(3) == 0 ? 0 : _random.Next(1, 4));
        }

        return levels;
    }

    private uint StreamOf(Symbol symbol, StreamRole role)
    {
        if (symbol.Streams.TryGetValue(role, out uint id))
        {
            return id;
        }

        symbol.Streams[role] = ++_streams;
        bool book = role == StreamRole.Book;
        Add(Messages.Stream(
            _streams,
            symbol.Id,
            role,
            !book ? ContinuityRule.None : symbol.Spot ? ContinuityRule.Range : ContinuityRule.Link,
            !book ? BridgeRule.None : symbol.Spot ? BridgeRule.RangeAfter : BridgeRule.RangeAround,
            _nowNs,
            (ushort)symbol.Id));
        return _streams;
    }

    private void Advance()
    {
        long before = _nowNs;
        _nowNs += _random.NextInt64(250_000_000);
        long second = _nowNs - (_nowNs % Messages.Second);
        if (second > before)
        {
            Add(Messages.Tick(second));
        }
    }

    private void Add(Record[] message) => _messages.Add(message);

    private void Add(Symbol symbol, Record[] message) => Add(message.On((ushort)symbol.Id));

    private sealed class Symbol(uint id, bool spot)
    {
        private long _middle = 100_000;

        public uint Id => id;

        public bool Spot => spot;

        public uint Epoch { get; set; } = 1;

        public int Decimals { get; private set; } = 2;

        public long Last { get; set; } = 1_000;

        public Dictionary<StreamRole, uint> Streams { get; } = [];

        public uint Book => Streams.GetValueOrDefault(StreamRole.Book);

        /// <summary>The price so many first ticks from the middle, whatever the decimals are now.</summary>
        public long Price(int ticks) => (_middle + ticks) * (long)Math.Pow(10, Decimals - 2);

        public void Finer(int decimals)
        {
            Decimals += decimals;
            _middle += 3;
        }
    }
}
