using System.Text;

namespace Lob.Fast.Codecs.Tests.Binance;

/// <summary>One frame of each kind in the venue's own form (documentation of 2026-07, and recordings of 2021 and 2024, shortened).</summary>
internal static class SampleFrames
{
    public const string SpotDepth =
        """{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1723161255208,"s":"BTCUSDT","U":50093239189,"u":50093239202,"b":[["61737.63000000","0.00000000"],["61730.17000000","1.20000000"],["56854.58000000","0.00001000"]],"a":[["61837.64000000","1.54698000"],["61839.85000000","0.00000000"]]}}""";

    public const string SpotTicker =
        """{"stream":"btcusdt@bookTicker","data":{"u":50093239212,"s":"BTCUSDT","b":"61837.63000000","B":"3.78826000","a":"61837.64000000","A":"1.54698000"}}""";

    public const string SpotTrade =
        """{"stream":"btcusdt@trade","data":{"e":"trade","E":1723161255343,"s":"BTCUSDT","t":3735683259,"p":"61837.63000000","q":"0.02000000","T":1723161255342,"m":true,"M":true}}""";

    public const string SpotTrade2019 =
        """{"stream":"bnbbtc@trade","data":{"e":"trade","E":1554076800945,"s":"BNBBTC","t":40756030,"p":"0.00426990","q":"33.82000000","b":133829535,"a":133829504,"T":1554076800940,"m":false,"M":true}}""";

    public const string SpotRest =
        """{"lastUpdateId":50093239218,"bids":[["61837.63000000","3.78826000"],["61837.62000000","0.61700000"]],"asks":[["61837.64000000","1.54698000"],["61838.04000000","0.32332000"]]}""";

    public const string SpotAggregate =
        """{"stream":"btcusdt@aggTrade","data":{"e":"aggTrade","E":1672515782136,"s":"BTCUSDT","a":12345,"p":"61837.6","q":"0.5","f":100,"l":105,"T":1672515782136,"m":true,"M":true}}""";

    public const string SpotCandle =
        """{"stream":"nknusdt@kline_1m","data":{"e":"kline","E":1633998523963,"s":"NKNUSDT","k":{"t":1633998480000,"T":1633998539999,"s":"NKNUSDT","i":"1m","f":19862761,"L":19862790,"o":"0.35270000","c":"0.35280000","h":"0.35280000","l":"0.35220000","v":"25877.00000000","n":30,"x":false,"q":"9116.04600000","V":"58.00000000","Q":"20.46240000","B":"0"}}}""";

    public const string FuturesDepth =
        """{"stream":"btcusdt@depth@0ms","data":{"e":"depthUpdate","E":1723161256299,"T":1723161256298,"s":"BTCUSDT","U":5123107832006,"u":5123107837557,"pu":5123107831937,"b":[["58710.20","0.014"],["61496.50","0.010"]],"a":[["61510.90","0.000"],["61641.50","1.211"],["61652.80","0.195"]]}}""";

    public const string FuturesTicker =
        """{"stream":"btcusdt@bookTicker","data":{"e":"bookTicker","u":5123107839020,"s":"BTCUSDT","b":"61800.20","B":"2.507","a":"61800.30","A":"2.510","T":1723161256313,"E":1723161256312}}""";

    public const string FuturesTrade =
        """{"stream":"btcusdt@trade","data":{"e":"trade","E":1723161256322,"T":1723161256321,"s":"BTCUSDT","t":5266583935,"p":"61800.30","q":"0.006","X":"MARKET","m":false}}""";

    public const string FuturesRest =
        """{"lastUpdateId":5123107852948,"E":1723161257000,"T":1723161256999,"bids":[["61800.20","2.507"],["61800.10","1.000"]],"asks":[["61800.30","2.510"]]}""";

    public const string CoinRest =
        """{"lastUpdateId":1007198635033,"E":1723161257100,"T":1723161257090,"symbol":"BTCUSD_PERP","pair":"BTCUSD","bids":[["61804.7","35"]],"asks":[["61804.8","1645"],["61804.9","2"]]}""";

    public static string[] Spot => [SpotDepth, SpotTicker, SpotTrade, SpotTrade2019, SpotRest, SpotAggregate, SpotCandle];

    public static string[] Futures => [FuturesDepth, FuturesTicker, FuturesTrade, FuturesRest];

    public static byte[] Bytes(string frame) => Encoding.UTF8.GetBytes(frame);
}
