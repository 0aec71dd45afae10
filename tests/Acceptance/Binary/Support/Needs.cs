namespace Lob.Fast.Acceptance.Binary.Support;

/// <summary>What a test needs beside the binary.</summary>
[Flags]
public enum Needs
{
    Nothing = 0,

    /// <summary>File systems of its own.</summary>
    Mount = 1,

    /// <summary>Native code, not the JIT.</summary>
    NativeCode = 2,

    /// <summary>The build for the JIT beside the binary.</summary>
    JitBuild = 4,
}
