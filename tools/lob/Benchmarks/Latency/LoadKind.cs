namespace Lob.Fast.Cli.Benchmarks.Latency;

/// <summary>When frames become due.</summary>
internal enum LoadKind
{
    /// <summary>Closed loop: each frame when the one before is done. What is measured is service time; nothing ever waits.</summary>
    OneAtATime,

    /// <summary>Open loop: at an even rate, whatever became of the frames before.</summary>
    Even,

    /// <summary>Open loop: at the recording's own times, with its bursts, sped up to a mean rate.</summary>
    Recorded,
}
