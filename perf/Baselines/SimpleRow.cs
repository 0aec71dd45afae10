namespace Lob.Fast.Baselines;

/// <summary>One row of a book message: the venue's text and its value.</summary>
public readonly record struct SimpleRow(string PriceText, string QuantityText, decimal Price, decimal Quantity)
{
    /// <summary>Compares values: "1.0" is "1".</summary>
    public bool SameAs(SimpleRow other) => Price == other.Price && Quantity == other.Quantity;
}
