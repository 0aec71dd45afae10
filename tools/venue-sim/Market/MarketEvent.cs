namespace Lob.Fast.VenueSim.Market;

/// <summary>One thing that happened in the book.</summary>
/// <param name="Kind">What.</param>
/// <param name="OrderId">Whose: the resting order; at the taker's own events the taker.</param>
/// <param name="IsBid">Side of that order.</param>
/// <param name="Ticks">Its price.</param>
/// <param name="Lots">What it has now; at a match what was traded.</param>
/// <param name="OldLots">What it had before.</param>
/// <param name="TakerId">At a match the taker.</param>
/// <param name="TradeId">At a match its number.</param>
internal readonly record struct MarketEvent(
    MarketEventKind Kind, long OrderId, bool IsBid, long Ticks, long Lots, long OldLots = 0, long TakerId = 0, long TradeId = 0);
