namespace Lob.Fast.Journal.Books;

/// <summary>What deriving the seals again showed.</summary>
/// <param name="Seals">Seals compared.</param>
/// <param name="ChainLinks">Links of the hash chain compared.</param>
/// <param name="Difference">The first difference, with segment and record; null = none.</param>
public sealed record SealVerification(long Seals, long ChainLinks, string? Difference);
