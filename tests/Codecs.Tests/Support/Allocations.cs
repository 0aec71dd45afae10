namespace Lob.Fast.Codecs.Tests.Support;

/// <summary>Counts what decoding allocates.</summary>
internal static class Allocations
{
    private const int WarmUpRounds = 200;
    private const int Rounds = 100;

    /// <summary>Bytes that an action allocates on this thread.</summary>
    public static long Of(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>Frames that a decoder has met allocate nothing, and one allocation among them would be seen.</summary>
    public static void AreNone(DecoderBench bench, IReadOnlyList<byte[]> frames)
    {
        Send(WarmUpRounds);
        Assert.Equal(0, Of(() => Send(Rounds)));
        Assert.NotEqual(0, Of(() =>
        {
            Send(Rounds);
            GC.KeepAlive(new object());
        }));

        void Send(int rounds)
        {
            for (int round = 0; round < rounds; round++)
            {
                for (int index = 0; index < frames.Count; index++)
                {
                    bench.Decode(frames[index]);
                }
            }
        }
    }
}
