using System.Diagnostics;
using System.Globalization;

namespace Lob.Fast.Cli.Benchmarks;

/// <summary>What figures depend on: processor, cores, runtime, and the program itself.</summary>
internal static class MachineLine
{
    private const int Starts = 5;

    /// <summary>Processor model and cores this process may use.</summary>
    public static string Processor()
    {
        string model = FindLine("/proc/cpuinfo", "model name")?.Split(':', 2)[1].Trim() ?? "unknown processor";
        return $"{model}, {Environment.ProcessorCount} cores";
    }

    /// <summary>Bytes of this program's file; 0 if it is not one file.</summary>
    public static long ProgramBytes() => Environment.ProcessPath is { } path ? new FileInfo(path).Length : 0;

    /// <summary>Most memory this process ever had resident, bytes; 0 where the system does not say.</summary>
    public static long PeakResidentBytes()
    {
        const string Key = "VmHWM:";
        string? kilobytes = FindLine("/proc/self/status", Key)?[Key.Length..].Replace("kB", "", StringComparison.Ordinal).Trim();
        return kilobytes == null ? 0 : long.Parse(kilobytes, CultureInfo.InvariantCulture) * 1024;
    }

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

    private static string? FindLine(string path, string start) =>
        File.Exists(path) ? File.ReadLines(path).FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal)) : null;

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
