using Lob.Fast.Engine.Records;

namespace Lob.Fast.Perf.Books.Structures;

/// <summary>A book of two sides of a plain structure. Keys grow away from the market: ask = price, bid = −price.</summary>
internal sealed class SideBook<TSide> : IBook where TSide : class, ISide, new()
{
    private readonly TSide _bids = new();
    private readonly TSide _asks = new();

    public long Apply(ReadOnlySpan<Record> levels)
    {
        foreach (ref readonly Record record in levels)
        {
            ref readonly LevelSet level = ref Record.View<LevelSet>(in record);
            if (level.Header.Side == Side.Bid)
            {
                _bids.Set(-level.PriceTicks, level.QuantityLots);
            }
            else
            {
                _asks.Set(level.PriceTicks, level.QuantityLots);
            }
        }

        (long bid, long bidLots) = _bids.Best;
        (long ask, long askLots) = _asks.Best;
        return BestSum.Of(-bid, bidLots, ask, askLots);
    }

    public void Clear()
    {
        _bids.Clear();
        _asks.Clear();
    }

    public void Dispose()
    {
    }
}
