namespace Lob.Fast.Engine.Records;

/// <summary>What happened to a connection.</summary>
public enum ConnectionEvent : byte
{
    /// <summary>Not stated.</summary>
    None = 0,

    /// <summary>Frames may follow; nothing is known of what was sent before.</summary>
    Opened = 1,

    /// <summary>No more frames until it is opened again.</summary>
    Closed = 2,
}
