using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.CoinbaseAdvanced;

/// <summary><c>level2</c>, which comes as <c>l2_data</c>: a snapshot, then changes about every 50 ms.</summary>
internal sealed class AdvancedLevel2Channel(AdvancedServer venue, SyntheticMarket market)
    : BookChannel("level2", market, SyntheticMarket.LevelsMax, CadenceMs, venue.Options.TruthKept, firstNumber: 0, tellsGhosts: true)
{
    private const int CadenceMs = 50;
    private const string DataName = "l2_data";

    private readonly FrameText _events = new();

    public override Numbering Numbering => Numbering.Connection;

    public override void Subscribed(Subscription subscription, long nowMs) =>
        ((AdvancedSession)subscription.Session).SendEvents(DataName, Write("snapshot"u8, [.. View.Bids, .. View.Asks], nowMs), nowMs, subscription, Truth.Count - 1);

    protected override void Publish(List<BookRow> rows, long nowMs)
    {
        ApplyAll(rows);
        Enter(Truth.Count, nowMs);
        if (Subscriptions.Count == 0) return;

        Write("update"u8, rows, nowMs);
        foreach (Subscription subscription in Subscriptions)
            ((AdvancedSession)subscription.Session).SendEvents(DataName, _events.Span, nowMs, subscription, Truth.Count - 1);
    }

    private ReadOnlySpan<byte> Write(ReadOnlySpan<byte> type, List<BookRow> rows, long nowMs)
    {
        _events.Start().Add("{\"type\":\""u8).Add(type).Add("\",\"product_id\":\""u8).Add(Symbol).Add("\",\"updates\":["u8);
        for (int i = 0; i < rows.Count; i++)
        {
            _events.Add(i > 0 ? ",{\"side\":\""u8 : "{\"side\":\""u8).Add(rows[i].IsBid ? "bid"u8 : "offer"u8).Add("\",\"event_time\":\""u8).Iso(nowMs)
                .Add("\",\"price_level\":"u8).AdvancedPrice(Instrument, rows[i].Ticks).Add(",\"new_quantity\":"u8).AdvancedSize(Instrument, rows[i].Lots).Add('}');
        }

        return _events.Add("]}"u8).Span;
    }
}
