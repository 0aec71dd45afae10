namespace Lob.Fast.Venues.Sessions;

/// <summary>What a frame says about the connection.</summary>
internal enum ControlKind
{
    /// <summary>Nothing: data, or a frame the session has no use for.</summary>
    None,

    /// <summary>A whole request is granted: <see cref="ControlFrame.Request"/>, or the oldest one without it.</summary>
    RequestDone,

    /// <summary>One stream is subscribed.</summary>
    Subscribed,

    /// <summary>One stream is unsubscribed.</summary>
    Unsubscribed,

    /// <summary>All that the connection is subscribed to: <see cref="ControlFrame.Listed"/>.</summary>
    List,

    /// <summary>A request, or one stream of it, is refused for good.</summary>
    Refused,

    /// <summary>A request is refused for now: too many of them, the venue is busy.</summary>
    Busy,

    /// <summary>The venue asks to connect anew, or is about to close.</summary>
    Reconnect,

    /// <summary>The venue is under maintenance: silence is expected.</summary>
    Pause,
}
