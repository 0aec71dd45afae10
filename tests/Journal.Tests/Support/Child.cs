using System.Diagnostics;

namespace Lob.Fast.Journal.Tests.Support;

/// <summary>This test assembly, running once more as a program.</summary>
internal static class Child
{
    public static Process Start(params string[] args)
    {
        ProcessStartInfo start = new(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(typeof(Child).Assembly.Location);
        foreach (string arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        return Process.Start(start) ?? throw new InvalidOperationException("the child did not start");
    }
}
