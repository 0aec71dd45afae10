using Lob.Fast.Engine.Metrics;

namespace Lob.Fast.Cli.Benchmarks.Growth;

/// <summary>What one size of a generated market cost.</summary>
internal sealed record GrowthPoint
{
    /// <summary>What grows: instruments or levels.</summary>
    public required string Of { get; init; }

    public required int Instruments { get; init; }

    /// <summary>Levels of both sides of one book.</summary>
    public required int LevelsPerBook { get; init; }

    /// <summary>Changes played in a round.</summary>
    public required int Frames { get; init; }

    /// <summary>Median over the rounds, pipeline and journal, fused.</summary>
    public required double NsPerFrame { get; init; }

    public required double NsPerLevel { get; init; }

    /// <summary>Latencies of a round more, one frame at a time, reading the clock included.</summary>
    public required LogLinearHistogram Ns { get; init; }

    /// <summary>Resident memory that the engine with all its books took; the journal's mapped pages belong to the file and are not counted.</summary>
    public required long ResidentBytes { get; init; }

    /// <summary>Managed bytes allocated in the measured rounds, after the snapshots.</summary>
    public required long AllocatedBytes { get; init; }
}
