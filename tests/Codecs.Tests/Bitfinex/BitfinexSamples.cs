namespace Lob.Fast.Codecs.Tests.Bitfinex;

/// <summary>Frames in the venue's own form (documentation of 2026-07, probes of 2026-09, and recordings of 2017 to 2021, shortened).</summary>
internal static class BitfinexSamples
{
    public const string Info = """{"event":"info","version":2,"serverId":"083bd8d4-aca7-4690-a573-eabfc8103de8","platform":{"status":1}}""";

    public const string Conf = """{"event":"conf","status":"OK","flags":196608}""";

    public const string ConfBulkTimed = """{"event":"conf","status":"OK","flags":537100288}""";

    public const string Book =
        """{"event":"subscribed","channel":"book","chanId":17082,"symbol":"tBTCUSD","prec":"P0","freq":"F0","len":"25","subId":"b1","pair":"BTCUSD"}""";

    public const string Orders = """{"event":"subscribed","channel":"book","chanId":433290,"symbol":"tBTCUSD","prec":"R0","freq":"F0","len":"100","pair":"BTCUSD"}""";

    public const string Trades = """{"event":"subscribed","channel":"trades","chanId":17470,"symbol":"tBTCUSD","pair":"BTCUSD"}""";

    public const string Ticker = """{"event":"subscribed","channel":"ticker","chanId":232950,"symbol":"tBTCUSD","pair":"BTCUSD"}""";

    public const string Candles = """{"event":"subscribed","channel":"candles","chanId":343351,"key":"trade:1m:tBTCUSD"}""";

    public const string Status = """{"event":"subscribed","channel":"status","chanId":127758,"key":"deriv:tBTCF0:USTF0"}""";

    public const string FundingTicker = """{"event":"subscribed","channel":"ticker","chanId":129136,"symbol":"fBTC","currency":"BTC"}""";

    public const string BookSnapshot = "[17082,[[7254.7,3,3.3],[7254.6,1,0.5],[7254.8,2,-1.1],[7255,1,-2e-7]],1]";

    public const string BookUpdate = "[17082,[7254.8,2,-0.03483509],2]";

    public const string BookDelete = "[17082,[7254.6,0,1],3]";

    public const string BookChecksum = "[17082,\"cs\",1330055495,4]";

    public const string BookHeartbeat = "[17082,\"hb\",5]";

    public const string OrdersSnapshot =
        "[433290,[[34753002978,7294.7,1.54340371],[34753002991,7294.7,0.2],[34752998120,7294.5,3],[34753003110,7294.8,-0.75],[34753002500,7295,-1.2e-7]],6]";

    public const string OrdersUpdate = "[433290,[34753002978,7294.7,1.2],7]";

    public const string OrdersDelete = "[433290,[34753002978,0,1],8]";

    public const string OrdersChecksum = "[433290,\"cs\",-898242051,9]";

    public const string PastTrades = "[17470,[[401597393,1574694475039,0.005,7244.9],[401597392,1574694475039,-2.5,7244.8]],10]";

    public const string TradeExecuted = "[17470,\"te\",[401597395,1574694478808,-0.005,7245.3],11]";

    public const string TradeUpdated = "[17470,\"tu\",[401597395,1574694478808,-0.005,7245.3],12]";

    public const string TickerRow = "[232950,[7254.7,1.7023900800000002,7254.8,2.2626931299999997,-66440,-0.1903,7254.8,32.20946748,7402,7231],13]";

    public const string PastCandles = "[343351,[[1574698260000,7379.7857,7383.8,7388.3,7379.7856,1.68],[1574698200000,7399.9,7379.7,7399.9,7371.8,41.63360000000003]],14]";

    public const string CandleRow = "[343351,[1574698320000,7383.8,7384,7390.1,7383.5,2.0000000000001],15]";

    public const string StatusRow = "[127758,[1569715201000,null,173.535,173.57,null,101052.04082882],16]";

    public const string FundingRow = "[129136,[0.000012589041095890411,0.00000788,90,150.27107061000004],17]";

    public const string UnknownHeartbeat = "[232954,\"hb\",18]";

    /// <summary>The subscriptions of one connection.</summary>
    public static string[] Opening => [Info, Conf, Book, Orders, Trades, Ticker, Candles, Status, FundingTicker];

    /// <summary>One array frame of each kind that comes after <see cref="Opening"/>, in a possible order.</summary>
    public static string[] Data =>
    [
        BookSnapshot, BookUpdate, BookDelete, BookChecksum, BookHeartbeat, OrdersSnapshot, OrdersUpdate, OrdersDelete, OrdersChecksum, PastTrades, TradeExecuted,
        TradeUpdated, TickerRow, PastCandles, CandleRow, StatusRow, FundingRow, UnknownHeartbeat,
    ];
}
