using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Truth;

/// <summary>How a book stood after a message.</summary>
/// <param name="Number">The number the message carried, or its place where messages carry none.</param>
/// <param name="Digest">Of the book.</param>
/// <param name="SentAtMs">When, Unix ms.</param>
/// <param name="BestBid">No lots = no bid.</param>
/// <param name="BestAsk">No lots = no ask.</param>
internal readonly record struct TruthEntry(long Number, UInt128 Digest, long SentAtMs, BookRow BestBid, BookRow BestAsk);
