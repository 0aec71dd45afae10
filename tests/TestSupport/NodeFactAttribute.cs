using System.ComponentModel;
using Xunit;

namespace Lob.Fast.TestSupport;

/// <summary>
/// A test that runs the clients of <c>tests/interop</c>; skipped, with the reason, where there is no Node 20 with npm, or where npm cannot fetch them (then it says what npm said).
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    private const string NoNode = "skipped: no Node 20 with npm (apt-get install nodejs npm)";

    public NodeFactAttribute() => Skip = WhySkipped.Value;

    private static Lazy<string?> WhySkipped { get; } = new(static () =>
    {
        try
        {
            bool isThere = ProcessRun.Of("node", ["--eval", "process.exit(Number(process.versions.node.split('.')[0]) >= 20 ? 0 : 1)"]).ExitCode == 0
                && ProcessRun.Of("npm", ["--version"]).ExitCode == 0;
            return isThere ? Install() : NoNode;
        }
        catch (Win32Exception)
        {
            return NoNode;
        }
    });

    private static string? Install()
    {
        if (Recordings.Bundled is null)
        {
            return "skipped: the clients are in the repository, and this runs outside of it";
        }

        string folder = Path.GetFullPath(Path.Combine(Recordings.Bundled, "..", "interop"));
        if (Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            return null;
        }

        ProcessRun run;
        try
        {
            run = ProcessRun.Of("npm", ["ci", "--prefix", folder, "--no-audit", "--no-fund", "--silent"]);
        }
        catch (TimeoutException error)
        {
            return $"skipped: npm cannot fetch the clients: {error.Message}";
        }

        return run.ExitCode == 0 ? null : $"skipped: npm cannot fetch the clients: exit code {run.ExitCode}. {run.Error.ReplaceLineEndings(" ")}";
    }
}
