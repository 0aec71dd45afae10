namespace Lob.Fast.Perf.Books.Structures;

/// <summary>A hash map with the best 64 keys sorted beside it: what is meant by a fast hash map book. When the 64 run out, all keys are looked at.</summary>
internal sealed class HashSide : ISide
{
    private const int TopMax = 64;

    private readonly Dictionary<long, long> _levels = [];
    private readonly long[] _top = new long[TopMax + 1];
    private int _topCount;

    public (long Key, long Quantity) Best => _topCount == 0 ? (0, 0) : (_top[0], _levels[_top[0]]);

    public void Set(long key, long quantity)
    {
        if (quantity != 0)
        {
            bool isNew = !_levels.ContainsKey(key);
            bool topIsAll = _topCount == _levels.Count;
            _levels[key] = quantity;
            if (isNew && (topIsAll || key < _top[_topCount - 1]))
            {
                int index = ~_top.AsSpan(0, _topCount).BinarySearch(key);
                Array.Copy(_top, index, _top, index + 1, _topCount - index);
                _top[index] = key;
                _topCount = Math.Min(_topCount + 1, TopMax);
            }
        }
        else if (_levels.Remove(key) && key <= _top[_topCount - 1])
        {
            int index = _top.AsSpan(0, _topCount).BinarySearch(key);
            Array.Copy(_top, index + 1, _top, index, _topCount - index - 1);
            if (--_topCount == 0)
            {
                Refill();
            }
        }
    }

    public void Clear()
    {
        _levels.Clear();
        _topCount = 0;
    }

    private void Refill()
    {
        long[] keys = [.. _levels.Keys];
        Array.Sort(keys);
        _topCount = Math.Min(TopMax, keys.Length);
        Array.Copy(keys, _top, _topCount);
    }
}
