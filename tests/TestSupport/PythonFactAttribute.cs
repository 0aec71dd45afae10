using Xunit;

namespace Lob.Fast.TestSupport;

/// <summary>A test that runs Python with NumPy; skipped, with the reason, where there is none, or where a recording that it needs is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute(params string[] recordings)
    {
        Recordings = recordings;
        Skip = PythonScript.WhySkipped ?? Lob.Fast.TestSupport.Recordings.WhySkipped(recordings);
    }

    /// <summary>The recordings, as <see cref="TestSupport.Recordings"/> names them.</summary>
    public IReadOnlyList<string> Recordings { get; }
}
