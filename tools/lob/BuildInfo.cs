using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lob.Fast.Cli;

/// <summary>
/// What this binary was compiled for, beside what the machine has. Ahead-of-time code that was compiled for less than the
/// machine offers silently takes its scalar paths, so every printed measurement carries these lines.
/// </summary>
internal static class BuildInfo
{
    private const string Unknown = "unknown";

    /// <summary>For example <c>0.1.0+3f2a9c1d0</c>: the version and the commit it was built from.</summary>
    public static string Version { get; } = ShortVersion();

    /// <summary>The target framework, for example <c>net9.0</c>.</summary>
    public static string Framework { get; } = Metadata("LobFramework");

    /// <summary>True in the native binary, false under the JIT.</summary>
    public static bool IsNative => !RuntimeFeature.IsDynamicCodeSupported;

    /// <summary>What the build was asked for: <c>native</c> (the machine that built it), a list of sets, or <c>jit</c>.</summary>
    public static string BuiltFor { get; } = Metadata("LobInstructionSet");

    /// <summary>The sets this code uses where it asks <c>IsSupported</c>.</summary>
    public static IReadOnlyList<string> CompiledSets { get; } = [.. InstructionSets.All.Where(set => set.InUse).Select(set => set.Name)];

    /// <summary>The sets the machine has; null where it does not say.</summary>
    public static IReadOnlyList<string>? MachineSets { get; } = InstructionSets.OfMachine();

    /// <summary>The sets the machine has and this build leaves unused.</summary>
    public static IReadOnlyList<string> UnusedSets { get; } = [.. (MachineSets ?? []).Except(CompiledSets)];

    /// <summary>The line that says the machine has more than the build, or null.</summary>
    public static string? Warning => UnusedSets.Count == 0
        ? null
        : $"warning: this machine also has {string.Join(' ', UnusedSets)}, which this build does not use; built here by ./lob, it would.";

    public static IEnumerable<string> Lines()
    {
        yield return $"lob {Version}";
        yield return $"framework: {Framework} ({RuntimeInformation.FrameworkDescription}), {(IsNative ? "native code, ahead of time" : "JIT")}, {RuntimeInformation.RuntimeIdentifier}";
        yield return $"compiled for: {BuiltFor}: {string.Join(' ', CompiledSets)}";
        yield return $"machine has: {(MachineSets is null ? Unknown : string.Join(' ', MachineSets))}";
    }

    private static string ShortVersion()
    {
        const int CommitDigits = 9;
        string full = typeof(BuildInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? Unknown;
        int plus = full.IndexOf('+', StringComparison.Ordinal);
        return plus < 0 || full.Length <= plus + 1 + CommitDigits ? full : full[..(plus + 1 + CommitDigits)];
    }

    private static string Metadata(string key) =>
        typeof(BuildInfo).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(item => item.Key == key)?.Value ?? Unknown;
}
