namespace Lob.Fast.VenueSim.Market;

/// <summary>
/// A market of one instrument, advanced in steps of 10 ms: orders come, shrink, grow and go, takers consume the best ones, and now and then much happens at once.
/// The same seed gives the same market, step by step. Numbers are chosen to look like the recorded markets (README.md beside this project compares).
/// Not for several threads at once.
/// </summary>
internal sealed class SyntheticMarket
{
    /// <summary>Most levels a side: fewer than any channel with a depth of 50 or more shows, so that such a channel shows the whole book.</summary>
    public const int LevelsMax = 40;

    /// <summary>Most orders a side, fewer than an order-by-order channel of 100 shows.</summary>
    public const int OrdersMax = 95;

    private const int LevelsMin = 8;
    private const int LevelsWanted = 34;
    private const double EventsAStep = 1.1;
    private const double BurstShare = 0.004;
    private const int BurstEventsMin = 25;
    private const int BurstEventsMax = 160;
    private const double SizeSigma = 1.9;
    private const double TakeShare = 0.02;
    private const double ImproveShare = 0.7;
    private const double ResizeShare = 0.55;
    private const int DepthTicks = 60;
    private const int TakenLevelsMax = 3;
    private const int RemovedKept = 64;
    private const int TradesKept = 64;
    private const int CandlesKept = 256;
    private const long CandleMs = 60_000;

    /// <summary>The market is pulled back when it has moved by this part of its first price.</summary>
    private const int DriftDivisor = 20;

    private readonly Random64 _random;
    private readonly int _idStepMax;
    private readonly List<MarketEvent> _events = [];
    private readonly List<Trade> _trades = [];
    private readonly Queue<Trade> _lastTrades = new();
    private readonly Queue<(long Step, bool IsBid, long Ticks)> _removed = new();
    private readonly List<Candle> _candles = [];
    private long _nextOrderId;
    private long _nextTradeId;
    private long _nowMs;

    /// <param name="instrument">What is traded.</param>
    /// <param name="seed">Of this market alone.</param>
    /// <param name="idStepMax">By how much the book's number may rise at one change: 1 = without holes.</param>
    /// <param name="startMs">The clock, Unix ms: candles of the hours before are made up.</param>
    public SyntheticMarket(Instrument instrument, ulong seed, int idStepMax, long startMs = 0)
    {
        Instrument = instrument;
        _random = new Random64(seed);
        _idStepMax = idStepMax;
        UpdateId = 1_000_000_000 + _random.Below(1_000_000_000);
        _nextOrderId = 34_000_000_000 + _random.Below(1_000_000_000);
        _nextTradeId = 100_000_000 + _random.Below(100_000_000);
        for (int i = 0; i < LevelsWanted; i++)
        {
            Open(isBid: true, instrument.StartTicks - 1 - i - _random.Below(2));
            Open(isBid: false, instrument.StartTicks + i + _random.Below(2));
        }

        _events.Clear();
        OpenTicks = LastTicks = instrument.StartTicks;
        MakeUpCandles(new Random64(seed + 1), startMs);
    }

    public Instrument Instrument { get; }

    public BookSide Bids { get; } = new(isBid: true);

    public BookSide Asks { get; } = new(isBid: false);

    /// <summary>The book's number: rises at every change.</summary>
    public long UpdateId { get; private set; }

    /// <summary>The number of the first change of the last step; 0 = nothing changed.</summary>
    public long FirstUpdateIdOfStep { get; private set; }

    /// <summary>Steps taken.</summary>
    public long Step { get; private set; }

    /// <summary>What happened in the last step, in this order.</summary>
    public IReadOnlyList<MarketEvent> Events => _events;

    /// <summary>Trades of the last step.</summary>
    public IReadOnlyList<Trade> Trades => _trades;

    /// <summary>The last trades, oldest first.</summary>
    public IReadOnlyCollection<Trade> LastTrades => _lastTrades;

    /// <summary>Levels that have gone lately, with the step in which they did.</summary>
    public IReadOnlyCollection<(long Step, bool IsBid, long Ticks)> Removed => _removed;

    /// <summary>Candles of a minute, oldest first; the last one is running.</summary>
    public IReadOnlyList<Candle> Candles => _candles;

    /// <summary>First price, and the extremes since.</summary>
    public long OpenTicks { get; }

    public long LastTicks { get; private set; }

    public long LastTradeId => _nextTradeId - 1;

    /// <summary>Lots traded since the start.</summary>
    public long TradedLots { get; private set; }

