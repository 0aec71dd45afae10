using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Okx;

/// <summary><c>books5</c>, <c>bbo-tbt</c>: the best levels whenever one of them changes; the last message again after 60 s without change.</summary>
internal sealed class OkxImageChannel(OkxServer venue, string name, SyntheticMarket market, int depth, int cadenceMs)
    : BookChannel(name, market, depth, cadenceMs, venue.Options.TruthKept, market.UpdateId)
{
    private const long RepeatAfterMs = 60_000;

    private long _changedAtMs;

    public override Numbering Numbering => Numbering.Channel;

    public override void Subscribed(Subscription subscription, long nowMs)
    {
        if (_changedAtMs == 0) _changedAtMs = nowMs;
        subscription.LastSentMs = nowMs;
        subscription.Session.Send(Write());
    }

    protected override void Publish(List<BookRow> rows, long nowMs)
    {
        ApplyAll(rows);
        _changedAtMs = nowMs;
        Enter(Market.UpdateId, nowMs);
        if (Subscriptions.Count > 0) SendToAll(Write().ToArray(), nowMs);
    }

    protected override void OnQuiet(long nowMs)
    {
        foreach (Subscription subscription in Subscriptions)
        {
            if (nowMs - subscription.LastSentMs < RepeatAfterMs) continue;

            subscription.LastSentMs = nowMs;
            subscription.Session.Send(Write());
        }
    }

    private FrameText Write()
    {
        FrameText text = venue.Text.OkxBegin(this).Add(",\"data\":[{\"asks\":"u8).OkxSide(Instrument, View.Asks, isBid: false)
            .Add(",\"bids\":"u8).OkxSide(Instrument, View.Bids, isBid: true);
        if (Name == "books5") text.Add(",\"instId\":\""u8).Add(Symbol).Add('"');

        return text.Add(",\"ts\":\""u8).Add(_changedAtMs).Add("\",\"seqId\":"u8).Add(Truth.Last.Number).Add("}]}"u8);
    }
}
