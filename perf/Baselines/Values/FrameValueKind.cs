namespace Lob.Fast.Baselines.Values;

/// <summary>What a <see cref="FrameValue"/> holds.</summary>
public enum FrameValueKind : byte
{
    /// <summary>Nothing: never written.</summary>
    None = 0,

    /// <summary>
    /// Opens a message. Code: <see cref="Engine.Records.MessageType"/>. First, Second, Third: last, first and previous sequence. Place and Length: where its symbol
    /// stands in the frame; Bitfinex's array frames name none: Place is the channel id, Length 0.
    /// </summary>
    Message = 1,

    /// <summary>Stands behind each <see cref="Message"/>. First, Second: venue's and matching engine's time, Unix ns. Third: the checksum, with Code 1.</summary>
    Times = 2,

    /// <summary>A price level. Code: side. First, Second: price and quantity. Third: the level's own time, Unix ns; 0 = that of the message. Place: orders.</summary>
    Level = 3,

    /// <summary>A trade. Code: the taker's side. First, Second: price and quantity. Third: the trade's own time, Unix ns; 0 = that of the message.</summary>
    Trade = 4,

    /// <summary>Stands behind each <see cref="Trade"/>. First, Second: low and high half of its id. Third: its sequence.</summary>
    TradeId = 5,

    /// <summary>One side of a ticker. Code: side. First, Second: price and quantity as far as the frame states them. Third: update id.</summary>
    Quote = 6,
}
