using System.Numerics;
using System.Runtime.CompilerServices;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Books;

/// <content>How wide the window is: by the levels held and the memory that is left, never by time.</content>
internal sealed unsafe partial class LadderSide
{
    /// <summary>Log2 of the narrowest window in ticks, with which a side starts when memory is not plenty: 36 KiB of slots.</summary>
    private const int BitsMin = 12;

    private const int BitsMax = 24;

    /// <summary>A page of quantities has 512 slots, one of forms those of eight such pages, one of order counts those of two.</summary>
    private const int SlotsPerPageBits = 9;

    /// <summary>A page of the bitmap of slots has 32,768 of them; a narrower window's shares one page with all that stands behind the slots.</summary>
    private const int SlotsPerBitmapPageBits = 15;

    /// <summary>Fewest levels that a window must hold, unless there are no more: else a tree alone does as well.</summary>
    private const int NearMin = 16;

    /// <summary>So many times wider than its levels need, log2, is a window while three quarters of the budget are free: books grow, and markets move.</summary>
    private const int BitsAhead = 2;

    /// <summary>No window takes more than one part in so many of the memory left.</summary>
    private const int FreeShare = 4;

    /// <summary>Sets beyond the window between two looks at its width: as many as there are levels, so that looking costs little a set, and twice as many after each look in vain.</summary>
    private const int FarSetsMin = 64;

    private const int FarSetsMax = 1 << 24;

    private int _pages;
    private int _farSets;
    private int _farSetsToReview = FarSetsMin;

    /// <summary>Log2 of the window in ticks; 0 = all levels are in the tree.</summary>
    public int WindowBits => _bits;

    /// <summary>Bytes resident: pages of slots that were written to, bitmaps, leaves and root of the tree.</summary>
    public long ResidentBytes => WindowBytes + _far.Bytes;

    private long WindowBytes => _window == 0 ? 0 : ((long)_pages * Pages.Bytes) + FixedBytes(_bits);

    private int Groups => (int)(_window >> 12);

    private static long QuantitiesBytes(int bits) => (1L << bits) * sizeof(long);

    private static long FormsBytes(int bits) => 1L << bits;

    private static long OrdersBytes(int bits) => (1L << bits) * sizeof(uint);

    /// <summary>Bytes behind the slots: a bit a slot, a bit a word of those, a bit a page of quantities.</summary>
    private static long TailBytes(int bits) => Pages.RoundUp(((1L << bits) / 8) + ((1L << bits) / 64 / 8) + (1L << (bits - SlotsPerPageBits - 3)));

    /// <summary>Of those, what is resident from the start: all but a bitmap of whole pages.</summary>
    private static long FixedBytes(int bits) => bits < SlotsPerBitmapPageBits ? TailBytes(bits) : TailBytes(bits) - ((1L << bits) / 8);

    private static long ReservedBytes(int bits) => QuantitiesBytes(bits) + FormsBytes(bits) + TailBytes(bits);

    /// <summary>Where the window starts when <paramref name="best"/> is the best level.</summary>
    private long BaseFor(long best) =>
        best < long.MinValue + _headroom ? long.MinValue : Math.Min(best - _headroom, long.MaxValue - _window);

    /// <summary>The first level of an empty side.</summary>
    private void Start(long key, LevelSlot level)
    {
        if (_window == 0)
        {
            Reserve(_memory.IsPlenty ? _bitsMax : Math.Min(BitsMin, _bitsMax));
        }

        if (_window == 0)
        {
            _far.Set(key, level);
            return;
        }

        _base = BaseFor(key);
        Set(PriceOf(key), level.Quantity, new TextForm(level.Form), level.Orders);
    }

    /// <summary>
    /// Whether the page of a slot may be written to. It may, if it was before; else the budget must have it, and there must be levels enough for the pages
    /// touched: a window that wanders over the ticks leaves empty pages behind.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TouchPage(long index) => IsTouched(index) || TakePage(index, PagesWorth(_near));

    // A byte has the bits of the eight pages whose forms are on one page.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsTouched(long index) => (_touched[index >> (SlotsPerPageBits + 3)] & BitOfPage(index)) != 0;

    private static int BitOfPage(long index) => 1 << (int)((index >> SlotsPerPageBits) & 7);

