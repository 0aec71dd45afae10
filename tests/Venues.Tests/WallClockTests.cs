using Lob.Fast.Engine.Pipeline;

namespace Lob.Fast.Venues.Tests;

public sealed class WallClockTests
{
    [Fact]
    public void It_tells_the_time_and_never_steps_back()
    {
        WallClock clock = new();
        long last = clock.NowNs;
        Assert.InRange(Math.Abs(last - (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1_000_000)), 0, 5_000_000_000);
        for (int i = 0; i < 100_000; i++)
        {
            long now = clock.NowNs;
            Assert.True(now >= last);
            last = now;
        }
    }
}
