namespace Lob.Fast.Codecs.Bybit;

/// <summary>
/// The best bid and ask that a ticker stream stated last: a delta leaves out what has not changed (documentation, 2026-07-24). Kept as
/// <see cref="Streams.CodecStream.Memory"/>; lost when a journal is continued, until the next snapshot.
/// </summary>
internal sealed class BybitTicker
{
    /// <summary>What is known now.</summary>
    public BybitTickerValues Values { get; set; }
}
