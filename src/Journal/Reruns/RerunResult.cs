namespace Lob.Fast.Journal.Reruns;

/// <summary>What a rerun showed.</summary>
/// <param name="InputRecords">Input slots fed to the logic.</param>
/// <param name="DerivedRecords">Derived slots compared.</param>
/// <param name="Difference">The first difference, with segment and record; null = none.</param>
public sealed record RerunResult(long InputRecords, long DerivedRecords, string? Difference);
