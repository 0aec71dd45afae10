namespace Lob.Fast.Codecs.Coinbase;

/// <summary>Kinds of frames, by their <c>type</c>.</summary>
internal enum CoinbaseEvent : byte
{
    /// <summary>Counted by name.</summary>
    Other = 0,

    /// <summary><c>l2update</c>: changes to a book.</summary>
    BookUpdate,

    /// <summary><c>snapshot</c>: a whole book.</summary>
    BookSnapshot,

    /// <summary><c>ticker</c>.</summary>
    Ticker,

    /// <summary><c>match</c>: a trade.</summary>
    Match,

    /// <summary><c>received</c>: an order was accepted.</summary>
    Received,

    /// <summary><c>open</c>: an order rests.</summary>
    Open,

    /// <summary><c>change</c>: an order has another size or price.</summary>
    Change,

    /// <summary><c>done</c>: an order is gone.</summary>
    Done,

    /// <summary><c>activate</c>: a stop order was triggered.</summary>
    Activate,

    /// <summary><c>heartbeat</c>.</summary>
    Heartbeat,

    /// <summary><c>status</c>: the list of products.</summary>
    Status,

    /// <summary><c>subscriptions</c>: what the connection is subscribed to.</summary>
    Subscriptions,

    /// <summary><c>error</c>.</summary>
    Error,

    /// <summary>A REST book by price.</summary>
    RestLevels,

    /// <summary>A REST book of single orders.</summary>
    RestOrders,
}
