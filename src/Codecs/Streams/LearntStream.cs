using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Streams;

/// <summary>A stream and its instrument as a journal defines them.</summary>
/// <param name="Symbol">The venue's own symbol; empty = a stream without an instrument.</param>
/// <param name="PriceDecimals">Decimals of its ticks.</param>
/// <param name="QuantityDecimals">Decimals of its lots.</param>
/// <param name="Role">What the stream carries.</param>
/// <param name="Channel">The venue's name of the channel.</param>
internal readonly record struct LearntStream(string Symbol, int PriceDecimals, int QuantityDecimals, StreamRole Role, string Channel);
