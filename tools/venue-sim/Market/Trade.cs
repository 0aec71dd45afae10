namespace Lob.Fast.VenueSim.Market;

/// <summary>A match.</summary>
/// <param name="Id">Rises by one a market.</param>
/// <param name="Ticks">Price.</param>
/// <param name="Lots">Quantity.</param>
/// <param name="TakerBuys">Whether the resting order was an ask.</param>
/// <param name="MakerId">The resting order.</param>
/// <param name="TakerId">The one that came.</param>
/// <param name="UpdateId">The book's number at that moment.</param>
/// <param name="AtMs">When, Unix ms.</param>
internal readonly record struct Trade(long Id, long Ticks, long Lots, bool TakerBuys, long MakerId, long TakerId, long UpdateId, long AtMs);
