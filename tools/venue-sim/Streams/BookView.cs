using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Truth;

namespace Lob.Fast.VenueSim.Streams;

/// <summary>
/// What one channel has shown of a book so far: the best levels up to its depth, and their digest. Its subscribers hold exactly this, if they have understood it.
/// </summary>
internal sealed class BookView(Instrument instrument, int depth)
{
    private readonly List<BookRow> _bids = [];
    private readonly List<BookRow> _asks = [];
    private readonly List<BookRow> _changes = [];
    private readonly UInt128 _priceScale = Scale(instrument.PriceDecimals) * (ulong)instrument.TickUnits;
    private readonly UInt128 _quantityScale = Scale(instrument.QuantityDecimals) * (ulong)instrument.LotUnits;

    public Instrument Instrument => instrument;

    public IReadOnlyList<BookRow> Bids => _bids;

    public IReadOnlyList<BookRow> Asks => _asks;

    public UInt128 Digest { get; private set; }

    /// <summary>What has changed in the market since this view was brought up to date; good until the next call. Levels that go are first, then bids, then asks, best first.</summary>
    public IReadOnlyList<BookRow> Changes(SyntheticMarket market)
    {
        _changes.Clear();
        AddGone(_bids, market.Bids, isBid: true);
        AddGone(_asks, market.Asks, isBid: false);
        AddSet(_bids, market.Bids, isBid: true);
        AddSet(_asks, market.Asks, isBid: false);
        return _changes;
    }

    /// <summary>Shows one change.</summary>
    public void Apply(in BookRow row)
    {
        List<BookRow> side = row.IsBid ? _bids : _asks;
        int index = IndexOf(side, row.IsBid, row.Ticks);
        if (index >= 0)
        {
            Digest -= HashOf(side[index]);
            if (row.Lots == 0) side.RemoveAt(index);
            else side[index] = row;
        }
        else if (row.Lots != 0)
        {
            side.Insert(~index, row);
        }

        Digest += HashOf(row);
    }

    /// <summary>Whether a level of this price is shown.</summary>
    public bool Shows(bool isBid, long ticks) => IndexOf(isBid ? _bids : _asks, isBid, ticks) >= 0;

    /// <summary>What is shown at a price; 0 = nothing.</summary>
    public long LotsAt(bool isBid, long ticks)
    {
        List<BookRow> side = isBid ? _bids : _asks;
        int index = IndexOf(side, isBid, ticks);
        return index < 0 ? 0 : side[index].Lots;
    }

    /// <summary>The digest that the whole book of the market has.</summary>
    public UInt128 DigestOf(SyntheticMarket market)
    {
        UInt128 digest = 0;
        foreach (Level level in market.Bids.Levels)
            digest += HashOf(new BookRow(IsBid: true, level.Ticks, level.Lots, 0));

        foreach (Level level in market.Asks.Levels)
            digest += HashOf(new BookRow(IsBid: false, level.Ticks, level.Lots, 0));

        return digest;
    }

    private static UInt128 Scale(int decimals)
    {
        const int DigestDecimals = 18;
        UInt128 scale = 1;
        for (int i = decimals; i < DigestDecimals; i++)
            scale *= 10;

        return scale;
    }

    private static int IndexOf(List<BookRow> side, bool isBid, long ticks)
    {
        int low = 0;
        int high = side.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >> 1;
            long at = side[middle].Ticks;
            if (at == ticks) return middle;

            if (isBid ? at > ticks : at < ticks) low = middle + 1;
            else high = middle - 1;
        }

        return ~low;
    }

    private static bool IsBetter(bool isBid, long ticks, long other) => isBid ? ticks > other : ticks < other;

    private UInt128 HashOf(in BookRow row) => LevelDigest.Of(row.IsBid, (ulong)row.Ticks * _priceScale, (ulong)row.Lots * _quantityScale);

    private void AddGone(List<BookRow> shown, BookSide side, bool isBid)
    {
        int now = 0;
        int count = Math.Min(side.Levels.Count, depth);
        foreach (BookRow row in shown)
        {
            while (now < count && IsBetter(isBid, side.Levels[now].Ticks, row.Ticks))
                now++;

            if (now == count || side.Levels[now].Ticks != row.Ticks) _changes.Add(new BookRow(isBid, row.Ticks, 0, 0));
        }
    }

    private void AddSet(List<BookRow> shown, BookSide side, bool isBid)
    {
        int old = 0;
        int count = Math.Min(side.Levels.Count, depth);
        for (int i = 0; i < count; i++)
        {
            Level level = side.Levels[i];
            while (old < shown.Count && IsBetter(isBid, shown[old].Ticks, level.Ticks))
                old++;

            var row = new BookRow(isBid, level.Ticks, level.Lots, level.Orders.Count);
            if (old == shown.Count || shown[old] != row) _changes.Add(row);
        }
    }
}
