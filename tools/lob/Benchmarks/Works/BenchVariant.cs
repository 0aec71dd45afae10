namespace Lob.Fast.Cli.Benchmarks.Works;

/// <summary>One way to do the work of a row.</summary>
/// <param name="Name">Shown in the table.</param>
/// <param name="Part">What the work is done on.</param>
/// <param name="Prepare">Makes fresh state and returns the work; only the work is measured.</param>
internal sealed record BenchVariant(string Name, BenchPart Part, Func<IBenchWork> Prepare);
