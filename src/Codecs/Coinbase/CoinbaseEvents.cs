using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Coinbase;

/// <summary>Kinds of frames on the wire.</summary>
internal static class CoinbaseEvents
{
    /// <summary>The kind that a <c>type</c> names.</summary>
    public static CoinbaseEvent Classify(ReadOnlySpan<byte> type)
    {
        for (CoinbaseEvent kind = CoinbaseEvent.BookUpdate; kind <= CoinbaseEvent.Error; kind++)
        {
            if (type.SequenceEqual(TypeOf(kind)))
            {
                return kind;
            }
        }

        return CoinbaseEvent.Other;
    }

    /// <summary>Value of <c>type</c>; empty for answers to REST requests, which have none.</summary>
    public static ReadOnlySpan<byte> TypeOf(CoinbaseEvent kind) => kind switch
    {
        CoinbaseEvent.BookUpdate => "l2update"u8,
        CoinbaseEvent.BookSnapshot => "snapshot"u8,
        CoinbaseEvent.Ticker => "ticker"u8,
        CoinbaseEvent.Match => "match"u8,
        CoinbaseEvent.Received => "received"u8,
        CoinbaseEvent.Open => "open"u8,
        CoinbaseEvent.Change => "change"u8,
        CoinbaseEvent.Done => "done"u8,
        CoinbaseEvent.Activate => "activate"u8,
        CoinbaseEvent.Heartbeat => "heartbeat"u8,
        CoinbaseEvent.Status => "status"u8,
        CoinbaseEvent.Subscriptions => "subscriptions"u8,
        CoinbaseEvent.Error => "error"u8,
        _ => default,
    };

    /// <summary>The channel of a kind; a <see cref="CoinbaseEvent.Match"/> may be one of <c>full</c> as well.</summary>
    public static CoinbaseChannel ChannelOf(CoinbaseEvent kind) => kind switch
    {
        CoinbaseEvent.BookUpdate or CoinbaseEvent.BookSnapshot => CoinbaseChannel.Level2,
        CoinbaseEvent.Ticker => CoinbaseChannel.Ticker,
        CoinbaseEvent.Match => CoinbaseChannel.Matches,
        CoinbaseEvent.Received or CoinbaseEvent.Open or CoinbaseEvent.Change or CoinbaseEvent.Done or CoinbaseEvent.Activate => CoinbaseChannel.Full,
        CoinbaseEvent.Heartbeat => CoinbaseChannel.Heartbeat,
        CoinbaseEvent.RestLevels => CoinbaseChannel.RestLevels,
        CoinbaseEvent.RestOrders => CoinbaseChannel.RestOrders,
        _ => CoinbaseChannel.Other,
    };

    /// <summary>What the messages of a kind are, on their channel.</summary>
    public static MessageType MessageOf(CoinbaseEvent kind, CoinbaseChannel channel) => kind switch
    {
        CoinbaseEvent.BookUpdate => MessageType.BookDelta,
        CoinbaseEvent.BookSnapshot or CoinbaseEvent.RestLevels => MessageType.BookSnapshot,
        CoinbaseEvent.RestOrders => MessageType.OrderSnapshot,
        CoinbaseEvent.Ticker => MessageType.Ticker,
        CoinbaseEvent.Heartbeat => MessageType.Heartbeat,
        _ => channel == CoinbaseChannel.Full ? MessageType.Orders : MessageType.Trades,
    };
}
