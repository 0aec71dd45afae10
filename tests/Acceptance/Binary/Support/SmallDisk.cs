using System.ComponentModel;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Acceptance.Binary.Support;

/// <summary>A tmpfs of a few MiB, mounted for one test.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const int MountMsMax = 10_000;

    private readonly TemporaryFolder _folder = new();

    /// <exception cref="InvalidOperationException">It cannot be mounted; the message says why.</exception>
    public SmallDisk(int sizeMiB)
    {
        Root = _folder.Of("disk");
        _ = Directory.CreateDirectory(Root);
        try
        {
            Run("mount", "-t", "tmpfs", "-o", $"size={sizeMiB}m", "tmpfs", Root);
        }
        catch
        {
            _folder.Dispose();
            throw;
        }
    }

    /// <summary>Where it is mounted.</summary>
    public string Root { get; }

    public string Journal => Path.Combine(Root, "journal");

    /// <summary>Why such a thing cannot be had here; null = it can.</summary>
    public static string? WhyImpossible()
    {
        try
        {
            using SmallDisk disk = new(1);
            return null;
        }
        catch (InvalidOperationException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>For everybody: even root may not write to it.</summary>
    public void MakeReadOnly() => Run("mount", "-o", "remount,ro", Root);

    public void Dispose()
    {
        Run("umount", "-l", Root);
        _folder.Dispose();
    }

    private static void Run(string program, params string[] args)
    {
        try
        {
            LobResult result = Programs.Run(program, args, MountMsMax);
            if (result.ExitCode != 0)
            {
                throw new InvalidOperationException(result.Error.Trim());
            }
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException(exception.Message, exception);
        }
    }
}
