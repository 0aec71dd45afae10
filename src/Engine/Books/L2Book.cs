using System.Runtime.CompilerServices;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Books;

/// <summary>
/// Price levels of one stream, both sides, with the digest of all of them. Owned by one thread. Setting a level allocates nothing and costs a
/// store, a bit and two hashes.
/// </summary>
public sealed class L2Book : IDisposable
{
    /// <summary>
    /// Most levels of one side: about twenty times the largest book met (46,000 levels, Coinbase 2026). A message that could exceed it
    /// is not applied and breaks the book.
    /// </summary>
    public const int LevelsMax = 1 << 20;

    /// <summary>Widest window of a ladder when nothing else is said: 2^20 ticks, 16 MiB of address space a side, resident only around prices in use.</summary>
    public const int WindowBitsDefault = 20;

    /// <summary>
    /// An empty book is not filled level by level when there are so many: a ladder that knows them all beforehand is made once, not while it grows. Below it the detour
    /// costs more than it saves.
    /// </summary>
    private const int LoadMin = 1024;

    private readonly BookMemory? _ownMemory;
    private readonly LadderSide _bids;
    private readonly LadderSide _asks;
    private TopLevels[] _tops = [];
    private ulong _priceScale;
    private ulong _quantityScale;

    /// <summary>An empty book with a memory of its own, without limit.</summary>
    /// <param name="priceDecimals">Decimals of a tick, 0–14.</param>
    /// <param name="quantityDecimals">Decimals of a lot, 0–14.</param>
    /// <param name="windowBits">Log2 of the widest window in ticks, 12–24; 0 = no window, a tree alone.</param>
    public L2Book(int priceDecimals, int quantityDecimals, int windowBits = WindowBitsDefault)
        : this(priceDecimals, quantityDecimals, new BookMemory(long.MaxValue), windowBits) =>
        _ownMemory = _bids.Memory;

    /// <summary>An empty book.</summary>
    /// <param name="priceDecimals">Decimals of a tick, 0–14.</param>
    /// <param name="quantityDecimals">Decimals of a lot, 0–14.</param>
    /// <param name="memory">Shared with all books of one thread; it must outlive them.</param>
    /// <param name="windowBits">Log2 of the widest window in ticks, 12–24; 0 = no window, a tree alone.</param>
    public L2Book(int priceDecimals, int quantityDecimals, BookMemory memory, int windowBits = WindowBitsDefault)
    {
        _bids = new LadderSide(Side.Bid, memory, windowBits);
        _asks = new LadderSide(Side.Ask, memory, windowBits);
        SetDecimals(priceDecimals, quantityDecimals);
    }

    /// <summary>Decimals of a price tick.</summary>
    public int PriceDecimals { get; private set; }

    /// <summary>Decimals of a quantity lot.</summary>
    public int QuantityDecimals { get; private set; }

    /// <summary>Digest of all levels held.</summary>
    public Digest128 Digest { get; private set; }

    /// <summary>Bid levels held.</summary>
    public int BidCount => _bids.Count;

    /// <summary>Ask levels held.</summary>
    public int AskCount => _asks.Count;

    /// <summary>Best bid; quantity 0 when there is none.</summary>
    public BookLevel BestBid => _bids.Best;

    /// <summary>Best ask; quantity 0 when there is none.</summary>
    public BookLevel BestAsk => _asks.Best;

    /// <summary>Bytes of this book that are resident, both sides; see <see cref="BookMemory"/>.</summary>
    public long ResidentBytes => _bids.ResidentBytes + _asks.ResidentBytes;

    /// <summary>Log2 of the window of each side in ticks; 0 = all its levels are in a tree.</summary>
    public (int Bids, int Asks) WindowBits => (_bids.WindowBits, _asks.WindowBits);

    /// <summary>
    /// Sets a level to an absolute quantity; 0 deletes it. Returns false for the delete of a level that was not held, which venues send as a
    /// matter of course.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Set(Side side, long priceTicks, long quantityLots, TextForm form, uint orderCount = 0)
    {
        LadderSide ladder = side == Side.Bid ? _bids : _asks;
        long before = ladder.Set(priceTicks, quantityLots, form, orderCount);
        if (before != quantityLots)
        {
            Digest = Digest.AfterChange((ulong)side, priceTicks, _priceScale, before, quantityLots, _quantityScale);
        }

        foreach (TopLevels top in _tops)
        {
            top.Note(side, priceTicks);
        }

        return (before | quantityLots) != 0;
    }

    /// <summary>Sets all levels of a message.</summary>
    /// <param name="levels"><see cref="LevelSet"/> records.</param>
    /// <param name="prices">All prices or-ed together.</param>
    /// <param name="quantities">All quantities or-ed together.</param>
    /// <returns>How many deletes found nothing.</returns>
    public uint Apply(ReadOnlySpan<Record> levels, out long prices, out long quantities)
    {
        if (levels.Length >= LoadMin && BidCount + AskCount == 0 && TryLoad(levels, out prices, out quantities))
        {
            return 0;
        }

        uint absent = 0;
        long allPrices = 0;
        long allQuantities = 0;
        Digest128 digest = Digest;
        foreach (ref readonly Record record in levels)
        {
            ref readonly LevelSet level = ref Record.View<LevelSet>(in record);
            Side side = level.Header.Side;
            long price = level.PriceTicks;
            long quantity = level.QuantityLots;
            allPrices |= price;
            allQuantities |= quantity;
            LadderSide ladder = side == Side.Bid ? _bids : _asks;
            long before = ladder.Set(price, quantity, level.Header.TextForm, level.OrderCount);
            if (before != quantity)
            {
                digest = digest.AfterChange((ulong)side, price, _priceScale, before, quantity, _quantityScale);
            }
            else if (quantity == 0)
            {
                absent++;
            }
        }

        Digest = digest;
        prices = allPrices;
        quantities = allQuantities;
        foreach (TopLevels top in _tops)
        {
            top.Note(levels);
        }

        return absent;
    }

