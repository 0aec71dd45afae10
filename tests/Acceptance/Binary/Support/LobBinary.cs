using System.Diagnostics;

namespace Lob.Fast.Acceptance.Binary.Support;

/// <summary>The published binary, run as users run it.</summary>
internal static class LobBinary
{
    /// <summary>Names the binary.</summary>
    public const string Variable = "LOB_BINARY";

    private const int RunMsMax = 120_000;

    private static readonly Lazy<string> VersionText = new(static () => Run("--version").Succeeded().Output);

    /// <summary>Whether there is one to test. One that is named and not there fails the tests instead of skipping them.</summary>
    public static bool IsNamed => !string.IsNullOrEmpty(ProgramPath);

    public static string ProgramPath { get; } = Environment.GetEnvironmentVariable(Variable) ?? "";

    /// <summary>What <c>--version</c> prints.</summary>
    public static string Version => VersionText.Value;

    public static bool IsNative => Version.Contains("native code", StringComparison.Ordinal);

    /// <summary>The same program as the solution's build leaves it, for the JIT: beside this test's own folder, in the same configuration.</summary>
    public static string JitAssembly { get; } = FindJitAssembly("lob");

    /// <summary>The program that takes the measurements of <c>bench</c> under the JIT.</summary>
    public static string JitMeasurements { get; } = FindJitAssembly("Lob.Fast.WireToDecision");

    /// <summary>Runs it to its end.</summary>
    public static LobResult Run(params string[] args) => Programs.Run(ProgramPath, args, RunMsMax);

    /// <summary>The same under the JIT.</summary>
    public static LobResult RunJit(params string[] args) => Programs.Run("dotnet", ["exec", JitAssembly, .. args], RunMsMax);

    /// <summary>Starts it and leaves it running; nobody reads what it prints.</summary>
    public static Process Start(params string[] args) => Programs.StartSilent(ProgramPath, args);

    /// <summary>Replays files of Binance into a new journal, which must succeed.</summary>
    public static LobResult Replay(string venue, IEnumerable<string> files, string journal, params string[] more) =>
        Run(["replay", .. files, "--venue", venue, "--journal", journal, "--quiet", .. more]).Succeeded();

    private static string FindJitAssembly(string project)
    {
        // artifacts/FRAMEWORK/bin/PROJECT/CONFIGURATION/
        DirectoryInfo own = new(AppContext.BaseDirectory);
        string bin = own.Parent?.Parent?.FullName ?? "";
        return Path.Combine(bin, project, own.Name, $"{project}.dll");
    }
}
