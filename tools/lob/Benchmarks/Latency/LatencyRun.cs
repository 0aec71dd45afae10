using Lob.Fast.Engine.Metrics;

namespace Lob.Fast.Cli.Benchmarks.Latency;

/// <summary>One run over the frames.</summary>
/// <param name="Ns">Latencies.</param>
/// <param name="Seconds">From the first frame to the last completion.</param>
/// <param name="AllocatedBytes">Managed bytes allocated by all threads meanwhile.</param>
/// <param name="Collections">Collections meanwhile, of any generation.</param>
internal readonly record struct LatencyRun(LogLinearHistogram Ns, double Seconds, long AllocatedBytes, int Collections);
