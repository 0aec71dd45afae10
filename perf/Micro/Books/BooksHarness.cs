namespace Lob.Fast.Micro.Books;

/// <summary>Books and digests, measured by hand: what does not fit a benchmark of one method.</summary>
internal static class BooksHarness
{
    /// <summary>Runs what the arguments name. Returns the exit code.</summary>
    public static int Run(string[] args)
    {
        Console.Error.WriteLine($"nothing to measure in books: {string.Join(' ', args)}");
        return Program.ExitUsage;
    }
}
