using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.CoinbaseAdvanced;

/// <summary>Names of channels, and what streams of each are like.</summary>
internal static class AdvancedChannels
{
    /// <summary>
    /// A live book without a message for longer than this is stale. The venue closes most channels that have nothing to send for 60 to 90 seconds
    /// (documentation, 2026-07).
    /// </summary>
    public const long StaleAfterNs = 30_000_000_000;

    /// <summary>Value of <c>channel</c> in the frames.</summary>
    public static ReadOnlySpan<byte> NameOf(AdvancedChannel channel) => channel switch
    {
        AdvancedChannel.Book => "l2_data"u8,
        AdvancedChannel.Trades => "market_trades"u8,
        AdvancedChannel.Ticker => "ticker"u8,
        AdvancedChannel.TickerBatch => "ticker_batch"u8,
        AdvancedChannel.Candles => "candles"u8,
        AdvancedChannel.Heartbeats => "heartbeats"u8,
        AdvancedChannel.Status => "status"u8,
        AdvancedChannel.Subscriptions => "subscriptions"u8,
        _ => default,
    };

    /// <summary>The channel of a name.</summary>
    public static AdvancedChannel Classify(ReadOnlySpan<byte> name)
    {
        for (AdvancedChannel channel = AdvancedChannel.Book; channel <= AdvancedChannel.Subscriptions; channel++)
        {
            if (name.SequenceEqual(NameOf(channel)))
            {
                return channel;
            }
        }

        return AdvancedChannel.Other;
    }

    /// <summary>What the messages of a channel are.</summary>
    public static MessageType MessageOf(AdvancedChannel channel) => channel switch
    {
        AdvancedChannel.Trades => MessageType.Trades,
        AdvancedChannel.Ticker or AdvancedChannel.TickerBatch => MessageType.Ticker,
        AdvancedChannel.Candles => MessageType.Candles,
        _ => MessageType.Heartbeat,
    };

    /// <summary>
    /// How the streams of a channel are judged: <c>sequence_num</c> counts the frames of the connection over all its channels (documentation, 2026-07; recording
    /// of 2026).
    /// </summary>
    public static StreamRules RulesOf(AdvancedChannel channel)
    {
        StreamRules rules = new(channel switch
        {
            AdvancedChannel.Book => StreamRole.Book,
            AdvancedChannel.Trades => StreamRole.Trades,
            AdvancedChannel.Ticker or AdvancedChannel.TickerBatch => StreamRole.Ticker,
            AdvancedChannel.Candles => StreamRole.Candles,
            _ => StreamRole.Heartbeats,
        });
        return rules with
        {
            Continuity = ContinuityRule.Connection,
            Evidence = Evidence.Sequence,
            StaleAfterNs = channel == AdvancedChannel.Book ? StaleAfterNs : 0,
        };
    }
}
