using System.Globalization;

namespace Lob.Fast.Cli.Benchmarks.Machine;

/// <summary>What figures depend on besides the program, as far as Linux tells it; what it does not tell is "unknown" or 0.</summary>
internal sealed record MachineContext
{
    private const string Unknown = "unknown";
    private const string ProcessorFolder = "/sys/devices/system/cpu/cpu0";

    /// <summary>Processor model.</summary>
    public required string Processor { get; init; }

    /// <summary>Cores this process may use.</summary>
    public required int Cores { get; init; }

    /// <summary>Cache sizes as the kernel writes them, for example <c>L1d 48K, L2 1024K, L3 32768K</c>.</summary>
    public required string Caches { get; init; }

    public required long MemoryBytes { get; init; }

    public required string Kernel { get; init; }

    /// <summary>Frequency governor of the first core; virtual machines have none.</summary>
    public required string Governor { get; init; }

    /// <summary>Whether the processor says that a hypervisor stands below it.</summary>
    public required bool IsVirtual { get; init; }

    /// <summary>What the kernel's clock reads.</summary>
    public required string ClockSource { get; init; }

    /// <summary>Transparent huge pages: always, madvise or never.</summary>
    public required string HugePages { get; init; }

    /// <summary>Runnable threads of the last minute, on average: others that worked beside the measurement.</summary>
    public required double LoadAverage { get; init; }

    public static MachineContext Read() => new()
    {
        Processor = Line("/proc/cpuinfo", "model name")?.Split(':', 2)[1].Trim() ?? Unknown,
        Cores = Environment.ProcessorCount,
        Caches = string.Join(", ", Directory.Exists($"{ProcessorFolder}/cache") ? Directory.GetDirectories($"{ProcessorFolder}/cache", "index*").Order().Select(Cache) : []),
        MemoryBytes = Kilobytes("/proc/meminfo", "MemTotal:") * 1024,
        Kernel = Text("/proc/sys/kernel/osrelease"),
        Governor = Text($"{ProcessorFolder}/cpufreq/scaling_governor"),
        IsVirtual = Line("/proc/cpuinfo", "flags")?.Contains(" hypervisor", StringComparison.Ordinal) ?? false,
        ClockSource = Text("/sys/devices/system/clocksource/clocksource0/current_clocksource"),
        HugePages = Chosen(Text("/sys/kernel/mm/transparent_hugepage/enabled")),
        LoadAverage = double.TryParse(Text("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture, out double load) ? load : 0,
    };

    public IEnumerable<string> Lines()
    {
        yield return $"processor: {Processor}, {Cores} cores{(IsVirtual ? ", virtual machine" : "")}; {Caches}; {MemoryBytes / 1e9:F0} GB";
        yield return $"kernel {Kernel}, governor {Governor}, clock {ClockSource}, huge pages {HugePages}, load average {LoadAverage.ToString("F1", CultureInfo.InvariantCulture)}";
    }

    /// <summary>Most memory this process ever had resident, bytes; 0 where the system does not say.</summary>
    public static long PeakResidentBytes() => Kilobytes("/proc/self/status", "VmHWM:") * 1024;

    /// <summary>Memory of its own that this process has resident now, mapped files left out, bytes; 0 where the system does not say.</summary>
    public static long AnonymousBytes() => Kilobytes("/proc/self/status", "RssAnon:") * 1024;

    private static string Cache(string folder)
    {
        string type = Text($"{folder}/type");
        string suffix = type switch { "Data" => "d", "Instruction" => "i", _ => "" };
        return $"L{Text($"{folder}/level")}{suffix} {Text($"{folder}/size")}";
    }

    /// <summary>The one in brackets: <c>always [madvise] never</c>.</summary>
    private static string Chosen(string choices)
    {
        int open = choices.IndexOf('[', StringComparison.Ordinal);
        int close = choices.IndexOf(']', StringComparison.Ordinal);
        return open >= 0 && close > open ? choices[(open + 1)..close] : choices;
    }

    private static string Text(string path) => File.Exists(path) ? File.ReadAllText(path).Trim() : Unknown;

    private static string? Line(string path, string start) =>
        File.Exists(path) ? File.ReadLines(path).FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal)) : null;

    private static long Kilobytes(string path, string key)
    {
        string? number = Line(path, key)?[key.Length..].Replace("kB", "", StringComparison.Ordinal).Trim();
        return number == null ? 0 : long.Parse(number, CultureInfo.InvariantCulture);
    }
}
