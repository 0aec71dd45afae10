namespace Lob.Fast.Codecs.Bitfinex;

/// <summary>What Bitfinex sends on a channel, as far as it becomes records.</summary>
internal enum BitfinexChannel : byte
{
    /// <summary>Recognised and set aside, counted by name: funding symbols, <c>status</c>, whatever else there is.</summary>
    Aside = 0,

    /// <summary>Aggregated books, <c>P0</c> to <c>P4</c>.</summary>
    Book = 1,

    /// <summary>Single orders, <c>R0</c>.</summary>
    Orders = 2,

    /// <summary>Trades.</summary>
    Trades = 3,

    /// <summary>Best bid and ask.</summary>
    Ticker = 4,

    /// <summary>Candles of one interval.</summary>
    Candles = 5,

    /// <summary>Signs of life of the connection itself: frames that belong to no stream but consumed a number.</summary>
    Connection = 6,
}
