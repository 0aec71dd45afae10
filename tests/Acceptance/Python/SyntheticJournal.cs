using System.Text;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal;
using Lob.Fast.Journal.Writing;
using Record = Lob.Fast.Engine.Records.Record;
using Timer = Lob.Fast.Engine.Records.Timer;

namespace Lob.Fast.Acceptance.Python;

/// <summary>
/// A journal with everything that is hard on a reader, made from a seed through the real logic and writer: many small segments with checkpoints in every
/// state of the books, an instrument that gets finer twice, repeats, gaps, rejected frames, a lost connection, two venues with the same symbol.
/// </summary>
internal sealed class SyntheticJournal : IDisposable
{
    public const string Symbol = "BTCUSDT";
    public const string BookChannel = "depth@100ms";
    public const long StartNs = 1_700_000_000_000_000_000;

    private const uint SpotBook = 1;
    private const uint SpotSnapshots = 2;
    private const uint SpotTrades = 3;
    private const uint SpotAggregates = 4;
    private const uint SpotTicker = 5;
    private const uint SpotCandles = 6;
    private const uint FuturesBook = 7;
    private const uint FuturesSnapshots = 8;
    private const long Second = 1_000_000_000;

    private readonly Random _random;
    private readonly Logic<JournalSink> _logic;
    private readonly JournalWriter _writer;
    private readonly RecordBuffer _message = new();
    private readonly Dictionary<uint, Dictionary<(Side Side, long Price), long>> _markets = new() { [SpotBook] = [], [FuturesBook] = [] };
    private readonly Dictionary<uint, long> _sequences = new() { [SpotBook] = 1000, [FuturesBook] = 5_000_000 };
    private long _timeNs = StartNs;
    private int _messages;

    // The market moves in the finest steps ever used; the decimals now in force say how many of its digits a record holds.
    private const int PriceDecimalsMax = 4;
    private const int QuantityDecimalsMax = 6;
    private int _priceDecimals = 1;
    private int _quantityDecimals = 3;
    private uint _epoch;

    public SyntheticJournal(string folder, int seed)
    {
        _random = new Random(seed);
        JournalSink.Target target = new();
        _logic = new Logic<JournalSink>(new JournalSink(target), new EngineOptions { WindowBits = 16 });
        _writer = JournalWriter.Create(folder, _logic, new JournalOptions { SegmentRecords = JournalOptions.SegmentRecordsMin, FreeDiskFloorBytes = 0 });
        target.Writer = _writer;

        DefineSpot();
        Define(2, 1, Venue.BinanceUsdM, 1, 3);
        Declare(SpotBook, 1, StreamRole.Book, ContinuityRule.Range, BridgeRule.RangeAfter, BookChannel, 0);
        Declare(SpotSnapshots, 1, StreamRole.BookSnapshots, ContinuityRule.None, BridgeRule.None, "/api/v3/depth", 0);
        Declare(SpotTrades, 1, StreamRole.Trades, ContinuityRule.None, BridgeRule.None, "trade", 0);
        Declare(SpotAggregates, 1, StreamRole.Trades, ContinuityRule.None, BridgeRule.None, "aggTrade", 0);
        Declare(SpotTicker, 1, StreamRole.Ticker, ContinuityRule.None, BridgeRule.None, "bookTicker", 0);
        Declare(SpotCandles, 1, StreamRole.Candles, ContinuityRule.None, BridgeRule.None, "kline_1m", 0);
        Declare(FuturesBook, 2, StreamRole.Book, ContinuityRule.Link, BridgeRule.RangeAround, BookChannel, 1);
        Declare(FuturesSnapshots, 2, StreamRole.BookSnapshots, ContinuityRule.None, BridgeRule.None, "/fapi/v1/depth", 1);
    }

    /// <summary>Makes so many book deltas, and what comes between them.</summary>
    public void Run(int deltas)
    {
        for (int end = _messages + deltas; _messages < end; _messages++)
        {
            _timeNs += _random.NextInt64(1, Second / 20);
            OnSecond();
            uint book = _random.Next(3) == 0 ? FuturesBook : SpotBook;
            Delta(book, 1 + _random.Next(20));
            Disturb(book, _messages % 500);
            Between();
        }
    }

    /// <summary>Seals the open second and closes the journal.</summary>
    public void Close()
    {
        Begin<Timer>(0).Header.Code = (byte)TimerEvent.Close;
        Process(0);
        _writer.Dispose();
    }

    public void Dispose()
    {
        _writer.Dispose();
        _logic.Dispose();
        _message.Dispose();
    }

    private void OnSecond()
    {
        long before = _logic.NowNs / Second;
        if (_timeNs / Second > before)
        {
            long now = _timeNs;
            _timeNs = _timeNs / Second * Second;
            Begin<Timer>(0).Header.Code = (byte)TimerEvent.Second;
            Process(0);
            _timeNs = now;
        }
    }

