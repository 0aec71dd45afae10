namespace Lob.Fast.VenueSim;

/// <summary>What the local exchange plays and where it listens.</summary>
public sealed record LocalExchangeOptions
{
    /// <summary>Venues by the product's names (<c>binance-usdm</c>, <c>okx</c> …); empty = all ten.</summary>
    public IReadOnlyList<string> Venues { get; init; } = [];

    /// <summary>Port of the first venue, the others follow; 0 = any free ports. Always on loopback.</summary>
    public int Port { get; init; }
}