    private bool TakePage(long index, int pagesMax)
    {
        ref byte pages = ref _touched[index >> (SlotsPerPageBits + 3)];
        int bit = BitOfPage(index);
        int fresh = pages == 0 ? 2 : 1;
        if (_bits >= SlotsPerBitmapPageBits && ((ulong*)_touched)[index >> SlotsPerBitmapPageBits] == 0)
        {
            fresh++;
        }

        if (_orders != null && (pages & PairOf(bit)) == 0)
        {
            fresh++;
        }

        if (_pages >= pagesMax || !_memory.TryTakePages((long)fresh * Pages.Bytes))
        {
            return false;
        }

        pages |= (byte)bit;
        _pages += fresh;
        return true;
    }

    /// <summary>The bits of the two pages whose order counts are on one page.</summary>
    private static int PairOf(int bit) => (bit & 0b0101_0101) != 0 ? bit | (bit << 1) : bit | (bit >> 1);

    /// <summary>The first count of orders came: pages for those of all levels held are counted at once, wanted as they are.</summary>
    private void ReserveOrders()
    {
        int pages = 0;
        for (long i = 0; i < _window >> (SlotsPerPageBits + 3); i++)
        {
            int touched = _touched[i];
            pages += BitOperations.PopCount((uint)((touched | (touched >> 1)) & 0b0101_0101));
        }

        _memory.TakePages((long)pages * Pages.Bytes);
        _pages += pages;
        _orders = (uint*)Pages.Reserve(OrdersBytes(_bits));
    }

    /// <summary>Pages that so many levels are worth while they are in use: twice as many as a new window may have, so that one is not made again soon.</summary>
    private int PagesWorth(int levels) => _memory.PagesFree + (2 * levels / _memory.LevelsPerPageMin);

    private void CountFarSet()
    {
        if (++_farSets >= _farSetsToReview)
        {
            using LevelList levels = AllLevels();
            int bits = Review(levels.Span);
            bool changes = bits > _bits || (bits == 0 && _bits > 0);
            if (changes)
            {
                Rebuild(bits, levels.Span);
            }

            _farSets = 0;
            _farSetsToReview = changes ? Math.Max(FarSetsMin, Count) : Math.Min(FarSetsMax, Math.Max(_farSetsToReview * 2, Count));
        }
    }

    /// <summary>The window got no page: the width that is right now, on fresh pages. Half of those it is then worth are not touched yet, so this is rare.</summary>
    private void Refit()
    {
        using LevelList levels = AllLevels();
        Rebuild(Review(levels.Span), levels.Span);
    }

    /// <summary>The same with a level that is not held yet.</summary>
    private void RefitWith(long key, LevelSlot level)
    {
        using LevelList levels = AllLevels();
        levels.Add(key, level);
        levels.TrySort();
        Rebuild(Review(levels.Span), levels.Span);
    }

    /// <summary>
    /// The width that levels, best first, are worth: the narrowest one that holds the most of them, among those on whose pages there are levels enough, inside
    /// the share of the memory left. 0 = none is.
    /// </summary>
    private int Review(ReadOnlySpan<KeyedLevel> sorted)
    {
        if (_bitsMax == 0)
        {
            return 0;
        }

        // Levels and pages by the narrowest window that holds them when it starts a quarter below the best.
        Span<int> levels = stackalloc int[BitsMax + 1];
        Span<int> pages = stackalloc int[BitsMax + 1];
        levels.Clear();
        pages.Clear();
        long before = long.MinValue;
        foreach (ref readonly KeyedLevel level in sorted)
        {
            ulong thirds = (ulong)(level.Key - sorted[0].Key) / 3;
            int bits = Math.Max(BitsMin, 64 - BitOperations.LeadingZeroCount(thirds) + 2);
            if (bits > _bitsMax)
            {
                break;
            }

            levels[bits]++;
            long apart = level.Key ^ before;
            if (apart >> SlotsPerPageBits != 0)
            {
                pages[bits] += 1 + (apart >> (SlotsPerPageBits + 3) != 0 ? 1 : 0) + (_orders != null && apart >> (SlotsPerPageBits + 1) != 0 ? 1 : 0)
                    + (apart >> SlotsPerBitmapPageBits != 0 ? 1 : 0);
            }

            before = level.Key;
        }

        long share = (_memory.FreeBytes + WindowBytes) / FreeShare;
        int widest = 0;
        int near = 0;
        int touched = 0;
        int held = 0;
        for (int bits = BitsMin; bits <= _bitsMax; bits++)
        {
            near += levels[bits];
            touched += pages[bits];
            bool worth = near >= Math.Min(NearMin, sorted.Length) && touched <= PagesWorth(near) / 2;
            if (worth && near > held && ((long)touched * Pages.Bytes) + FixedBytes(bits) <= share)
            {
                widest = bits;
                held = near;
            }
        }

        // Wider still, as far as no level more comes in for which there are not the pages.
        int ahead = widest == 0 ? 0
            : _memory.IsPlenty ? _bitsMax
            : _memory.LevelsPerPageMin == 1 ? Math.Min(widest + BitsAhead, _bitsMax)
            : widest;
        while (widest < ahead && levels[widest + 1] == 0)
        {
            widest++;
        }

        return widest;
    }