    /// <summary>Everything that can happen to a book happens once in 500 messages, the snapshot that mends it a little later.</summary>
    private void Disturb(uint book, int step)
    {
        switch (step)
        {
            case 20 or 120 or 220 or 320:
                Snapshot(SpotBook, SpotSnapshots);
                Snapshot(FuturesBook, FuturesSnapshots);
                break;
            case 60:
                Delta(book, 5, repeat: true);
                break;
            case 100:
                _sequences[book] += 10;
                break;
            case 200:
                ref FrameRejected rejected = ref Begin<FrameRejected>(SpotBook);
                rejected.Header.Code = (byte)RejectReason.Syntax;
                Process(SpotBook);
                break;
            case 300:
                foreach (ConnectionEvent change in (ConnectionEvent[])[ConnectionEvent.Closed, ConnectionEvent.Opened])
                {
                    ref Connection connection = ref Begin<Connection>(0);
                    connection.Header.Code = (byte)change;
                    connection.ConnectionId = 0;
                    Process(0);
                }

                break;
            case 400 when _priceDecimals < PriceDecimalsMax - 1:
                (_priceDecimals, _quantityDecimals) = (_priceDecimals + 1, _quantityDecimals + 1);
                DefineSpot();
                break;
            default:
                break;
        }
    }

    private void Between()
    {
        switch (_random.Next(8))
        {
            case 0:
                bool aggregate = _random.Next(2) == 0;
                uint stream = aggregate ? SpotAggregates : SpotTrades;
                Message(aggregate ? MessageType.AggregateTrades : MessageType.Trades, _messages).MatchingTimeNs = _timeNs - 7;
                for (int i = _random.Next(3); i >= 0; i--)
                {
                    ref Trade trade = ref _message.Add<Trade>();
                    trade.Header.Code = (byte)(1 + _random.Next(2));
                    (trade.PriceTicks, trade.QuantityLots) = (Price(600_000_000), Quantity(1 + _random.Next(1000)));
                    (trade.TradeIdLow, trade.TradeSequence) = (_messages * 10L + i, Sequence.None);
                }

                Process(stream);
                break;
            case 1:
                Message(MessageType.Ticker, _sequences[SpotBook]);
                for (int side = 1 + _random.Next(2); side <= 2; side++)
                {
                    ref Quote quote = ref _message.Add<Quote>();
                    quote.Header.Code = (byte)side;
                    (quote.PriceTicks, quote.QuantityLots) = (Price(600_000_000 + (side * 1000)), Quantity(_random.Next(1000)));
                    quote.UpdateId = _sequences[SpotBook];
                }

                Process(SpotTicker);
                break;
            case 2:
                Candle();
                break;
            default:
                break;
        }
    }

    private void Candle()
    {
        Message(MessageType.Candles, _messages);
        ref Candle candle = ref _message.Add<Candle>();
        (candle.OpenTicks, candle.CloseTicks) = (Price(600_000_000), Price(600_010_000));
        (candle.HighTicks, candle.LowTicks, candle.VolumeLots) = (Price(600_020_000), Price(599_990_000), Quantity(_random.Next(100_000)));
        ref CandleTurnover turnover = ref _message.Add<CandleTurnover>();
        turnover.Header.Flags = RecordFlags.Continued;
        turnover.Header.Code = (byte)_random.Next(2);
        (turnover.Turnover, turnover.TurnoverDecimals) = (123_456_789, 5);
        (turnover.StartNs, turnover.TradeCount) = (_timeNs / (60 * Second) * 60 * Second, _random.Next(100));
        turnover.IntervalText = BitConverter.ToUInt64("1m\0\0\0\0\0\0"u8);
        ref CandleTaker taker = ref _message.Add<CandleTaker>();
        taker.Header.Flags = RecordFlags.Continued;
        (taker.TakerVolumeLots, taker.TakerTurnover, taker.CloseNs) = (Sequence.None, 55_555, turnover.StartNs + (60 * Second) - 1_000_000);
        Process(SpotCandles);
    }

    private void Delta(uint stream, int levels, bool repeat = false)
    {
        long before = _sequences[stream];
        long after = repeat ? before : before + _random.Next(1, 5);
        _sequences[stream] = after;
        ref MessageBegin begin = ref Message(MessageType.BookDelta, after);
        begin.FirstSequence = before + 1;
        begin.PreviousSequence = stream == FuturesBook ? before : Sequence.None;
        for (int i = 0; i < levels; i++)
        {
            Side side = (Side)(1 + _random.Next(2));
            long price = 600_000_000 + (side == Side.Bid ? -1 - _random.Next(400) : _random.Next(400)) * 1_000L;
            long quantity = _random.Next(3) == 0 ? 0 : _random.Next(1, 5_000_000);
            Level(stream, side, price, repeat ? 0 : quantity);
            if (!repeat)
            {
                _markets[stream][(side, price)] = quantity;
            }
        }

        Process(stream);
    }

