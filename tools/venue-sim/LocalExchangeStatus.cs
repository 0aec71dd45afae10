namespace Lob.Fast.VenueSim;

/// <summary>What the local exchange is doing.</summary>
/// <param name="Venues">By venue.</param>
public sealed record LocalExchangeStatus(IReadOnlyList<VenueStatus> Venues);
