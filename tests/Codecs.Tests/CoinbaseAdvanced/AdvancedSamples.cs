namespace Lob.Fast.Codecs.Tests.CoinbaseAdvanced;

/// <summary>One frame of each kind of Coinbase Advanced Trade in the venue's own form (recording of 2026-08-09, shortened).</summary>
internal static class AdvancedSamples
{
    public const string Snapshot =
        """{"channel":"l2_data","client_id":"","timestamp":"2026-08-09T21:05:48.483587501Z","sequence_num":13,"events":[{"type":"snapshot","product_id":"BTC-USD","updates":[{"side":"bid","event_time":"2026-08-09T21:05:48.170326Z","price_level":"65083.66","new_quantity":"0.20371215"},{"side":"bid","event_time":"2026-08-09T21:05:48.170326Z","price_level":"65083.2","new_quantity":"0.02244516"},{"side":"bid","event_time":"2026-08-09T21:05:48.170326Z","price_level":"65082.75","new_quantity":"0.001546"},{"side":"offer","event_time":"2026-08-09T21:05:48.170326Z","price_level":"65083.67","new_quantity":"0.24290402"},{"side":"offer","event_time":"2026-08-09T21:05:48.170326Z","price_level":"65084","new_quantity":"1"}]}]}""";

    public const string Update =
        """{"channel":"l2_data","timestamp":"2026-08-09T21:05:48.505350477Z","sequence_num":14,"events":[{"type":"update","product_id":"BTC-USD","updates":[{"side":"bid","event_time":"2026-08-09T21:05:48.210883Z","price_level":"65062.5","new_quantity":"0.00583"},{"side":"bid","event_time":"2026-08-09T21:05:48.210883Z","price_level":"65061.91","new_quantity":"0"},{"side":"offer","event_time":"2026-08-09T21:05:48.21Z","price_level":"65090","new_quantity":"0.5"}]}]}""";

    public const string TwoBooks =
        """{"channel":"l2_data","timestamp":"2026-08-09T21:05:48.605Z","sequence_num":15,"events":[{"type":"update","product_id":"BTC-USD","updates":[{"side":"bid","event_time":"2026-08-09T21:05:48.3Z","price_level":"65062.5","new_quantity":"0.1"}]},{"type":"update","product_id":"ETH-USD","updates":[{"side":"offer","event_time":"2026-08-09T21:05:48.4Z","price_level":"1919.49","new_quantity":"2"}]}]}""";

    public const string History =
        """{"channel":"market_trades","timestamp":"2026-08-09T21:05:48.228568804Z","sequence_num":16,"events":[{"type":"snapshot","trades":[{"product_id":"BTC-USD","trade_id":"1068572090","price":"65083.67","size":"0.002186","time":"2026-08-09T21:05:42.514318Z","side":"SELL"}]}]}""";

    public const string Trades =
        """{"channel":"market_trades","timestamp":"2026-08-09T21:05:48.251397169Z","sequence_num":17,"events":[{"type":"update","trades":[{"product_id":"BTC-USD","trade_id":"1068572092","price":"65083.67","size":"0.01034361","time":"2026-08-09T21:05:48.167634Z","side":"SELL"},{"product_id":"ETH-USD","trade_id":"1068572091","price":"1919.4","size":"3","time":"2026-08-09T21:05:48.1Z","side":"BUY"}]}]}""";

    public const string Ticker =
        """{"channel":"ticker","timestamp":"2026-08-09T21:05:48.298032046Z","sequence_num":18,"events":[{"type":"update","tickers":[{"type":"ticker","product_id":"ETH-USD","price":"1919.41","volume_24_h":"19975.95927439","low_24_h":"1911.04","high_24_h":"1925","best_bid":"1919.44","best_ask":"1919.49","best_bid_quantity":"0.02858092","best_ask_quantity":"0.07814824"}]}]}""";

    public const string Candles =
        """{"channel":"candles","timestamp":"2026-08-09T21:05:51.491081826Z","sequence_num":19,"events":[{"type":"update","candles":[{"start":"1786309500","high":"1919.6","low":"1919.27","open":"1919.58","close":"1919.41","volume":"36.36630914","product_id":"ETH-USD"}]}]}""";

    public const string Heartbeats =
        """{"channel":"heartbeats","timestamp":"2026-08-09T21:05:48.856364007Z","sequence_num":20,"events":[{"current_time":"2026-08-09 21:05:48.854840045 +0000 UTC m=+41691.260485341","heartbeat_counter":41691}]}""";

    public const string Subscriptions =
        """{"channel":"subscriptions","timestamp":"2026-08-09T21:05:48.629706932Z","sequence_num":21,"events":[{"subscriptions":{"candles":["ETH-USD"],"heartbeats":["heartbeats"],"level2":["BTC-USD","ETH-USD"]}}]}""";

    public const string Status =
        """{"channel":"status","client_id":"","timestamp":"2026-08-09T21:05:49Z","sequence_num":22,"events":[{"type":"snapshot","products":[{"product_type":"SPOT","id":"BTC-USD","base_currency":"BTC","quote_currency":"USD","base_increment":"0.00000001","quote_increment":"0.01","display_name":"BTC/USD","status":"online","status_message":"","min_market_funds":"1"}]}]}""";

    public static string[] All => [Snapshot, Update, TwoBooks, History, Trades, Ticker, Candles, Heartbeats, Subscriptions, Status];
}
