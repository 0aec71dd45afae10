namespace Lob.Fast.Venues.Rest;

/// <summary>A price and what rests there, in the venue's own text.</summary>
/// <param name="Price">The price.</param>
/// <param name="Quantity">In base units, or contracts where the venue counts so.</param>
public readonly record struct RestLevel(string Price, string Quantity);
