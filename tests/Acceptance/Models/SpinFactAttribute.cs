namespace Lob.Fast.Acceptance.Models;

/// <summary>A test that runs the model checker; skipped, with the reason, where it or the compiler it needs is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SpinFactAttribute : FactAttribute
{
    private static readonly string[] Programs = ["spin", "gcc"];

    public SpinFactAttribute()
    {
        if (Array.Find(Programs, static program => !IsOnPath(program)) is { } missing)
        {
            Skip = $"skipped: no {missing}: apt-get install spin gcc libc6-dev";
        }
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
