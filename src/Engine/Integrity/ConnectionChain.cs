using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Integrity;

/// <summary>
/// The count of frames that some venues keep for a whole connection (<see cref="ContinuityRule.Connection"/>): one number a frame, over all its
/// streams, so that a hole says that something is missing and not where. Owned by the logic thread.
/// </summary>
internal sealed class ConnectionChain(ushort connection)
{
    // Rejected frames that consumed a number since the last one taken in.
    private uint _rejectedSince;

    // The frame at hand is an old one: its further messages are as well.
    private bool _repeating;

    /// <summary>The connection.</summary>
    public ushort Connection => connection;

    /// <summary>Number of the last frame; <see cref="Sequence.None"/> = none yet, or it cannot be told.</summary>
    public long LastSequence { get; private set; } = Sequence.None;

    /// <summary>When the last message came that was not an old one, ns; 0 = none yet.</summary>
    public long LastHeardNs { get; private set; }

    /// <summary>The highest number that may come next without a hole.</summary>
    public long Expected => LastSequence + 1 + _rejectedSince;

    /// <summary>How a message that has a number stands to the frames before it. After a break the chain goes on from it.</summary>
    public Continuity Take(in MessageBegin begin, long nowNs)
    {
        bool anchored = LastSequence != Sequence.None;
        bool further = begin.PreviousSequence == begin.LastSequence;
        if (further && begin.LastSequence == LastSequence && !_repeating)
        {
            LastHeardNs = nowNs;
            return Continuity.Follows;
        }

        // The same frame again is harmless. A lower number is not: frames of one connection come in order, so its count has started anew unnoticed.
        _repeating = anchored && begin.LastSequence == LastSequence;
        if (_repeating)
        {
            return Continuity.Repeats;
        }

        bool follows = !anchored || begin.LastSequence == Expected;
        LastHeardNs = nowNs;
        LastSequence = begin.LastSequence;
        _rejectedSince = 0;
        return follows ? Continuity.Follows : Continuity.Breaks;
    }

    /// <summary>A frame was rejected that is known to have had a number.</summary>
    public void CountRejected() => _rejectedSince++;

    /// <summary>The connection is new, or it cannot be told whether a rejected frame had a number: the next frame starts the count.</summary>
    public void Forget()
    {
        LastSequence = Sequence.None;
        _rejectedSince = 0;
        _repeating = false;
    }

    internal void WriteCheckpoint(RecordBuffer target, long nowNs)
    {
        ref ConnectionState state = ref target.Add<ConnectionState>();
        state.Header.Flags = RecordFlags.Checkpoint;
        state.Header.ReceivedAtNs = nowNs;
        state.LastSequence = LastSequence;
        state.LastHeardNs = LastHeardNs;
        state.RejectedSince = _rejectedSince;
        state.ConnectionId = connection;
        state.Repeating = (byte)(_repeating ? 1 : 0);
    }

    internal void Restore(in ConnectionState state)
    {
        LastSequence = state.LastSequence;
        LastHeardNs = state.LastHeardNs;
        _rejectedSince = state.RejectedSince;
        _repeating = state.Repeating != 0;
    }
}
