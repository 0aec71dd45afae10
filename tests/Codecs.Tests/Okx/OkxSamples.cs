namespace Lob.Fast.Codecs.Tests.Okx;

/// <summary>One frame of each kind in the venue's own form (documentation of 2026-08, and recordings of 2021 to 2026, shortened).</summary>
internal static class OkxSamples
{
    public const string Snapshot =
        """{"arg":{"channel":"books","instId":"BTC-USDT"},"action":"snapshot","data":[{"asks":[["67500.2","1.20","0","3"],["67500.3","0.80","0","2"]],"bids":[["67500.1","0.95","0","4"],["67500","2.10","0","5"]],"ts":"1785096000123","checksum":0,"seqId":450001,"prevSeqId":-1}]}""";

    public const string Update =
        """{"arg":{"channel":"books","instId":"BTC-USDT"},"action":"update","data":[{"asks":[["67500.2","0","0","0"],["67500.4","1.50","0","1"]],"bids":[["67500.1","1.25","0","5"]],"ts":"1785096000223","checksum":0,"seqId":450007,"prevSeqId":450001}]}""";

    public const string Keepalive =
        """{"arg":{"channel":"books","instId":"BTC-USDT"},"action":"update","data":[{"asks":[],"bids":[],"ts":"1785096060223","checksum":0,"seqId":450007,"prevSeqId":450007}]}""";

    public const string Update2022 =
        """{"arg":{"channel":"books-l2-tbt","instId":"REN-USDT-SWAP"},"action":"update","data":[{"asks":[["0.65442","14","0","2"]],"bids":[["0.65441","1","0","1"],["0.65418","0","0","0"]],"ts":"1640131236035","checksum":-2017579879}]}""";

    public const string Books50 =
        """{"arg":{"channel":"books50-l2-tbt","instId":"BTC-USDT"},"action":"update","data":[{"asks":[],"bids":[["67500.1","1.25","0","5"]],"ts":"1785096000223","checksum":0,"seqId":450009,"prevSeqId":450001}]}""";

    public const string Books5 =
        """{"arg":{"channel":"books5","instId":"BCH-USDT-SWAP"},"data":[{"asks":[["111.06","55154","0","2"],["111.07","53276","0","2"]],"bids":[["111.05","57745","0","2"],["111.04","57109","0","2"]],"instId":"BCH-USDT-SWAP","ts":"1670324386802","seqId":363996337}]}""";

    public const string Best =
        """{"arg":{"channel":"bbo-tbt","instId":"BCH-USDT-SWAP"},"data":[{"asks":[["111.06","55154","0","2"]],"bids":[["111.05","57745","0","2"]],"ts":"1670324386802","seqId":363996337}]}""";

    public const string Best2022 =
        """{"arg":{"channel":"bbo-tbt","instId":"BTC-USDT-SWAP"},"data":[{"asks":[["38632.4","727","0","22"]],"bids":[["38632.3","990","0","22"]],"ts":"1651761120004"}]}""";

    public const string Trades =
        """{"arg":{"channel":"trades","instId":"BTC-USDT"},"data":[{"instId":"BTC-USDT","tradeId":"130639474","px":"42219.9","sz":"0.12060306","side":"buy","ts":"1630048897897","count":"3","source":"0","seqId":1234}]}""";

    public const string TradesAll =
        """{"arg":{"channel":"trades-all","instId":"BSV-USDT"},"data":[{"instId":"BSV-USDT","tradeId":"84834539","px":"42.52","sz":"3.75","side":"sell","ts":"1697760012017"},{"instId":"BSV-USDT","tradeId":"84834540","px":"42.5","sz":"0.25","side":"buy","ts":"1697760012018","source":"1"}]}""";

    public const string Ticker =
        """{"arg":{"channel":"tickers","instId":"BTC-USDT"},"data":[{"instType":"SPOT","instId":"BTC-USDT","last":"67500.1","lastSz":"0.01","askPx":"67500.2","askSz":"1.20","bidPx":"67500.1","bidSz":"0.95","open24h":"66000","high24h":"68000","low24h":"65000","volCcy24h":"125000000","vol24h":"1875","sodUtc0":"66250","sodUtc8":"66400","ts":"1785096000123"}]}""";

    public const string TickerWithoutBids =
        """{"arg":{"channel":"tickers","instId":"ETH-USD-211231-9600-C"},"data":[{"instType":"OPTION","instId":"ETH-USD-211231-9600-C","last":"0.006","lastSz":"0","askPx":"0.0005","askSz":"111","bidPx":"","bidSz":"","ts":"1640001603301"}]}""";

    public const string Candle =
        """{"arg":{"channel":"candle1m","instId":"BTC-USDT"},"data":[["1785096000000","67500.0","67510.5","67490.0","67505.0","12.5","843812.50","843812.50","0"]]}""";

    public const string RestBook =
        """{"code":"0","msg":"","data":[{"asks":[["67500.2","1.20","0","3"],["67500.3","0.80","0","2"]],"bids":[["67500.1","0.95","0","4"]],"ts":"1785096000150","seqId":450003}]}""";

    public const string RestBookFull =
        """{"code":"0","msg":"","data":[{"asks":[["67500.2","1.20","3"],["67500.3","0.80","2"]],"bids":[["67500.1","0.95","4"],["67500","7","9"]],"ts":"1785096000150"}]}""";

    public const string Instruments =
        """{"code":"0","msg":"","data":[{"instType":"SPOT","instId":"BTC-USD","baseCcy":"BTC","quoteCcy":"USD","tickSz":"0.1","lotSz":"0.00000001","minSz":"0.00001","state":"live","maxLmtSz":"9999999999","ctVal":"","ctMult":"","ctValCcy":"","listTime":"1597026383085","instIdCode":1000000000,"ruleType":"normal"},{"instType":"SWAP","instId":"ETH-USDT-SWAP","instFamily":"ETH-USDT","uly":"ETH-USDT","settleCcy":"USDT","ctVal":"0.1","ctValCcy":"ETH","ctMult":"1","ctType":"linear","tickSz":"0.01","lotSz":"0.01","minSz":"0.01","lever":"100","state":"live","instIdCode":10461},{"instType":"SWAP","instId":"BTC-USD-SWAP","ctVal":"100","ctMult":"1","ctType":"inverse","tickSz":"0.1","lotSz":"1","minSz":"1"}]}""";

    public static string[] All =>
    [
        Snapshot, Update, Keepalive, Update2022, Books50, Books5, Best, Best2022, Trades, TradesAll, Ticker, TickerWithoutBids, Candle, RestBook, RestBookFull,
    ];
}
