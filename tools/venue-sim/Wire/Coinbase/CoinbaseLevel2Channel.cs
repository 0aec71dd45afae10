using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Coinbase;

/// <summary><c>level2</c>: a snapshot, then each change by itself; <c>level2_batch</c>: the changes of 50 ms together. Nothing numbers them.</summary>
internal sealed class CoinbaseLevel2Channel(CoinbaseServer venue, string name, SyntheticMarket market, int cadenceMs, int changesMax)
    : BookChannel(name, market, SyntheticMarket.LevelsMax, cadenceMs, venue.Options.TruthKept, firstNumber: 0)
{
    public override Numbering Numbering => Numbering.None;

    public override void Subscribed(Subscription subscription, long nowMs) =>
        subscription.Session.Send(venue.Text.Start().Add("{\"type\":\"snapshot\",\"product_id\":\""u8).Add(Symbol)
            .Add("\",\"asks\":"u8).CoinbaseSide(Instrument, View.Asks).Add(",\"bids\":"u8).CoinbaseSide(Instrument, View.Bids)
            .Add(",\"time\":\""u8).Iso(nowMs).Add("\"}"u8));

    protected override void Publish(List<BookRow> rows, long nowMs)
    {
        for (int first = 0; first < rows.Count;)
        {
            int count = Math.Min(rows.Count - first, changesMax);
            FrameText text = venue.Text.Start().Add("{\"type\":\"l2update\",\"product_id\":\""u8).Add(Symbol).Add("\",\"changes\":["u8);
            for (int i = first; i < first + count; i++)
            {
                View.Apply(rows[i]);
                text.Add(i > first ? ",["u8 : "["u8).Add(rows[i].IsBid ? "\"buy\","u8 : "\"sell\","u8)
                    .CoinbasePrice(Instrument, rows[i].Ticks).Add(',').CoinbaseSize(Instrument, rows[i].Lots).Add(']');
            }

            first += count;
            Enter(Truth.Count, nowMs);
            if (Subscriptions.Count > 0) SendToAll(text.Add("],\"time\":\""u8).Iso(nowMs).Add("\"}"u8).ToArray(), nowMs);
        }
    }
}
