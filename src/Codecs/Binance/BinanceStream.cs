namespace Lob.Fast.Codecs.Binance;

/// <summary>A stream that has been declared.</summary>
/// <param name="Id">Number in the journal.</param>
/// <param name="Instrument">What it is about.</param>
/// <param name="Channel">What comes on it.</param>
/// <param name="Name">Lower-case symbol, <c>@</c>, channel: the stream's name on the wire, or one made the same way for frames that carry none.</param>
internal sealed record BinanceStream(uint Id, BinanceInstrument Instrument, BinanceChannel Channel, byte[] Name);
