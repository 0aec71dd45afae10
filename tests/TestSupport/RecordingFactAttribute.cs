using Xunit;

namespace Lob.Fast.TestSupport;

/// <summary>A test that needs recordings; skipped, saying which one is missing, where they are not present.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RecordingFactAttribute : FactAttribute
{
    public RecordingFactAttribute(params string[] relativePaths)
    {
        RelativePaths = relativePaths;
        Skip = Recordings.WhySkipped(relativePaths);
    }

    public IReadOnlyList<string> RelativePaths { get; }
}
