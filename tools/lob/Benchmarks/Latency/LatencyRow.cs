using Lob.Fast.Engine.Metrics;

namespace Lob.Fast.Cli.Benchmarks.Latency;

/// <summary>Latencies of one path through one layout under one load, all rounds together.</summary>
internal sealed record LatencyRow
{
    public required LatencyPath Path { get; init; }

    public required LatencyLayout Layout { get; init; }

    public required Load Load { get; init; }

    /// <summary>What the layout can do, frames a second, everything due at once: median of a few runs.</summary>
    public required double FramesPerSecondMax { get; init; }

    /// <summary>
    /// Completion less the moment the frame was due, ns, one reading of the clock included. In an open loop a frame that has to wait for the ones before it has
    /// been due all the while, so nothing is omitted.
    /// </summary>
    public required LogLinearHistogram Ns { get; init; }

    /// <summary>Managed bytes all threads allocated in the measured rounds.</summary>
    public required long AllocatedBytes { get; init; }

    /// <summary>Collections of any generation in the measured rounds.</summary>
    public required int Collections { get; init; }
}
