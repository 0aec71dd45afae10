namespace Lob.Fast.Venues;

/// <summary>
/// Where one connection's frames go: a ring of the engine's. Calls come from one thread at a time, in the order in which things happened. A call may wait while the
/// ring is full: that is how the engine pushes back to the socket.
/// </summary>
public interface IFrameTarget
{
    /// <summary>The connection is open: what follows is new, nothing is known of before.</summary>
    /// <param name="atNs">When, Unix ns.</param>
    void Opened(long atNs);

    /// <summary>One message of the venue, whatever it is: data, acknowledgement, error, heartbeat.</summary>
    /// <param name="frame">Its text, without line end; not kept beyond the call.</param>
    /// <param name="receivedAtNs">When its last byte was read from the socket, Unix ns.</param>
    void Frame(ReadOnlySpan<byte> frame, long receivedAtNs);

    /// <summary>The connection is closed.</summary>
    /// <param name="atNs">When, Unix ns.</param>
    void Closed(long atNs);
}
