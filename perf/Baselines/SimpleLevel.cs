namespace Lob.Fast.Baselines;

/// <summary>One price level, both numbers exactly as the venue last wrote them; orders 0 = the venue does not say.</summary>
public sealed record SimpleLevel(string PriceText, string QuantityText, decimal Quantity, long OrderCount = 0);