    /// <summary>Puts levels, best first, into an empty side: a snapshot, for which the width can be chosen before the first page is touched.</summary>
    public void Load(ReadOnlySpan<KeyedLevel> sorted)
    {
        if (sorted.IsEmpty)
        {
            return;
        }

        int bits = Review(sorted);
        if (bits > _bits || bits == 0)
        {
            Rebuild(bits, sorted);
            return;
        }

        _base = BaseFor(sorted[0].Key);
        if (!Fill(sorted))
        {
            Refit();
        }
    }

    /// <summary>Moves all levels into a window of another width on fresh pages, or into the tree alone.</summary>
    private void Rebuild(int bits, ReadOnlySpan<KeyedLevel> sorted)
    {
        ReleaseWindow();
        _far.Clear();
        Reserve(bits);
        if (!sorted.IsEmpty)
        {
            // The pages it takes are part of what the review found to be there.
            _base = BaseFor(sorted[0].Key);
            Fill(sorted);
        }
    }

    /// <summary>
    /// Puts levels, best first, where they belong. False = the window got no page for one: it and all that follow are in the tree, and another window is needed.
    /// </summary>
    private bool Fill(ReadOnlySpan<KeyedLevel> sorted)
    {
        int near = 0;
        bool fits = true;
        while (near < sorted.Length && (ulong)(sorted[near].Key - _base) < (ulong)_window)
        {
            long index = sorted[near].Key & _mask;
            fits = IsTouched(index) || TakePage(index, int.MaxValue);
            if (!fits)
            {
                break;
            }

            Put(index, sorted[near++].Level);
        }

        _best = near > 0 ? sorted[0].Key : NoKey;
        foreach (ref readonly KeyedLevel level in sorted[near..])
        {
            _far.Append(level.Key, level.Level);
        }

        return fits;
    }

    /// <summary>A copy of all levels, best first, with room for one more.</summary>
    private LevelList AllLevels()
    {
        var target = new LevelList(Count + 1);
        for (long key = _best; key != NoKey; key = NextFrom(key + 1))
        {
            target.Add(key, SlotAt(key & _mask));
        }

        (int, int) position = default;
        while (_far.Next(ref position, out long key, out LevelSlot level))
        {
            target.Add(key, level);
        }

        return target;
    }

    /// <summary>A window with nothing in it, if the budget has its bitmaps.</summary>
    private void Reserve(int bits)
    {
        if (bits == 0 || !_memory.TryTakePages(FixedBytes(bits)))
        {
            return;
        }

        byte* memory = Pages.Reserve(ReservedBytes(bits));
        _bits = bits;
        _window = 1L << bits;
        _mask = _window - 1;
        _headroom = _window / 4;
        _quantities = (long*)memory;
        _forms = memory + QuantitiesBytes(bits);
        _used = (ulong*)(_forms + FormsBytes(bits));
        _usedWords = _used + (_window / 64);
        _touched = (byte*)(_usedWords + (_window / 64 / 64));
    }

    private void ReleaseWindow()
    {
        _memory.GivePages(WindowBytes);
        FreeWindow();
        _pages = 0;
        _bits = 0;
        _window = 0;
        _mask = 0;
        _headroom = 0;
        _base = 0;
        _near = 0;
        _best = NoKey;
    }

    private void FreeWindow()
    {
        if (_quantities != null)
        {
            Pages.Release(_quantities, ReservedBytes(_bits));
            _quantities = null;
        }

        if (_orders != null)
        {
            Pages.Release(_orders, OrdersBytes(_bits));
            _orders = null;
        }
    }
}
