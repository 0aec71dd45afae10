using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Bybit;

/// <summary><c>orderbook.N</c>: a snapshot at each subscription, then changes; level 1 is all snapshots, the last one repeated after 3 s without change.</summary>
internal sealed class BybitBookChannel(BybitServer venue, string name, SyntheticMarket market, int depth, int cadenceMs)
    : BookChannel(name, market, depth, cadenceMs, venue.Options.TruthKept, FirstUpdateId)
{
    private const long FirstUpdateId = 15_000_000;
    private const long RepeatAfterMs = 3000;

    private readonly bool _isSnapshotOnly = depth == 1;
    private long _updateId = FirstUpdateId;
    private long _matchedAtMs;

    public override Numbering Numbering => Numbering.Channel;

    /// <summary>The cross sequence of what it shows.</summary>
    public long Sequence { get; private set; } = market.UpdateId;

    public override void Subscribed(Subscription subscription, long nowMs)
    {
        if (_matchedAtMs == 0) _matchedAtMs = nowMs;
        subscription.LastSentMs = nowMs;
        subscription.Session.Send(Write(isSnapshot: true, View.Bids, View.Asks, nowMs));
    }

    protected override void Publish(List<BookRow> rows, long nowMs)
    {
        ApplyAll(rows);
        _updateId++;
        Sequence = Market.UpdateId;
        _matchedAtMs = nowMs;
        Enter(_updateId, nowMs);
        if (Subscriptions.Count == 0) return;

        SendToAll((_isSnapshotOnly ? Write(isSnapshot: true, View.Bids, View.Asks, nowMs) : Write(isSnapshot: false, rows, rows, nowMs)).ToArray(), nowMs);
    }

    protected override void OnQuiet(long nowMs)
    {
        if (!_isSnapshotOnly) return;

        foreach (Subscription subscription in Subscriptions)
        {
            if (nowMs - subscription.LastSentMs < RepeatAfterMs) continue;

            subscription.LastSentMs = nowMs;
            subscription.Session.Send(Write(isSnapshot: true, View.Bids, View.Asks, nowMs));
        }
    }

    private FrameText Write(bool isSnapshot, IReadOnlyList<BookRow> bids, IReadOnlyList<BookRow> asks, long nowMs)
    {
        FrameText text = venue.Text.Start().Add("{\"topic\":\""u8).Add(Name).Add('.').Add(Symbol).Add('"');
        ReadOnlySpan<byte> type = isSnapshot ? ",\"type\":\"snapshot\""u8 : ",\"type\":\"delta\""u8;

        // The order of keys differs: spot and level 1 have the time first.
        if (venue.IsSpot || _isSnapshotOnly) text.Add(",\"ts\":"u8).Add(nowMs).Add(type);
        else text.Add(type).Add(",\"ts\":"u8).Add(nowMs);

        return text.Add(",\"data\":{\"s\":\""u8).Add(Symbol).Add("\",\"b\":"u8).BybitSide(Instrument, bids, isBid: true)
            .Add(",\"a\":"u8).BybitSide(Instrument, asks, isBid: false).Add(",\"u\":"u8).Add(_updateId).Add(",\"seq\":"u8).Add(Sequence)
            .Add("},\"cts\":"u8).Add(_matchedAtMs).Add('}');
    }
}
