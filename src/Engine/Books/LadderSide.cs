using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Books;

/// <summary>
/// One side of a book as a ring of price ticks: a slot for each tick of a window around the best price, with a bitmap of the slots in use, and
/// sorted <see cref="FarLevels"/> beyond it. Setting a level is one store; finding the next best is a scan of bitmap words.
/// Prices are turned into keys that grow away from the market (ask: price − 1, bid: −price − 1), so that both sides are one piece of code and the best
/// level is always the smallest key. A key's slot is its low bits, so moving the window touches only the strip that leaves or enters it.
/// </summary>
/// <remarks>
/// Invariants: every level in the window has its bit set and a quantity above 0; no level lies below the window; every far level lies above
/// it; if there is any level at all, the best one is in the window; the window lies inside the range of a long, so that no price up to
/// long.MaxValue, which decoders accept, makes a sum of keys wrap around.
/// Memory is native and zero when reserved, so only the pages around prices in use become resident.
/// </remarks>
internal sealed unsafe class LadderSide : IDisposable
{
    private const long NoKey = long.MaxValue;

    private readonly long _sign;
    private readonly long _shift;
    private readonly int _window;
    private readonly long _mask;
    private readonly long _headroom;
    private readonly FarLevels _far = new();
    private long* _quantities;
    private byte* _forms;

    // Reserved when the first level with a count comes: most venues tell none.
    private uint* _orders;
    private ulong* _used;
    private ulong* _usedWords;
    private long _base;
    private long _best = NoKey;
    private int _near;

    /// <summary>Reserves a window of 2^<paramref name="windowBits"/> ticks, 12–24.</summary>
    public LadderSide(Side side, int windowBits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(windowBits, 12);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(windowBits, 24);
        _sign = side == Side.Bid ? -1 : 0;
        _shift = side == Side.Bid ? 0 : 1;
        _window = 1 << windowBits;
        _mask = _window - 1;
        _headroom = _window / 4;
        _quantities = (long*)NativeMemory.AllocZeroed((nuint)_window, sizeof(long));
        _forms = (byte*)NativeMemory.AllocZeroed((nuint)_window);
        _used = (ulong*)NativeMemory.AllocZeroed((nuint)_window / 64, sizeof(ulong));
        _usedWords = (ulong*)NativeMemory.AllocZeroed((nuint)_window / 64 / 64, sizeof(ulong));
    }

    ~LadderSide() => Free();

    /// <summary>Levels held.</summary>
    public int Count => _near + _far.Count;

    /// <summary>The best level; quantity 0 when the side is empty.</summary>
    public BookLevel Best => _best == NoKey ? default : LevelInWindow(_best);

    /// <summary>Sets a level (quantity 0 deletes it) and returns the quantity it had, 0 if it was not held.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Set(long priceTicks, long quantityLots, TextForm form, uint orders)
    {
        long key = KeyOf(priceTicks);
        return (ulong)(key - _base) < (ulong)_window ? SetNear(key, quantityLots, form.Packed, orders)
            : SetOutside(key, quantityLots, form.Packed, orders);
    }

    /// <summary>The quantity at a price, 0 if none.</summary>
    public long QuantityAt(long priceTicks)
    {
        long key = KeyOf(priceTicks);
        if ((ulong)(key - _base) < (ulong)_window)
        {
            return _quantities[key & _mask];
        }

        int index = _far.Find(key);
        return index >= 0 ? _far.QuantityAt(index) : 0;
    }

    /// <summary>Copies levels best first and returns how many; the side may hold more than fit.</summary>
    public int CopyTo(Span<BookLevel> target)
    {
        int count = 0;
        for (long key = _best; key != NoKey && count < target.Length; key = NextFrom(key + 1))
        {
            target[count++] = LevelInWindow(key);
        }

        for (int i = 0; i < _far.Count && count < target.Length; i++)
        {
            target[count++] = new BookLevel(PriceOf(_far.KeyAt(i)), _far.QuantityAt(i), new TextForm(_far.FormAt(i)), _far.OrdersAt(i));
        }

        return count;
    }

