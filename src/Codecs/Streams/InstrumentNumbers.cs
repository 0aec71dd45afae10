namespace Lob.Fast.Codecs.Streams;

/// <summary>What of a <see cref="CodecInstrument"/> changes with the frames.</summary>
/// <param name="Epoch">Definitions so far.</param>
/// <param name="PriceDecimals">Exponent of prices.</param>
/// <param name="QuantityDecimals">Exponent of quantities.</param>
/// <param name="PricesMet">All prices met, or-ed.</param>
/// <param name="QuantitiesMet">All quantities met, or-ed.</param>
/// <param name="Terms">Steps, minimums, contract size.</param>
internal readonly record struct InstrumentNumbers(
    uint Epoch, int PriceDecimals, int QuantityDecimals, long PricesMet, long QuantitiesMet, InstrumentTerms Terms);
