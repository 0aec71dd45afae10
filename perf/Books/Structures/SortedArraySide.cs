namespace Lob.Fast.Perf.Books.Structures;

/// <summary>Two sorted arrays with binary search, the best level last, so that changes near the market move little.</summary>
internal sealed class SortedArraySide : ISide
{
    private long[] _keys = new long[1024];
    private long[] _quantities = new long[1024];
    private int _count;

    public (long Key, long Quantity) Best => _count == 0 ? (0, 0) : (-_keys[_count - 1], _quantities[_count - 1]);

    public void Set(long key, long quantity)
    {
        int index = _keys.AsSpan(0, _count).BinarySearch(-key);
        if (index >= 0)
        {
            if (quantity != 0)
            {
                _quantities[index] = quantity;
                return;
            }

            _count--;
            Array.Copy(_keys, index + 1, _keys, index, _count - index);
            Array.Copy(_quantities, index + 1, _quantities, index, _count - index);
        }
        else if (quantity != 0)
        {
            index = ~index;
            if (_count == _keys.Length)
            {
                Array.Resize(ref _keys, _count * 2);
                Array.Resize(ref _quantities, _count * 2);
            }

            Array.Copy(_keys, index, _keys, index + 1, _count - index);
            Array.Copy(_quantities, index, _quantities, index + 1, _count - index);
            _keys[index] = -key;
            _quantities[index] = quantity;
            _count++;
        }
    }

    public void Clear() => _count = 0;
}
