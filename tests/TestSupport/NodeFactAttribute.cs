using Xunit;

namespace Lob.Fast.TestSupport;

/// <summary>A test that runs clients written for Node; skipped, with the reason, where there is no Node 20 or no npm.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute() => Skip = WhySkipped.Value;

    private static Lazy<string?> WhySkipped { get; } = new(static () =>
    {
        try
        {
            bool isThere = ProcessRun.Of("node", ["--eval", "process.exit(Number(process.versions.node.split('.')[0]) >= 20 ? 0 : 1)"]).ExitCode == 0
                && ProcessRun.Of("npm", ["--version"]).ExitCode == 0;
            return isThere ? null : "skipped: no Node 20 with npm (apt-get install nodejs npm)";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "skipped: no Node 20 with npm (apt-get install nodejs npm)";
        }
    });
}
