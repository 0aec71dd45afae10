using Lob.Fast.Engine.Metrics;

namespace Lob.Fast.Cli.Benchmarks;

/// <summary>The shares of a distribution that are shown.</summary>
internal static class Percentiles
{
    public static IReadOnlyList<(string Name, double Share)> All { get; } = [("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p99.9", 0.999), ("p99.99", 0.9999)];

    public static IEnumerable<(string Name, long Value)> Of(LogLinearHistogram histogram) =>
        [.. All.Select(item => (item.Name, histogram.Percentile(item.Share))), ("max", histogram.Max)];
}
