namespace Lob.Fast.Engine.Pipeline;

/// <summary>What came in since the start.</summary>
public struct SequencerTotals
{
    /// <summary>Frames, of whatever kind.</summary>
    public long Frames;

    /// <summary>Bytes of frames.</summary>
    public long Bytes;

    /// <summary>Frames not taken in.</summary>
    public long Rejected;

    /// <summary>Valid frames of events that become no records.</summary>
    public long UnknownEvents;

    /// <summary>Acknowledgements and notices.</summary>
    public long Control;

    /// <summary>Frames whose time was before the latest so far; they carry the latest.</summary>
    public long TimeSteppedBack;
}
