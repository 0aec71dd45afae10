using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Lob.Fast.Micro.Journal;

/// <summary>Time on the wall and on the processor, the calling thread's alone. Linux.</summary>
internal static partial class ThreadClock
{
    private const int ThreadCpuTime = 3;
    private const double NsPerSecond = 1e9;

    /// <summary>Runs something and says how long it took, ns.</summary>
    public static (double WallNs, double CpuNs) Measure(Action work)
    {
        double cpu = CpuNs();
        long wall = Stopwatch.GetTimestamp();
        work();
        return (Stopwatch.GetElapsedTime(wall).TotalNanoseconds, CpuNs() - cpu);
    }

    private static double CpuNs() => GetTime(ThreadCpuTime, out TimeSpec time) == 0 ? (time.Seconds * NsPerSecond) + time.Nanoseconds : 0;

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
