namespace Lob.Fast.Baselines.Values;

/// <summary>A subscribed channel of Bitfinex.</summary>
internal sealed class BitfinexValueChannel
{
    /// <summary>What it brings.</summary>
    public required BitfinexValueKind Kind { get; init; }

    /// <summary>Its next list of rows is a whole book.</summary>
    public bool AwaitsSnapshot { get; set; }
}
