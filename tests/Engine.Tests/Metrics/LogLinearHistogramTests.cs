using Lob.Fast.Engine.Metrics;

namespace Lob.Fast.Engine.Tests.Metrics;

public class LogLinearHistogramTests
{
    private static readonly double[] Shares = [0, 0.0001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999, 0.9999, 1];

    [Fact]
    public void Nothing_recorded_is_zero_everywhere()
    {
        var histogram = new LogLinearHistogram();

        Assert.Equal((0, 0, 0), (histogram.Count, histogram.Max, histogram.Sum));
        Assert.All(Shares, share => Assert.Equal(0, histogram.Percentile(share)));
    }

    [Fact]
    public void Small_values_are_exact()
    {
        var histogram = new LogLinearHistogram();
        for (int value = 0; value < 128; value++)
        {
            histogram.Record(value);
        }

        for (int rank = 1; rank <= 128; rank++)
        {
            Assert.Equal(rank - 1, histogram.Percentile(rank / 128.0));
        }

        Assert.Equal(127 * 64, histogram.Sum);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(1L << 40)]
    [InlineData((1L << 40) - 1)]
    [InlineData(1L << 62)]
    [InlineData(long.MaxValue - 1)]
    [InlineData(long.MaxValue)]
    public void A_single_value_is_every_percentile(long value)
    {
        var histogram = new LogLinearHistogram();
        histogram.Record(value);

        Assert.Equal((1, value, value), (histogram.Count, histogram.Max, histogram.Sum));
        Assert.All(Shares, share => Assert.Equal(value, histogram.Percentile(share)));
    }

    [Fact]
    public void A_value_below_zero_counts_as_zero()
    {
        var histogram = new LogLinearHistogram();
        histogram.Record(-1);
        histogram.Record(long.MinValue);

        Assert.Equal((2, 0, 0), (histogram.Count, histogram.Max, histogram.Sum));
        Assert.Equal(0, histogram.Percentile(1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Percentiles_are_at_most_a_64th_above_the_sorted_values(int seed)
    {
        var random = new Random(seed);
        var histogram = new LogLinearHistogram();
        var values = new long[1 + random.Next(20_000)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = random.NextInt64(long.MaxValue) >> random.Next(20, 63);
            histogram.Record(values[i]);
        }

        Array.Sort(values);
        AssertNear(values, histogram);
    }

    [Fact]
    public void Every_bucket_holds_what_it_should()
    {
        // One value below, at and above each border: the bucket of a value never reaches the next border.
        for (int power = 6; power < 63; power++)
        {
            for (int step = 0; step < 64; step++)
            {
                long border = (1L << power) + ((1L << power) / 64 * step);
                foreach (long value in new[] { border - 1, border, border + 1 })
                {
                    var histogram = new LogLinearHistogram();
                    histogram.Record(value);
                    histogram.Record(long.MaxValue);
                    long reported = histogram.Percentile(0.5);
                    Assert.InRange(reported - value, 0, value / 64);
                }
            }
        }
    }

    [Fact]
    public void Adding_is_recording_both()
    {
        var random = new Random(9);
        (LogLinearHistogram left, LogLinearHistogram right, LogLinearHistogram both) = (new(), new(), new());
        for (int i = 0; i < 10_000; i++)
        {
            long value = random.NextInt64(1L << 50) >> random.Next(50);
            (i % 3 == 0 ? left : right).Record(value);
            both.Record(value);
        }

        left.Add(right);

        Assert.Equal((both.Count, both.Max, both.Sum), (left.Count, left.Max, left.Sum));
        Assert.All(Shares, share => Assert.Equal(both.Percentile(share), left.Percentile(share)));

        left.Clear();
        Assert.Equal((0, 0, 0, 0), (left.Count, left.Max, left.Sum, left.Percentile(0.5)));
        Assert.NotEqual(0, right.Count);
    }

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void A_share_that_is_none_is_refused(double share) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new LogLinearHistogram().Percentile(share));

    private static void AssertNear(long[] sorted, LogLinearHistogram histogram)
    {
        Assert.Equal(sorted.Length, histogram.Count);
        Assert.Equal(sorted[^1], histogram.Max);
        Assert.Equal(sorted[^1], histogram.Percentile(1));
        foreach (double share in Shares)
        {
            long exact = sorted[Math.Max(1, (long)Math.Ceiling(share * sorted.Length)) - 1];
            Assert.InRange(histogram.Percentile(share) - exact, 0, exact / 64);
        }
    }
}
