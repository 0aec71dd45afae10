namespace Lob.Fast.Venues;

/// <summary>How a connection stands.</summary>
public sealed record ConnectionStatus
{
    /// <summary>As given to <see cref="IConnectionSource.Connect"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Its number.</summary>
    public required ushort Connection { get; init; }

    /// <summary>Where it stands.</summary>
    public required ConnectionPhase Phase { get; init; }

    /// <summary>Frames read since the start.</summary>
    public required long Frames { get; init; }

    /// <summary>Their bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>Times it was opened, the first one included.</summary>
    public required long Opened { get; init; }

    /// <summary>Resyncs asked of the venue.</summary>
    public required long Resyncs { get; init; }

    /// <summary>When the last frame came, Unix ns; 0 = none yet.</summary>
    public required long LastFrameAtNs { get; init; }

    /// <summary>Streams acknowledged, and asked for.</summary>
    public required (int Acknowledged, int Wanted) Streams { get; init; }

    /// <summary>The last thing that went wrong, in one line; null = nothing yet.</summary>
    public string? LastFault { get; init; }
}
