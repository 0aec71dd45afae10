using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Bitfinex;

/// <summary><c>book</c> R0: the first orders of each side, one order a message.</summary>
internal sealed class BitfinexOrdersChannel : MarketChannel, IBitfinexBook
{
    private const int ChecksumOrders = 25;

    private readonly int _length;
    private readonly int _cadenceSteps;
    private readonly FrameText _rows = new();
    private Dictionary<long, ShownOrder> _shown;
    private List<ShownOrder> _bids;
    private List<ShownOrder> _asks;

    public BitfinexOrdersChannel(string name, SyntheticMarket market, int length, int cadenceMs)
        : base(name, market)
    {
        _length = length;
        _cadenceSteps = cadenceMs / BookChannel.StepMs;
        (_bids, _asks) = (First(market.Bids), First(market.Asks));
        _shown = _bids.Concat(_asks).ToDictionary(static order => order.Id);
    }

    public long Ordinal { get; private set; }

    public override void Subscribed(Subscription subscription, long nowMs)
    {
        _rows.Start().Add('[');
        bool isFirst = true;
        foreach (ShownOrder order in _bids.Concat(_asks))
        {
            if (!isFirst) _rows.Add(',');
            isFirst = false;
            Write(order);
        }

        ((BitfinexSession)subscription.Session).SendArray(subscription, _rows.Add(']').Span, nowMs);
    }

    public override void OnStep(long nowMs)
    {
        if (Market.Step % _cadenceSteps != 0) return;

        List<ShownOrder> bids = First(Market.Bids);
        List<ShownOrder> asks = First(Market.Asks);
        Dictionary<long, ShownOrder> now = bids.Concat(asks).ToDictionary(static order => order.Id);
        foreach (ShownOrder order in _bids.Concat(_asks))
        {
            if (!now.ContainsKey(order.Id)) Send(order with { Lots = 0 }, nowMs);
        }

        foreach (ShownOrder order in bids.Concat(asks))
        {
            if (!_shown.TryGetValue(order.Id, out ShownOrder old) || old != order) Send(order, nowMs);
        }

        (_bids, _asks, _shown) = (bids, asks, now);
    }

    public int Checksum()
    {
        _rows.Start();
        for (int i = 0; i < ChecksumOrders; i++)
        {
            if (i < _bids.Count) Add(_bids[i]);
            if (i < _asks.Count) Add(_asks[i]);
        }

        return (int)Crc32.Of(_rows.Span);

        void Add(in ShownOrder order)
        {
            if (_rows.Length > 0) _rows.Add(':');
            _rows.Add(order.Id).Add(':').BitfinexAmount(Instrument, order.IsBid, order.Lots);
        }
    }

    /// <summary>By price, and by id at the same price.</summary>
    private List<ShownOrder> First(BookSide side) =>
        [.. side.Levels.SelectMany(static level => level.Orders.OrderBy(static order => order.Id)).Take(_length)
            .Select(static order => new ShownOrder(order.Id, order.IsBid, order.Ticks, order.Lots))];

    private void Send(in ShownOrder order, long nowMs)
    {
        Ordinal++;
        if (Subscriptions.Count == 0) return;

        _rows.Start();
        Write(order);
        foreach (Subscription subscription in Subscriptions)
            ((BitfinexSession)subscription.Session).SendArray(subscription, _rows.Span, nowMs);
    }

    /// <summary>[id,price,amount]; an order that is gone has price 0 and says its side.</summary>
    private void Write(in ShownOrder order)
    {
        _rows.Add('[').Add(order.Id).Add(',');
        if (order.Lots == 0) _rows.Add(order.IsBid ? "0,1]"u8 : "0,-1]"u8);
        else _rows.BitfinexPrice(Instrument, order.Ticks).Add(',').BitfinexAmount(Instrument, order.IsBid, order.Lots).Add(']');
    }
}
