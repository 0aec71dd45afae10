using System.Diagnostics;

namespace Lob.Fast.TestSupport;

/// <summary>What a process that ran to its end said.</summary>
public sealed record ProcessRun(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan TimeMax = TimeSpan.FromMinutes(3);

    public static ProcessRun Of(string program, IEnumerable<string> arguments, string input = "")
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeMax))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {TimeMax}.");
        }

        return new ProcessRun(process.ExitCode, output.Result, error.Result);
    }

    /// <summary>The output of a run that must have succeeded.</summary>
    public string Succeeded()
    {
        return ExitCode == 0 ? Output : throw new InvalidOperationException($"exit code {ExitCode}\n{Error}\n{Output}");
    }
}