    /// <summary>The worst level; quantity 0 when the side is empty. Off the hot path.</summary>
    public BookLevel Worst
    {
        get
        {
            if (_far.Count > 0)
            {
                int last = _far.Count - 1;
                return new BookLevel(PriceOf(_far.KeyAt(last)), _far.QuantityAt(last), new TextForm(_far.FormAt(last)), _far.OrdersAt(last));
            }

            // From the far end of the window back, a word of slots at a time.
            for (long offset = _window - 1; _best != NoKey && offset >= 0;)
            {
                long slot = (_base + offset) & _mask;
                ulong bits = _used[slot >> 6] & (ulong.MaxValue >> (63 - (int)(slot & 63)));
                long back = bits == 0 ? (slot & 63) + 1 : (slot & 63) - (63 - BitOperations.LeadingZeroCount(bits));
                offset -= back;
                if (bits != 0)
                {
                    return LevelInWindow(_base + offset);
                }
            }

            return default;
        }
    }

    /// <summary>Forgets all levels.</summary>
    public void Clear()
    {
        for (int group = 0; group < _window / 64 / 64; group++)
        {
            for (ulong words = _usedWords[group]; words != 0; words &= words - 1)
            {
                int word = (group * 64) + BitOperations.TrailingZeroCount(words);
                for (ulong bits = _used[word]; bits != 0; bits &= bits - 1)
                {
                    _quantities[(word * 64) + BitOperations.TrailingZeroCount(bits)] = 0;
                }

                _used[word] = 0;
            }

            _usedWords[group] = 0;
        }

        _far.Clear();
        _near = 0;
        _best = NoKey;
    }

