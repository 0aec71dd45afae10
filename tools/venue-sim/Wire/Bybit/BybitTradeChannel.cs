using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Bybit;

/// <summary><c>publicTrade</c>: the matches of one moment together.</summary>
internal sealed class BybitTradeChannel(BybitServer venue, SyntheticMarket market) : MarketChannel("publicTrade", market)
{
    private long _lastTicks;
    private bool _wentUp;

    public override void OnStep(long nowMs)
    {
        if (Market.Trades.Count == 0 || Subscriptions.Count == 0) return;

        FrameText text = venue.Text.Start().Add("{\"topic\":\"publicTrade."u8).Add(Symbol);
        if (venue.IsSpot) text.Add("\",\"ts\":"u8).Add(nowMs).Add(",\"type\":\"snapshot\",\"data\":["u8);
        else text.Add("\",\"type\":\"snapshot\",\"ts\":"u8).Add(nowMs).Add(",\"data\":["u8);

        bool isFirst = true;
        foreach (Trade trade in Market.Trades)
        {
            if (!isFirst) text.Add(',');
            isFirst = false;
            if (venue.IsSpot) WriteSpot(text, trade);
            else WriteContract(text, trade);
        }

        SendToAll(text.Add("]}"u8).ToArray(), nowMs);
    }

    private void WriteSpot(FrameText text, in Trade trade) =>
        text.Add("{\"i\":\""u8).Add(2_290_000_000_000_000_000 + trade.Id).Add("\",\"T\":"u8).Add(trade.AtMs).Add(",\"p\":"u8).BybitPrice(Instrument, trade.Ticks)
            .Add(",\"v\":"u8).BybitQuantity(Instrument, trade.Lots).Add(trade.TakerBuys ? ",\"S\":\"Buy\""u8 : ",\"S\":\"Sell\""u8)
            .Add(",\"s\":\""u8).Add(Symbol).Add("\",\"BT\":false,\"RPI\":false,\"seq\":"u8).Add(trade.UpdateId).Add('}');

    private void WriteContract(FrameText text, in Trade trade) =>
        text.Add("{\"T\":"u8).Add(trade.AtMs).Add(",\"s\":\""u8).Add(Symbol).Add(trade.TakerBuys ? "\",\"S\":\"Buy\""u8 : "\",\"S\":\"Sell\""u8)
            .Add(",\"v\":"u8).BybitQuantity(Instrument, trade.Lots).Add(",\"p\":"u8).BybitPrice(Instrument, trade.Ticks)
            .Add(",\"L\":\""u8).Add(Direction(trade.Ticks)).Add("\",\"i\":\""u8).Add(Identifiers.Of(trade.Id))
            .Add("\",\"BT\":false,\"RPI\":false,\"seq\":"u8).Add(trade.UpdateId).Add('}');

    /// <summary>Against the trade before; at the same price in the direction that the price had last.</summary>
    private string Direction(long ticks)
    {
        bool isSame = ticks == _lastTicks;
        if (!isSame) _wentUp = ticks > _lastTicks;
        _lastTicks = ticks;
        return (isSame ? "Zero" : "") + (_wentUp ? "PlusTick" : "MinusTick");
    }
}
