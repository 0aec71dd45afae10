namespace Lob.Fast.Engine.Records;

/// <summary>What a stream carries.</summary>
public enum StreamRole : byte
{
    /// <summary>Not stated.</summary>
    None = 0,

    /// <summary>A book: deltas, with or without snapshots of its own.</summary>
    Book = 1,

    /// <summary>Book snapshots asked for apart (REST), joined to the book streams of the same instrument by their <see cref="BridgeRule"/>.</summary>
    BookSnapshots = 2,

    /// <summary>Best bid and ask with the book's update ids.</summary>
    Ticker = 3,

    /// <summary>Trades.</summary>
    Trades = 4,

    /// <summary>Candles.</summary>
    Candles = 5,

    /// <summary>Single orders: events, with or without snapshots of their own.</summary>
    Orders = 6,

    /// <summary>Signs of life. Such a stream may belong to a connection and to no instrument (its InstrumentId is then 0).</summary>
    Heartbeats = 7,
}
