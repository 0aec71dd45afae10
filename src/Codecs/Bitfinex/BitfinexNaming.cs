using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Bitfinex;

/// <summary>
/// The name of a stream is its symbol, <c>@</c>, and its channel: <c>tBTCUSD@book.P0.F0.100</c>. How a stream is judged depends on the connection's
/// flags and is declared once. So a channel that comes both with and without sequence numbers is two streams: the first met has the plain name, the
/// other one <see cref="SequencedSuffix"/> or <see cref="UnsequencedSuffix"/> behind it.
/// </summary>
internal sealed class BitfinexNaming : IStreamNaming
{
    /// <summary>Set in the number of a stream's channel when its frames carry sequence numbers.</summary>
    public const byte SequencedBit = 0x80;

    /// <summary>Longest of the suffixes.</summary>
    public const int SuffixBytesMax = 6;

    /// <summary>It holds nothing.</summary>
    public static BitfinexNaming Instance { get; } = new();

    /// <summary>Behind the channel's name of a stream with sequence numbers that was first met without.</summary>
    public static ReadOnlySpan<byte> SequencedSuffix => "~seq"u8;

    /// <summary>Behind the channel's name of a stream without sequence numbers that was first met with them.</summary>
    public static ReadOnlySpan<byte> UnsequencedSuffix => "~noseq"u8;

    /// <inheritdoc/>
    public bool TryName(ReadOnlySpan<byte> symbol, ReadOnlySpan<byte> channelName, NameBuffer name) =>
        name.Set(symbol) && name.Append("@"u8) && name.Append(channelName);

    /// <inheritdoc/>
    public byte ChannelOf(in StreamDefinition definition, ReadOnlySpan<byte> channelName)
    {
        BitfinexChannel channel = definition.Role switch
        {
            StreamRole.Book => BitfinexChannel.Book,
            StreamRole.Orders => BitfinexChannel.Orders,
            StreamRole.Trades => BitfinexChannel.Trades,
            StreamRole.Ticker => BitfinexChannel.Ticker,
            StreamRole.Candles => BitfinexChannel.Candles,
            _ => BitfinexChannel.Connection,
        };
        return NumberOf(channel, definition.Continuity == ContinuityRule.Connection);
    }

    /// <summary>A channel as a stream keeps it.</summary>
    public static byte NumberOf(BitfinexChannel channel, bool sequenced) => (byte)((byte)channel | (sequenced ? SequencedBit : 0));
}
