using System.Diagnostics;

namespace Lob.Fast.Acceptance.Binary.Support;

/// <summary>Runs other programs, from the root of the repository.</summary>
internal static class Programs
{
    /// <summary>Runs a program to its end and keeps what it printed.</summary>
    /// <exception cref="TimeoutException">It took too long, and was killed.</exception>
    public static LobResult Run(string program, IEnumerable<string> args, int msMax, string? folder = null)
    {
        using Process process = Start(program, args, folder);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(msMax))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', args)}: not at its end after {msMax} ms; it printed: {output.Result}{error.Result}");
        }

        process.WaitForExit();
        return new LobResult(string.Join(' ', args), process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Starts a program whose output is thrown away.</summary>
    public static Process StartSilent(string program, IEnumerable<string> args)
    {
        Process process = Start(program, args, folder: null);
        process.StandardInput.Close();
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static Process Start(string program, IEnumerable<string> args, string? folder)
    {
        ProcessStartInfo start = new(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = folder ?? TestData.Root,
        };
        foreach (string arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
    }
}
