namespace Lob.Fast.Venues.Tests.Support;

/// <summary>What counts the process's allocations runs alone.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class AllocationCollection;
