using System.ComponentModel;
using System.Diagnostics;

namespace Lob.Fast.Journal.Tests.Support;

/// <summary>A test that needs Python with NumPy; skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NumpyFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> IsThere = new(static () =>
    {
        try
        {
            using Process python = Process.Start(new ProcessStartInfo("python3", "-c \"import numpy\"") { RedirectStandardError = true, UseShellExecute = false })!;
            _ = python.StandardError.ReadToEnd();
            python.WaitForExit();
            return python.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    });

    public NumpyFactAttribute() => Skip = IsThere.Value ? null : "skipped: python3 with numpy is not installed";
}
