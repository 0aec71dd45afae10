namespace Lob.Fast.Engine.Records;

/// <summary>
/// Text over which a venue computes the CRC-32 (IEEE) of a book: of the best 25 levels of both sides, bid 1, ask 1, bid 2, ask 2 …, joined with
/// colons, every number exactly as the venue sent it; where one side is shorter only the other goes on.
/// </summary>
public enum ChecksumRule : byte
{
    /// <summary>There is none.</summary>
    None = 0,

    /// <summary><c>price:quantity</c> (OKX until 2026-06-23).</summary>
    Interleaved = 1,

    /// <summary><c>price:amount</c>, the amount of an ask with a minus (Bitfinex, aggregated books).</summary>
    InterleavedSigned = 2,
}
