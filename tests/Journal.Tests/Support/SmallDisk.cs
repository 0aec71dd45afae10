using System.Diagnostics;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Journal.Tests.Support;

/// <summary>A tmpfs of a few MiB.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SmallDisk(int sizeMiB)
    {
        Root = _folder.Of("disk");
        _ = Directory.CreateDirectory(Root);
        Run("mount", "-t", "tmpfs", "-o", $"size={sizeMiB}m", "tmpfs", Root);
    }

    public string Root { get; }

    public void MakeReadOnly() => Run("mount", "-o", "remount,ro", Root);

    public void Dispose()
    {
        Run("umount", "-l", Root);
        _folder.Dispose();
    }

    private void Run(string program, params string[] args)
    {
        ProcessStartInfo start = new(program) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (string arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        try
        {
            using Process process = Process.Start(start)!;
            string error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode == 0)
            {
                return;
            }

            throw new InvalidOperationException(error.Trim());
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new InvalidOperationException(exception.Message, exception);
        }
    }
}
