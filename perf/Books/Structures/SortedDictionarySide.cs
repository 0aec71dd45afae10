namespace Lob.Fast.Perf.Books.Structures;

/// <summary>A sorted dictionary with its best key remembered.</summary>
internal sealed class SortedDictionarySide : ISide
{
    private readonly SortedDictionary<long, long> _levels = [];
    private long _best;
    private long _bestQuantity;

    public (long Key, long Quantity) Best => (_best, _bestQuantity);

    public void Set(long key, long quantity)
    {
        if (quantity != 0)
        {
            _levels[key] = quantity;
            if (_bestQuantity == 0 || key <= _best)
            {
                (_best, _bestQuantity) = (key, quantity);
            }
        }
        else if (_levels.Remove(key) && key == _best)
        {
            (_best, _bestQuantity) = (0, 0);
            foreach ((long first, long firstQuantity) in _levels)
            {
                (_best, _bestQuantity) = (first, firstQuantity);
                break;
            }
        }
    }

    public void Clear()
    {
        _levels.Clear();
        (_best, _bestQuantity) = (0, 0);
    }
}
