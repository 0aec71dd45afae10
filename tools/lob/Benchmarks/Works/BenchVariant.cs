namespace Lob.Fast.Cli.Benchmarks.Works;

/// <summary>One way to do the work of a row.</summary>
/// <param name="Name">Shown in the table.</param>
/// <param name="Prepare">Makes fresh state and returns the work on all frames; only the work is measured.</param>
internal sealed record BenchVariant(string Name, Func<IBenchWork> Prepare);
