using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Binance;

/// <summary>Sends a stream's data to all its subscribers, each in the envelope it wants.</summary>
internal static class BinanceSender
{
    public static void SendToAll(MarketChannel channel, byte[] data, long nowMs)
    {
        foreach (Subscription subscription in channel.Subscriptions)
        {
            subscription.LastSentMs = nowMs;
            ((BinanceSession)subscription.Session).SendData(subscription, data);
        }
    }
}
