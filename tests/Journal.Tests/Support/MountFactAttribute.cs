namespace Lob.Fast.Journal.Tests.Support;

/// <summary>A test that needs a small file system of its own; skipped, with the reason, where mounting is not allowed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MountFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Reason = new(WhySkipped);

    public MountFactAttribute() => Skip = Reason.Value;

    private static string? WhySkipped()
    {
        try
        {
            using SmallDisk disk = new(1);
            return null;
        }
        catch (InvalidOperationException exception)
        {
            return "skipped: cannot mount a tmpfs: " + exception.Message;
        }
    }
}
