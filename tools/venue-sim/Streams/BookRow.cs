namespace Lob.Fast.VenueSim.Streams;

/// <summary>A level as a channel shows it, or a change of one.</summary>
/// <param name="IsBid">Side.</param>
/// <param name="Ticks">Price.</param>
/// <param name="Lots">Quantity; 0 = the level is gone.</param>
/// <param name="Orders">Orders at that price.</param>
internal readonly record struct BookRow(bool IsBid, long Ticks, long Lots, int Orders);
