namespace Lob.Fast.Growth;

/// <summary>What was measured at one length of the journal.</summary>
/// <param name="Bytes">Bytes of the records that the journal holds.</param>
/// <param name="VerifySeconds">Structure, checksums and every seal derived again.</param>
/// <param name="BookAtSeconds">One book at a time, median over places spread evenly, with the start of the program.</param>
/// <param name="BookAtWorstSeconds">The slowest of those.</param>
/// <param name="ConvertSeconds">The book's ten best levels every two seconds as CSV.</param>
internal sealed record GrowthPoint(long Bytes, double VerifySeconds, double BookAtSeconds, double BookAtWorstSeconds, double ConvertSeconds);