    public void Dispose()
    {
        Free();
        _far.Dispose();
        GC.SuppressFinalize(this);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long KeyOf(long priceTicks) => (priceTicks ^ _sign) - _shift;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long PriceOf(long key) => (key + _shift) ^ _sign;

    /// <summary>Where the window starts when <paramref name="best"/> is the best level.</summary>
    private long BaseFor(long best) =>
        best < long.MinValue + _headroom ? long.MinValue : Math.Min(best - _headroom, long.MaxValue - _window);

    private BookLevel LevelInWindow(long key) =>
        new(PriceOf(key), _quantities[key & _mask], new TextForm(_forms[key & _mask]), OrdersAt(key & _mask));

    private uint OrdersAt(long slot) => _orders == null ? 0 : _orders[slot];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long SetNear(long key, long quantity, byte form, uint orders)
    {
        long slot = key & _mask;
        long before = _quantities[slot];
        _quantities[slot] = quantity;
        if (quantity != 0)
        {
            _forms[slot] = form;
            if (_orders != null || orders != 0)
            {
                SetOrders(slot, orders);
            }

            if (before == 0)
            {
                MarkUsed(slot);
                if (key < _best)
                {
                    _best = key;
                }
            }
        }
        else if (before != 0)
        {
            MarkFree(slot);
            if (key == _best)
            {
                BestLeft(key);
            }
        }

        return before;
    }

    private void SetOrders(long slot, uint orders)
    {
        if (_orders == null)
        {
            _orders = (uint*)NativeMemory.AllocZeroed((nuint)_window, sizeof(uint));
        }

        _orders[slot] = orders;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void MarkUsed(long slot)
    {
        _used[slot >> 6] |= 1UL << (int)(slot & 63);
        _usedWords[slot >> 12] |= 1UL << (int)((slot >> 6) & 63);
        _near++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void MarkFree(long slot)
    {
        ulong rest = _used[slot >> 6] & ~(1UL << (int)(slot & 63));
        _used[slot >> 6] = rest;
        if (rest == 0)
        {
            _usedWords[slot >> 12] &= ~(1UL << (int)((slot >> 6) & 63));
        }

        _near--;
    }

    /// <summary>The best level was deleted: find the next one, and let the window follow the market.</summary>
    private void BestLeft(long key)
    {
        _best = NextFrom(key + 1);
        if (_best == NoKey)
        {
            if (_far.Count > 0)
            {
                long next = _far.KeyAt(0);
                MoveWindowUp(BaseFor(next));
                _best = next;
            }
        }
        else if (_best - _base > 3 * _headroom)
        {
            MoveWindowUp(BaseFor(_best));
        }
    }

    /// <summary>Smallest key in use at or above <paramref name="key"/> inside the window, or <see cref="NoKey"/>.</summary>
    private long NextFrom(long key)
    {
        if (_near == 0 || key - _base >= _window)
        {
            return NoKey;
        }

        long slot = key & _mask;
        long found = NextUsedSlot(slot);

        // The scan goes round the ring; slots before the starting one belong to keys below it, or to the end of the window.
        long next = key + ((found - slot) & _mask);
        return next - _base < _window && next >= key ? next : NoKey;
    }

    /// <summary>Next slot in use at or after <paramref name="slot"/>, going round. At least one slot must be in use.</summary>
    private long NextUsedSlot(long slot)
    {
        long word = slot >> 6;
        ulong bits = _used[word] & (ulong.MaxValue << (int)(slot & 63));
        if (bits != 0)
        {
            return (word << 6) + BitOperations.TrailingZeroCount(bits);
        }

        long wordMask = (_window / 64) - 1;
        long groupMask = (_window / 64 / 64) - 1;
        long start = (word + 1) & wordMask;
        long group = start >> 6;
        ulong words = _usedWords[group] & (ulong.MaxValue << (int)(start & 63));
        while (words == 0)
        {
            group = (group + 1) & groupMask;
            words = _usedWords[group];
        }

        word = (group << 6) + BitOperations.TrailingZeroCount(words);
        return (word << 6) + BitOperations.TrailingZeroCount(_used[word]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long SetOutside(long key, long quantity, byte form, uint orders)
    {
        bool below = key < _base;
        if (Count == 0)
        {
            if (quantity == 0)
            {
                return 0;
            }

            _base = BaseFor(key);
            return SetNear(key, quantity, form, orders);
        }

        if (!below)
        {
            return _far.Set(key, quantity, form, orders);
        }

        // Nothing is held below the window; a new best there takes the window along.
        if (quantity != 0)
        {
            MoveWindowDown(BaseFor(key));
            SetNear(key, quantity, form, orders);
        }

        return 0;
    }

    /// <summary>Lowers the window; the levels that fall out at its far end go to the front of the far ones.</summary>
    private void MoveWindowDown(long newBase)
    {
        long leaving = Math.Max(newBase + _window, _base);
        int count = 0;
        for (long key = NextFrom(leaving); key != NoKey; key = NextFrom(key + 1))
        {
            count++;
        }

        _far.InsertGapAtFront(count);
        int index = 0;
        for (long key = NextFrom(leaving); key != NoKey; key = NextFrom(key + 1))
        {
            long slot = key & _mask;
            _far.Put(index++, key, _quantities[slot], _forms[slot], OrdersAt(slot));
            _quantities[slot] = 0;
            MarkFree(slot);
        }

        _base = newBase;
        if (_near == 0)
        {
            _best = NoKey;
        }
    }

    /// <summary>Raises the window, which must not pass the best level; the far levels it now reaches come in.</summary>
    private void MoveWindowUp(long newBase)
    {
        _base = newBase;
        int count = 0;
        while (count < _far.Count && (ulong)(_far.KeyAt(count) - newBase) < (ulong)_window)
        {
            long slot = _far.KeyAt(count) & _mask;
            _quantities[slot] = _far.QuantityAt(count);
            _forms[slot] = _far.FormAt(count);
            if (_orders != null || _far.OrdersAt(count) != 0)
            {
                SetOrders(slot, _far.OrdersAt(count));
            }

            MarkUsed(slot);
            count++;
        }

        _far.RemoveFirst(count);
    }

    private void Free()
    {
        NativeMemory.Free(_quantities);
        NativeMemory.Free(_forms);
        NativeMemory.Free(_orders);
        NativeMemory.Free(_used);
        NativeMemory.Free(_usedWords);
        _quantities = null;
        _forms = null;
        _orders = null;
        _used = null;
        _usedWords = null;
    }
}
