using Lob.Fast.Engine.Threads;

namespace Lob.Fast.Engine.Tests.Threads;

public class CoreAffinityTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public void A_thread_is_kept_on_the_core_it_is_pinned_to_and_others_are_not(int afterMs)
    {
        int[] before = CoreAffinity.Usable();
        int core = before[^1];
        int[] pinned = [];
        StageThread.Run("pinned", null, () =>
        {
            using IDisposable? pin = CoreAffinity.Pin(core, TimeSpan.FromMilliseconds(afterMs));
            Assert.True(SpinWait.SpinUntil(static () => CoreAffinity.Usable().Length == 1, TimeSpan.FromSeconds(30)));
            pinned = CoreAffinity.Usable();
        });
        Assert.Equal([core], pinned);
        Assert.Equal(before, CoreAffinity.Usable());
    }

    [Fact]
    public void What_a_thread_throws_comes_out_where_it_is_waited_for()
    {
        InvalidDataException thrown = Assert.Throws<InvalidDataException>(() => StageThread.Run("thrower", null, static () => throw new InvalidDataException("why")));
        Assert.Equal("why", thrown.Message);
    }

    [Fact]
    public void The_first_failure_is_the_one_that_counts()
    {
        var failure = new StageFailure();
        failure.ThrowIfAny();
        failure.Set(new InvalidDataException("first"));
        failure.Set(new IOException("second"));
        Assert.Equal("first", Assert.Throws<InvalidDataException>(failure.ThrowIfAny).Message);
    }
}
