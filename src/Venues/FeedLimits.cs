namespace Lob.Fast.Venues;

/// <summary>Times and budgets of a feed. What is null stands for the venue's own rule (2026-11).</summary>
public sealed record FeedLimits
{
    /// <summary>How long to wait for a connection, or for an answer of REST.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a subscription may stay unacknowledged.</summary>
    public TimeSpan AcknowledgeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Interval of the client's own pings, on venues that want them.</summary>
    public TimeSpan? PingInterval { get; init; }

    /// <summary>A connection without any frame for this long is closed and opened anew.</summary>
    public TimeSpan? SilenceMax { get; init; }

    /// <summary>First wait before a reconnect or a repeated resync; doubles each time, with jitter.</summary>
    public TimeSpan BackOffMin { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest such wait.</summary>
    public TimeSpan BackOffMax { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A connection this old is replaced in quiet (Binance ends them after 24 h).</summary>
    public TimeSpan? ConnectionAgeMax { get; init; }

    /// <summary>Streams on one connection.</summary>
    public int? StreamsPerConnection { get; init; }
}
