using System.Buffers.Text;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Bybit;

/// <summary>Topics of Bybit v5 (documentation, 2026-07-24): the symbol is the last part, what stands before it is the channel.</summary>
internal static class BybitChannels
{
    /// <summary>
    /// A live book without a message for longer than this is stale. Bybit promises no sign of life below the level-1 topic: depths from 50 up send
    /// only what changed, every 20 to 200 ms on any symbol that trades.
    /// </summary>
    public const long StaleAfterNs = 30_000_000_000;

    /// <summary>
    /// The same for level 1, which repeats its last snapshot when nothing has changed for 3 s (documentation, 2026-07-24): three repeats, and a second
    /// for their way.
    /// </summary>
    public const long LevelOneStaleAfterNs = 10_000_000_000;

    /// <summary>Channel of the streams that REST books are put on.</summary>
    public static ReadOnlySpan<byte> RestBook => "/v5/market/orderbook"u8;

    /// <summary>What comes on a channel.</summary>
    public static BybitChannel Classify(ReadOnlySpan<byte> channel)
    {
        if (channel.StartsWith("orderbook."u8))
        {
            return DepthOf(channel) > 0 ? BybitChannel.Book
                : channel.SequenceEqual("orderbook.full"u8) ? BybitChannel.FullBook
                : BybitChannel.Other;
        }

        return channel.SequenceEqual("publicTrade"u8) ? BybitChannel.Trades
            : channel.SequenceEqual("tickers"u8) ? BybitChannel.Ticker
            : channel.StartsWith("kline."u8) ? BybitChannel.Candles
            : BybitChannel.Other;
    }

    /// <summary>Levels a side of <c>orderbook.50</c>; 0 = the channel names no depth.</summary>
    public static uint DepthOf(ReadOnlySpan<byte> channel)
    {
        // The deepest so far has 1000 levels; what has more digits is no depth.
        const int DigitsMax = 6;
        ReadOnlySpan<byte> text = channel["orderbook.".Length..];
        return text.Length is > 0 and <= DigitsMax && text[0] != (byte)'0' && Utf8Parser.TryParse(text, out uint depth, out int used) && used == text.Length
            ? depth
            : 0;
    }

    /// <summary>Takes a topic apart. A topic without a symbol is all channel.</summary>
    public static ReadOnlySpan<byte> ChannelOf(ReadOnlySpan<byte> topic, out ReadOnlySpan<byte> symbol)
    {
        int dot = topic.LastIndexOf((byte)'.');
        symbol = dot < 0 ? default : topic[(dot + 1)..];
        return dot < 0 ? topic : topic[..dot];
    }

    /// <summary>
    /// How the streams of a channel are judged. The update id <c>u</c> of a book rises by one with every message of its topic; snapshots come in the
    /// stream itself. <c>orderbook.full</c> has none, so its book never leaves Bridging.
    /// </summary>
    public static StreamRules RulesOf(BybitChannel channel, ReadOnlySpan<byte> channelName)
    {
        switch (channel)
        {
            case BybitChannel.Book or BybitChannel.FullBook:
                uint depth = DepthOf(channelName);
                return new StreamRules(StreamRole.Book)
                {
                    Continuity = ContinuityRule.Range,
                    Bridge = BridgeRule.None,
                    Evidence = Evidence.Sequence,
                    StaleAfterNs = depth == 1 ? LevelOneStaleAfterNs : StaleAfterNs,
                    DepthLimit = depth,
                };
            case BybitChannel.RestBook:
                return new StreamRules(StreamRole.BookSnapshots);
            case BybitChannel.Ticker:
                return new StreamRules(StreamRole.Ticker);
            case BybitChannel.Candles:
                return new StreamRules(StreamRole.Candles);
            default:
                return new StreamRules(StreamRole.Trades);
        }
    }
}