    /// <summary>
    /// The best levels of both sides, kept ready for whoever asks for them after many messages. While nobody watches it costs nothing; each watcher costs a comparison a
    /// level. Never ends: ask once. Not while the book changes.
    /// </summary>
    /// <param name="depth">Levels a side, from 1.</param>
    public TopLevels Watch(int depth)
    {
        var top = new TopLevels(this, depth);
        _tops = [.. _tops, top];
        return top;
    }

    /// <summary>The quantity at a price, 0 if the level is not held.</summary>
    public long QuantityAt(Side side, long priceTicks) => (side == Side.Bid ? _bids : _asks).QuantityAt(priceTicks);

    /// <summary>The worst level held; quantity 0 when the side is empty. Off the hot path.</summary>
    public BookLevel Worst(Side side) => (side == Side.Bid ? _bids : _asks).Worst;

    /// <summary>
    /// The prices inside which every level is known, when the venue shows <paramref name="depthLimit"/> levels a side: behind the worst level of a full
    /// side there may be more, a side that is not full is complete. Off the hot path.
    /// </summary>
    public PriceRange RangeOfDepth(uint depthLimit) => new(
        BidCount >= depthLimit && BidCount > 0 ? Worst(Side.Bid).PriceTicks : long.MinValue,
        AskCount >= depthLimit && AskCount > 0 ? Worst(Side.Ask).PriceTicks : long.MaxValue);

    /// <summary>Copies one side best first and returns how many levels were copied; the side may hold more than fit.</summary>
    public int CopyTo(Side side, Span<BookLevel> target) => (side == Side.Bid ? _bids : _asks).CopyTo(target);

    /// <summary>All levels of one side, best first, in a new array.</summary>
    public BookLevel[] ToArray(Side side)
    {
        var levels = new BookLevel[side == Side.Bid ? BidCount : AskCount];
        CopyTo(side, levels);
        return levels;
    }

    /// <summary>Forgets all levels.</summary>
    public void Clear()
    {
        _bids.Clear();
        _asks.Clear();
        Digest = default;
        foreach (TopLevels top in _tops)
        {
            top.NoteAll();
        }
    }

    /// <summary>Changes the scale of all levels when an instrument gets finer. The digest does not change: the values are the same.</summary>
    /// <exception cref="OverflowException">A value does not fit at the new scale; the decoder lets no such definition through.</exception>
    public void Rescale(int priceDecimals, int quantityDecimals)
    {
        long priceFactor = PowersOfTen.Of(priceDecimals - PriceDecimals);
        long quantityFactor = PowersOfTen.Of(quantityDecimals - QuantityDecimals);
        BookLevel[] bids = ToArray(Side.Bid);
        BookLevel[] asks = ToArray(Side.Ask);
        Clear();
        SetDecimals(priceDecimals, quantityDecimals);
        Add(Side.Bid, bids);
        Add(Side.Ask, asks);

        void Add(Side side, BookLevel[] levels)
        {
            foreach (BookLevel level in levels)
            {
                Set(side, checked(level.PriceTicks * priceFactor), checked(level.QuantityLots * quantityFactor), level.TextForm, level.OrderCount);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _bids.Dispose();
        _asks.Dispose();
        _ownMemory?.Dispose();
    }

    /// <summary>Fills an empty book with a snapshot. False = it names a price twice or deletes one, which only its order can settle; nothing was done.</summary>
    private bool TryLoad(ReadOnlySpan<Record> levels, out long prices, out long quantities)
    {
        prices = 0;
        quantities = 0;
        Digest128 digest = default;
        using var bids = new LevelList(levels.Length);
        using var asks = new LevelList(levels.Length);
        foreach (ref readonly Record record in levels)
        {
            ref readonly LevelSet level = ref Record.View<LevelSet>(in record);
            if (level.QuantityLots == 0)
            {
                return false;
            }

            prices |= level.PriceTicks;
            quantities |= level.QuantityLots;
            digest += Digest128.OfLevel((ulong)level.Header.Side, level.PriceTicks, (long)_priceScale, level.QuantityLots, (long)_quantityScale);
            var slot = new LevelSlot { Quantity = level.QuantityLots, Orders = level.OrderCount, Form = level.Header.TextForm.Packed };
            if (level.Header.Side == Side.Bid)
            {
                bids.Add(_bids.KeyOf(level.PriceTicks), slot);
            }
            else
            {
                asks.Add(_asks.KeyOf(level.PriceTicks), slot);
            }
        }

        if (!bids.TrySort() || !asks.TrySort())
        {
            return false;
        }

        _bids.Load(bids.Span);
        _asks.Load(asks.Span);
        Digest = digest;
        foreach (TopLevels top in _tops)
        {
            top.NoteAll();
        }

        return true;
    }

    private void SetDecimals(int priceDecimals, int quantityDecimals)
    {
        PriceDecimals = priceDecimals;
        QuantityDecimals = quantityDecimals;
        _priceScale = (ulong)PowersOfTen.Of(PowersOfTen.ExponentMax - priceDecimals);
        _quantityScale = (ulong)PowersOfTen.Of(PowersOfTen.ExponentMax - quantityDecimals);
    }
}
