namespace Lob.Fast.Cli.Benchmarks;

/// <summary>What one variant took on one recording.</summary>
internal sealed record BenchRow
{
    public required string Name { get; init; }

    /// <summary>Median over the rounds.</summary>
    public required double NsPerFrame { get; init; }

    /// <summary>Fastest and slowest round: how noisy the machine was.</summary>
    public required double NsPerFrameMin { get; init; }

    public required double NsPerFrameMax { get; init; }

    /// <summary>Median over the rounds on the frames that change books only.</summary>
    public required double NsPerLevel { get; init; }

    /// <summary>The same, fastest round.</summary>
    public required double NsPerLevelMin { get; init; }

    public required double GigabytesPerSecond { get; init; }

    /// <summary>Managed bytes allocated by all threads in as many frames as the recording has, behind the frames in which streams and books appear.</summary>
    public required long AllocatedBytes { get; init; }

    /// <summary>Collections in all rounds, generations 0, 1 and 2.</summary>
    public required (int Gen0, int Gen1, int Gen2) Collections { get; init; }
}
