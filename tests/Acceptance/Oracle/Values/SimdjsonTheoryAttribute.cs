using Lob.Fast.Baselines.Values;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Acceptance.Oracle.Values;

/// <summary>A theory that needs the decoders of perf/Simdjson, and recordings; skipped, saying what is missing, where they are not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SimdjsonTheoryAttribute : TheoryAttribute
{
    public SimdjsonTheoryAttribute(params string[] relativePaths)
    {
        RelativePaths = relativePaths;
        Skip = SimdjsonLibrary.IsPresent ? Recordings.WhySkipped(relativePaths) : SimdjsonLibrary.WhyAbsent;
    }

    public IReadOnlyList<string> RelativePaths { get; }
}
