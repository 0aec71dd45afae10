using Lob.Fast.Engine.Records;

namespace Lob.Fast.Baselines.Values;

/// <summary>A price and a quantity × 10^8, and how they were written.</summary>
public struct PricedQuantity
{
    /// <summary>Neither is stated.</summary>
    public PricedQuantity()
    {
    }

    /// <summary>The price; <see cref="Sequence.None"/> = not stated.</summary>
    public long Price = Sequence.None;

    /// <summary>The quantity; <see cref="Sequence.None"/> = not stated.</summary>
    public long Quantity = Sequence.None;

    /// <summary>Decimals of the price as written.</summary>
    public int PriceDecimals = 0;

    /// <summary>Decimals of the quantity as written.</summary>
    public int QuantityDecimals = 0;

    /// <summary>Whether any of the two is stated.</summary>
    public readonly bool IsStated => Price != Sequence.None || Quantity != Sequence.None;
}
