namespace Lob.Fast.Baselines;

/// <summary>The best of one side; quantity 0 = the side is empty (price then says nothing).</summary>
public readonly record struct SimpleBest(decimal Price, decimal Quantity)
{
    /// <summary>Same price and quantity, or both sides empty.</summary>
    public bool SameAs(SimpleBest other) => this == other || (Quantity == 0 && other.Quantity == 0);
}
