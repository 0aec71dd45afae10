using Lob.Fast.Engine.Threads;

namespace Lob.Fast.Micro.Rings;

/// <summary>Threads on cores: pinned by themselves, so that the thread that starts them, and those of the runtime, stay free.</summary>
internal static class Cores
{
    private static readonly int[] Usable = CoreAffinity.Usable();

    /// <summary>Starts a thread on the last usable core but <paramref name="number"/>; null = anywhere.</summary>
    public static Thread Start(int? number, Action action)
    {
        var thread = new Thread(() =>
        {
            if (number is { } place)
            {
                CoreAffinity.Pin(Usable[Usable.Length - 1 - (place % Usable.Length)], TimeSpan.Zero);
            }

            action();
        });
        thread.Start();
        return thread;
    }

    /// <summary>Waits for all.</summary>
    public static void Join(Thread[] threads)
    {
        foreach (Thread thread in threads)
        {
            thread.Join();
        }
    }
}
