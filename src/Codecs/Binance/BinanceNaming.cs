using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Binance;

/// <summary>
/// The name of a stream is its symbol in lower case, <c>@</c>, and its channel: what an envelope says, so that most lookups need no copy.
/// </summary>
internal sealed class BinanceNaming : IStreamNaming
{
    /// <summary>It holds nothing.</summary>
    public static BinanceNaming Instance { get; } = new();

    /// <inheritdoc/>
    public bool TryName(ReadOnlySpan<byte> symbol, ReadOnlySpan<byte> channelName, NameBuffer name)
    {
        if (!name.Set(symbol))
        {
            return false;
        }

        name.ToLower();
        return name.Append("@"u8) && name.Append(channelName);
    }

    /// <inheritdoc/>
    public byte ChannelOf(in StreamDefinition definition, ReadOnlySpan<byte> channelName) =>
        (byte)(definition.Role == StreamRole.BookSnapshots ? BinanceChannel.RestDepth : BinanceChannels.Classify(channelName));
}
