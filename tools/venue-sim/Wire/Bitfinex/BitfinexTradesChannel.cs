using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Bitfinex;

/// <summary><c>trades</c>: the last ones as a snapshot, then each twice: <c>te</c> at once, <c>tu</c> a little later.</summary>
internal sealed class BitfinexTradesChannel(SyntheticMarket market) : MarketChannel("trades", market)
{
    private const int SnapshotTrades = 30;
    private const long ConfirmedAfterSteps = 4;

    private readonly FrameText _text = new();
    private readonly Queue<(long Step, Trade Trade)> _unconfirmed = new();

    public override void Subscribed(Subscription subscription, long nowMs)
    {
        _text.Start().Add('[');
        bool isFirst = true;
        foreach (Trade trade in Market.LastTrades.Reverse().Take(SnapshotTrades))
        {
            if (!isFirst) _text.Add(',');
            isFirst = false;
            Write(trade);
        }

        ((BitfinexSession)subscription.Session).SendArray(subscription, _text.Add(']').Span, nowMs);
    }

    public override void OnStep(long nowMs)
    {
        foreach (Trade trade in Market.Trades)
        {
            Send("\"te\","u8, trade, nowMs);
            _unconfirmed.Enqueue((Market.Step, trade));
        }

        while (_unconfirmed.TryPeek(out (long Step, Trade Trade) oldest) && Market.Step - oldest.Step >= ConfirmedAfterSteps)
        {
            _unconfirmed.Dequeue();
            Send("\"tu\","u8, oldest.Trade, nowMs);
        }
    }

    private void Send(ReadOnlySpan<byte> kind, in Trade trade, long nowMs)
    {
        if (Subscriptions.Count == 0) return;

        _text.Start().Add(kind);
        Write(trade);
        foreach (Subscription subscription in Subscriptions)
            ((BitfinexSession)subscription.Session).SendArray(subscription, _text.Span, nowMs);
    }

    private void Write(in Trade trade) =>
        _text.Add('[').Add(trade.Id).Add(',').Add(trade.AtMs).Add(',').BitfinexAmount(Instrument, trade.TakerBuys, trade.Lots)
            .Add(',').BitfinexPrice(Instrument, trade.Ticks).Add(']');
}
