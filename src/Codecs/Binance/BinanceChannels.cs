using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Binance;

/// <summary>Names of channels and events on the wire.</summary>
internal static class BinanceChannels
{
    /// <summary>
    /// Channel of the bare name. Only <c>depth</c> and <c>depth@…</c> are changes to the book that REST snapshots belong to: <c>depth5</c>,
    /// <c>depth10</c> and <c>depth20</c> are whole top-N books although futures send them as <c>depthUpdate</c>, and <c>rpiDepth</c> holds orders that the
    /// REST book does not (Binance futures documentation, 2026-07).
    /// </summary>
    public static BinanceChannel Classify(ReadOnlySpan<byte> channel)
    {
        ReadOnlySpan<byte> name = ShortName(channel);
        if (name.SequenceEqual("depth"u8))
        {
            return BinanceChannel.Depth;
        }

        // The venue-wide ticker stream names its symbol only in the frame.
        if (name.SequenceEqual("bookTicker"u8) || name.SequenceEqual("!bookTicker"u8))
        {
            return BinanceChannel.BookTicker;
        }

        if (name.SequenceEqual("trade"u8))
        {
            return BinanceChannel.Trade;
        }

        if (name.SequenceEqual("aggTrade"u8))
        {
            return BinanceChannel.AggregateTrade;
        }

        return name.StartsWith("kline_"u8) ? BinanceChannel.Candle : BinanceChannel.Other;
    }

    /// <summary>Value of <c>e</c> on a channel.</summary>
    public static ReadOnlySpan<byte> EventOf(BinanceChannel channel) => channel switch
    {
        BinanceChannel.Depth => "depthUpdate"u8,
        BinanceChannel.BookTicker => "bookTicker"u8,
        BinanceChannel.Trade => "trade"u8,
        BinanceChannel.AggregateTrade => "aggTrade"u8,
        BinanceChannel.Candle => "kline"u8,
        _ => default,
    };

    /// <summary>What the messages of a channel are.</summary>
    public static MessageType MessageOf(BinanceChannel channel) => channel switch
    {
        BinanceChannel.Depth => MessageType.BookDelta,
        BinanceChannel.RestDepth => MessageType.BookSnapshot,
        BinanceChannel.BookTicker => MessageType.Ticker,
        BinanceChannel.Trade => MessageType.Trades,
        BinanceChannel.AggregateTrade => MessageType.AggregateTrades,
        _ => MessageType.Candles,
    };

    /// <summary>The channel a bare frame with this value of <c>e</c> belongs to.</summary>
    public static BinanceChannel OfEvent(ReadOnlySpan<byte> name)
    {
        for (BinanceChannel channel = BinanceChannel.Depth; channel <= BinanceChannel.Candle; channel++)
        {
            if (name.SequenceEqual(EventOf(channel)))
            {
                return channel;
            }
        }

        return BinanceChannel.Other;
    }

    /// <summary>The channel name up to the update speed: <c>depth20@100ms</c> is <c>depth20</c>.</summary>
    public static ReadOnlySpan<byte> ShortName(ReadOnlySpan<byte> channel)
    {
        int end = channel.IndexOf((byte)'@');
        return end < 0 ? channel : channel[..end];
    }

    /// <summary>Channel of the streams that REST depth answers are put on.</summary>
    public static ReadOnlySpan<byte> RestDepth(Venue venue) => venue switch
    {
        Venue.BinanceSpot => "/api/v3/depth"u8,
        Venue.BinanceUsdM => "/fapi/v1/depth"u8,
        _ => "/dapi/v1/depth"u8,
    };
}
