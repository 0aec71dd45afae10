namespace Lob.Fast.Journal.Format;

/// <summary>Byte 192 of a segment.</summary>
public enum SegmentState : uint
{
    /// <summary>More may come; or its writer was killed, and recovery has not run yet.</summary>
    Open = 0,

    /// <summary>Complete, and a next segment exists.</summary>
    Rolled = 1,

    /// <summary>Complete: its writer has stopped, or recovery has closed it. A later session may still add segments.</summary>
    Closed = 2,
}
