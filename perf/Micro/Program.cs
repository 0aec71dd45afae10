using BenchmarkDotNet.Running;
using Lob.Fast.Micro.Books;
using Lob.Fast.Micro.Journal;
using Lob.Fast.Micro.Rings;

namespace Lob.Fast.Micro;

/// <summary>
/// <c>dotnet run -c Release --project perf/Micro -- bdn --filter '*Decimal*'</c> runs benchmarks of single methods; <c>rings</c>, <c>books</c> and
/// <c>journal</c> run the harnesses of these folders.
/// </summary>
internal static class Program
{
    /// <summary>The arguments name nothing that can be run.</summary>
    public const int ExitUsage = 2;

    private static int Main(string[] args)
    {
        string[] rest = [.. args.Skip(1)];
        switch (args.FirstOrDefault())
        {
            case "bdn":
                return BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(rest).Any() ? 0 : ExitUsage;
            case "rings":
                return RingsHarness.Run(rest);
            case "books":
                return BooksHarness.Run(rest);
            case "journal":
                return JournalHarness.Run(rest);
            default:
                Console.Error.WriteLine("bdn [--filter '*name*'] | rings … | books … | journal …");
                return ExitUsage;
        }
    }
}
