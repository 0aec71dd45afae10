using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Okx;

/// <summary>A decoder of OKX.</summary>
internal sealed class OkxBench(string? symbol = "BTC-USDT", Func<string?>? resolver = null, MismatchPolicy onMismatch = MismatchPolicy.Resync)
    : DecoderBench(
        CodecFactory.Create(Venue.Okx, new DecoderOptions { DefaultSymbol = symbol, SymbolResolver = resolver, OnChecksumMismatch = onMismatch }), ReceivedAtNs)
{
    public const long ReceivedAtNs = 1_785_096_000_200_000_000;
}
