using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Bybit;

/// <summary>One frame of each kind in the venue's own form (documentation of 2026-07-24, and recordings of 2023 to 2026, shortened).</summary>
internal static class BybitSamples
{
    public const string Snapshot =
        """{"topic":"orderbook.50.BTCUSDT","type":"snapshot","ts":1672304484978,"data":{"s":"BTCUSDT","b":[["16493.50","0.006"],["16493.00","0.100"]],"a":[["16611.00","0.029"],["16612.00","0.213"]],"u":18521288,"seq":7961638724},"cts":1672304484976}""";

    public const string Delta =
        """{"topic":"orderbook.50.BTCUSDT","type":"delta","ts":1687940967466,"data":{"s":"BTCUSDT","b":[["30247.20","30.028"],["30245.40","0.224"],["30242.10","1.593"],["30240.00","0"]],"a":[["30248.70","0"],["30249.30","0.892"],["30249.50","1.778"]],"u":177400507,"seq":66544703342},"cts":1687940967464}""";

    public const string SpotSnapshot =
        """{"topic":"orderbook.1.BTCUSDT","ts":1680652806504,"type":"snapshot","data":{"s":"BTCUSDT","b":[["28165.07","0.175231"]],"a":[["28165.08","0.996816"]],"u":20404754,"seq":4281281856},"cts":1680652806500}""";

    public const string SpotDelta =
        """{"topic":"orderbook.1.BTCUSDT","ts":1680652806615,"type":"delta","data":{"s":"BTCUSDT","b":[["28165.07","0.166754"]],"a":[],"u":20404755,"seq":4281281875}}""";

    public const string Trades =
        """{"topic":"publicTrade.BTCUSDT","type":"snapshot","ts":1672304486868,"data":[{"T":1672304486865,"s":"BTCUSDT","S":"Buy","v":"0.001","p":"16578.50","L":"PlusTick","i":"20f43950-d8dd-5b31-9112-a178eb6023af","BT":false,"RPI":false,"seq":1783284617},{"T":1672304486866,"s":"BTCUSDT","S":"Sell","v":"0.020","p":"16578.00","L":"MinusTick","i":"20f43950-d8dd-5b31-9112-a178eb6023b0","BT":false,"RPI":false,"seq":1783284617}]}""";

    public const string MixedTrades =
        """{"topic":"publicTrade.BTCUSDT","type":"snapshot","ts":1672304486868,"data":[{"T":1672304486861,"s":"BTCUSDT","S":"Buy","v":"0.001","p":"16578.50","i":"20f43950-d8dd-5b31-9112-a178eb6023a1","BT":false,"RPI":false,"seq":1},{"T":1672304486862,"s":"BTCUSDT","S":"Buy","v":"0.001","p":"16578.50","i":"20f43950-d8dd-5b31-9112-a178eb6023a2","BT":true,"RPI":false,"seq":2},{"T":1672304486863,"s":"BTCUSDT","S":"Sell","v":"0.001","p":"16578.55","i":"20f43950-d8dd-5b31-9112-a178eb6023a3","BT":true,"RPI":false,"seq":2},{"T":1672304486864,"s":"BTCUSDT","S":"Sell","v":"0.0005","p":"16578.5","i":"20f43950-d8dd-5b31-9112-a178eb6023a4","BT":false,"RPI":true,"seq":3},{"T":1672304486865,"s":"BTCUSDT","S":"Buy","v":"3","p":"16579","i":"20f43950-d8dd-5b31-9112-a178eb6023a5","BT":true,"RPI":true,"seq":4},{"T":1672304486866,"s":"BTCUSDT","S":"Buy","v":"3","p":"16579","i":"20f43950-d8dd-5b31-9112-a178eb6023a6","BT":false,"RPI":false,"seq":5}]}""";

    public const string SpotTrades =
        """{"topic":"publicTrade.BTCUSDT","ts":1680652847526,"type":"snapshot","data":[{"i":"2290000000050703789","T":1680652847524,"p":"28165.38","v":"0.041732","S":"Sell","s":"BTCUSDT","BT":false},{"i":"2290000000050703790","T":1680652847524,"p":"28165.38","v":"0.008513","S":"Sell","s":"BTCUSDT","BT":false}]}""";

    public const string Ticker =
        """{"topic":"tickers.BTCUSDT","type":"snapshot","data":{"symbol":"BTCUSDT","tickDirection":"ZeroPlusTick","price24hPcnt":"0.001624","lastPrice":"65114.30","markPrice":"65117.44","openInterest":"59891.732","fundingIntervalHour":"8","nextFundingTime":"1786320000000","fundingRate":"0.0001","bid1Price":"65114.20","bid1Size":"5.954","ask1Price":"65114.30","ask1Size":"10.470","preOpenPrice":""},"cs":753843900397,"ts":1786310817583}""";

