namespace Lob.Fast.Venues;

/// <summary>Where a connection stands.</summary>
public enum ConnectionPhase
{
    /// <summary>Not started, or waiting to try again.</summary>
    Waiting,

    /// <summary>Name, TCP, TLS, WebSocket.</summary>
    Connecting,

    /// <summary>Open, not all subscriptions acknowledged.</summary>
    Subscribing,

    /// <summary>Open, all subscriptions acknowledged.</summary>
    Running,

    /// <summary>Ended for good.</summary>
    Ended,
}
