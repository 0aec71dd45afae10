namespace Lob.Fast.Codecs.CoinbaseAdvanced;

/// <summary>What Coinbase Advanced Trade sends on a channel, as far as it becomes records.</summary>
internal enum AdvancedChannel : byte
{
    /// <summary>Counted by name; only its number is kept.</summary>
    Other = 0,

    /// <summary>A book by price: <c>l2_data</c>.</summary>
    Book = 1,

    /// <summary>Trades: <c>market_trades</c>.</summary>
    Trades = 2,

    /// <summary>Best bid and ask: <c>ticker</c>.</summary>
    Ticker = 3,

    /// <summary>The same every five seconds: <c>ticker_batch</c>.</summary>
    TickerBatch = 4,

    /// <summary>Candles of five minutes: <c>candles</c>.</summary>
    Candles = 5,

    /// <summary>One sign of life a second, of the whole connection: <c>heartbeats</c>.</summary>
    Heartbeats = 6,

    /// <summary>The list of products: <c>status</c>.</summary>
    Status = 7,

    /// <summary>What the connection is subscribed to: <c>subscriptions</c>.</summary>
    Subscriptions = 8,
}
