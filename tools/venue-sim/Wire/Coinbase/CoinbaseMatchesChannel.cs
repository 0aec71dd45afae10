using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Coinbase;

/// <summary><c>matches</c>: the last one before the subscription under another name, then each as it happens.</summary>
internal sealed class CoinbaseMatchesChannel(CoinbaseServer venue, SyntheticMarket market) : MarketChannel("matches", market)
{
    public override void Subscribed(Subscription subscription, long nowMs)
    {
        if (Market.LastTrades.Count == 0) return;

        subscription.Session.Send(CoinbaseFullChannel.WriteMatch(venue.Text.Start(), "last_match"u8, Instrument, Market.LastTrades.Last(), venue.FeedOf(Symbol).Sequence));
    }

    public override void OnStep(long nowMs)
    {
        if (Subscriptions.Count == 0) return;

        CoinbaseFullChannel feed = venue.FeedOf(Symbol);
        foreach (Trade trade in Market.Trades)
            SendToAll(CoinbaseFullChannel.WriteMatch(venue.Text.Start(), "match"u8, Instrument, trade, feed.SequenceOf(trade)).ToArray(), nowMs);
    }
}
