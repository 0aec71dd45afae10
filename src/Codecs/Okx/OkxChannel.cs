namespace Lob.Fast.Codecs.Okx;

/// <summary>What OKX sends on a channel, as far as it becomes records.</summary>
internal enum OkxChannel : byte
{
    /// <summary>Counted, not decoded: funding rates, mark prices, open interest, books of the retail programme …</summary>
    Other = 0,

    /// <summary><c>books</c>: a snapshot of 400 levels a side, then changes every 100 ms.</summary>
    Books = 1,

    /// <summary><c>books-l2-tbt</c>: the same every 10 ms.</summary>
    BooksTickByTick = 2,

    /// <summary><c>books50-l2-tbt</c>: the same with 50 levels.</summary>
    Books50TickByTick = 3,

    /// <summary><c>books5</c>: five levels, whole in every message.</summary>
    Books5 = 4,

    /// <summary><c>bbo-tbt</c>: one level, whole in every message.</summary>
    BestTickByTick = 5,

    /// <summary><c>trades</c>: those of one taker order at one price put together.</summary>
    Trades = 6,

    /// <summary><c>trades-all</c>: single trades.</summary>
    TradesAll = 7,

    /// <summary><c>tickers</c>: best bid and ask, and statistics of 24 hours.</summary>
    Tickers = 8,

    /// <summary><c>candle1m</c> and the like.</summary>
    Candles = 9,

    /// <summary><c>instruments</c>: changes of the list of instruments.</summary>
    Instruments = 10,

    /// <summary>Answers to REST requests for a book.</summary>
    RestBooks = 11,
}
