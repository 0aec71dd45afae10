using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Books;

/// <summary>
/// The levels of one side that lie beyond the ladder's window, sorted by key in flat native arrays: few updates go there, and walking them is
/// a plain scan. Memory grows by doubling and is kept.
/// </summary>
internal sealed unsafe class FarLevels : IDisposable
{
    private const int CapacityInitial = 1024;

    private long* _keys;
    private long* _quantities;
    private byte* _forms;
    private uint* _orders;
    private int _capacity;

    public FarLevels() => Resize(CapacityInitial);

    ~FarLevels() => Free();

    public int Count { get; private set; }

    public long KeyAt(int index) => _keys[index];

    public long QuantityAt(int index) => _quantities[index];

    public byte FormAt(int index) => _forms[index];

    public uint OrdersAt(int index) => _orders[index];

    /// <summary>Index of <paramref name="key"/>, or the complement of where it belongs.</summary>
    public int Find(long key) => new ReadOnlySpan<long>(_keys, Count).BinarySearch(key);

    /// <summary>Sets (0 deletes) and returns the quantity before, 0 if there was none.</summary>
    public long Set(long key, long quantity, byte form, uint orders)
    {
        // Snapshots arrive best first: appending is the common case.
        int index = Count == 0 || key > _keys[Count - 1] ? ~Count : Find(key);
        if (index >= 0)
        {
            long before = _quantities[index];
            if (quantity == 0)
            {
                Move(index + 1, index, Count - index - 1);
                Count--;
            }
            else
            {
                _quantities[index] = quantity;
                _forms[index] = form;
                _orders[index] = orders;
            }

            return before;
        }

        if (quantity != 0)
        {
            index = ~index;
            InsertGap(index, 1);
            Put(index, key, quantity, form, orders);
        }

        return 0;
    }

    /// <summary>Makes room for <paramref name="count"/> levels at the front, to be filled by <see cref="Put"/>.</summary>
    public void InsertGapAtFront(int count) => InsertGap(0, count);

    public void Put(int index, long key, long quantity, byte form, uint orders)
    {
        _keys[index] = key;
        _quantities[index] = quantity;
        _forms[index] = form;
        _orders[index] = orders;
    }

    public void RemoveFirst(int count)
    {
        Move(count, 0, Count - count);
        Count -= count;
    }

    public void Clear() => Count = 0;

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void InsertGap(int index, int count)
    {
        if (Count + count > _capacity)
        {
            Resize(Math.Max(_capacity * 2, Count + count));
        }

        Move(index, index + count, Count - index);
        Count += count;
    }

    private void Move(int from, int to, int count)
    {
        new Span<long>(_keys + from, count).CopyTo(new Span<long>(_keys + to, count));
        new Span<long>(_quantities + from, count).CopyTo(new Span<long>(_quantities + to, count));
        new Span<byte>(_forms + from, count).CopyTo(new Span<byte>(_forms + to, count));
        new Span<uint>(_orders + from, count).CopyTo(new Span<uint>(_orders + to, count));
    }

    private void Resize(int capacity)
    {
        _keys = (long*)NativeMemory.Realloc(_keys, (nuint)capacity * sizeof(long));
        _quantities = (long*)NativeMemory.Realloc(_quantities, (nuint)capacity * sizeof(long));
        _forms = (byte*)NativeMemory.Realloc(_forms, (nuint)capacity);
        _orders = (uint*)NativeMemory.Realloc(_orders, (nuint)capacity * sizeof(uint));
        _capacity = capacity;
    }

    private void Free()
    {
        NativeMemory.Free(_keys);
        NativeMemory.Free(_quantities);
        NativeMemory.Free(_forms);
        NativeMemory.Free(_orders);
        _keys = null;
        _quantities = null;
        _forms = null;
        _orders = null;
        Count = 0;
    }
}
