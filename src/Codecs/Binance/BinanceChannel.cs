namespace Lob.Fast.Codecs.Binance;

/// <summary>What Binance sends on a channel, as far as it becomes records.</summary>
internal enum BinanceChannel : byte
{
    /// <summary>Counted, not decoded: partial books, 24-hour tickers, mark prices, forced orders …</summary>
    Other = 0,

    /// <summary>Changes to a book: <c>depth</c>, <c>depth@100ms</c> …</summary>
    Depth = 1,

    /// <summary>Best bid and ask.</summary>
    BookTicker = 2,

    /// <summary>Single trades.</summary>
    Trade = 3,

    /// <summary>Aggregated trades.</summary>
    AggregateTrade = 4,

    /// <summary>Candles of one interval.</summary>
    Candle = 5,

    /// <summary>Answers to REST depth requests.</summary>
    RestDepth = 6,
}
