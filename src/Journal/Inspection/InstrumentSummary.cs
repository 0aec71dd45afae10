using Lob.Fast.Engine.Records;

namespace Lob.Fast.Journal.Inspection;

/// <summary>An instrument as last defined.</summary>
/// <param name="Id">In the journal.</param>
/// <param name="Venue">Market.</param>
/// <param name="Symbol">The venue's own.</param>
/// <param name="Epoch">Definitions so far.</param>
/// <param name="PriceDecimals">Decimals of a tick.</param>
/// <param name="QuantityDecimals">Decimals of a lot.</param>
public sealed record InstrumentSummary(uint Id, Venue Venue, string Symbol, uint Epoch, int PriceDecimals, int QuantityDecimals);
