using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Integrity;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Tests.TestSupport;

namespace Lob.Fast.Engine.Tests.Integrity;

/// <summary>The checksum from remembered levels, against the text written out whole.</summary>
public class BookChecksumTests
{
    [Theory]
    [InlineData(ChecksumRule.Interleaved, 1)]
    [InlineData(ChecksumRule.InterleavedSigned, 1)]
    [InlineData(ChecksumRule.Interleaved, 1_000)]
    [InlineData(ChecksumRule.InterleavedSigned, 48_611)]
    public void Levels_that_come_change_and_go(ChecksumRule rule, int step)
    {
        Random random = new(step);
        using var book = new L2Book(2, 3, 12);
        var checksum = new BookChecksum(rule);
        for (int round = 0; round < 20_000; round++)
        {
            for (int change = random.Next(6); change > 0; change--)
            {
                Side side = random.Next(2) == 0 ? Side.Bid : Side.Ask;

                // Few prices and quantities, so that both come again; forms that lose no digit.
                long price = 5_000_000 + (step * random.NextInt64(1, 40) * (side == Side.Bid ? -1 : 1));
                long quantity = random.Next(3) == 0 ? 0 : random.Next(1, 5) * 37;
                book.Set(side, price, quantity, TextForm.Of(random.Next(book.PriceDecimals, 6), random.Next(book.QuantityDecimals, 8)));
            }

            Assert.Equal(PlainChecksum.Of(book, rule), checksum.Of(book));
            switch (random.Next(2_000))
            {
                case 0:
                    book.Clear();
                    break;
                case 1 when book.PriceDecimals < 4:
                    book.Rescale(book.PriceDecimals + 1, book.QuantityDecimals);
                    break;
                case 2 when book.QuantityDecimals < 6:
                    book.Rescale(book.PriceDecimals, book.QuantityDecimals + 1);
                    break;
            }
        }
    }

    [Fact]
    public void The_longest_texts_fit()
    {
        using var book = new L2Book(14, 14, 12);
        for (int i = 0; i < 30; i++)
        {
            book.Set(Side.Bid, long.MaxValue - 100 - i, long.MaxValue - i, TextForm.Of(14, 14));
            book.Set(Side.Ask, long.MaxValue - 50 + i, long.MaxValue - i, TextForm.Of(14, 14));
        }

        foreach (ChecksumRule rule in new[] { ChecksumRule.Interleaved, ChecksumRule.InterleavedSigned })
        {
            Assert.Equal(PlainChecksum.Of(book, rule), new BookChecksum(rule).Of(book));
        }

        book.Rescale(14, 14);
        using var whole = new L2Book(0, 0, 12);
        whole.Set(Side.Bid, long.MaxValue, long.MaxValue, TextForm.Of(14, 14));
        Assert.Equal(PlainChecksum.Of(whole, ChecksumRule.Interleaved), new BookChecksum(ChecksumRule.Interleaved).Of(whole));
    }

    /// <summary>A form that no decoder gives: said each time, and what is remembered stays right.</summary>
    [Fact]
    public void A_level_that_cannot_be_written_spoils_nothing()
    {
        using var book = new L2Book(2, 3, 12);
        var checksum = new BookChecksum(ChecksumRule.Interleaved);
        book.Set(Side.Bid, 1_000, 5_000, TextForm.Of(2, 3));
        int before = checksum.Of(book);
        book.Set(Side.Bid, 1_000, 5_001, TextForm.Of(2, 0));
        Assert.Throws<ArgumentException>(() => checksum.Of(book));
        Assert.Throws<ArgumentException>(() => checksum.Of(book));
        book.Set(Side.Bid, 1_001, 5_001, TextForm.Of(3, 0));
        Assert.Throws<ArgumentException>(() => checksum.Of(book));
        book.Set(Side.Bid, 1_001, 0, default);
        book.Set(Side.Bid, 1_000, 5_000, TextForm.Of(2, 3));
        Assert.Equal(before, checksum.Of(book));
        book.Set(Side.Bid, 1_001, 5_001, TextForm.Of(2, 3));
        Assert.Equal(PlainChecksum.Of(book, ChecksumRule.Interleaved), checksum.Of(book));
    }

    [Fact]
    public void An_empty_book_is_zero()
    {
        using var book = new L2Book(2, 3, 12);
        Assert.Equal(0, new BookChecksum(ChecksumRule.Interleaved).Of(book));
    }

    [Fact]
    public void It_allocates_nothing()
    {
        using var book = new L2Book(2, 3, 12);
        var checksum = new BookChecksum(ChecksumRule.Interleaved);
        long before = 0;
        int sum = 0;
        for (int round = 0; round < 2_000; round++)
        {
            if (round == 1_000)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            book.Set(Side.Bid, 1_000 + (round % 50), 1 + round, TextForm.Of(2, 3));
            sum ^= checksum.Of(book);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.NotEqual(0, sum);
    }
}
