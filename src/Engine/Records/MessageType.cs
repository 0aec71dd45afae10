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
}
