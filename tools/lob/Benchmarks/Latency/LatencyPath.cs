namespace Lob.Fast.Cli.Benchmarks.Latency;

/// <summary>From where to where a latency is taken.</summary>
internal enum LatencyPath
{
    /// <summary>From the frame to its records in the journal, committed: readers in other processes see them.</summary>
    FrameToJournal,

    /// <summary>From the frame to the top of its book in a strategy's hands, at the message's end; a journal is written too.</summary>
    FrameToDecision,
}
