namespace Lob.Fast.Micro.Journal;

/// <summary>Journal writing and reading, measured by hand: what does not fit a benchmark of one method.</summary>
internal static class JournalHarness
{
    /// <summary>Runs what the arguments name. Returns the exit code.</summary>
    public static int Run(string[] args)
    {
        Console.Error.WriteLine($"nothing to measure in journal: {string.Join(' ', args)}");
        return Program.ExitUsage;
    }
}
