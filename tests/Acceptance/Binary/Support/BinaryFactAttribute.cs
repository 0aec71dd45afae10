using Lob.Fast.TestSupport;

namespace Lob.Fast.Acceptance.Binary.Support;

/// <summary>A test that runs the published binary; skipped, with the reason, where something it needs is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BinaryFactAttribute : FactAttribute
{
    public BinaryFactAttribute(params string[] recordings) : this(Needs.Nothing, recordings)
    {
    }

    public BinaryFactAttribute(Needs needs, params string[] recordings) => Skip = SkipReasons.Of(needs) ?? Recordings.WhySkipped(recordings);
}
