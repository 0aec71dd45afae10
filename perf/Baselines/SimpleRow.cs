namespace Lob.Fast.Baselines;

/// <summary>One row of a book message: the venue's text and its value; orders 0 = the venue does not say, or the row deletes.</summary>
public readonly record struct SimpleRow(string PriceText, string QuantityText, decimal Price, decimal Quantity, long OrderCount = 0)
{
    /// <summary>Compares values: "1.0" is "1".</summary>
    public bool SameAs(SimpleRow other) => Price == other.Price && Quantity == other.Quantity && OrderCount == other.OrderCount;
}