    /// <summary>Advances by 10 ms.</summary>
    /// <param name="nowMs">The clock, Unix ms: it dates trades and candles and changes nothing else.</param>
    public void Advance(long nowMs)
    {
        _events.Clear();
        _trades.Clear();
        FirstUpdateIdOfStep = 0;
        Step++;
        _nowMs = nowMs;
        RollCandle();

        int events = _random.Chance(BurstShare) ? BurstEventsMin + _random.Below(BurstEventsMax - BurstEventsMin) : _random.Geometric(EventsAStep);
        for (int i = 0; i < events; i++)
            Happen();
    }

    private void Happen()
    {
        double roll = _random.Unit();
        bool isBid = _random.Chance(0.5);
        if (roll < TakeShare) Take();
        else if (Asks.Best.Ticks - Bids.Best.Ticks is var gap and > 1 && _random.Chance(ImproveShare)) Open(isBid, Bids.Best.Ticks + 1 + _random.Below((int)Math.Min(gap - 1, DepthTicks)));
        else if (_random.Chance(ResizeShare)) Resize(isBid);
        else AddOrCancel(isBid);
    }

    private void AddOrCancel(bool isBid)
    {
        BookSide side = isBid ? Bids : Asks;
        bool add = _random.Below(LevelsMax + LevelsWanted) >= side.Levels.Count + (LevelsWanted / 2);
        if (!add || side.Orders >= OrdersMax)
        {
            Cancel(isBid);
            return;
        }

        // Near the best more often than far from it.
        long distance = Math.Min(_random.Below(DepthTicks), _random.Below(DepthTicks));
        long ticks = isBid ? side.Best.Ticks - distance : side.Best.Ticks + distance;
        if (ticks <= 0 || (side.Levels.Count == LevelsMax && !side.Holds(ticks))) Cancel(isBid);
        else Open(isBid, ticks);
    }

    private void Open(bool isBid, long ticks)
    {
        BookSide side = isBid ? Bids : Asks;
        if (side.Levels.Count == LevelsMax && !side.Holds(ticks)) CancelWorst(isBid);

        var order = new Order(_nextOrderId++, isBid, ticks, Size());
        side.Add(order);
        Changed(new MarketEvent(MarketEventKind.Opened, order.Id, isBid, ticks, order.Lots));
    }

    private void Resize(bool isBid)
    {
        Order order = Pick(isBid);
        long old = order.Lots;
        long lots = Size();
        if (lots == old) lots++;

        (isBid ? Bids : Asks).Resize(order, lots);
        Changed(new MarketEvent(MarketEventKind.Resized, order.Id, isBid, order.Ticks, lots, old));
    }

    private void Cancel(bool isBid)
    {
        BookSide side = isBid ? Bids : Asks;
        Order order = Pick(isBid);
        if (side.Levels.Count > LevelsMin) Remove(order);
    }

    private void CancelWorst(bool isBid)
    {
        Level worst = (isBid ? Bids : Asks).Worst;
        for (int i = worst.Orders.Count - 1; i >= 0; i--)
            Remove(worst.Orders[i]);
    }

    private void Remove(Order order)
    {
        long lots = order.Lots;
        Reduce(order, lots);
        Changed(new MarketEvent(MarketEventKind.Cancelled, order.Id, order.IsBid, order.Ticks, 0, lots));
    }

    /// <summary>Someone buys or sells at the market: the best orders of the other side go, in the order of their queue.</summary>
    private void Take()
    {
        long drift = Asks.Best.Ticks - Instrument.StartTicks;
        double buyChance = Math.Abs(drift) * DriftDivisor > Instrument.StartTicks ? (drift > 0 ? 0.3 : 0.7) : 0.5;
        bool buys = _random.Chance(buyChance);
        BookSide side = buys ? Asks : Bids;
        long wanted = Size();
        long taker = _nextOrderId++;
        _events.Add(new MarketEvent(MarketEventKind.TakerArrived, taker, buys, 0, wanted));
        long limit = side.Levels[TakenLevelsMax - 1].Ticks;
        while (wanted > 0 && side.Levels.Count > LevelsMin && (buys ? side.Best.Ticks <= limit : side.Best.Ticks >= limit))
        {
            Order maker = side.Best.Orders[0];
            long lots = Math.Min(wanted, maker.Lots);
            wanted -= lots;
            long old = maker.Lots;
            Reduce(maker, lots);
            long trade = _nextTradeId++;
            Changed(new MarketEvent(MarketEventKind.Matched, maker.Id, maker.IsBid, maker.Ticks, lots, old, taker, trade));
            Traded(new Trade(trade, maker.Ticks, lots, buys, maker.Id, taker, UpdateId, _nowMs));
            if (maker.Lots == 0) _events.Add(new MarketEvent(MarketEventKind.Filled, maker.Id, maker.IsBid, maker.Ticks, 0));
        }

        _events.Add(new MarketEvent(MarketEventKind.TakerDone, taker, buys, 0, wanted));
    }

