namespace Lob.Fast.Codecs.Tests.Coinbase;

/// <summary>One frame of each kind of Coinbase Exchange in the venue's own form (documentation of 2026-07, and recordings of 2017 to 2022, shortened).</summary>
internal static class CoinbaseSamples
{
    public const string Snapshot =
        """{"type":"snapshot","product_id":"BTC-USD","asks":[["10102.55","0.57753524"],["10102.60","1.5"]],"bids":[["10101.10","0.45054140"],["10101.05","2.00000000"]],"time":"2022-08-04T15:25:05.010758Z"}""";

    public const string Update =
        """{"type":"l2update","product_id":"BTC-USD","changes":[["buy","10101.10","0.00000000"],["sell","10102.58","1.00000000"]],"time":"2022-08-04T15:25:06.010758Z"}""";

    public const string Ticker =
        """{"type":"ticker","sequence":37475248783,"product_id":"ETH-USD","price":"1285.22","open_24h":"1310.79","volume_24h":"245532.79269678","low_24h":"1280.52","high_24h":"1313.8","volume_30d":"9788783.60117027","best_bid":"1285.04","best_bid_size":"0.46688654","best_ask":"1285.27","best_ask_size":"1.56637040","side":"buy","time":"2022-10-19T23:28:22.061769Z","trade_id":370843401,"last_size":"11.4396987"}""";

    public const string Ticker2021 =
        """{"type":"ticker","sequence":23345076686,"product_id":"BTC-USD","price":"58800.01","best_bid":"58800.00","best_ask":"58800.01","side":"buy","time":"2021-04-01T00:00:01.618503Z","trade_id":151521557,"last_size":"0.05"}""";

    public const string Match =
        """{"type":"match","trade_id":10,"sequence":50,"maker_order_id":"ac928c66-ca53-498f-9c13-a110027a60e8","taker_order_id":"132fb6ae-456b-4654-b4e0-d681ac05cea1","time":"2014-11-07T08:19:27.028459Z","product_id":"BTC-USD","size":"5.23512","price":"400.23","side":"sell"}""";

    public const string Heartbeat =
        """{"type":"heartbeat","sequence":90,"last_trade_id":20,"product_id":"BTC-USD","time":"2014-11-07T08:19:28.464459Z"}""";

    public const string Received =
        """{"type":"received","time":"2014-11-07T08:19:27.028459Z","product_id":"BTC-USD","sequence":10,"order_id":"d50ec984-77a8-460a-b958-66f114b0de9b","size":"1.34","price":"502.1","side":"buy","order_type":"limit","client-oid":"d50ec974-76a2-454b-66f1-35b1ea8c0001"}""";

    public const string ReceivedMarket =
        """{"type":"received","time":"2014-11-09T08:19:27.028459Z","product_id":"BTC-USD","sequence":12,"order_id":"dddec984-77a8-460a-b958-66f114b0de9b","funds":"3000.234","side":"buy","order_type":"market","client_oid":"efc766ce-255f-4aa3-a359-bf7f33a3a932"}""";

    public const string Open =
        """{"type":"open","time":"2014-11-07T08:19:27.028459Z","product_id":"BTC-USD","sequence":13,"order_id":"d50ec984-77a8-460a-b958-66f114b0de9b","price":"200.2","remaining_size":"1.00","side":"sell"}""";

    public const string Done =
        """{"type":"done","time":"2014-11-07T08:19:27.028459Z","product_id":"BTC-USD","sequence":14,"price":"200.2","order_id":"d50ec984-77a8-460a-b958-66f114b0de9b","reason":"filled","side":"sell","remaining_size":"0"}""";

    public const string DoneMarket =
        """{"type":"done","time":"2014-11-07T08:19:27.028459Z","product_id":"BTC-USD","sequence":15,"order_id":"d50ec984-77a8-460a-b958-66f114b0de9b","reason":"canceled","side":"sell"}""";

    public const string ChangeStp =
        """{"type":"change","reason":"STP","time":"2014-11-07T08:19:27.028459Z","sequence":80,"order_id":"ac928c66-ca53-498f-9c13-a110027a60e8","side":"sell","product_id":"BTC-USD","old_size":"12.234412","new_size":"5.23512","price":null}""";

    public const string ChangeModify =
        """{"type":"change","reason":"modify_order","time":"2022-06-06T22:55:43.433114Z","sequence":24753,"order_id":"c3f16063-77b1-408f-a743-88b7bc20cdcd","side":"buy","product_id":"BTC-USD","old_size":"80","new_size":"80.5","old_price":"7","new_price":"6"}""";

    public const string RestLevels =
        """{"sequence":13051505638,"bids":[["6247.58","6.3578146",2],["6247.50","1",1]],"asks":[["6251.52","2",1],["6251.53","0.5",12]],"auction_mode":false,"auction":null,"time":"2026-01-15T20:52:49.123456Z"}""";

    public const string RestOrders =
        """{"sequence":13051505638,"bids":[["6247.58","6.3578146","cb1a3e2a-5d5c-4cd4-b4f0-4d0bd0d0a7b1"],["6247.58","2.2","7b1e0d2c-5d5c-4cd4-b4f0-4d0bd0d0a7b2"]],"asks":[["6251.52","2","e4b1a5aa-5d5c-4cd4-b4f0-4d0bd0d0a7b3"]],"auction_mode":false,"auction":null,"time":"2026-01-15T20:52:49.123456Z"}""";

    public const string Status =
        """{"type":"status","currencies":[{"id":"USD","name":"United States Dollar"}],"products":[{"id":"BTC-USD","base_currency":"BTC","quote_currency":"USD","quote_increment":"0.01","base_increment":"0.00000001","display_name":"BTC/USD","min_market_funds":"1.50","status":"online"},{"id":"ETH-USD","base_min_size":"0.001","quote_increment":"0.05","base_increment":"0.0001","min_market_funds":""}]}""";

    public const string Subscriptions =
        """{"type":"subscriptions","channels":[{"name":"level2_batch","product_ids":["BTC-USD"],"account_ids":null},{"name":"ticker","product_ids":["ETH-USD"]}]}""";

    public const string FullSubscriptions =
        """{"type":"subscriptions","channels":[{"name":"full","product_ids":["BTC-USD"]},{"name":"heartbeat","product_ids":["BTC-USD"]}]}""";

    public const string Level3 =
        """["open","BTC-USD","57560479456","12aca6e0-0a37-4c2b-8a6f-8c0d3a7a1f11","buy","27268.09","0.02","2023-03-28T23:24:03.185394Z"]""";

    public static string[] All =>
    [
        Snapshot, Update, Ticker, Ticker2021, Match, Heartbeat, Received, ReceivedMarket, Open, Done, DoneMarket, ChangeStp, ChangeModify, Status, Subscriptions,
    ];
}
