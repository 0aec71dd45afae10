using System.Numerics;
using System.Runtime.CompilerServices;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Books;

/// <summary>
/// One side of a book as a ring of price ticks: a slot for each tick of a window around the best price, with a bitmap of the slots in use, and
/// a <see cref="LevelTree"/> beyond it. Setting a level is a store and a bit; finding the next best is a scan of bitmap words.
/// Prices are turned into keys that grow away from the market (ask: price − 1, bid: −price − 1), so that both sides are one piece of code and the best
/// level is always the smallest key. A key's slot is its low bits, so moving the window touches only the strip that leaves or enters it.
/// The window is as wide as the levels seen and the memory left make worth while, see <see cref="Review"/>; a side whose levels lie too far apart has none.
/// </summary>
/// <remarks>
/// Invariants: every level in the window has its bit set and a quantity above 0, every slot not in use quantity 0; no level lies below the window; every level of the
/// tree lies above it; if there is any level at all and a window, the best one is in the window; the window lies inside the range of a long, so that no price up to
/// long.MaxValue, which decoders accept, makes a sum of keys wrap around; every page with a slot in use is counted as touched, and no other is written to.
/// </remarks>
internal sealed unsafe partial class LadderSide : IDisposable
{
    private const long NoKey = long.MaxValue;

    private readonly long _sign;
    private readonly long _shift;
    private readonly int _bitsMax;
    private readonly BookMemory _memory;
    private readonly LevelTree _far;
    private long* _quantities;
    private byte* _forms;

    // Reserved when the first level with a count comes: most venues tell none.
    private uint* _orders;
    private ulong* _used;
    private ulong* _usedWords;
    private byte* _touched;
    private int _bits;
    private long _window;
    private long _mask;
    private long _headroom;
    private long _base;
    private long _best = NoKey;
    private int _near;

    /// <summary>An empty side that reserves nothing yet.</summary>
    /// <param name="side">Decides which price is better.</param>
    /// <param name="memory">Where its pages and leaves are counted.</param>
    /// <param name="bitsMax">Log2 of the widest window in ticks, 12–24; 0 = none, all levels in the tree.</param>
    public LadderSide(Side side, BookMemory memory, int bitsMax)
    {
        if (bitsMax != 0)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(bitsMax, BitsMin);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(bitsMax, BitsMax);
        }

