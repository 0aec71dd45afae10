using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Streams;

/// <summary>
/// Finds a price that one message names twice on one side. Rows that fall or rise throughout, as venues usually send them, cost one comparison each.
/// </summary>
internal sealed class PriceRepeats
{
    private const int PricesInitial = 256;

    /// <summary>For sorting prices: without an order given, native code makes a new one for each sort.</summary>
    public static Comparison<long> Ascending { get; } = static (left, right) => left.CompareTo(right);

    private long[] _prices = new long[PricesInitial];

    /// <summary>Index in <paramref name="rows"/> (LevelSet records, all exact) of the first row that repeats a price of its side; −1 = none does.</summary>
    public int Find(ReadOnlySpan<Record> rows)
    {
        if (rows.Length < 2)
        {
            return -1;
        }

        int bid = FindOf(rows, Side.Bid);
        int ask = FindOf(rows, Side.Ask);
        return bid < 0 || (ask >= 0 && ask < bid) ? ask : bid;
    }

    private int FindOf(ReadOnlySpan<Record> rows, Side side)
    {
        if (_prices.Length < rows.Length)
        {
            _prices = new long[Math.Max(rows.Length, _prices.Length * 2)];
        }

        int count = 0;
        bool falls = true;
        bool rises = true;
        foreach (ref readonly Record row in rows)
        {
            if (row.Header.Side == side)
            {
                long price = Record.View<LevelSet>(in row).PriceTicks;
                falls &= count == 0 || price < _prices[count - 1];
                rises &= count == 0 || price > _prices[count - 1];
                _prices[count++] = price;
            }
        }

        if (falls || rises)
        {
            return -1;
        }

        Span<long> prices = _prices.AsSpan(0, count);
        prices.Sort(Ascending);
        for (int index = 1; index < prices.Length; index++)
        {
            if (prices[index] == prices[index - 1])
            {
                return FirstRepeat(rows, side);
            }
        }

        return -1;
    }

    // Only when there is one: the frame is rejected then.
    private static int FirstRepeat(ReadOnlySpan<Record> rows, Side side)
    {
        HashSet<long> met = [];
        int index = 0;
        while (rows[index].Header.Side != side || met.Add(Record.View<LevelSet>(in rows[index]).PriceTicks))
        {
            index++;
        }

        return index;
    }
}
