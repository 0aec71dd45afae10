using Lob.Fast.Cli.Benchmarks.Growth;
using Lob.Fast.Cli.Benchmarks.Machine;
using Lob.Fast.Engine.Metrics;

namespace Lob.Fast.Cli.Benchmarks.Report;

/// <summary>Everything one run of <c>bench</c> found, with what the figures depend on.</summary>
internal sealed record BenchReport
{
    public required BenchRequest Request { get; init; }

    public required MachineContext Machine { get; init; }

    /// <summary>Mean cost of reading the clock.</summary>
    public required double ClockReadNs { get; init; }

    /// <summary>Null where two threads cannot run side by side.</summary>
    public required LogLinearHistogram? RoundTripNs { get; init; }

    public required IReadOnlyList<BenchResult> Results { get; init; }

    public required IReadOnlyList<GrowthPoint> Growth { get; init; }
}
