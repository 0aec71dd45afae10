using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Binance;

/// <summary>A decoder of one of Binance's markets.</summary>
internal sealed class Bench(Venue venue = Venue.BinanceSpot, string? symbol = "BTCUSDT", Func<string?>? resolver = null)
    : DecoderBench(CodecFactory.Create(venue, new DecoderOptions { DefaultSymbol = symbol, SymbolResolver = resolver }), ReceivedAtNs)
{
    public const long ReceivedAtNs = 1_723_161_255_088_169_167;
}
