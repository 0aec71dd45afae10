using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Tests.Books;

public class L2BookTests
{
    private const int Window = 1 << 12;

    [Fact]
    public void An_empty_book_has_no_best_and_no_digest()
    {
        using var book = new L2Book(2, 3);

        Assert.Equal(default, book.BestBid);
        Assert.Equal(default, book.BestAsk);
        Assert.Equal(0, book.BidCount + book.AskCount);
        Assert.Equal(default, book.Digest);
        Assert.Equal(0, book.QuantityAt(Side.Bid, 5));
        Assert.Empty(book.ToArray(Side.Ask));
    }

    [Fact]
    public void Setting_tells_whether_a_delete_found_something()
    {
        using var book = new L2Book(0, 0, windowBits: 12);

        Assert.False(book.Set(Side.Bid, 100, 0, default));
        Assert.True(book.Set(Side.Bid, 100, 5, default));
        Assert.True(book.Set(Side.Bid, 100, 5, default));
        Assert.False(book.Set(Side.Bid, 101, 0, default));
        Assert.False(book.Set(Side.Bid, 100 - (10 * Window), 0, default));
        Assert.False(book.Set(Side.Ask, 100, 0, default));
        Assert.True(book.Set(Side.Bid, 100, 0, default));
        Assert.False(book.Set(Side.Bid, 100, 0, default));
        Assert.Equal(0, book.BidCount);
        Assert.Equal(default, book.Digest);
    }

    [Fact]
    public void A_text_form_changes_without_the_quantity()
    {
        using var book = new L2Book(2, 2, windowBits: 12);
        book.Set(Side.Ask, 100, 50, TextForm.Of(2, 1));
        Digest128 digest = book.Digest;
        book.Set(Side.Ask, 100, 50, TextForm.Of(2, 2));

        Assert.Equal(new BookLevel(100, 50, TextForm.Of(2, 2)), book.BestAsk);
        Assert.Equal(digest, book.Digest);
    }

    [Theory]
    [InlineData(Side.Bid, -1)]
    [InlineData(Side.Ask, 1)]
    public void A_side_is_listed_best_first_across_the_end_of_the_window(Side side, int away)
    {
        using var book = new L2Book(0, 0, windowBits: 12);
        long best = 1_000_000;
        long[] distances = [0, 1, 63, 64, 65, 4000, Window - 1, Window, Window + 1, 5 * Window, 100 * Window];
        foreach (long distance in distances.Reverse())
        {
            book.Set(side, best + (away * distance), 1 + distance, TextForm.Of(0, (int)(distance % 15)));
        }

        Assert.Equal(
            distances.Select(distance => new BookLevel(best + (away * distance), 1 + distance, TextForm.Of(0, (int)(distance % 15)))),
            book.ToArray(side));

        var few = new BookLevel[3];
        Assert.Equal(3, book.CopyTo(side, few));
        Assert.Equal(best + away, few[1].PriceTicks);
        Assert.Equal(0, book.CopyTo(side, []));

        // Taken away from the market outwards, each next one is found.
        foreach (long distance in distances)
        {
            BookLevel now = side == Side.Bid ? book.BestBid : book.BestAsk;
            Assert.Equal(best + (away * distance), now.PriceTicks);
            Assert.True(book.Set(side, now.PriceTicks, 0, default));
        }

        Assert.Equal(default, book.Digest);
    }

    /// <summary>Decoders accept every price that fits a long; one at the very end must not confuse the window.</summary>
    [Theory]
    [InlineData(Side.Bid)]
    [InlineData(Side.Ask)]
    public void Prices_at_the_ends_of_the_range_are_levels_like_others(Side side)
    {
        long[] prices = [1, 2, 5_000, long.MaxValue - 5_000, long.MaxValue - 1, long.MaxValue];
        var random = new Random(3);
        for (int round = 0; round < 300; round++)
        {
            using var book = new L2Book(0, 0, windowBits: 12);
            var model = new BookModel();
            for (int i = 0; i < 60; i++)
            {
                long price = prices[random.Next(prices.Length)];
                long quantity = random.Next(3);
                book.Set(side, price, quantity, default);
                model.Set(side, price, quantity, default);
                model.AssertTopEquals(book, price);
                model.AssertLevelsEqual(book);
            }
        }
    }

    [Fact]
    public void Rescaling_keeps_the_digest_and_the_text()
    {
        using var book = new L2Book(2, 0, windowBits: 12);
        book.Set(Side.Bid, 12_345, 7, TextForm.Of(2, 3));
        book.Set(Side.Bid, 12, 8, TextForm.Of(1, 0), 3);
        book.Set(Side.Ask, 12_346, 9, TextForm.Of(2, 3));
        Digest128 digest = book.Digest;

        book.Rescale(priceDecimals: 5, quantityDecimals: 3);

        Assert.Equal(digest, book.Digest);
        Assert.Equal([new BookLevel(12_345_000, 7_000, TextForm.Of(2, 3)), new BookLevel(12_000, 8_000, TextForm.Of(1, 0), 3)], book.ToArray(Side.Bid));
        Assert.Equal(new BookLevel(12_346_000, 9_000, TextForm.Of(2, 3)), book.BestAsk);
        Assert.Equal((5, 3), (book.PriceDecimals, book.QuantityDecimals));

        // Deletes at the new scale bring the digest back to nothing.
        book.Set(Side.Bid, 12_345_000, 0, default);
        book.Set(Side.Bid, 12_000, 0, default);
        book.Set(Side.Ask, 12_346_000, 0, default);
        Assert.Equal(default, book.Digest);
    }

    [Fact]
    public void Rescaling_what_does_not_fit_is_an_error()
    {
        using var book = new L2Book(0, 0, windowBits: 12);
        book.Set(Side.Bid, long.MaxValue / 10, 1, default);
        book.Rescale(1, 0);
        Assert.Throws<OverflowException>(() => book.Rescale(2, 0));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(25)]
    public void A_window_outside_its_limits_is_refused(int windowBits) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new L2Book(0, 0, windowBits));

    [Fact]
    public void A_book_of_50_000_levels_equals_the_model()
    {
        using var book = new L2Book(0, 0, windowBits: 12);
        var model = new BookModel();
        var random = new Random(11);
        for (int i = 0; i < 50_000; i++)
        {
            long price = 1 + (long)(1_000_000 * Math.Pow(random.NextDouble(), 3));
            Side side = random.Next(2) == 0 ? Side.Bid : Side.Ask;
            price = side == Side.Bid ? 2_000_000 - price : 2_000_000 + price;
            book.Set(side, price, 1 + i, TextForm.Of(i % 15, 0), (uint)(i % 4));
            model.Set(side, price, 1 + i, TextForm.Of(i % 15, 0), (uint)(i % 4));
        }

        model.AssertLevelsEqual(book);
        book.Clear();
        Assert.Equal(0, book.BidCount + book.AskCount);
        Assert.Equal(default, book.Digest);
    }
}
