using System.Diagnostics;

namespace Lob.Fast.Cli.Benchmarks.Machine;

/// <summary>Size and start of this program.</summary>
internal static class ProgramFacts
{
    private const int Starts = 5;

    /// <summary>Bytes of this program's file; 0 if it is not one file.</summary>
    public static long Bytes() => Environment.ProcessPath is { } path ? new FileInfo(path).Length : 0;

    /// <summary>Median time of a whole run of <c>lob --version</c>, ms; null when this program cannot be started by its file alone (under the JIT).</summary>
    public static double? StartMs()
    {
        if (BuildInfo.IsNative && Environment.ProcessPath is { } path)
        {
            double[] times = [.. Enumerable.Range(0, Starts).Select(_ => RunOnce(path)).Order()];
            return times[Starts / 2];
        }

        return null;
    }

    private static double RunOnce(string path)
    {
        long start = Stopwatch.GetTimestamp();
        using Process process = Process.Start(new ProcessStartInfo(path, "--version") { RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException($"{path} could not be started");
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
