namespace Lob.Fast.Venues.Sessions;

/// <summary>Hosts, limits and rhythms of a venue as they were in 2026-11. What <see cref="FeedOptions"/> names comes first.</summary>
internal sealed record VenueDefaults
{
    /// <summary>Scheme, host and port of the WebSocket.</summary>
    public required string WebSocket { get; init; }

    /// <summary>The same of the test network; null = the venue has none.</summary>
    public required string? WebSocketTest { get; init; }

    /// <summary>Scheme, host and port of REST.</summary>
    public required string Rest { get; init; }

    /// <summary>The same of the test network.</summary>
    public required string? RestTest { get; init; }

    /// <summary>Streams on one connection.</summary>
    public required int StreamsPerConnection { get; init; }

    /// <summary>Book streams on one connection.</summary>
    public int BooksPerConnection { get; init; } = int.MaxValue;

    /// <summary>Characters of all stream names on one connection.</summary>
    public int NameCharsPerConnection { get; init; } = int.MaxValue;

    /// <summary>Streams in one request.</summary>
    public required int StreamsPerRequest { get; init; }

    /// <summary>Messages a connection may send in a second; one below what the venue allows, because its seconds are not ours.</summary>
    public required int MessagesPerSecond { get; init; }

    /// <summary>Requests to subscribe and unsubscribe that one connection may send in an hour.</summary>
    public int? RequestsPerHour { get; init; }

    /// <summary>Connections that may be opened within <see cref="ConnectWindow"/>.</summary>
    public required int ConnectsMax { get; init; }

    public required TimeSpan ConnectWindow { get; init; }

    /// <summary>When to send a ping; null = never.</summary>
    public TimeSpan? PingInterval { get; init; }

    /// <summary>Ping only when nothing came for the interval.</summary>
    public bool PingsInQuietOnly { get; init; }

    /// <summary>Longest time without a frame. Every venue sends something sooner, if only an answer to a ping.</summary>
    public required TimeSpan SilenceMax { get; init; }

    /// <summary>A connection this old is closed and opened anew before the venue does it; null = it may grow old.</summary>
    public TimeSpan? ConnectionAgeMax { get; init; }

    /// <summary>Units of REST weight in one <see cref="RestWindow"/>.</summary>
    public required int RestWeight { get; init; }

    public required TimeSpan RestWindow { get; init; }
}
