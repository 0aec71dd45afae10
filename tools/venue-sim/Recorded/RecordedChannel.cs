using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Recorded;

/// <summary>A stream of a recording: its frames come from each session's own player.</summary>
internal sealed class RecordedChannel(string name, SyntheticMarket market) : MarketChannel(name, market)
{
    public override void Subscribed(Subscription subscription, long nowMs)
    {
    }

    public override void OnStep(long nowMs)
    {
    }
}
