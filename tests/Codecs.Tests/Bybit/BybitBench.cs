using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Bybit;

/// <summary>A decoder of one of Bybit's categories.</summary>
internal sealed class BybitBench(Venue venue = Venue.BybitLinear) : DecoderBench(CodecFactory.Create(venue), ReceivedAtNs)
{
    public const long ReceivedAtNs = 1_786_310_818_200_000_001;
}
