using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Tests.Books;

/// <summary>Whole messages at once give what their levels give one by one, snapshots into an empty book too, and views of the top follow.</summary>
public class ApplyTests
{
    [Theory]
    [InlineData(20, long.MaxValue)]
    [InlineData(12, long.MaxValue)]
    [InlineData(0, long.MaxValue)]
    [InlineData(20, 300_000)]
    [InlineData(20, 30_000)]
    public void A_message_equals_its_levels_one_by_one(int windowBits, long budgetBytes)
    {
        for (int seed = 0; seed < 30; seed++)
        {
            var random = new Random(seed);
            using var memory = new BookMemory(budgetBytes);
            using var book = new L2Book(2, 3, memory, windowBits);
            var model = new BookModel();
            TopLevels[] tops = [book.Watch(1), book.Watch(25), book.Watch(400)];
            for (int message = 0; message < 60; message++)
            {
                if (random.Next(8) == 0)
                {
                    book.Clear();
                    model.Clear();
                }

                Record[] levels = Message(random, seed % 3 == 0);
                uint absentExpected = 0;
                foreach (Record record in levels)
                {
                    LevelSet level = Record.Read<LevelSet>(record);
                    absentExpected += model.Set(level.Header.Side, level.PriceTicks, level.QuantityLots, level.Header.TextForm, level.OrderCount) ? 0u : 1u;
                }

                Assert.Equal(absentExpected, book.Apply(levels, out long prices, out long quantities));
                Assert.Equal(levels.Aggregate(0L, static (all, record) => all | Record.Read<LevelSet>(record).PriceTicks), prices);
                Assert.Equal(levels.Aggregate(0L, static (all, record) => all | Record.Read<LevelSet>(record).QuantityLots), quantities);
                model.AssertTopEquals(book, 5_000);
                model.AssertLevelsEqual(book);
                AssertTops(book, tops);
                if (random.Next(4) == 0)
                {
                    BookLevel best = book.BestBid;
                    book.Set(Side.Bid, best.PriceTicks, best.QuantityLots == 0 ? 0 : best.QuantityLots + 1, best.TextForm);
                    model.Set(Side.Bid, best.PriceTicks, best.QuantityLots == 0 ? 0 : best.QuantityLots + 1, best.TextForm);
                    AssertTops(book, tops);
                }
            }

            book.Rescale(3, 3);
            AssertTops(book, tops);
        }
    }

    [Fact]
    public void A_view_without_depth_is_refused()
    {
        using var book = new L2Book(0, 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => book.Watch(0));
        Assert.Equal(7, book.Watch(7).Depth);
    }

    private static void AssertTops(L2Book book, TopLevels[] tops)
    {
        foreach (TopLevels top in tops)
        {
            var expected = new BookLevel[top.Depth];
            Assert.Equal(expected[..book.CopyTo(Side.Bid, expected)], top.Bids.ToArray());
            Assert.Equal(expected[..book.CopyTo(Side.Ask, expected)], top.Asks.ToArray());
        }
    }

    /// <summary>Best first, or in any order; with deletes and prices named twice, or without.</summary>
    private static Record[] Message(Random random, bool far)
    {
        int count = random.Next(8) == 0 ? random.Next(1_000, 1_600) : random.Next(0, 40);
        bool shuffled = random.Next(2) == 0;
        bool clean = random.Next(2) == 0;
        long step = far ? 1L << random.Next(20) : 1;
        var levels = new List<(Side Side, long Price, long Quantity)>();
        foreach (Side side in new[] { Side.Bid, Side.Ask })
        {
            long price = 30_000_000_000;
            for (int i = 0; i < count / 2; i++)
            {
                price += (side == Side.Bid ? -1 : 1) * step * random.Next(clean ? 1 : 0, 5);
                levels.Add((side, price, random.Next(clean ? 1 : 0, 4)));
            }
        }

        if (shuffled)
        {
            (Side, long, long)[] mixed = [.. levels];
            random.Shuffle(mixed);
            levels = [.. mixed];
        }

        return
        [
            .. levels.Select((level, i) => Record.Of(new LevelSet
            {
                Header = new RecordHeader { Kind = RecordKind.LevelSet, Code = (byte)level.Side, TextForm = TextForm.Of(i % 15, 1) },
                PriceTicks = level.Price,
                QuantityLots = level.Quantity,
                OrderCount = (uint)(i % 3),
            })),
        ];
    }
}
