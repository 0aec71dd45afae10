using System.Globalization;
using System.Text;
using Lob.Fast.Acceptance.Proofs.Support;
using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Integrity;
using Lob.Fast.Engine.Pipeline;
using Xunit.Abstractions;

namespace Lob.Fast.Acceptance.Proofs;

/// <summary>
/// Books stay inside their memory budget, as the kernel counts it: 2,000 instruments of every kind at once, and the 46,000 levels of the largest book met. Each beside a
/// control that shows that the budget is what holds them.
/// </summary>
[Collection(nameof(Alone))]
public sealed class BookMemoryTests(ITestOutputHelper output)
{
    private const long Mebibyte = 1 << 20;

    /// <summary>
    /// What 2,000 instruments take besides their levels: remembered tickers, waiting room, definitions, some 20 KiB each, and the runtime's own moods.
    /// </summary>
    private const long BesidesMax = 80 * Mebibyte;

    private readonly SyntheticMarkets _markets = new(seed: 20_261_120);

    [Theory]
    [InlineData(BookMemory.BudgetBytesDefault)]
    [InlineData(150 * Mebibyte)]
    public void Two_thousand_instruments_stay_inside_the_budget(long budgetBytes)
    {
        (long resident, long counted, long levels) = Run(instruments: 2_000, budgetBytes);
        Assert.InRange(levels, 1_000_000, 10_000_000);
        Assert.InRange(counted, 1, budgetBytes);
        Assert.InRange(resident, counted / 2, counted + BesidesMax);
    }

    /// <summary>The harness itself: the same markets without a budget take more than a budget allows, and the process shows it.</summary>
    [Fact]
    public void Without_the_budget_they_take_more()
    {
        const long Budget = 20 * Mebibyte;
        (long residentInside, long countedInside, long levels) = Run(instruments: 300, Budget);
        (long residentWithout, long countedWithout, long levelsWithout) = Run(instruments: 300, long.MaxValue);
        Assert.Equal(levels, levelsWithout);
        Assert.InRange(countedInside, 1, Budget);
        Assert.InRange(countedWithout, 2 * Budget, long.MaxValue);
        Assert.InRange(residentWithout - residentInside, (countedWithout - countedInside) / 2, long.MaxValue);
    }

    /// <summary>As many levels as Coinbase showed for BTC-USD on 2026-08-09, as far apart: 18,764 bids down to 0.01, 27,236 asks up to 139 million dollars.</summary>
    [Theory]
    [InlineData(BookMemory.BudgetBytesDefault, 24 * Mebibyte)]
    [InlineData(8 * Mebibyte, 8 * Mebibyte)]
    [InlineData(3 * Mebibyte, 3 * Mebibyte)]
    public void The_book_of_46_000_levels_stays_inside_the_budget(long budgetBytes, long most)
    {
        long before = ResidentBytes();
        using var memory = new BookMemory(budgetBytes);
        using var book = new L2Book(2, 8, memory);
        book.Apply(SyntheticMarkets.LargestBook(streamId: 1).AsSpan(1), out _, out _);
        long resident = ResidentBytes() - before;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{memory.ResidentBytes:N0} bytes counted, {resident:N0} resident, windows {book.WindowBits}"));
        Assert.Equal((18_764, 27_236), (book.BidCount, book.AskCount));
        Assert.InRange(memory.ResidentBytes, 46_000 * 24, most);
        Assert.InRange(resident, memory.ResidentBytes * 3 / 4, memory.ResidentBytes + (16 * Mebibyte));
    }

    /// <summary>What is journaled does not depend on the budget: not a digest, not a state.</summary>
    [Fact]
    public void Digests_do_not_depend_on_the_budget()
    {
        string[] digests = [.. new[] { 0, Mebibyte, 20 * Mebibyte, long.MaxValue }.Select(DigestsOf).Distinct()];
        Assert.Single(digests);

        string DigestsOf(long budgetBytes)
        {
            using Logic<NullSink> logic = _markets.Play(instruments: 60, new EngineOptions { BookMemoryBudgetBytes = budgetBytes });
            var text = new StringBuilder();
            foreach (BookStream book in logic.Books)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"{book.Id} {book.State} {book.Book.Digest} {book.Book.BestBid} {book.Book.Worst(Engine.Records.Side.Ask)}");
            }

            return text.ToString();
        }
    }

    private (long Resident, long Counted, long Levels) Run(int instruments, long budgetBytes)
    {
        long before = ResidentBytes();
        using Logic<NullSink> logic = _markets.Play(instruments, new EngineOptions { BookMemoryBudgetBytes = budgetBytes });
        long resident = ResidentBytes() - before;
        long levels = logic.Books.Sum(static book => (long)book.Book.BidCount + book.Book.AskCount);
        long counted = logic.BookMemory.ResidentBytes;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{instruments:N0} instruments, budget {budgetBytes:N0}: {levels:N0} levels, {counted:N0} bytes counted, {resident:N0} resident"));
        foreach (IGrouping<int, BookStream> width in logic.Books.GroupBy(static book => book.Book.WindowBits.Bids).OrderBy(static group => group.Key))
        {
            output.WriteLine($"  2^{width.Key}: {width.Count()} books");
        }

        return (resident, counted, levels);
    }

    /// <summary>Anonymous memory of the process that is in memory, after all garbage was given back.</summary>
    private static long ResidentBytes()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        const string Field = "RssAnon:";
        string line = File.ReadLines("/proc/self/status").Single(static line => line.StartsWith(Field, StringComparison.Ordinal));
        return long.Parse(line[Field.Length..^2], CultureInfo.InvariantCulture) * 1024;
    }
}
