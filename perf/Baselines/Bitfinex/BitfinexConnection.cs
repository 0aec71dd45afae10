namespace Lob.Fast.Baselines.Bitfinex;

/// <summary>What one connection has agreed upon.</summary>
internal sealed class BitfinexConnection
{
    public BitfinexFlags Flags { get; set; }

    public Dictionary<long, BitfinexChannel> Channels { get; } = [];
}
