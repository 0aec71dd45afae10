namespace Lob.Fast.Acceptance.Binary.Support;

/// <summary>Why a test of the binary cannot run here.</summary>
internal static class SkipReasons
{
    private static readonly Lazy<string?> Mount = new(SmallDisk.WhyImpossible);

    /// <summary>The reason to skip, or null.</summary>
    public static string? Of(Needs needs)
    {
        if (!LobBinary.IsNamed)
        {
            return $"skipped: {LobBinary.Variable} names no binary: ./lob --build-only builds one and prints its path";
        }

        if (needs.HasFlag(Needs.NativeCode) && !LobBinary.IsNative)
        {
            return "skipped: the binary runs under the JIT; native code is what is tested here";
        }

        if (needs.HasFlag(Needs.JitBuild) && !File.Exists(LobBinary.JitAssembly))
        {
            return $"skipped: no build for the JIT at {LobBinary.JitAssembly}: dotnet build -c Release makes it";
        }

        return needs.HasFlag(Needs.Mount) && Mount.Value is { } reason ? $"skipped: cannot mount a tmpfs: {reason}" : null;
    }
}
