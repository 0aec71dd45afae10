using Xunit;

namespace Lob.Fast.TestSupport;

/// <summary>A theory that needs recordings; skipped, saying which one is missing, where they are not present.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RecordingTheoryAttribute : TheoryAttribute
{
    public RecordingTheoryAttribute(params string[] relativePaths)
    {
        RelativePaths = relativePaths;
        Skip = Recordings.WhySkipped(relativePaths);
    }

    public IReadOnlyList<string> RelativePaths { get; }
}
