using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Streams;
using Lob.Fast.VenueSim.Truth;

namespace Lob.Fast.VenueSim.Wire.Binance;

/// <summary><c>depth@100ms</c> and its slower kin: changes since the message before, with the first and last of their numbers.</summary>
internal sealed class BinanceDepthChannel(BinanceServer venue, BinanceMarket kind, string name, SyntheticMarket market, int cadenceMs)
    : BookChannel(name, market, SyntheticMarket.LevelsMax, cadenceMs, venue.Options.TruthKept, market.UpdateId, tellsGhosts: true)
{
    private long _lastId = market.UpdateId;
    private long _firstId;

    public override Numbering Numbering => Numbering.Channel;

    public override void OnStep(long nowMs)
    {
        if (_firstId == 0) _firstId = Market.FirstUpdateIdOfStep;
        base.OnStep(nowMs);
    }

    /// <summary>A snapshot of the market as it is now was given out: a client that holds it has this number and this digest.</summary>
    public void EnterSnapshot(long nowMs)
    {
        if (Truth.Last.Number == Market.UpdateId) return;

        Truth.Append(new TruthEntry(
            Market.UpdateId, View.DigestOf(Market), nowMs, RowOf(Market.Bids, isBid: true), RowOf(Market.Asks, isBid: false)));
    }

    protected override void Publish(List<BookRow> rows, long nowMs)
    {
        ApplyAll(rows);
        long last = Market.UpdateId;
        long first = kind == BinanceMarket.Spot ? _lastId + 1 : _firstId;
        if (Subscriptions.Count > 0)
        {
            FrameText text = venue.Text.Start().Add("{\"e\":\"depthUpdate\",\"E\":"u8).Add(nowMs);
            if (kind != BinanceMarket.Spot) text.Add(",\"T\":"u8).Add(nowMs);
            text.Add(",\"s\":\""u8).Add(Symbol);
            if (kind == BinanceMarket.CoinM) text.Add("\",\"ps\":\""u8).Add(BinanceText.Pair(Instrument));
            text.Add("\",\"U\":"u8).Add(first).Add(",\"u\":"u8).Add(last);
            if (kind != BinanceMarket.Spot) text.Add(",\"pu\":"u8).Add(_lastId);
            text.Add(",\"b\":"u8).Side(Instrument, rows, isBid: true).Add(",\"a\":"u8).Side(Instrument, rows, isBid: false).Add('}');
            BinanceSender.SendToAll(this, text.ToArray(), nowMs);
        }

        _lastId = last;
        _firstId = 0;
        if (Truth.Last.Number != last) Enter(last, nowMs);
    }

    private static BookRow RowOf(BookSide side, bool isBid) => new(isBid, side.Best.Ticks, side.Best.Lots, side.Best.Orders.Count);
}
