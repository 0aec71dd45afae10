using System.Diagnostics;

namespace Lob.Fast.TestSupport;

/// <summary>Runs the Python files of the repository.</summary>
public static class PythonScript
{
    /// <summary>Names the Python to use; without it the system's own.</summary>
    private const string PythonVariable = "LOB_PYTHON";

    private const string PythonOfTheSystem = "/usr/bin/python3";

    private static readonly string Python = Environment.GetEnvironmentVariable(PythonVariable) is { Length: > 0 } named ? named : PythonOfTheSystem;

    /// <summary>Null if there is a Python with NumPy.</summary>
    public static string? WhySkipped { get; } = FindWhySkipped();

    /// <summary>The folder that holds the solution.</summary>
    public static string Repository { get; } = FindRepository();

    /// <param name="script">Path in the repository.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">What it reads from its standard input.</param>
    public static ProcessRun Run(string script, IEnumerable<string> arguments, string input = "") =>
        ProcessRun.Of(Python, ["-B", Path.Combine(Repository, script), .. arguments], input);

    /// <summary>Starts a script that is spoken with line by line.</summary>
    public static Process Start(string script, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Python, ["-B", Path.Combine(Repository, script), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    private static string? FindWhySkipped()
    {
        const string reason = "skipped: python3 with numpy not present";
        try
        {
            return ProcessRun.Of(Python, ["-c", "import numpy"]).ExitCode == 0 ? null : reason;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return reason;
        }
    }

    private static string FindRepository()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Lob.Fast.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new DirectoryNotFoundException($"Lob.Fast.sln is in no folder above {AppContext.BaseDirectory}.");
    }
}
