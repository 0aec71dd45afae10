namespace Lob.Fast.Codecs.Bybit;

/// <summary>What Bybit sends on a topic, as far as it becomes records.</summary>
internal enum BybitChannel : byte
{
    /// <summary>Counted, not decoded: liquidations, price limits, the RPI book …</summary>
    Other = 0,

    /// <summary><c>orderbook.{depth}</c>: a snapshot, then changes, of the best levels.</summary>
    Book = 1,

    /// <summary><c>orderbook.full</c>: changes of the whole book, and never a snapshot.</summary>
    FullBook = 2,

    /// <summary>The answer of <c>GET /v5/market/orderbook</c>.</summary>
    RestBook = 3,

    /// <summary><c>publicTrade</c>.</summary>
    Trades = 4,

    /// <summary><c>tickers</c>.</summary>
    Ticker = 5,

    /// <summary><c>kline.{interval}</c>.</summary>
    Candles = 6,
}
