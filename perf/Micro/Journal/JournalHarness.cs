namespace Lob.Fast.Micro.Journal;

/// <summary>Journal writing, measured by hand: what does not fit a benchmark of one method.</summary>
internal static class JournalHarness
{
    /// <summary>Runs what the arguments name. Returns the exit code.</summary>
    public static int Run(string[] args)
    {
        string[] rest = [.. args.Skip(1)];
        switch (args.FirstOrDefault())
        {
            case "append":
                return AppendHarness.Run(rest);
            case "roll":
                return RollHarness.Run(rest);
            default:
                Console.Error.WriteLine("journal append | roll [--rounds N] [--folder F] [--only TEXT] [--json FILE]");
                return Program.ExitUsage;
        }
    }
}
