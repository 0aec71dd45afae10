namespace Lob.Fast.Acceptance.Proofs;

/// <summary>Tests that look at the memory of the process: no other test runs beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
