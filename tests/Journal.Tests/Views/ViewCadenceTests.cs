using Lob.Fast.Journal.Views;

namespace Lob.Fast.Journal.Tests.Views;

/// <summary>The words for how often, and the points they mean.</summary>
public sealed class ViewCadenceTests
{
    [Theory]
    [InlineData("2s", 2_000_000_000)]
    [InlineData("1ms", 1_000_000)]
    [InlineData("1500ms", 1_500_000_000)]
    [InlineData("90s", 90_000_000_000)]
    [InlineData("5m", 300_000_000_000)]
    [InlineData("24h", 86_400_000_000_000)]
    [InlineData("message", 0)]
    public void Reads_an_interval_and_writes_it_back(string text, long everyNs)
    {
        Assert.True(ViewCadence.TryParse(text, out ViewCadence cadence));
        Assert.Equal(everyNs, cadence.EveryNs);
        Assert.True(ViewCadence.TryParse(cadence.ToString(), out ViewCadence again));
        Assert.Equal(cadence, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2")]
    [InlineData("0s")]
    [InlineData("-1s")]
    [InlineData("1.5s")]
    [InlineData("25h")]
    [InlineData("s")]
    [InlineData("2 s")]
    [InlineData("Message")]
    [InlineData("9999999999999999999s")]
    public void Refuses_what_is_none(string text) => Assert.False(ViewCadence.TryParse(text, out _));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 2_000_000_000)]
    [InlineData(2_000_000_000, 2_000_000_000)]
    [InlineData(2_000_000_001, 4_000_000_000)]
    [InlineData(long.MaxValue, long.MaxValue)]
    public void The_next_point_is_a_multiple_of_the_interval(long timeNs, long pointNs) =>
        Assert.Equal(pointNs, ViewCadence.Default.PointFrom(timeNs));
}
