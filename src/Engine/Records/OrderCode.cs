namespace Lob.Fast.Engine.Records;

/// <summary>The header's Code of order records: the side in the low two bits, an <see cref="OrderReason"/> in the others.</summary>
/// <param name="Packed">Both.</param>
public readonly record struct OrderCode(byte Packed)
{
    private const int SideBits = 2;

    /// <summary>Puts the two together.</summary>
    public static OrderCode Of(Side side, OrderReason reason) => new((byte)((byte)side | ((byte)reason << SideBits)));

    /// <summary>Side of the order.</summary>
    public Side Side => (Side)(Packed & ((1 << SideBits) - 1));

    /// <summary>Why.</summary>
    public OrderReason Reason => (OrderReason)(Packed >> SideBits);
}