    private void Reduce(Order order, long lots)
    {
        BookSide side = order.IsBid ? Bids : Asks;
        side.Reduce(order, lots);
        if (order.Lots > 0 || side.Holds(order.Ticks)) return;

        if (_removed.Count == RemovedKept) _removed.Dequeue();
        _removed.Enqueue((Step, order.IsBid, order.Ticks));
    }

    private void Changed(in MarketEvent happened)
    {
        UpdateId += _idStepMax == 1 ? 1 : 1 + _random.Below(_idStepMax);
        if (FirstUpdateIdOfStep == 0) FirstUpdateIdOfStep = UpdateId;
        _events.Add(happened);
    }

    private void Traded(in Trade trade)
    {
        _trades.Add(trade);
        if (_lastTrades.Count == TradesKept) _lastTrades.Dequeue();
        _lastTrades.Enqueue(trade);
        LastTicks = trade.Ticks;
        TradedLots += trade.Lots;

        Candle candle = _candles[^1];
        Int128 turnover = (Int128)(trade.Ticks * Instrument.TickUnits) * (trade.Lots * Instrument.LotUnits);
        _candles[^1] = candle with
        {
            High = Math.Max(candle.High, trade.Ticks),
            Low = Math.Min(candle.Low, trade.Ticks),
            Close = trade.Ticks,
            Lots = candle.Lots + trade.Lots,
            BuyLots = candle.BuyLots + (trade.TakerBuys ? trade.Lots : 0),
            FirstTradeId = candle.Trades == 0 ? trade.Id : candle.FirstTradeId,
            Trades = candle.Trades + 1,
            TurnoverUnits = candle.TurnoverUnits + turnover,
            BuyTurnoverUnits = candle.BuyTurnoverUnits + (trade.TakerBuys ? turnover : 0),
        };
    }

    /// <summary>A walk backwards from the first price, with numbers of its own so that the market does not depend on it.</summary>
    private void MakeUpCandles(Random64 random, long startMs)
    {
        const int CandlesBefore = 200;
        const int TradesMax = 400;
        long closed = LastTicks;
        long start = startMs - (startMs % CandleMs);
        long tradeId = _nextTradeId;
        _candles.Add(new Candle(start, LastTicks, LastTicks, LastTicks, LastTicks, 0, 0, -1, 0, 0, 0));
        for (int i = 1; i <= CandlesBefore; i++)
        {
            long spread = Math.Max(2, Instrument.StartTicks / 5000);
            long open = Math.Max(1, closed + random.Below((int)spread) - (spread / 2));
            long high = Math.Max(open, closed) + random.Below((int)spread);
            long low = Math.Max(1, Math.Min(open, closed) - random.Below((int)spread));
            int trades = 1 + random.Below(TradesMax);
            long lots = trades * Instrument.MedianLots;
            Int128 turnover = (Int128)(closed * Instrument.TickUnits) * (lots * Instrument.LotUnits);
            tradeId -= trades;
            _candles.Insert(0, new Candle(start - (i * CandleMs), open, high, low, closed, lots, lots / 2, tradeId, trades, turnover, turnover / 2));
            closed = open;
        }
    }

    private void RollCandle()
    {
        long start = _nowMs - (_nowMs % CandleMs);
        if (_candles[^1].StartMs == start) return;

        if (_candles.Count == CandlesKept) _candles.RemoveAt(0);
        _candles.Add(new Candle(start, LastTicks, LastTicks, LastTicks, LastTicks, 0, 0, -1, 0, 0, 0));
    }

    private Order Pick(bool isBid)
    {
        IReadOnlyList<Level> levels = (isBid ? Bids : Asks).Levels;
        Level level = levels[_random.Below(levels.Count)];
        return level.Orders[_random.Below(level.Orders.Count)];
    }

    /// <summary>Log-normal: the recorded books have orders of a hundredth and of a hundred times the median.</summary>
    private long Size() => Math.Max(1, (long)(Instrument.MedianLots * Math.Exp(Math.Clamp(SizeSigma * _random.Gaussian(), -8, 8))));
}
