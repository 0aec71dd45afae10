namespace Lob.Fast.VenueSim;

/// <summary>A level of the true book.</summary>
/// <param name="Price">In decimal text without needless zeros.</param>
/// <param name="Quantity">The same; never negative.</param>
public sealed record TrueLevel(string Price, string Quantity);
