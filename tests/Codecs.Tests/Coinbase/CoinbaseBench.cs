using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Coinbase;

/// <summary>A decoder of either of Coinbase's feeds.</summary>
internal sealed class CoinbaseBench(Venue venue = Venue.Coinbase, DecoderOptions? options = null)
    : DecoderBench(CodecFactory.Create(venue, options), ReceivedAtNs)
{
    public const long ReceivedAtNs = 1_618_677_817_061_845_000;

    protected override bool ControlMayHoldMessages => true;
}
