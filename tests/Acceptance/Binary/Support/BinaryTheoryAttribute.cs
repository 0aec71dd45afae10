using Lob.Fast.TestSupport;

namespace Lob.Fast.Acceptance.Binary.Support;

/// <summary>A theory that runs the published binary; skipped, with the reason, where something it needs is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BinaryTheoryAttribute : TheoryAttribute
{
    public BinaryTheoryAttribute(params string[] recordings) : this(Needs.Nothing, recordings)
    {
    }

    public BinaryTheoryAttribute(Needs needs, params string[] recordings) => Skip = SkipReasons.Of(needs) ?? Recordings.WhySkipped(recordings);
}
