namespace Lob.Fast.Cli.Benchmarks.Latency;

/// <summary>Which threads a frame passes on its way.</summary>
internal enum LatencyLayout
{
    /// <summary>The thread that has the frame does everything.</summary>
    Fused,

    /// <summary>One thread writes frames into the frame ring, the other does everything behind it: what a replay does, and a live feed in the fused layout.</summary>
    FusedBehindRing,

    /// <summary>The thread that has the frame decodes it; logic and journal have a thread each, with record rings between them.</summary>
    Split,
}
