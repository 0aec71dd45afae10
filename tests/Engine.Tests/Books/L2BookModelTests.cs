using FsCheck;
using FsCheck.Fluent;
using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Tests.Books;

/// <summary>The ladder against two sorted dictionaries, under everything a market and a broken feed can do to it.</summary>
public class L2BookModelTests
{
    private const int WindowBits = 12;
    private const long Window = 1L << WindowBits;

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(20)]
    public void The_ladder_equals_the_model_in_every_kind_of_market(int windowBits)
    {
        for (int seed = 0; seed < 40; seed++)
        {
            Walk(seed, windowBits, steps: 2_500, budgetBytes: long.MaxValue);
        }
    }

    /// <summary>A budget that is used up again and again: windows are refused, narrowed and given up while levels come and go.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(20_000)]
    [InlineData(100_000)]
    [InlineData(400_000)]
    public void The_ladder_equals_the_model_on_any_budget(long budgetBytes)
    {
        for (int seed = 0; seed < 25; seed++)
        {
            Walk(seed, windowBits: 20, steps: 2_500, budgetBytes);
        }
    }

    /// <summary>FsCheck's own sequences: short, and shrunk to the smallest one that fails.</summary>
    [Fact]
    public void The_ladder_equals_the_model_for_any_short_sequence()
    {
        Gen<long> price = Gen.OneOf(
            Gen.Choose(1, 20).Select(static p => (long)p),
            Gen.Choose(1, 4 * (int)Window).Select(static p => (long)p),
            Gen.Elements(1, Window - 1, Window, Window + 1, 3 * Window / 4, Window * Window, long.MaxValue - Window, long.MaxValue - 1, long.MaxValue));
        Gen<Op> op =
            from side in Gen.Elements(Side.Bid, Side.Ask)
            from p in price
            from quantity in Gen.Choose(0, 2)
            from clear in Gen.Choose(0, 60)
            select new Op(side, p, quantity, clear == 0);

        Prop.ForAll(Arb.From(Gen.ListOf(op), static ops => Shrink(ops)), static ops =>
        {
            using var book = new L2Book(0, 0, WindowBits);
            var model = new BookModel();
            foreach (Op step in ops)
            {
                step.Do(book, model);
                model.AssertTopEquals(book, step.Price);
                model.AssertLevelsEqual(book);
            }

            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_500).WithEndSize(120).WithReplay(20_260_901UL, 1UL));
    }

    [Fact]
    public void The_digest_does_not_depend_on_the_order_of_changes()
    {
        var random = new Random(5);
        var levels = Enumerable.Range(0, 500).Select(i => (Side: i % 2 == 0 ? Side.Bid : Side.Ask, Price: 1 + random.NextInt64(3 * Window), Quantity: 1L + i))
            .DistinctBy(static level => (level.Side, level.Price)).ToArray();

        Digest128? expected = null;
        for (int round = 0; round < 20; round++)
        {
            random.Shuffle(levels);
            using var book = new L2Book(3, 2, WindowBits);
            foreach ((Side side, long price, long quantity) in levels)
            {
                // On the way there is a detour that must leave no trace.
                book.Set(side, price + random.Next(5), 0, default);
                book.Set(side, price, quantity + 1, default);
            }

            foreach ((Side side, long price, long quantity) in levels)
            {
                book.Set(side, price, quantity, default);
            }

            expected ??= book.Digest;
            Assert.Equal(expected, book.Digest);
        }
    }

    private static void Walk(int seed, int windowBits, int steps, long budgetBytes)
    {
        var random = new Random(seed);
        using var memory = new BookMemory(budgetBytes);
        using var book = new L2Book(2, 3, memory, windowBits);
        var model = new BookModel();
        long window = 1L << Math.Max(windowBits, WindowBits);
        long middle = 100 * window;
        int spread = 1 + random.Next(20);
        for (int step = 0; step < steps; step++)
        {
            Side side = random.Next(2) == 0 ? Side.Bid : Side.Ask;
            int away = side == Side.Bid ? -1 : 1;
            TextForm form = TextForm.Of(random.Next(15), random.Next(15));
            long quantity = random.Next(4) == 0 ? 0 : 1 + random.NextInt64(1_000);
            long price;
            switch (random.Next(100))
            {
                case < 50: // the tight market
                    price = middle + (away * (1 + random.Next(spread)));
                    break;
                case < 65: // delete the best, which sends the search for the next one
                    price = model.Count(side) > 0 ? model.Prices(side).First() : middle;
                    quantity = 0;
                    break;
                case < 75: // sparse, far
                    price = middle + (away * (long)(40 * window * Math.Pow(random.NextDouble(), 4)));
                    break;
                case < 80: // around the edges of the window
                    price = middle + (away * ((random.Next(1, 5) * window / 4) + random.Next(-2, 3)));
                    break;
                case < 88: // the market creeps
                    middle += random.Next(-50, 51);
                    price = middle + away;
                    break;
                case < 91: // the market jumps
                    middle = Math.Max(50 * window, middle + random.NextInt64(-5 * window, (5 * window) + 1));
                    price = middle + away;
                    break;
                case < 94: // an absurd outlier, on the market's side as well as beyond it
                    price = random.Next(2) == 0 ? 1 + random.Next(100) : long.MaxValue - random.Next(100);
                    quantity = random.Next(3);
                    break;
                case < 99: // some level that is held
                    price = model.Count(side) > 0 ? model.Prices(side).ElementAt(random.Next(model.Count(side))) : middle;
                    break;
                default:
                    if (random.Next(6) == 0)
                    {
                        book.Clear();
                        model.Clear();
                    }

                    price = middle;
                    break;
            }

            price = Math.Max(1, price);

            // Half of the venues tell no number of orders, some start to when the book is full already.
            uint orders = seed % 2 == 0 || step < seed * 10 ? 0 : (uint)random.Next(4);
            Assert.Equal(model.Set(side, price, quantity, form, orders), book.Set(side, price, quantity, form, orders));
            model.AssertTopEquals(book, price);
            if (step % 250 == 0 || step == steps - 1)
            {
                model.AssertLevelsEqual(book);
            }
        }
    }

    private static IEnumerable<List<Op>> Shrink(List<Op> ops)
    {
        for (int i = 0; i < ops.Count; i++)
        {
            yield return [.. ops[..i], .. ops[(i + 1)..]];
        }
    }

    private sealed record Op(Side Side, long Price, long Quantity, bool Clear)
    {
        public void Do(L2Book book, BookModel model)
        {
            if (Clear)
            {
                book.Clear();
                model.Clear();
            }

            uint orders = (uint)((Price + Quantity) % 3);
            Assert.Equal(model.Set(Side, Price, Quantity, default, orders), book.Set(Side, Price, Quantity, default, orders));
        }
    }
}
