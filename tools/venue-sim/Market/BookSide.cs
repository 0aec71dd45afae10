namespace Lob.Fast.VenueSim.Market;

/// <summary>One side of a small book of orders, best level first.</summary>
internal sealed class BookSide(bool isBid)
{
    private readonly List<Level> _levels = [];

    public IReadOnlyList<Level> Levels => _levels;

    public int Orders { get; private set; }

    public Level Best => _levels[0];

    public Level Worst => _levels[^1];

    public bool Holds(long ticks) => IndexOf(ticks) >= 0;

    public void Add(Order order)
    {
        int index = IndexOf(order.Ticks);
        if (index < 0)
        {
            index = ~index;
            _levels.Insert(index, new Level(order.Ticks));
        }

        _levels[index].Orders.Add(order);
        _levels[index].Lots += order.Lots;
        Orders++;
    }

    /// <summary>Takes lots from an order; one that has none left is removed, and so is a level without orders.</summary>
    public void Reduce(Order order, long lots)
    {
        int index = IndexOf(order.Ticks);
        Level level = _levels[index];
        order.Lots -= lots;
        level.Lots -= lots;
        if (order.Lots > 0) return;

        level.Orders.Remove(order);
        Orders--;
        if (level.Orders.Count == 0) _levels.RemoveAt(index);
    }

    /// <summary>Gives an order another size: a smaller one keeps its place in the queue, a larger one goes to its end.</summary>
    public void Resize(Order order, long lots)
    {
        Level level = _levels[IndexOf(order.Ticks)];
        if (lots > order.Lots)
        {
            level.Orders.Remove(order);
            level.Orders.Add(order);
        }

        level.Lots += lots - order.Lots;
        order.Lots = lots;
    }

    /// <summary>Where the level of this price is, or the complement of where it would be.</summary>
    private int IndexOf(long ticks)
    {
        int low = 0;
        int high = _levels.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >> 1;
            long at = _levels[middle].Ticks;
            if (at == ticks) return middle;

            if (isBid ? at > ticks : at < ticks) low = middle + 1;
            else high = middle - 1;
        }

        return ~low;
    }
}
