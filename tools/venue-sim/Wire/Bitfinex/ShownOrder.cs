namespace Lob.Fast.VenueSim.Wire.Bitfinex;

/// <summary>An order as a channel shows it; without lots it is gone.</summary>
internal readonly record struct ShownOrder(long Id, bool IsBid, long Ticks, long Lots);
