namespace Lob.Fast.Cli.Benchmarks.Latency;

/// <summary>Which threads the stages of the pipeline share.</summary>
internal enum Layout
{
    /// <summary>The thread that has the frame does everything.</summary>
    Fused,

    /// <summary>One thread writes frames into the frame ring, the other does everything behind it: what a replay does, and a live feed in the fused layout.</summary>
    FusedBehindRing,
}
