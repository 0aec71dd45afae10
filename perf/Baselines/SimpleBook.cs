namespace Lob.Fast.Baselines;

/// <summary>The book one would write first: a sorted dictionary a side, absolute quantities, 0 deletes.</summary>
public sealed class SimpleBook
{
    private readonly SortedDictionary<decimal, SimpleLevel> _bids = new(Comparer<decimal>.Create(static (x, y) => y.CompareTo(x)));
    private readonly SortedDictionary<decimal, SimpleLevel> _asks = [];

    /// <summary>Levels, best first.</summary>
    public IReadOnlyDictionary<decimal, SimpleLevel> Bids => _bids;

    /// <summary>Levels, best first.</summary>
    public IReadOnlyDictionary<decimal, SimpleLevel> Asks => _asks;

    /// <summary>Best bid.</summary>
    public SimpleBest BestBid => Best(_bids);

    /// <summary>Best ask.</summary>
    public SimpleBest BestAsk => Best(_asks);

    /// <summary>Best bid at or above best ask; includes <see cref="IsLocked"/>.</summary>
    public bool IsCrossed => _bids.Count > 0 && _asks.Count > 0 && BestBid.Price >= BestAsk.Price;

    /// <summary>Best bid equal to best ask.</summary>
    public bool IsLocked => _bids.Count > 0 && _asks.Count > 0 && BestBid.Price == BestAsk.Price;

    /// <summary>Levels set, deleted or forgotten so far: as long as it stays, so do the levels.</summary>
    public long Changes { get; private set; }

    /// <summary>Sets or deletes one level; false when there was nothing to delete.</summary>
    public bool Set(bool isBid, SimpleRow row)
    {
        Changes++;
        SortedDictionary<decimal, SimpleLevel> side = isBid ? _bids : _asks;
        if (row.Quantity == 0)
        {
            return side.Remove(row.Price);
        }

        side[row.Price] = new SimpleLevel(row.PriceText, row.QuantityText, row.Quantity, row.OrderCount);
        return true;
    }

    /// <summary>Whether the level already is what <paramref name="row"/> would make it.</summary>
    public bool Holds(bool isBid, SimpleRow row)
    {
        bool found = (isBid ? _bids : _asks).TryGetValue(row.Price, out SimpleLevel? level);
        return found ? level!.Quantity == row.Quantity && level.OrderCount == row.OrderCount : row.Quantity == 0;
    }

    /// <summary>Forgets all levels.</summary>
    public void Clear()
    {
        Changes++;
        _bids.Clear();
        _asks.Clear();
    }

    private static SimpleBest Best(SortedDictionary<decimal, SimpleLevel> side)
    {
        foreach ((decimal price, SimpleLevel level) in side)
        {
            return new SimpleBest(price, level.Quantity);
        }

        return default;
    }
}
