using Lob.Fast.Engine.Books;

namespace Lob.Fast.Engine.Tests.Books;

/// <summary>The tree beyond the ladder against a sorted dictionary.</summary>
public class LevelTreeTests
{
    [Theory]
    [InlineData(50, 200)]
    [InlineData(3_000, 4_000)]
    [InlineData(60_000, 1_000_000_000)]
    [InlineData(3_000, long.MaxValue - 1)]
    public void Any_changes_give_what_a_sorted_dictionary_gives(int steps, long span)
    {
        for (int seed = 0; seed < (steps > 10_000 ? 2 : 20); seed++)
        {
            var random = new Random(seed);
            using var memory = new BookMemory();
            using var tree = new LevelTree(memory);
            var model = new SortedDictionary<long, long>();

            // The keys of bids are negative, those of asks are not.
            long sign = seed % 2 == 0 ? -1 : 0;
            for (int step = 0; step < steps; step++)
            {
                // Grown for a while, then emptied.
                bool deletes = random.Next(10) < (step % 2_000 < 1_200 ? 2 : 8);
                long key = deletes && model.Count > 0 && random.Next(3) > 0 ? model.Keys.First() + random.Next(2) : random.NextInt64(span) ^ sign;
                long quantity = deletes ? 0 : 1 + step;
                Assert.Equal(model.GetValueOrDefault(key), tree.Set(key, new LevelSlot { Quantity = quantity, Orders = (uint)step, Form = (byte)step }));
                if (deletes)
                {
                    model.Remove(key);
                }
                else
                {
                    model[key] = quantity;
                }

                if (random.Next(100) == 0 && model.Count > 0)
                {
                    int count = random.Next(Math.Min(model.Count, 200) + 1);
                    tree.RemoveFirst(count);
                    model.Keys.Take(count).ToList().ForEach(first => model.Remove(first));
                }

                AssertEnds(model, tree);
                if (step % 500 == 0 || step == steps - 1)
                {
                    AssertEqual(model, tree);
                }
            }

            tree.Clear();
            Assert.Equal(0, tree.Count);
        }
    }

    /// <summary>Both searches count what lies below, whatever stands behind the keys they were given.</summary>
    [Fact]
    public unsafe void The_vector_search_and_the_scalar_one_find_the_same_place()
    {
        var random = new Random(1);
        long* keys = stackalloc long[300 + LevelTree.KeysAtOnce];
        for (int count = 1; count <= 300; count++)
        {
            // The keys of bids are negative, those of asks are not; at both ends of a long too.
            foreach ((long first, long step) in new[] { (0L, 3L), (long.MaxValue - 900, 3), (long.MinValue, 3), (-900, 3), (0, long.MaxValue / 301) })
            {
                for (int i = 0; i < count; i++)
                {
                    keys[i] = first + (i * step);
                }

                for (int i = count; i < count + LevelTree.KeysAtOnce; i++)
                {
                    keys[i] = random.NextInt64(long.MinValue, long.MaxValue);
                }

                for (int i = 0; i < 40; i++)
                {
                    long near = keys[random.Next(count)];
                    long key = first < 0 ? Math.Clamp(near, long.MinValue + 1, -2) + random.Next(-1, 2) : Math.Clamp(near, 1, long.MaxValue - 1) + random.Next(-1, 2);
                    int below = new ReadOnlySpan<long>(keys, count).ToArray().Count(other => other < key);
                    Assert.Equal(below, LevelTree.LowerBound(keys, count, key));
                    Assert.Equal(below, LevelTree.LowerBoundScalar(keys, count, key));
                }
            }
        }
    }

    /// <summary>Leaves that lost most of their levels are joined, so that a tree does not keep the memory of its largest day.</summary>
    [Fact]
    public void A_tree_takes_memory_for_the_levels_it_holds()
    {
        using var memory = new BookMemory();
        using var tree = new LevelTree(memory);
        const int Levels = 40_000;
        for (int i = 0; i < Levels; i++)
        {
            tree.Set(i, new LevelSlot { Quantity = 1 });
        }

        Assert.InRange(tree.Bytes, 24L * Levels, 27L * Levels);
        for (int i = 0; i < Levels; i++)
        {
            if (i % 50 != 0)
            {
                tree.Set(i, default);
            }
        }

        Assert.Equal(Levels / 50, tree.Count);
        Assert.InRange(tree.Bytes, 0, (4 * 24L * Levels / 50) + 20_000);
        long resident = memory.ResidentBytes;

        // What was given back is used again; its root is its own.
        using var other = new LevelTree(memory);
        for (int i = 0; i < Levels / 2; i++)
        {
            other.Set(i, new LevelSlot { Quantity = 1 });
        }

        Assert.InRange(memory.ResidentBytes, resident, resident + 30_000);
    }

    private static void AssertEnds(SortedDictionary<long, long> model, LevelTree tree)
    {
        Assert.Equal(model.Count, tree.Count);
        if (model.Count > 0)
        {
            (long key, long quantity) = model.First();
            Assert.Equal((key, quantity), (tree.FirstKey, tree.First.Quantity));
        }
    }

    private static unsafe void AssertEqual(SortedDictionary<long, long> model, LevelTree tree)
    {
        (int, int) position = default;
        foreach ((long key, long quantity) in model)
        {
            Assert.True(tree.Next(ref position, out long treeKey, out LevelSlot level));
            Assert.Equal((key, quantity, (uint)(quantity - 1), (byte)(quantity - 1)), (treeKey, level.Quantity, level.Orders, level.Form));
            Assert.Equal(quantity, tree.Find(key)->Quantity);
            Assert.True(model.ContainsKey(key + 1) || tree.Find(key + 1) == null);
        }

        Assert.False(tree.Next(ref position, out _, out _));
        if (model.Count > 0)
        {
            Assert.Equal(model.Keys.Last(), tree.LastKey);
            Assert.Equal(model.Values.Last(), tree.Last.Quantity);
        }
    }
}
