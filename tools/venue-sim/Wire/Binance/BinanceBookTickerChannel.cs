using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Binance;

/// <summary><c>bookTicker</c>: the best bid and ask whenever one of them changes.</summary>
internal sealed class BinanceBookTickerChannel(BinanceServer venue, BinanceMarket kind, SyntheticMarket market)
    : BookChannel("bookTicker", market, 1, StepMs, venue.Options.TruthKept, market.UpdateId)
{
    public override Numbering Numbering => Numbering.Channel;

    protected override void Publish(List<BookRow> rows, long nowMs)
    {
        ApplyAll(rows);
        long last = Market.UpdateId;
        Enter(last, nowMs);
        if (Subscriptions.Count == 0) return;

        BookRow bid = View.Bids[0];
        BookRow ask = View.Asks[0];
        FrameText text = venue.Text.Start();
        switch (kind)
        {
            case BinanceMarket.Spot:
                text.Add("{\"u\":"u8).Add(last).Add(",\"s\":\""u8).Add(Symbol);
                break;
            case BinanceMarket.UsdM:
                text.Add("{\"e\":\"bookTicker\",\"u\":"u8).Add(last).Add(",\"s\":\""u8).Add(Symbol);
                break;
            default:
                text.Add("{\"u\":"u8).Add(last).Add(",\"e\":\"bookTicker\",\"s\":\""u8).Add(Symbol).Add("\",\"ps\":\""u8).Add(BinanceText.Pair(Instrument));
                break;
        }

        text.Add("\",\"b\":"u8).Price(Instrument, bid.Ticks).Add(",\"B\":"u8).Quantity(Instrument, bid.Lots)
            .Add(",\"a\":"u8).Price(Instrument, ask.Ticks).Add(",\"A\":"u8).Quantity(Instrument, ask.Lots);
        if (kind != BinanceMarket.Spot) text.Add(",\"T\":"u8).Add(nowMs).Add(",\"E\":"u8).Add(nowMs);
        BinanceSender.SendToAll(this, text.Add('}').ToArray(), nowMs);
    }
}
