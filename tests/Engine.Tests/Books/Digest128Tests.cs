using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Tests.Books;

public class Digest128Tests
{
    /// <summary>The vectors of docs/JOURNAL.md. They are part of the journal format: a digest that changes makes every sealed journal unverifiable.</summary>
    private const string VectorOneLevel = "746bf8c791e2caaacf423c1eb1eca071";
    private const string VectorTwoLevels = "84c236e769043c4710be8b8bed2ae028";

    [Fact]
    public void The_documented_vectors_hold()
    {
        using var book = new L2Book(priceDecimals: 2, quantityDecimals: 3);
        Assert.Equal("00000000000000000000000000000000", book.Digest.ToString());

        book.Set(Side.Bid, 6180020, 2507, TextForm.Of(2, 3));
        Assert.Equal(VectorOneLevel, book.Digest.ToString());
        Assert.Equal(VectorOneLevel, DigestOracle.OfBook([(Side.Bid, 61800.20m, 2.507m)]).ToString());

        book.Set(Side.Ask, 6180030, 1_250, TextForm.Of(2, 3));
        Assert.Equal(VectorTwoLevels, book.Digest.ToString());
        Assert.Equal(VectorTwoLevels, DigestOracle.OfBook([(Side.Bid, 61800.20m, 2.507m), (Side.Ask, 61800.30m, 1.25m)]).ToString());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(0, 5)]
    [InlineData(14, 14)]
    public void Exponents_and_trailing_zeros_do_not_matter(int priceDecimals, int quantityDecimals)
    {
        using var plain = new L2Book(0, 0);
        plain.Set(Side.Bid, 1, 1, TextForm.Of(0, 0));
        plain.Set(Side.Ask, 3, 20, TextForm.Of(0, 0));

        using var fine = new L2Book(priceDecimals, quantityDecimals);
        long price = (long)Math.Pow(10, priceDecimals);
        long quantity = (long)Math.Pow(10, quantityDecimals);
        fine.Set(Side.Bid, price, quantity, TextForm.Of(priceDecimals, quantityDecimals));
        fine.Set(Side.Ask, 3 * price, 20 * quantity, TextForm.Of(priceDecimals, quantityDecimals));

        Assert.Equal(plain.Digest, fine.Digest);
    }

    [Fact]
    public void Side_price_and_quantity_all_matter()
    {
        (Side, long, long)[] levels = [(Side.Bid, 1, 2), (Side.Ask, 1, 2), (Side.Bid, 2, 1), (Side.Bid, 1, 3), (Side.Bid, 2, 2), (Side.Ask, 2, 1)];
        Digest128[] digests = [.. levels.Select(level => Of([level]))];

        Assert.Equal(levels.Length, digests.Distinct().Count());
        Assert.DoesNotContain(default, digests);

        // Swapping quantities between two prices is another book.
        Assert.NotEqual(Of([(Side.Bid, 10, 1), (Side.Bid, 11, 2)]), Of([(Side.Bid, 10, 2), (Side.Bid, 11, 1)]));
    }

    [Fact]
    public void Sums_carry_and_borrow_over_all_128_bits()
    {
        var max = new Digest128(ulong.MaxValue, ulong.MaxValue);
        var one = new Digest128(1, 0);
        var low = new Digest128(ulong.MaxValue, 0);

        Assert.Equal(default, max + one);
        Assert.Equal(max, default(Digest128) - one);
        Assert.Equal(new Digest128(0, 1), low + one);
        Assert.Equal(low, new Digest128(0, 1) - one);
        Assert.Equal("0000000000000001000000000000000f", new Digest128(15, 1).ToString());
    }

    [Fact]
    public void Values_of_any_size_equal_the_oracle()
    {
        var random = new Random(7);
        for (int i = 0; i < 2000; i++)
        {
            int priceDecimals = random.Next(15);
            int quantityDecimals = random.Next(15);
            long price = 1 + (random.NextInt64(long.MaxValue) >> random.Next(62));
            long quantity = 1 + (random.NextInt64(long.MaxValue) >> random.Next(62));
            Side side = random.Next(2) == 0 ? Side.Bid : Side.Ask;

            using var book = new L2Book(priceDecimals, quantityDecimals, windowBits: 12);
            book.Set(side, price, quantity, default);

            Assert.Equal(DigestOracle.OfBook([(side, Decimal(price, priceDecimals), Decimal(quantity, quantityDecimals))]), book.Digest);
        }
    }

    private static Digest128 Of((Side Side, long Price, long Quantity)[] levels)
    {
        using var book = new L2Book(0, 0, windowBits: 12);
        foreach ((Side side, long price, long quantity) in levels)
        {
            book.Set(side, price, quantity, default);
        }

        return book.Digest;
    }

    private static decimal Decimal(long value, int decimals) => new((int)value, (int)(value >> 32), 0, isNegative: false, (byte)decimals);
}
