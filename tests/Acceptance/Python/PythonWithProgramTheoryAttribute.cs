using Lob.Fast.TestSupport;

namespace Lob.Fast.Acceptance.Python;

/// <summary>A theory that runs the program on recordings and Python on what it wrote; skipped, with the reason, where one of them is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonWithProgramTheoryAttribute : TheoryAttribute
{
    public PythonWithProgramTheoryAttribute(params string[] recordings)
    {
        Recordings = recordings;
        Skip = PythonScript.WhySkipped ?? LobProgram.WhySkipped ?? Lob.Fast.TestSupport.Recordings.WhySkipped(recordings);
    }

    /// <summary>The recordings, as <see cref="TestSupport.Recordings"/> names them.</summary>
    public IReadOnlyList<string> Recordings { get; }
}
