namespace Lob.Fast.Venues.Rest;

/// <summary>A GET.</summary>
/// <param name="Path">Path and query.</param>
/// <param name="Weight">What it takes from the venue's budget.</param>
internal readonly record struct RestRequest(string Path, int Weight);
