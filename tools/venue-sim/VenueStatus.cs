namespace Lob.Fast.VenueSim;

/// <summary>What one venue is doing.</summary>
public sealed record VenueStatus
{
    /// <summary>Its name.</summary>
    public required string Venue { get; init; }

    /// <summary>Symbols it has.</summary>
    public required IReadOnlyList<string> Symbols { get; init; }

    /// <summary>Open connections.</summary>
    public required int Connections { get; init; }

    /// <summary>Subscriptions on them.</summary>
    public required int Subscriptions { get; init; }

    /// <summary>Connections ever opened.</summary>
    public required long Opened { get; init; }

    /// <summary>Frames sent.</summary>
    public required long FramesSent { get; init; }

    /// <summary>Frames received.</summary>
    public required long FramesReceived { get; init; }

    /// <summary>REST requests answered.</summary>
    public required long RestAnswers { get; init; }

    /// <summary>Connections closed and requests refused because a limit was exceeded.</summary>
    public required long LimitsExceeded { get; init; }
}
