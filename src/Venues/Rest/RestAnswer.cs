namespace Lob.Fast.Venues.Rest;

/// <summary>An answer of REST.</summary>
/// <param name="Status">Of HTTP.</param>
/// <param name="Body">Its text; belongs to the client, and only to be read in the call that hands it over.</param>
/// <param name="ReceivedAtNs">When the last byte was read, Unix ns.</param>
/// <param name="RetryAfter">How long the venue asks to keep away; null = it does not.</param>
internal readonly record struct RestAnswer(int Status, ReadOnlyMemory<byte> Body, long ReceivedAtNs, TimeSpan? RetryAfter);
