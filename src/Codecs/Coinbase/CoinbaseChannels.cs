using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Coinbase;

/// <summary>Names of channels, and what streams of each are like.</summary>
internal static class CoinbaseChannels
{
    /// <summary>
    /// A live book without a message for longer than this is stale. The venue keeps quiet subscriptions open without sending anything, so this is the engine's
    /// own limit: pairs that trade at all move within it.
    /// </summary>
    public const long StaleAfterNs = 30_000_000_000;

    /// <summary>The usual name of a channel, by which its streams are found.</summary>
    public static ReadOnlySpan<byte> NameOf(CoinbaseChannel channel) => channel switch
    {
        CoinbaseChannel.Level2 => "level2"u8,
        CoinbaseChannel.Ticker => "ticker"u8,
        CoinbaseChannel.Matches => "matches"u8,
        CoinbaseChannel.Heartbeat => "heartbeat"u8,
        CoinbaseChannel.Full => "full"u8,
        CoinbaseChannel.RestLevels => "book?level=2"u8,
        CoinbaseChannel.RestOrders => "book?level=3"u8,
        _ => default,
    };

    /// <summary>
    /// Channel of a name as acknowledgements and journals have it. The frames of the batch channels look like those of the plain ones (documentation,
    /// 2026-07), so they are streams of the same kind.
    /// </summary>
    public static CoinbaseChannel Classify(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("level2_batch"u8) || name.SequenceEqual("level2_50"u8))
        {
            return CoinbaseChannel.Level2;
        }

        if (name.SequenceEqual("ticker_batch"u8) || name.SequenceEqual("ticker_1000"u8))
        {
            return CoinbaseChannel.Ticker;
        }

        for (CoinbaseChannel channel = CoinbaseChannel.Level2; channel <= CoinbaseChannel.RestOrders; channel++)
        {
            if (name.SequenceEqual(NameOf(channel)))
            {
                return channel;
            }
        }

        return CoinbaseChannel.Other;
    }

    /// <summary>
    /// How the streams of a channel are judged. <c>level2</c> has no sequence and no checksum, so nothing proves its books; <c>full</c> counts the events of a
    /// product one by one (documentation, 2026-07; recording of 2017).
    /// </summary>
    public static StreamRules RulesOf(CoinbaseChannel channel) => channel switch
    {
        CoinbaseChannel.Level2 => new StreamRules(StreamRole.Book) { StaleAfterNs = StaleAfterNs },
        CoinbaseChannel.Ticker => new StreamRules(StreamRole.Ticker),
        CoinbaseChannel.Matches => new StreamRules(StreamRole.Trades),
        CoinbaseChannel.Heartbeat => new StreamRules(StreamRole.Heartbeats),
        CoinbaseChannel.Full => new StreamRules(StreamRole.Orders)
        {
            Continuity = ContinuityRule.Range,
            Bridge = BridgeRule.RangeAfter,
            Evidence = Evidence.Sequence,
            StaleAfterNs = StaleAfterNs,
        },
        CoinbaseChannel.RestLevels => new StreamRules(StreamRole.BookSnapshots),
        _ => new StreamRules(StreamRole.Orders),
    };
}
