using Lob.Fast.Engine.Records;

namespace Lob.Fast.Venues;

/// <summary>What to take from one venue, and where it is found. What is null stands for the venue's own default (2026-11).</summary>
public sealed record FeedOptions
{
    /// <summary>The venue.</summary>
    public required Venue Venue { get; init; }

    /// <summary>Symbols in the venue's own words: BTCUSDT, BTC-USDT-SWAP, tBTCUSD, BTC-USD.</summary>
    public required IReadOnlyList<string> Symbols { get; init; }

    /// <summary>Channels in the venue's own words without the symbol, as in the journal: <c>depth@100ms</c>, <c>orderbook.200</c>, <c>books</c>, <c>book.P0.F0.100</c>, <c>level2</c>; null = the book at <see cref="Depth"/>.</summary>
    public IReadOnlyList<string>? Channels { get; init; }

    /// <summary>Levels a side that are wanted: of the stream, or of the REST snapshot; null = the venue's usual.</summary>
    public int? Depth { get; init; }

    /// <summary>The venue's test network instead of the real one.</summary>
    public bool Testnet { get; init; }

    /// <summary>Scheme, host, port and path prefix of the WebSocket instead of the venue's, for instance <c>ws://127.0.0.1:9001</c>. The venue's own path follows it.</summary>
    public Uri? WebSocket { get; init; }

    /// <summary>The same for REST, for instance <c>http://127.0.0.1:9001</c>.</summary>
    public Uri? Rest { get; init; }

    /// <summary>A file with further certificates to trust (PEM); the system's are always trusted, and a certificate is always checked.</summary>
    public string? TrustedCertificates { get; init; }

    /// <summary>Times and budgets.</summary>
    public FeedLimits Limits { get; init; } = new();
}
