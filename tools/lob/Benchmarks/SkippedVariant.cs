namespace Lob.Fast.Cli.Benchmarks;

/// <summary>A variant that was not measured.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Why">What is missing, and how to get it.</param>
internal sealed record SkippedVariant(string Name, string Why);
