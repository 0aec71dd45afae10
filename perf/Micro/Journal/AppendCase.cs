namespace Lob.Fast.Micro.Journal;

/// <summary>One way to put records into a file.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Run">Puts <see cref="AppendHarness.RecordsARound"/> records there and says how long that took; the file is gone afterwards.</param>
internal sealed record AppendCase(string Name, Func<(double WallNs, double CpuNs)> Run);
