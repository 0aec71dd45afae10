namespace Lob.Fast.VenueSim;

/// <summary>What the local exchange plays and where it listens.</summary>
public sealed record LocalExchangeOptions
{
    /// <summary>Venues by the product's names (<c>binance-usdm</c>, <c>okx</c> …); empty = all ten.</summary>
    public IReadOnlyList<string> Venues { get; init; } = [];

    /// <summary>Port of the first venue, the others follow; 0 = any free ports. Always on loopback.</summary>
    public int Port { get; init; }

    /// <summary>Symbols by venue, in the venue's own words; a venue that is not named has four well-known ones.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Symbols { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The synthetic markets are the same for the same seed.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How many times faster than in reality the markets move or the recordings play; 0 = as fast as the clients take it.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Recordings by venue (<c>.rec</c>, <c>.rec.gz</c>): such a venue plays them, one behind the other, to each client that subscribes, instead of a synthetic market.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Recordings { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>How long an answer of REST is held back once it is written, so that it is as old as one that came from far away.</summary>
    public TimeSpan RestDelay { get; init; }

    /// <summary>Whether to speak TLS, with a certificate made for this run that is valid for 127.0.0.1 and localhost.</summary>
    public bool Tls { get; init; }

    /// <summary>When set, Coinbase's authenticated channels need a right signature; without them none is asked for.</summary>
    public CoinbaseCredentials? CoinbaseCredentials { get; init; }

    /// <summary>Whether the venues' limits hold: messages a second, REST weight, silence, streams a connection.</summary>
    public bool Limits { get; init; } = true;

    /// <summary>A connection is closed after this time, as Binance does after 24 h; null = never.</summary>
    public TimeSpan? ConnectionAgeMax { get; init; }

    /// <summary>Interval of the PING frames that Binance sends instead of its own (20 s spot, 3 min futures).</summary>
    public TimeSpan? ServerPingInterval { get; init; }

    /// <summary>How long Binance waits for a PONG instead of its own time (1 min spot, 10 min futures).</summary>
    public TimeSpan? ServerPongTimeout { get; init; }

    /// <summary>Whether OKX books carry the CRC-32 that they had until June 2026, instead of 0.</summary>
    public bool OkxChecksums { get; init; }

    /// <summary>States of a book channel that the truth remembers.</summary>
    public int TruthKept { get; init; } = 32_768;
}
