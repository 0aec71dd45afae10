using Lob.Fast.Cli.Benchmarks.Latency;
using Lob.Fast.Cli.Benchmarks.Machine;

namespace Lob.Fast.Cli.Benchmarks;

/// <summary>All that was measured on one recording.</summary>
internal sealed record BenchResult
{
    public required BenchRecording Recording { get; init; }

    /// <summary>Frames that change a book.</summary>
    public required int BookFrames { get; init; }

    /// <summary>Levels in them.</summary>
    public required long Levels { get; init; }

    public required IReadOnlyList<BenchRow> Rows { get; init; }

    public required IReadOnlyList<SkippedVariant> Skipped { get; init; }

    public required IReadOnlyList<LatencyRow> Latencies { get; init; }

    /// <summary>Null when it was not asked for.</summary>
    public required InstructionCount? Instructions { get; init; }
}
