namespace Lob.Fast.Micro.Rings;

/// <summary>Rings and threads, measured by hand: what does not fit a benchmark of one method.</summary>
internal static class RingsHarness
{
    /// <summary>Runs what the arguments name. Returns the exit code.</summary>
    public static int Run(string[] args)
    {
        Console.Error.WriteLine($"nothing to measure in rings: {string.Join(' ', args)}");
        return Program.ExitUsage;
    }
}
