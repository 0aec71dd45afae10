namespace Lob.Fast.Engine.Records;

/// <summary>What kind of venue message a <see cref="MessageBegin"/> opens; its header's Code.</summary>
public enum MessageType : byte
{
    /// <summary>Not a message.</summary>
    None = 0,

    /// <summary>Changes to a book: absolute quantities, 0 deletes.</summary>
    BookDelta = 1,

    /// <summary>A whole book, up to the depth asked for.</summary>
    BookSnapshot = 2,

    /// <summary>Best bid and ask.</summary>
    Ticker = 3,

    /// <summary>Single trades.</summary>
    Trades = 4,

    /// <summary>Trades of one taker order at one price, put together by the venue.</summary>
    AggregateTrades = 5,

    /// <summary>Candles.</summary>
    Candles = 6,

    /// <summary>Nothing but a sign of life, of a stream or of a whole connection; it may carry a sequence.</summary>
    Heartbeat = 7,

    /// <summary>A checksum of the book as it stands, in a message of its own (Bitfinex <c>cs</c>).</summary>
    BookChecksum = 8,

    /// <summary>Events of single orders.</summary>
    Orders = 9,

    /// <summary>All orders of a book, up to the depth asked for.</summary>
    OrderSnapshot = 10,

    /// <summary>The venue confirms that it sends no more of this stream: nothing is known from here on, and nothing was lost.</summary>
    Ended = 11,
}
