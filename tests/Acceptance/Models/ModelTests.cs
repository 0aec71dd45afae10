using Lob.Fast.Acceptance.Binary.Support;

namespace Lob.Fast.Acceptance.Models;

/// <summary>The models of what threads and processes publish to each other: docs/MODELS.md.</summary>
public sealed class ModelTests
{
    private const int MsMax = 600_000;

    [SpinFact]
    public void The_models_hold_and_every_planted_fault_is_found()
    {
        LobResult result = Programs.Run(Path.Combine(TestData.Root, "models", "check.sh"), [], MsMax);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        string[] lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains(lines, static line => line.StartsWith("ring", StringComparison.Ordinal) && line.Contains("found: ", StringComparison.Ordinal));
        Assert.Contains(lines, static line => line.StartsWith("journal", StringComparison.Ordinal) && line.Contains("found: ", StringComparison.Ordinal));
    }
}
