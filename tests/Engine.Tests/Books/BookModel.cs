using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Tests.Books;

/// <summary>A book as anybody would write it: two sorted dictionaries.</summary>
internal sealed class BookModel
{
    private readonly SortedDictionary<long, (long Quantity, TextForm Form, uint Orders)> _bids = new(Comparer<long>.Create(static (a, b) => b.CompareTo(a)));
    private readonly SortedDictionary<long, (long Quantity, TextForm Form, uint Orders)> _asks = [];

    public bool Set(Side side, long price, long quantity, TextForm form, uint orders = 0)
    {
        SortedDictionary<long, (long, TextForm, uint)> levels = Levels(side);
        bool held = levels.ContainsKey(price);
        if (quantity == 0)
        {
            levels.Remove(price);
            return held;
        }

        levels[price] = (quantity, form, orders);
        return true;
    }

    public void Clear()
    {
        _bids.Clear();
        _asks.Clear();
    }

    /// <summary>Prices of one side, best first.</summary>
    public IEnumerable<long> Prices(Side side) => Levels(side).Keys;

    public int Count(Side side) => Levels(side).Count;

    public void AssertTopEquals(L2Book book, long price)
    {
        Assert.Equal(_bids.Count, book.BidCount);
        Assert.Equal(_asks.Count, book.AskCount);
        Assert.Equal(Best(_bids), book.BestBid);
        Assert.Equal(Best(_asks), book.BestAsk);
        BookLevel[] worst = [Worst(_bids), Worst(_asks)];
        Assert.Equal((worst[0], worst[1]), (book.Worst(Side.Bid), book.Worst(Side.Ask)));
        uint depth = (uint)(price & 3);
        Assert.Equal(
            new PriceRange(
                _bids.Count > 0 && _bids.Count >= depth ? worst[0].PriceTicks : long.MinValue,
                _asks.Count > 0 && _asks.Count >= depth ? worst[1].PriceTicks : long.MaxValue),
            book.RangeOfDepth(depth));
        Assert.Equal(_bids.GetValueOrDefault(price).Quantity, book.QuantityAt(Side.Bid, price));
        Assert.Equal(_asks.GetValueOrDefault(price).Quantity, book.QuantityAt(Side.Ask, price));
    }

    public void AssertLevelsEqual(L2Book book)
    {
        Assert.Equal(All(_bids), book.ToArray(Side.Bid));
        Assert.Equal(All(_asks), book.ToArray(Side.Ask));
        Assert.Equal(DigestFromScratch(book), book.Digest);
    }

    private static BookLevel[] All(SortedDictionary<long, (long Quantity, TextForm Form, uint Orders)> levels) =>
        [.. levels.Select(static pair => new BookLevel(pair.Key, pair.Value.Quantity, pair.Value.Form, pair.Value.Orders))];

    private static BookLevel Worst(SortedDictionary<long, (long Quantity, TextForm Form, uint Orders)> levels)
    {
        if (levels.Count == 0)
        {
            return default;
        }

        KeyValuePair<long, (long Quantity, TextForm Form, uint Orders)> last = levels.Last();
        return new BookLevel(last.Key, last.Value.Quantity, last.Value.Form, last.Value.Orders);
    }

    private static BookLevel Best(SortedDictionary<long, (long Quantity, TextForm Form, uint Orders)> levels)
    {
        foreach ((long price, (long quantity, TextForm form, uint orders)) in levels)
        {
            return new BookLevel(price, quantity, form, orders);
        }

        return default;
    }

    /// <summary>The digest of a fresh book with the same levels, put in another order (worst first).</summary>
    private Digest128 DigestFromScratch(L2Book like)
    {
        Digest128 sum = default;
        long priceScale = (long)Math.Pow(10, 18 - like.PriceDecimals);
        long quantityScale = (long)Math.Pow(10, 18 - like.QuantityDecimals);
        foreach (Side side in new[] { Side.Ask, Side.Bid })
        {
            foreach ((long price, (long quantity, _, _)) in Levels(side).Reverse())
            {
                sum += Digest128.OfLevel((ulong)side, price, priceScale, quantity, quantityScale);
            }
        }

        return sum;
    }

    private SortedDictionary<long, (long Quantity, TextForm Form, uint Orders)> Levels(Side side) => side == Side.Bid ? _bids : _asks;
}
