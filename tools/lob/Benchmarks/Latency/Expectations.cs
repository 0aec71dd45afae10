namespace Lob.Fast.Cli.Benchmarks.Latency;

/// <summary>
/// What each frame of a run leads to, found in a run before: the same frames give the same journal in every layout. So a frame's completion can be told from
/// counts, by a thread that knows nothing of frames.
/// </summary>
/// <param name="CommittedStart">Slots committed before the first frame.</param>
/// <param name="CommittedEnds">Slots committed when a frame is done.</param>
/// <param name="DecisionEnds">Decisions made when a frame is done.</param>
internal sealed record Expectations(long CommittedStart, long[] CommittedEnds, long[] DecisionEnds)
{
    /// <summary>Whether a frame leaves anything in the journal.</summary>
    public bool Commits(int frame) => CommittedEnds[frame] > (frame == 0 ? CommittedStart : CommittedEnds[frame - 1]);

    /// <summary>Whether a frame leads to a decision.</summary>
    public bool Decides(int frame) => DecisionEnds[frame] > (frame == 0 ? 0 : DecisionEnds[frame - 1]);
}
