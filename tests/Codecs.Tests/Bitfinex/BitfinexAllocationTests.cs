using System.Text;
using Lob.Fast.Codecs.Tests.Support;
using static Lob.Fast.Codecs.Tests.Bitfinex.BitfinexSamples;

namespace Lob.Fast.Codecs.Tests.Bitfinex;

/// <summary>Array frames allocate nothing once their channels are known; events, of which a connection has a few, may.</summary>
public class BitfinexAllocationTests
{
    [Fact]
    public void No_kind_of_frame_allocates_good_or_bad()
    {
        using BitfinexBench bench = new(Opening);
        string[] bad =
        [
            "[17082,[7254.8,2,x],2]", "[17082,[7254.8,2,-0.03483509,2]", "[17082,[0,1,1],2]", "[17082,[7254.8,2,-0.03483509]]", "[433290,[1,2],2]", "[17470,\"te\",[],2]",
            "[17082,[1,1,999999999999999999],3]", "[17082,[[", "",
        ];
        Allocations.AreNone(bench, [.. Data.Concat(bad).Select(Encoding.UTF8.GetBytes)]);
    }
}
