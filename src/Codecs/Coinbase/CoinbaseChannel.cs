namespace Lob.Fast.Codecs.Coinbase;

/// <summary>What Coinbase Exchange sends on a channel, as far as it becomes records.</summary>
internal enum CoinbaseChannel : byte
{
    /// <summary>Counted, not decoded.</summary>
    Other = 0,

    /// <summary>A book by price: <c>level2</c>, <c>level2_batch</c>, <c>level2_50</c>.</summary>
    Level2 = 1,

    /// <summary>Best bid and ask: <c>ticker</c>, <c>ticker_batch</c>.</summary>
    Ticker = 2,

    /// <summary>Trades: <c>matches</c>.</summary>
    Matches = 3,

    /// <summary>One sign of life a second: <c>heartbeat</c>.</summary>
    Heartbeat = 4,

    /// <summary>Events of single orders: <c>full</c>.</summary>
    Full = 5,

    /// <summary>Answers to REST book requests of level 1 and 2.</summary>
    RestLevels = 6,

    /// <summary>Answers to REST book requests of level 3.</summary>
    RestOrders = 7,
}
