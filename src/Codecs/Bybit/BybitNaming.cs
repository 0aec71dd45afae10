using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Bybit;

/// <summary>The name of a stream is its channel, a point, and its symbol: the topic as the frames spell it, so that finding one needs no copy.</summary>
internal sealed class BybitNaming : IStreamNaming
{
    /// <summary>It holds nothing.</summary>
    public static BybitNaming Instance { get; } = new();

    /// <inheritdoc/>
    public bool TryName(ReadOnlySpan<byte> symbol, ReadOnlySpan<byte> channelName, NameBuffer name) =>
        name.Set(channelName) && name.Append("."u8) && name.Append(symbol);

    /// <inheritdoc/>
    public byte ChannelOf(in StreamDefinition definition, ReadOnlySpan<byte> channelName) =>
        (byte)(definition.Role == StreamRole.BookSnapshots ? BybitChannel.RestBook : BybitChannels.Classify(channelName));
}
