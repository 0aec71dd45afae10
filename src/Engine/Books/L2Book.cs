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

    /// <summary>Window of a ladder when nothing else is said: 2^20 ticks, 18 MiB of address space, resident only around prices in use.</summary>
    public const int WindowBitsDefault = 20;

    private readonly LadderSide _bids;
    private readonly LadderSide _asks;
    private long _priceScale;
    private long _quantityScale;

    /// <summary>An empty book.</summary>
    /// <param name="priceDecimals">Decimals of a tick, 0–14.</param>
    /// <param name="quantityDecimals">Decimals of a lot, 0–14.</param>
    /// <param name="windowBits">Log2 of the ticks around the best price that are held in the ladder, 12–24.</param>
    public L2Book(int priceDecimals, int quantityDecimals, int windowBits = WindowBitsDefault)
    {
        _bids = new LadderSide(Side.Bid, windowBits);
        _asks = new LadderSide(Side.Ask, windowBits);
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
            Digest128 digest = Digest;
            if (before != 0)
            {
                digest -= Digest128.OfLevel((ulong)side, priceTicks, _priceScale, before, _quantityScale);
            }

            if (quantityLots != 0)
            {
                digest += Digest128.OfLevel((ulong)side, priceTicks, _priceScale, quantityLots, _quantityScale);
            }

            Digest = digest;
        }

        return (before | quantityLots) != 0;
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
    }

    private void SetDecimals(int priceDecimals, int quantityDecimals)
    {
        PriceDecimals = priceDecimals;
        QuantityDecimals = quantityDecimals;
        _priceScale = PowersOfTen.Of(PowersOfTen.ExponentMax - priceDecimals);
        _quantityScale = PowersOfTen.Of(PowersOfTen.ExponentMax - quantityDecimals);
    }
}
