namespace Lob.Fast.Baselines;

/// <summary>One price level, both numbers exactly as the venue last wrote them.</summary>
public sealed record SimpleLevel(string PriceText, string QuantityText, decimal Quantity);