    public const string TickerDelta =
        """{"topic":"tickers.BTCUSDT","type":"delta","data":{"symbol":"BTCUSDT","bid1Price":"65114.10","bid1Size":"6.054"},"cs":753843907770,"ts":1786310817883}""";

    public const string SpotTicker =
        """{"topic":"tickers.BTCUSDT","ts":1673853746003,"type":"snapshot","cs":2588407389,"data":{"symbol":"BTCUSDT","lastPrice":"21109.77","highPrice24h":"21426.99","lowPrice24h":"20575","prevPrice24h":"20704.93","volume24h":"6780.866843","turnover24h":"141946527.22907118","price24hPcnt":"0.0196","usdIndexPrice":"21120.2400136"}}""";

    public const string Candles =
        """{"topic":"kline.5.BTCUSDT","data":[{"start":1672324800000,"end":1672325099999,"interval":"5","open":"16649.5","close":"16677","high":"16677","low":"16608","volume":"2.081","turnover":"34666.4005","confirm":true,"timestamp":1672324988882},{"start":1672325100000,"end":1672325399999,"interval":"5","open":"16677","close":"16677.5","high":"16678","low":"16677","volume":"0.1","turnover":"1667.75","confirm":false,"timestamp":1672325100001}],"ts":1672325100002,"type":"snapshot"}""";

    public const string RestBook =
        """{"retCode":0,"retMsg":"OK","result":{"s":"BTCUSDT","a":[["65557.7","16.606555"]],"b":[["65485.47","47.081829"],["65485.46","0.5"]],"ts":1716863719031,"u":230704,"seq":1432604333,"cts":1716863718905},"retExtInfo":{},"time":1716863719382}""";

    public const string LinearInstruments =
        """{"retCode":0,"retMsg":"OK","result":{"category":"linear","list":[{"symbol":"BTCUSDT","symbolId":5,"contractType":"LinearPerpetual","status":"Trading","baseCoin":"BTC","quoteCoin":"USDT","settleCoin":"USDT","launchTime":"1585526400000","deliveryTime":"0","priceScale":"2","leverageFilter":{"minLeverage":"1","maxLeverage":"100.00","leverageStep":"0.01"},"priceFilter":{"minPrice":"0.10","maxPrice":"1999999.80","tickSize":"0.10"},"lotSizeFilter":{"maxOrderQty":"1190.000","minOrderQty":"0.001","qtyStep":"0.001","postOnlyMaxOrderQty":"1190.000","maxMktOrderQty":"500.000","minNotionalValue":"5"},"unifiedMarginTrade":true,"fundingInterval":480,"isPreListing":false,"preListingInfo":null,"riskParameters":{"priceLimitRatioX":"0.01","priceLimitRatioY":"0.02"}},{"symbol":"DOGEUSDT","priceFilter":{"tickSize":"0.00001"},"lotSizeFilter":{"minOrderQty":"1","qtyStep":"1","minNotionalValue":"5"}}],"nextPageCursor":""},"retExtInfo":{},"time":1672025956592}""";

    public const string SpotInstruments =
        """{"retCode":0,"retMsg":"OK","result":{"category":"spot","list":[{"symbol":"BTCUSDT","baseCoin":"BTC","quoteCoin":"USDT","innovation":"0","status":"Trading","marginTrading":"utaOnly","lotSizeFilter":{"basePrecision":"0.000001","quotePrecision":"0.0000001","minOrderQty":"0.000011","maxOrderQty":"83","minOrderAmt":"5","maxOrderAmt":"8000000","maxLimitOrderQty":"83","maxMarketOrderQty":"41.5","postOnlyMaxLimitOrderSize":"60000"},"priceFilter":{"tickSize":"0.1"},"riskParameters":{"priceLimitRatioX":"0.005","priceLimitRatioY":"0.01"}}]},"retExtInfo":{},"time":1672025956592}""";

    public const string InverseInstruments =
        """{"retCode":0,"retMsg":"OK","result":{"category":"inverse","list":[{"symbol":"BTCUSD","contractType":"InversePerpetual","priceFilter":{"tickSize":"0.50"},"lotSizeFilter":{"minOrderQty":"1","qtyStep":"1","minNotionalValue":""}}],"nextPageCursor":""},"retExtInfo":{},"time":1672025956592}""";

    public static string[] Linear => [Snapshot, Delta, Trades, MixedTrades, Ticker, TickerDelta, Candles, RestBook, LinearInstruments];

    public static string[] Spot => [SpotSnapshot, SpotDelta, SpotTrades, SpotTicker, Candles, RestBook, SpotInstruments];

    public static string[] Inverse => [InverseInstruments];

    public static string[] Of(Venue venue) => venue == Venue.BybitLinear ? Linear : venue == Venue.BybitSpot ? Spot : Inverse;
}
