using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Tests.Books;

/// <summary>How wide the windows of a book get, and what of it is resident.</summary>
public class BookWidthTests
{
    private const int Page = 4096;

    [Fact]
    public void An_empty_book_holds_nothing()
    {
        using var memory = new BookMemory();
        using var book = new L2Book(0, 0, memory);
        Assert.Equal(0, memory.ResidentBytes);
        Assert.Equal((0, 0), book.WindowBits);
    }

    [Fact]
    public void With_plenty_of_memory_a_book_starts_wide_on_the_pages_of_its_levels()
    {
        using var memory = new BookMemory();
        using var book = new L2Book(0, 0, memory);
        book.Set(Side.Ask, 1_000_000, 1, default);
        Assert.Equal((0, L2Book.WindowBitsDefault), book.WindowBits);

        // Quantity, form, bitmap, and what tells which of those are in use.
        Assert.Equal(4 * Page, memory.ResidentBytes);
        book.Set(Side.Ask, 1_000_001, 1, default);
        Assert.Equal(4 * Page, memory.ResidentBytes);
        book.Set(Side.Ask, 1_040_000, 1, default);
        Assert.Equal(7 * Page, memory.ResidentBytes);
    }

    [Fact]
    public void With_little_memory_a_book_starts_narrow_and_grows_where_its_levels_lie()
    {
        using var memory = new BookMemory(8 << 20);
        using var book = new L2Book(0, 0, memory);
        book.Set(Side.Ask, 1_000_000, 1, default);
        Assert.Equal((0, 12), book.WindowBits);
        Assert.Equal(3 * Page, memory.ResidentBytes);

        // One level in twenty ticks, over 60,000 ticks: thirteen on each page.
        for (int i = 1; i < 3_000; i++)
        {
            book.Set(Side.Ask, 1_000_000 + (20 * i), 1, default);
        }

        Assert.InRange(book.WindowBits.Asks, 17, 20);
        Assert.InRange(book.ResidentBytes, 3_000 * 20 * 8, (3_000 * 20 * 10) + (60 * Page));

        // Leaves that the tree gave back stay with the memory.
        Assert.InRange(memory.ResidentBytes, book.ResidentBytes, book.ResidentBytes + 65_536);
    }

    [Theory]
    [InlineData(1_000, 17)]
    [InlineData(100_000_000, 0)]
    public void On_an_absurd_grid_all_levels_but_a_few_are_in_the_tree(long ticksPerLevel, int bitsMax)
    {
        using var memory = new BookMemory(8 << 20);
        using var book = new L2Book(0, 0, memory);
        for (int i = 1; i <= 5_000; i++)
        {
            book.Set(Side.Bid, 1_000_000_000_000 - (ticksPerLevel * i), 1, default);
        }

        Assert.InRange(book.WindowBits.Bids, 0, bitsMax);
        Assert.InRange(memory.ResidentBytes, 5_000 * 24, 5_000 * 60);

        // Gone and come back on another grid, it has a ladder again.
        book.Clear();
        for (int i = 1; i <= 500; i++)
        {
            book.Set(Side.Bid, 1_000_000 - i, 1, default);
        }

        Assert.InRange(book.WindowBits.Bids, 12, 20);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(100_000_000)]
    public void Plenty_of_memory_is_not_spent_on_an_absurd_grid(long ticksPerLevel)
    {
        using var memory = new BookMemory();
        using var book = new L2Book(0, 0, memory);
        for (int i = 1; i <= 50_000; i++)
        {
            book.Set(Side.Bid, 1_000_000_000_000_000 - (ticksPerLevel * i), 1, default);
        }

        Assert.InRange(memory.ResidentBytes, 50_000 * 24, (50_000 * 60) + (1_024 * Page));
    }

    /// <summary>A market that wanders over the ticks leaves touched pages behind; they are given back when they are many more than the levels are worth.</summary>
    [Fact]
    public void Pages_left_behind_are_given_back()
    {
        using var memory = new BookMemory();
        using var book = new L2Book(0, 0, memory);
        long most = 0;
        for (int i = 0; i < 1_000_000; i++)
        {
            long price = 10_000_000 + (i * 2);
            book.Set(Side.Ask, price + 100_000, 1, default);
            book.Set(Side.Ask, price, 1, default);
            book.Set(Side.Ask, price - 400, 0, default);
            book.Set(Side.Ask, price + 100_000 - 400, 0, default);
            most = Math.Max(most, memory.ResidentBytes);
        }

        Assert.InRange(book.AskCount, 1, 1_000);
        Assert.InRange(most, 1, 5L << 20);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    [InlineData(1_000_000)]
    [InlineData(10_000_000)]
    public void Ladders_stay_inside_any_budget(long budgetBytes)
    {
        using var memory = new BookMemory(budgetBytes);
        var books = new List<L2Book>();
        var random = new Random(4);
        long levels = 0;
        for (int i = 0; i < 60; i++)
        {
            var book = new L2Book(0, 0, memory);
            books.Add(book);
            long step = 1L << random.Next(12);
            for (int n = 1; n <= 500; n++)
            {
                book.Set(Side.Bid, 1_000_000_000 - (step * n), 1, default);
                book.Set(Side.Ask, 1_000_000_000 + (step * n), 1, default);
            }

            levels += book.BidCount + book.AskCount;
            Assert.True(memory.ResidentBytes <= budgetBytes + (60 * levels) + 65_536, $"{memory.ResidentBytes} bytes resident of {budgetBytes} for {levels} levels");
        }

        Assert.Equal(60_000, levels);
        books.ForEach(static book => book.Dispose());
        Assert.InRange(memory.ResidentBytes, 0, (60 * levels) + 65_536);
    }

    [Fact]
    public void The_same_levels_get_the_same_windows_whatever_was_there_before()
    {
        (int, int)[] widths = [.. Enumerable.Range(0, 3).Select(_ => Widths())];
        Assert.Single(widths.Distinct());

        static (int, int) Widths()
        {
            var random = new Random(9);
            using var memory = new BookMemory(3_000_000);
            using var first = new L2Book(0, 0, memory);
            using var second = new L2Book(0, 0, memory);
            for (int i = 0; i < 20_000; i++)
            {
                L2Book book = random.Next(2) == 0 ? first : second;
                book.Set(Side.Ask, 1_000_000 + (long)(300_000 * Math.Pow(random.NextDouble(), 3)), random.Next(3), default);
            }

            return (first.WindowBits.Asks, second.WindowBits.Asks);
        }
    }
}
