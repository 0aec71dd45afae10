namespace Lob.Fast.Baselines.Feeds;

/// <summary>What a frame was.</summary>
public enum SimpleFrameKind
{
    /// <summary>Market data: of a book, or of a channel that is no book.</summary>
    Message,

    /// <summary>A sign of life without content.</summary>
    Heartbeat,

    /// <summary>Acknowledgements, notices and errors that the venue documents.</summary>
    Control,

    /// <summary>Something the venue's documents do not name, or a channel that is not read.</summary>
    Unknown,

    /// <summary>Not what the venue sends: nothing of it was taken in.</summary>
    Rejected,
}
