using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Threads;

/// <summary>Which cores threads may run on (Linux; elsewhere all, and nothing can be pinned).</summary>
public static unsafe partial class CoreAffinity
{
    /// <summary>Cores that a set can name: what the system's own type holds.</summary>
    public const int CoresMax = 1024;

    private const int WordBits = 64;
    private const int Words = CoresMax / WordBits;

    /// <summary>Numbers of the cores that the calling thread may use, ascending.</summary>
    public static int[] Usable()
    {
        ulong* words = stackalloc ulong[Words];
        new Span<ulong>(words, Words).Clear();
        if (!OperatingSystem.IsLinux() || GetAffinity(0, Words * sizeof(ulong), words) < 0)
        {
            return [.. Enumerable.Range(0, Environment.ProcessorCount)];
        }

        var cores = new List<int>();
        for (int core = 0; core < CoresMax; core++)
        {
            if ((words[core / WordBits] >> (core % WordBits) & 1) != 0)
            {
                cores.Add(core);
            }
        }

        return [.. cores];
    }

    /// <summary>
    /// Keeps the calling thread on one core, from a while after. Threads that it starts later inherit that, the runtime's own among them: so under the JIT a thread
    /// is pinned when it is warm. Where the system refuses, it stays where it is.
    /// </summary>
    /// <param name="core">Number of the core, below <see cref="CoresMax"/>.</param>
    /// <param name="after">Zero = at once.</param>
    /// <returns>Calls off what has not happened yet: to be disposed of before the thread ends. Null = there is nothing to call off.</returns>
    public static IDisposable? Pin(int core, TimeSpan after)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        if (after == TimeSpan.Zero)
        {
            PinThread(0, core);
            return null;
        }

        int thread;
        try
        {
            thread = ThreadId();
        }
        catch (EntryPointNotFoundException)
        {
            // glibc has it since 2.30.
            return null;
        }

        return new Timer(_ => PinThread(thread, core), null, after, Timeout.InfiniteTimeSpan);
    }

    private static void PinThread(int thread, int core)
    {
        ulong* words = stackalloc ulong[Words];
        new Span<ulong>(words, Words).Clear();
        words[core / WordBits] = 1UL << (core % WordBits);
        _ = SetAffinity(thread, Words * sizeof(ulong), words);
    }

    [LibraryImport("libc", EntryPoint = "gettid")]
    private static partial int ThreadId();

    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    private static partial int GetAffinity(int thread, nuint bytes, ulong* cores);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int SetAffinity(int thread, nuint bytes, ulong* cores);
}
