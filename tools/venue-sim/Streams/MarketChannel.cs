using Lob.Fast.VenueSim.Market;

namespace Lob.Fast.VenueSim.Streams;

/// <summary>One channel of one symbol, for all who have subscribed to it. Used under the venue's gate.</summary>
internal abstract class MarketChannel(string name, SyntheticMarket market)
{
    /// <summary>In the venue's words, without the symbol.</summary>
    public string Name => name;

    public SyntheticMarket Market => market;

    public string Symbol => market.Instrument.Symbol;

    protected Instrument Instrument => market.Instrument;

    public List<Subscription> Subscriptions { get; } = [];

    /// <summary>After the acknowledgement of a subscription: what the venue sends at once.</summary>
    public virtual void Subscribed(Subscription subscription, long nowMs)
    {
    }

    /// <summary>After each step of the market.</summary>
    public abstract void OnStep(long nowMs);

    /// <summary>To all subscribers, the same text.</summary>
    protected void SendToAll(byte[] frame, long nowMs)
    {
        foreach (Subscription subscription in Subscriptions)
        {
            subscription.LastSentMs = nowMs;
            subscription.Session.Send(frame);
        }
    }
}