    private void Snapshot(uint book, uint stream)
    {
        Message(MessageType.BookSnapshot, _sequences[book]).Detail = (byte)(SnapshotLimits.BidsCut | SnapshotLimits.AsksCut);
        foreach (((Side side, long price), long quantity) in _markets[book].OrderBy(static level => level.Key.Side == Side.Bid ? -level.Key.Price : level.Key.Price))
        {
            if (Quantity(quantity) != 0)
            {
                Level(book, side, price, quantity, RecordFlags.Snapshot);
            }
        }

        Process(stream);
    }

    private void Level(uint book, Side side, long price, long quantity, RecordFlags flags = RecordFlags.None)
    {
        ref LevelSet level = ref _message.Add<LevelSet>();
        level.Header.Flags = flags;
        level.Header.Code = (byte)side;
        bool spot = book == SpotBook;
        int priceDecimals = spot ? _priceDecimals : 1;
        int quantityDecimals = spot ? _quantityDecimals : 3;
        level.PriceTicks = price / PowersOfTen.Of(PriceDecimalsMax - priceDecimals);
        level.QuantityLots = quantity / PowersOfTen.Of(QuantityDecimalsMax - quantityDecimals);
        // Spot writes zeros behind every number; futures write what the tick asks for.
        level.Header.TextForm = spot ? TextForm.Of(8, 8) : TextForm.Of(2, 3);
    }

    private long Price(long finest) => finest / PowersOfTen.Of(PriceDecimalsMax - _priceDecimals);

    private long Quantity(long finest) => finest / PowersOfTen.Of(QuantityDecimalsMax - _quantityDecimals);

    private void DefineSpot() => Define(1, ++_epoch, Venue.BinanceSpot, _priceDecimals, _quantityDecimals);

    private void Define(uint id, uint epoch, Venue venue, int priceDecimals, int quantityDecimals)
    {
        ref InstrumentDefinition definition = ref Begin<InstrumentDefinition>(0);
        (definition.InstrumentId, definition.Epoch, definition.Venue) = (id, epoch, venue);
        (definition.PriceDecimals, definition.QuantityDecimals, definition.PriceStepTicks) = ((byte)priceDecimals, (byte)quantityDecimals, 1);
        ref InstrumentSymbol symbol = ref _message.Add<InstrumentSymbol>();
        symbol.Header.Flags = RecordFlags.Continued;
        symbol.Symbol = Text40.Of(Encoding.ASCII.GetBytes(Symbol));
        _message.Add<InstrumentLimits>().Header.Flags = RecordFlags.Continued;
        Process(0);
    }

    private void Declare(uint id, uint instrument, StreamRole role, ContinuityRule continuity, BridgeRule bridge, string channel, ushort connection)
    {
        ref StreamDefinition definition = ref Begin<StreamDefinition>(id);
        (definition.InstrumentId, definition.Role, definition.Continuity, definition.Bridge) = (instrument, role, continuity, bridge);
        (definition.Evidence, definition.Connection, definition.StaleAfterNs) = (Evidence.Sequence, connection, 30 * Second);
        ref StreamChannel name = ref _message.Add<StreamChannel>();
        name.Header.Flags = RecordFlags.Continued;
        name.Channel = Text40.Of(Encoding.ASCII.GetBytes(channel));
        Process(id);
    }

    private ref MessageBegin Message(MessageType type, long sequence)
    {
        ref MessageBegin begin = ref Begin<MessageBegin>(0);
        begin.Header.Code = (byte)type;
        (begin.LastSequence, begin.FirstSequence, begin.PreviousSequence) = (sequence, Sequence.None, Sequence.None);
        return ref begin;
    }

    private ref T Begin<T>(uint stream) where T : unmanaged, IRecord
    {
        _message.Clear();
        ref T record = ref _message.Add<T>();
        _message[0].Header.StreamId = stream;
        return ref record;
    }

    private void Process(uint stream)
    {
        foreach (ref Record record in _message.Records)
        {
            record.Header.StreamId = stream;
            record.Header.ReceivedAtNs = _timeNs;
            record.Header.VenueTimeNs = stream == 0 ? 0 : _timeNs - 1_000_000;
        }

        _message[0].Header.Flags |= RecordFlags.FirstInMessage;
        _message[_message.Count - 1].Header.Flags |= RecordFlags.LastInMessage;
        _logic.Process(_message.Records);
    }
}
