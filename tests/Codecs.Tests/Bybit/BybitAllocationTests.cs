using System.Text;
using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Bybit;

/// <summary>Decoding allocates nothing once every stream has been seen.</summary>
public class BybitAllocationTests
{
    [Theory]
    [InlineData(Venue.BybitLinear)]
    [InlineData(Venue.BybitSpot)]
    [InlineData(Venue.BybitInverse)]
    public void No_kind_of_frame_allocates(Venue venue)
    {
        using BybitBench bench = new(venue);
        List<byte[]> frames =
        [
            .. BybitSamples.Of(venue).Where(static frame => !frame.Contains("\"list\"", StringComparison.Ordinal)).Concat(
            [
                """{"success":true,"ret_msg":"","conn_id":"d","req_id":"1","op":"subscribe"}""",
                """{"args":["1672916271846"],"op":"pong"}""",
                """{"topic":"allLiquidation.PIPPINUSDT","type":"snapshot","ts":1740480207578,"data":[{"T":1740480207110}]}""",
                """{"retCode":0,"retMsg":"OK","result":{"category":"spot","list":[{"execId":"2100000000007764263"}]},"time":1672053054358}""",
                """{"topic":"orderbook.50.BTCUSDT","type":"delta","ts":1687940967466,"data":{"s":"BTCUSDT","b":[["7","1"],["9","1"],["8","1"]],"a":[],"u":1774005,"seq":7}}""",
                BybitSamples.Snapshot[..90],
                BybitSamples.Delta.Replace("\"u\":177400507,", "", StringComparison.Ordinal),
            ]).Select(Encoding.UTF8.GetBytes),
        ];

        Allocations.AreNone(bench, frames);
    }
}