        _sign = side == Side.Bid ? -1 : 0;
        _shift = side == Side.Bid ? 0 : 1;
        _memory = memory;
        _bitsMax = bitsMax;
        _far = new LevelTree(memory);
    }

    ~LadderSide() => FreeWindow();

    /// <summary>Where its pages and leaves are counted.</summary>
    public BookMemory Memory => _memory;

    /// <summary>Levels held.</summary>
    public int Count => _near + _far.Count;

    /// <summary>The best level; quantity 0 when the side is empty.</summary>
    public BookLevel Best => _near > 0 ? LevelInWindow(_best)
        : _far.Count > 0 ? LevelOf(_far.FirstKey, _far.First)
        : default;

    /// <summary>Sets a level (quantity 0 deletes it) and returns the quantity it had, 0 if it was not held.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Set(long priceTicks, long quantityLots, TextForm form, uint orders)
    {
        long key = KeyOf(priceTicks);
        if ((ulong)(key - _base) >= (ulong)_window)
        {
            return SetOutside(key, new LevelSlot { Quantity = quantityLots, Orders = orders, Form = form.Packed });
        }

        // The bit first: a slot not in use is not read, so its page is not touched before it is written to, and its line need not be there.
        long index = key & _mask;
        bool isHeld = (_used[index >> 6] & (1UL << (int)(index & 63))) != 0;
        long before = 0;
        if (quantityLots != 0)
        {
            if (isHeld)
            {
                before = _quantities[index];
            }
            else
            {
                // Where the word has a level, the page was touched before.
                if (_used[index >> 6] == 0 && !TouchPage(index))
                {
                    RefitWith(key, new LevelSlot { Quantity = quantityLots, Orders = orders, Form = form.Packed });
                    return 0;
                }

                MarkUsed(index);
                if (key < _best)
                {
                    _best = key;
                }
            }

            _quantities[index] = quantityLots;
            _forms[index] = form.Packed;
            if (_orders != null || orders != 0)
            {
                SetOrders(index, orders);
            }
        }
        else if (isHeld)
        {
            before = _quantities[index];
            _quantities[index] = 0;
            MarkFree(index);
            if (key == _best)
            {
                BestLeft(key);
            }
        }

        return before;
    }

    /// <summary>The key of a price.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long KeyOf(long priceTicks) => (priceTicks ^ _sign) - _shift;

    /// <summary>The quantity at a price, 0 if none.</summary>
    public long QuantityAt(long priceTicks)
    {
        long key = KeyOf(priceTicks);
        if ((ulong)(key - _base) < (ulong)_window)
        {
            return _quantities[key & _mask];
        }

        LevelSlot* far = _far.Find(key);
        return far == null ? 0 : far->Quantity;
    }

    /// <summary>Copies levels best first and returns how many; the side may hold more than fit.</summary>
    public int CopyTo(Span<BookLevel> target)
    {
        int count = 0;
        int near = Math.Min(_near, target.Length);
        if (near > 0)
        {
            // From the best round the ring, a word of slots at a time; every slot in use is one of ours.
            long slot = _best & _mask;
            long word = slot >> 6;
            ulong bits = _used[word] & (ulong.MaxValue << (int)(slot & 63));
            while (true)
            {
                for (; bits != 0; bits &= bits - 1)
                {
                    long index = (word << 6) + BitOperations.TrailingZeroCount(bits);
                    target[count] = LevelOf(_best + ((index - slot) & _mask), SlotAt(index));
                    if (++count == near)
                    {
                        goto far;
                    }
                }

                word = NextUsedWord(word + 1);
                bits = _used[word];
            }
        }

    far:
        (int, int) position = default;
        while (count < target.Length && _far.Next(ref position, out long key, out LevelSlot level))
        {
            target[count++] = LevelOf(key, level);
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
                return LevelOf(_far.LastKey, _far.Last);
            }

            // From the far end of the window back, a word of slots at a time.
            for (long offset = _window - 1; _near > 0 && offset >= 0;)
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

    /// <summary>Forgets all levels. The window stays as it is; where there is none, the next levels may get one.</summary>
    public void Clear()
    {
        for (int group = 0; group < Groups; group++)
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
        ReleaseWindow();
        _far.Dispose();
        GC.SuppressFinalize(this);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long PriceOf(long key) => (key + _shift) ^ _sign;

    private BookLevel LevelOf(long key, in LevelSlot level) => new(PriceOf(key), level.Quantity, new TextForm(level.Form), level.Orders);

    // Field by field: a slot copied first costs a message's look at the best levels as much as its levels.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private BookLevel LevelInWindow(long key)
    {
        long index = key & _mask;
        return new(PriceOf(key), _quantities[index], new TextForm(_forms[index]), _orders == null ? 0 : _orders[index]);
    }

    private LevelSlot SlotAt(long index) =>
        new() { Quantity = _quantities[index], Orders = _orders == null ? 0 : _orders[index], Form = _forms[index] };

    /// <summary>Puts a level where none is. The page must be touched.</summary>
    private void Put(long index, in LevelSlot level)
    {
        _quantities[index] = level.Quantity;
        _forms[index] = level.Form;
        if (_orders != null || level.Orders != 0)
        {
            SetOrders(index, level.Orders);
        }

        MarkUsed(index);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SetOrders(long index, uint orders)
    {
        if (_orders == null)
        {
            ReserveOrders();
        }

        _orders[index] = orders;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void MarkUsed(long index)
    {
        _used[index >> 6] |= 1UL << (int)(index & 63);
        _usedWords[index >> 12] |= 1UL << (int)((index >> 6) & 63);
        _near++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void MarkFree(long index)
    {
        ulong rest = _used[index >> 6] & ~(1UL << (int)(index & 63));
        _used[index >> 6] = rest;
        if (rest == 0)
        {
            _usedWords[index >> 12] &= ~(1UL << (int)((index >> 6) & 63));
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
                MoveWindowUp(_far.FirstKey);
            }
        }
        else if (_best - _base > 3 * _headroom)
        {
            MoveWindowUp(_best);
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
        long word = slot >> 6;
        ulong bits = _used[word] & (ulong.MaxValue << (int)(slot & 63));
        if (bits == 0)
        {
            word = NextUsedWord(word + 1);
            bits = _used[word];
        }

        // The scan goes round the ring; slots before the starting one belong to keys below it, or to the end of the window.
        long found = (word << 6) + BitOperations.TrailingZeroCount(bits);
        long next = key + ((found - slot) & _mask);
        return next - _base < _window && next >= key ? next : NoKey;
    }

    /// <summary>Next word with a slot in use at or after <paramref name="word"/>, going round. At least one slot must be in use.</summary>
    private long NextUsedWord(long word)
    {
        word &= _mask >> 6;
        long group = word >> 6;
        ulong words = _usedWords[group] & (ulong.MaxValue << (int)(word & 63));
        while (words == 0)
        {
            group = (group + 1) & (_mask >> 12);
            words = _usedWords[group];
        }

        return (group << 6) + BitOperations.TrailingZeroCount(words);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long SetOutside(long key, LevelSlot level)
    {
        if (Count == 0)
        {
            if (level.Quantity != 0)
            {
                Start(key, level);
            }

            return 0;
        }

        if (_window == 0 || key >= _base)
        {
            long before = _far.Set(key, level);
            CountFarSet();
            return before;
        }

        // Nothing is held below the window; a new best there takes the window along.
        if (level.Quantity != 0)
        {
            MoveWindowDown(key);
            Set(PriceOf(key), level.Quantity, new TextForm(level.Form), level.Orders);
        }

        return 0;
    }

    /// <summary>Lowers the window for a better best; the levels that fall out at its far end go to the tree.</summary>
    private void MoveWindowDown(long best)
    {
        long newBase = BaseFor(best);
        long leaving = Math.Max(newBase + _window, _base);
        for (long key = NextFrom(leaving); key != NoKey; key = NextFrom(key + 1))
        {
            long index = key & _mask;
            _far.Set(key, SlotAt(index));
            _quantities[index] = 0;
            MarkFree(index);
        }

        _base = newBase;
        if (_near == 0)
        {
            _best = NoKey;
        }
    }

    /// <summary>Raises the window to a best level that is in it or is the first of the tree; the levels of the tree it now reaches come in.</summary>
    private void MoveWindowUp(long best)
    {
        _base = BaseFor(best);
        int count = 0;
        bool fits = true;
        (int, int) position = default;
        while (fits && _far.Next(ref position, out long key, out LevelSlot level) && (ulong)(key - _base) < (ulong)_window)
        {
            long index = key & _mask;
            fits = TouchPage(index);
            if (fits)
            {
                Put(index, level);
                count++;
            }
        }

        _far.RemoveFirst(count);
        _best = _near > 0 ? best : NoKey;
        if (!fits)
        {
            Refit();
        }
    }
}
