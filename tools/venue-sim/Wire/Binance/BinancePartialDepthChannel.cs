using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Binance;

/// <summary><c>depth5</c>, <c>depth10</c>, <c>depth20</c>: the best levels, all of them each time.</summary>
internal sealed class BinancePartialDepthChannel(BinanceServer venue, BinanceMarket kind, string name, SyntheticMarket market, int depth, int cadenceMs)
    : BookChannel(name, market, depth, cadenceMs, venue.Options.TruthKept, market.UpdateId)
{
    private long _lastId = market.UpdateId;

    public override Numbering Numbering => Numbering.Channel;

    protected override void Publish(List<BookRow> rows, long nowMs)
    {
        ApplyAll(rows);
        long last = Market.UpdateId;
        if (Subscriptions.Count > 0)
        {
            FrameText text = venue.Text.Start();
            if (kind == BinanceMarket.Spot)
            {
                text.Add("{\"lastUpdateId\":"u8).Add(last).Add(",\"bids\":"u8).Side(Instrument, View.Bids, isBid: true)
                    .Add(",\"asks\":"u8).Side(Instrument, View.Asks, isBid: false).Add('}');
            }
            else
            {
                text.Add("{\"e\":\"depthUpdate\",\"E\":"u8).Add(nowMs).Add(",\"T\":"u8).Add(nowMs).Add(",\"s\":\""u8).Add(Symbol);
                if (kind == BinanceMarket.CoinM) text.Add("\",\"ps\":\""u8).Add(BinanceText.Pair(Instrument));
                text.Add("\",\"U\":"u8).Add(_lastId + 1).Add(",\"u\":"u8).Add(last).Add(",\"pu\":"u8).Add(_lastId)
                    .Add(",\"b\":"u8).Side(Instrument, View.Bids, isBid: true).Add(",\"a\":"u8).Side(Instrument, View.Asks, isBid: false).Add('}');
            }

            BinanceSender.SendToAll(this, text.ToArray(), nowMs);
        }

        _lastId = last;
        Enter(last, nowMs);
    }
}
