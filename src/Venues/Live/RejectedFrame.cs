using Lob.Fast.Codecs;
using Lob.Fast.Engine.Pipeline;

namespace Lob.Fast.Venues.Live;

/// <summary>Told of a frame that was not taken in, on the decoding thread; the frame is not valid afterwards.</summary>
/// <param name="connection">Name of the connection.</param>
/// <param name="decoder">Who rejected it; knows which fields were missing.</param>
/// <param name="frame">The frame.</param>
/// <param name="result">Why.</param>
public delegate void RejectedFrame(string connection, IVenueDecoder decoder, in Frame frame, in DecodeResult result);
