using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Lob.Fast.Micro.Journal;
using Lob.Fast.Micro.Rings;

namespace Lob.Fast.Micro;

/// <summary>
/// <c>dotnet run -c Release --project perf/Micro -- bdn --filter '*Decimal*'</c> runs benchmarks of single methods; <c>rings</c> and <c>journal</c>
/// run the harnesses of these folders; that of books is perf/Books. Do not pin it to one core: the thread that compiles hot methods anew would then wait for the one measured.
/// </summary>
internal static class Program
{
    /// <summary>The arguments name nothing that can be run.</summary>
    public const int ExitUsage = 2;

    // In this process, under the settings the program has: a process of its own for each benchmark would compile all projects anew first.
    private static IConfig Config => DefaultConfig.Instance
        .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).AsMutator())
        .AddExporter(JsonExporter.Brief);

    private static int Main(string[] args)
    {
        string[] rest = [.. args.Skip(1)];
        switch (args.FirstOrDefault())
        {
            case "bdn":
                return BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(rest, Config).Any() ? 0 : ExitUsage;
            case "rings":
                return RingsHarness.Run(rest);
            case "journal":
                return JournalHarness.Run(rest);
            default:
                Console.Error.WriteLine("bdn [--filter '*name*'] | rings … | journal …");
                return ExitUsage;
        }
    }
}
