using Lob.Fast.Journal.Reading;

namespace Lob.Fast.Journal.Tests.Reading;

public sealed class SegmentThreadsTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    [Fact]
    public void Each_number_is_worked_on_once()
    {
        int[] calls = new int[1000];
        SegmentThreads.ForEach(calls.Length, index => Interlocked.Increment(ref calls[index]));
        Assert.All(calls, static count => Assert.Equal(1, count));
    }

    [Fact]
    public void Of_two_failures_the_one_with_the_lower_number_is_thrown_also_when_it_comes_later()
    {
        using ManualResetEventSlim second = new();
        void Work(int index)
        {
            if (index == 0 && Environment.ProcessorCount > 1)
            {
                Assert.True(second.Wait(Longest));

                // Time to keep the other failure.
                Thread.Sleep(50);
            }

            second.Set();
            throw new InvalidOperationException($"number {index}");
        }

        Assert.Equal("number 0", Assert.Throws<InvalidOperationException>(() => SegmentThreads.ForEach(2, Work)).Message);
    }
}
