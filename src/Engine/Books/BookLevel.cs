using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Books;

/// <summary>One level as a book holds it.</summary>
/// <param name="PriceTicks">Price in the instrument's ticks.</param>
/// <param name="QuantityLots">Quantity in the instrument's lots; 0 only where a side is empty.</param>
/// <param name="TextForm">Decimals as the venue last wrote them.</param>
/// <param name="OrderCount">Orders at the level where the venue tells; 0 = not told.</param>
public readonly record struct BookLevel(long PriceTicks, long QuantityLots, TextForm TextForm, uint OrderCount = 0);
